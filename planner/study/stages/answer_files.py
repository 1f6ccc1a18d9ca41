"""Answers, today's line and going back as tables: columns of ``answers.csv`` and its two neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.study.columns import COLUMNS

if TYPE_CHECKING:
    from planner.study.stages.answers import Answer, InNewHours
    from planner.study.stages.cost_change import Money
    from planner.study.stages.going_back import GoingBack
    from planner.study.stages.in_hours import Became, Coming
    from planner.study.stages.today_line import TodayLine

GO = {True: "go", False: "no-go", None: "not yet known"}
YES = {True: "yes", False: "no", None: ""}


def _frame(file: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame; cells that a row does not have are empty."""
    names = [column.name for column in COLUMNS[file]][1:]
    return pd.DataFrame(
        [{name: row.get(name) for name in names} for row in rows], columns=names, dtype=object
    )


def answers_frame(told: Sequence[Answer]) -> pd.DataFrame:
    """``answers.csv``: a row a stage, of all queues, and below it one for each queue with new hours."""
    rows: list[dict[str, Any]] = []
    for one in told:
        stage = {"number": one.stage, "stage": one.scenario, "before": one.before}
        rows.append({**stage, **_hours(one.whole), **_stage(one)})
        rows += [{**stage, **_hours(hours)} for hours in one.hours[1:]]
    return _frame("answers.csv", rows)


def _hours(hours: InNewHours) -> dict[str, Any]:
    return {
        "queue": hours.queue,
        "block": hours.block,
        "new_hours_per_week": hours.hours,
        **_coming(hours.coming),
        **_became(hours.before, "before_"),
        **_became(hours.after, "after_"),
    }


def _coming(coming: Coming) -> dict[str, Any]:
    return {
        "contacts_per_week": coming.contacts,
        "contacts_low_per_week": coming.low,
        "contacts_high_per_week": coming.high,
        "share_of_week": coming.share,
    }


def _became(became: Became, prefix: str = "") -> dict[str, Any]:
    shares = {f"{prefix}{name}_share": share for name, share in asdict(became).items()}
    del shares[f"{prefix}median_share"], shares[f"{prefix}nine_share"]
    waits = {f"{prefix}wait_median_seconds": became.median, f"{prefix}wait_p90_seconds": became.nine}
    return {**waits, **shares}


def _stage(one: Answer) -> dict[str, Any]:
    once, stated = one.once, one.once.stated
    loads = {
        f"{name}_{figure}": getattr(getattr(one.carried, name), key)
        for name in ("early", "late", "nights", "weekends")
        for figure, key in (("most_per_month", "most"), ("mean_per_month", "mean"), ("people", "people"))
    }
    return {
        "closes": one.closes,
        "same_contacts": YES[one.paired],
        "hires": one.hires,
        "leavers": one.leavers,
        "partner_seats": one.seats,
        "currency": one.currency,
        "cost_per_month": one.today.cost,
        "cost_least_per_month": one.today.least,
        **_money(one.today, "today_"),
        **_money(one.step, "step_"),
        "idle_hours_per_month": one.idle_hours,
        "idle_before_hours_per_month": one.idle_before,
        "once_recruiting": once.recruiting if "recruiting" in stated or not one.hires else None,
        "once_training": once.training,
        "once_equipment": once.equipment if "equipment" in stated or not one.hires else None,
        "once_set_up": one.set_up,
        "once_total": one.once_total,
        **loads,
        "earliest_day": one.start.day,
        "earliest_weeks": one.start.weeks,
        "earliest_why": "; ".join(str(reason) for reason in one.start.reasons),
        "planned_day": one.start.planned,
        "answer": GO[one.go],
        "why": str(one.why),
        "notes": "; ".join(str(note).strip() for note in one.notes),
    }


def _money(money: Money, prefix: str) -> dict[str, Any]:
    return {
        f"{prefix}change_per_month": money.change,
        f"{prefix}change_share": money.share,
        f"{prefix}change_low_per_month": money.low,
        f"{prefix}change_high_per_month": money.high,
        f"{prefix}verdict": money.verdict,
    }


def today_frame(lines: Sequence[TodayLine]) -> pd.DataFrame:
    """``today.csv``: all queues first, then each that closes."""
    rows: list[dict[str, Any]] = []
    for line in lines:
        row: dict[str, Any] = {
            "queue": line.queue,
            "scenario": line.scenario,
            "closed_hours_per_week": line.closed_hours,
            **_coming(line.coming),
            **_became(line.became),
            "lost_per_week": line.lost_a_week,
        }
        if line.tickets is not None:
            row |= {
                "tickets_kept_share": line.tickets.kept,
                "tickets_contacts": line.tickets.contacts,
                "tickets_promise": line.tickets.promise,
                "tickets_first_day": line.tickets.first_day,
                "tickets_last_day": line.tickets.last_day,
            }
        rows.append(row)
    return _frame("today.csv", rows)


def back_frame(back: Sequence[GoingBack]) -> pd.DataFrame:
    """``going_back.csv``: a row for each stage after the first."""
    day = timedelta(days=1)
    rows = [
        {
            "number": one.stage,
            "stage": one.scenario,
            "back_to": one.to,
            "currency": one.currency,
            "saved_per_month": one.saved,
            "contracts": one.contracts,
            "contracts_cost_per_month": one.contracts_cost,
            "contract_hours_per_month": one.contract_hours,
            "idle_hours_per_month": one.idle_hours,
            "notice_days": one.notice / day,
            "owed_over_notice": one.owed,
            "sunk_once": one.sunk,
            "partner_seats": one.seats,
            "partner_minimum_per_month": one.partner_minimum,
            "set_up_days": one.set_up / day,
            "closes_again": one.closes_again,
            **_coming(one.waiting_again.coming),
            "again_wait_median_seconds": one.waiting_again.before.median,
            "again_wait_p90_seconds": one.waiting_again.before.nine,
            "again_lost_share": one.waiting_again.before.lost,
            "assumptions": " ".join(str(message) for message in one.assumptions),
        }
        for one in back
    ]
    return _frame("going_back.csv", rows)
