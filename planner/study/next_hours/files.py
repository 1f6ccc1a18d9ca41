"""The best next hours in sentences and as files."""

from __future__ import annotations

from math import ceil, isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from planner._messages import Message
from planner._values import clock_text, days_text, percent_text
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files
from planner.study.next_hours.planned import Planned
from planner.study.next_hours.run import NextHours, Ranked
from planner.study.record import json_text
from planner.study.stages.answer_words import load_text
from planner.study.stages.in_hours import Coming
from planner.study.stages.ways import contacts_text, waits_text, ways_text
from planner.study.tables import csv_text
from planner.study.team_size import hours_a_week

FILE = "next_hours.csv"
TOLD_SCREENED = 5


def write_next_hours(found: NextHours, folder: Path | str) -> tuple[Path, ...]:
    """Write ``next_hours.csv``, ``next_hours.json`` and the best block as a scenario, ``best.yaml``.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    texts = {
        FILE: csv_text(FILE, next_hours_frame(found)),
        "next_hours.json": json_text(next_hours_record(found)),
    }
    best = next((each.planned for each in found.planned if each.planned and each.planned.go), None)
    if best is not None:
        texts["best.yaml"] = best.scenario.dump()
    return write_files(texts, folder)


def next_hours_frame(found: NextHours) -> pd.DataFrame:
    """A row for each block, the best first, columns as in ``next_hours.csv``."""
    hours = hours_a_week(found.one, found.scenario)
    rows = [_row(rank, each, hours, found.spare_hours) for rank, each in enumerate(found.ranked, start=1)]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[FILE]])


def _row(rank: int, each: Ranked, contract: float, spare: float) -> dict[str, Any]:
    screened, block, made = each.screened, each.screened.block, each.planned
    more = max(0.0, screened.person_hours - spare)
    row: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "rank": rank,
        "queues": " + ".join(block.queues),
        "days": days_text(block.days),
        "open": clock_text(block.opens),
        "close": clock_text(block.closes),
        "where": block.side,
        "state": str(Message("next_hours.planned" if made else "next_hours.screened")),
        "go": None,
        "why": "",
        "why_not_alone": "",
        "hours_per_week": block.hours_a_week,
        "contacts_per_week": _known(screened.contacts),
        "contacts_low": _known(screened.low),
        "contacts_high": _known(screened.high),
        "share_of_week": _known(screened.share),
        "estimated": screened.borrowed,
        "screen_rank": each.screen_rank,
        "screen_score": _known(screened.score),
        "screen_person_hours": screened.person_hours,
        "people_about": ceil(more / contract - 1e-9) if contract else None,
    }
    return row if made is None else {**row, **_planned(made)}


def _planned(made: Planned) -> dict[str, Any]:
    coming, before, after, money, carried = made.coming, made.before, made.after, made.money, made.carried
    return {
        "go": made.go,
        "why": str(made.why),
        "why_not_alone": "" if made.alone is None else str(made.alone),
        "contacts_per_week": _known(coming.contacts),
        "contacts_low": _known(coming.low),
        "contacts_high": _known(coming.high),
        "share_of_week": _known(coming.share),
        "before_median_seconds": _known(before.median),
        "before_p90_seconds": _known(before.nine),
        "before_lost_share": _known(before.lost),
        "before_moved_share": _known(before.moved),
        "after_median_seconds": _known(after.median),
        "after_p90_seconds": _known(after.nine),
        "after_hung_up_share": _known(after.hung_up),
        "kept_share": _known(made.kept),
        "promised_share": _known(made.promised),
        "saved_hours_per_week": _known(made.saved_hours),
        "person_hours_per_week": made.person_hours,
        "score": _known(made.score),
        "missing_inside_hours": made.inside,
        "missing_hours": made.missing_hours,
        "missing_hours_bound": made.bound,
        "hires": made.hires,
        "hires_proven": made.proven if made.hires is not None else None,
        "cost_change_a_month": money.change,
        "cost_change_low": money.low,
        "cost_change_high": money.high,
        "early_most_a_month": carried.early.most,
        "early_mean_a_month": carried.early.mean,
        "late_most_a_month": carried.late.most,
        "late_mean_a_month": carried.late.mean,
        "nights_most_a_month": carried.nights.most,
        "nights_mean_a_month": carried.nights.mean,
    }


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def next_hours_record(found: NextHours) -> dict[str, Any]:
    """What was asked and found, as ``next_hours.json`` has it."""
    frame = next_hours_frame(found).astype(object)
    rows = frame.where(frame.notna(), None).to_dict("records")
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": found.scenario.name,
        "seed": found.scenario.seed,
        "currency": found.scenario.currency,
        "cancelled": found.cancelled,
        "missing_hours_today": found.missing_hours,
        "spare_hours_a_week": found.spare_hours,
        "people_like": str(found.one.sentence(found.scenario)),
        "blocks": rows,
    }


def next_hours_summary(found: NextHours) -> tuple[Message, ...]:
    """The ranking in sentences."""
    planned = found.planned
    values = {"blocks": len(found.ranked), "planned": len(planned)}
    lines = [Message("next_hours.head", values)]
    for rank, each in enumerate(planned, start=1):
        assert each.planned is not None
        lines += _told(rank, each, each.planned, found)
    rest = [each for each in found.ranked if each.planned is None]
    for rank, each in enumerate(rest[:TOLD_SCREENED], start=len(planned) + 1):
        lines.append(_told_screened(rank, each))
    if len(rest) > TOLD_SCREENED:
        lines.append(Message("next_hours.more", {"count": len(rest) - TOLD_SCREENED}))
    lines.append(found.one.sentence(found.scenario))
    if found.cancelled:
        lines.append(Message("next_hours.stopped", {"planned": len(planned)}))
    return tuple(lines)


def _told(rank: int, each: Ranked, made: Planned, found: NextHours) -> list[Message]:
    go = {True: "next_hours.go", False: "next_hours.no_go", None: "next_hours.not_known"}[made.go]
    money = made.money
    values = {
        "rank": rank,
        "block": each.screened.block.text,
        "go": str(Message(go)),
        "why": str(made.why),
        "contacts": contacts_text(made.coming),
        "share": percent_text(made.coming.share) if isfinite(made.coming.share) else "–",
        "estimated": str(Message("next_hours.estimated")) if each.screened.borrowed else "",
        "before": waits_text(made.before) + ways_text(made.before),
        "after": waits_text(made.after) + ways_text(made.after),
        "hires": str(made.hires) if made.hires is not None else _no_hires(made),
        "cost": f"{round(money.change) + 0:+,}",
        "range": ""
        if money.low is None or money.high is None
        else f" [{round(money.low) + 0:+,} … {round(money.high) + 0:+,}]",
        "currency": found.scenario.currency,
        "alone": "" if made.alone is None else str(Message("next_hours.alone", {"why": str(made.alone)})),
        "early": load_text(made.carried.early),
        "late": load_text(made.carried.late),
        "nights": load_text(made.carried.nights),
    }
    lines = [Message("next_hours.block", values)]
    if isfinite(made.coming.contacts):
        lines.append(Message("next_hours.customers", values))
    return [*lines, Message("next_hours.people", values)]


def _no_hires(made: Planned) -> str:
    return str(Message("next_hours.none_found" if made.go is False else "next_hours.hires_unsure"))


def _told_screened(rank: int, each: Ranked) -> Message:
    screened = each.screened
    coming = Coming(screened.contacts, screened.low, screened.high, screened.share)
    values = {
        "rank": rank,
        "block": screened.block.text,
        "contacts": contacts_text(coming),
        "hours": f"{screened.person_hours:.1f}",
        "estimated": str(Message("next_hours.estimated")) if screened.borrowed else "",
    }
    return Message("next_hours.only_screened", values)
