"""How far today's team reaches, in sentences and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import pandas as pd

from planner._messages import Message
from planner._values import number_text, percent_text
from planner.study.against_today import against_today
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files
from planner.study.ladder import hours_text, rows_of
from planner.study.longer_hours import hours_of_block
from planner.study.reaching import Grown, Reach, next_hours
from planner.study.tables import csv_text

FILE = "reach.csv"


def write_reach(found: Reach, folder: Path | str) -> tuple[Path, ...]:
    """Write ``reach.csv`` and ``widest.yaml``, the scenario with the longest hours; returns their paths.

    Files that the scenario names are named as before, so the copy belongs beside them.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    frame = reach_frame(found)
    return write_files({"widest.yaml": found.widest.scenario.dump(), FILE: csv_text(FILE, frame)}, folder)


def reach_frame(found: Reach) -> pd.DataFrame:
    """A row for each direction, columns as in ``reach.csv``."""
    rows = [
        {
            "schema_version": SCHEMA_VERSION,
            "block": grown.direction.text,
            "contacts_per_week": grown.contacts,
            "hours_more": grown.minutes / 60,
            "open": hours_of_block(found.widest.scenario, grown.direction),
            "next": next_hours(grown),
            "missing_hours": grown.fails.missing_hours if grown.fails else None,
            "missing_hours_bound": grown.fails.bound if grown.fails else None,
            "why": str(_why(grown, found)),
        }
        for grown in found.grown
    ]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[FILE]])


def reach_summary(found: Reach) -> tuple[Message, ...]:
    """The answer in sentences: hours, what each direction gained, what fails next and why."""
    team = [agent for agent in found.today.scenario.team.agents if agent.weekly_minutes]
    values = {
        "people": len(team),
        "today": hours_text(rows_of(found.today.scenario)),
        "widest": hours_text(rows_of(found.widest.scenario)),
        "missing": f"{found.widest.missing_hours:,.1f}",
        "before": f"{found.today.missing_hours:,.1f}",
        "tries": found.tries,
    }
    farther = any(grown.minutes for grown in found.grown)
    lines = [Message("reach.widest" if farther else "reach.nothing", values)]
    for grown in found.grown:
        lines += _told(grown, found)
    lines.append(_kept(found))
    if found.cancelled:
        lines.append(Message("reach.stopped", {"tries": found.tries}))
    return tuple(lines)


def _kept(found: Reach) -> Message:
    """Whether promises are kept with the widest hours, by simulation."""
    widest = found.widest
    if widest.service is None:
        return Message("reach.not_simulated")
    if widest.short:
        return Message("reach.no_less_kept", {"queues": ", ".join(sorted(widest.short))})
    return Message("reach.kept")


def _told(grown: Grown, found: Reach) -> Iterator[Message]:
    values = {
        "block": grown.direction.text,
        "hours": number_text(grown.minutes / 60),
        "open": hours_of_block(found.widest.scenario, grown.direction),
        "contacts": f"{grown.contacts:,.1f}",
    }
    yield Message("reach.gained" if grown.minutes else "reach.no_more", values)
    yield _why(grown, found)


def _why(grown: Grown, found: Reach) -> Message:
    """What the next block would miss, and whether that is proven."""
    if grown.fails is None:
        return Message("reach.not_tried" if grown.why == "stopped" else "reach.all")
    fails, held = grown.fails, against_today(found.today, grown.fails, found.may_miss)
    values = {
        "next": next_hours(grown),
        "hours": f"{fails.missing_hours:,.1f}",
        "bound": f"{fails.bound or 0.0:,.1f}",
        "before": f"{found.today.missing_hours:,.1f}",
        "inside": f"{held.inside:,.1f}",
        "count": fails.broken - found.today.broken,
        "queue": held.queue,
        "kept": percent_text(held.kept) if isfinite(held.kept) else "",
        "promised": percent_text(held.promised) if isfinite(held.promised) else "",
    }
    codes = {
        "rules": "reach.rules",
        "missing": "reach.proven",
        "promise": "reach.promise",
        "elsewhere": "reach.elsewhere",
        "inside": "reach.inside",
    }
    return Message(codes.get(held.kind, "reach.unsure"), values)
