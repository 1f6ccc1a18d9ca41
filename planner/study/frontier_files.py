"""The frontier of hours against people in sentences and as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from planner._messages import Message
from planner._values import number_text, percent_text
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files
from planner.study.frontier import Frontier, Point
from planner.study.hired import DAYS_A_MONTH
from planner.study.ladder import hours_text, rows_of
from planner.study.tables import csv_text

FILE = "frontier.csv"


def write_frontier(found: Frontier, folder: Path | str) -> tuple[Path, ...]:
    """Write ``frontier.csv``; returns its path.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    return write_files({FILE: csv_text(FILE, frontier_frame(found))}, folder)


def frontier_frame(found: Frontier) -> pd.DataFrame:
    """A row for each team, the smallest first, columns as in ``frontier.csv``."""
    rows = [_row(found, point) for point in found.points]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[FILE]])


def _row(found: Frontier, point: Point) -> dict[str, Any]:
    row: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "people": point.people, "change": point.change}
    made = point.made
    if made is None:
        return {**row, "open": "", "queue": "", "carried": False, "proven": False}
    objective = made.result.objective
    queue, kept, promised = _nearest(point)
    proven = found.proven(point)
    return {
        **row,
        "hours_per_week": point.hours_a_week,
        "queue_hours_per_week": point.queue_hours_a_week,
        "open": hours_text(rows_of(made.scenario)),
        "missing_hours": made.missing_hours,
        "kept_share": kept,
        "promised_share": promised,
        "queue": queue,
        "next_missing_bound": proven,
        "proven": proven > 0,
        "carried": point.carried,
        "cost_a_month": objective.pay / 100 * DAYS_A_MONTH / made.scenario.days,
    }


def _nearest(point: Point) -> tuple[str, float | None, float | None]:
    """The queue that keeps least of its promise: name, share and promise; nothing if not simulated."""
    assert point.made is not None
    kept = {name: share for name, share in point.made.kept.items() if share == share}
    promised = {queue.name: queue.promise.share for queue in point.made.scenario.queues}
    if not kept:
        return "", None, None
    queue = min(sorted(kept), key=lambda name: kept[name] - promised[name])
    return queue, kept[queue], promised[queue]


def frontier_summary(found: Frontier) -> tuple[Message, ...]:
    """The frontier in sentences: each team, its hours, what is proven; who comes or leaves."""
    lines = [
        Message("frontier.head", {"today": hours_text(rows_of(found.today.scenario))}),
        *(_told(found, point) for point in found.points),
        found.one.sentence(found.today.scenario),
        Message("frontier.monotone"),
    ]
    if found.cancelled:
        lines.append(Message("frontier.stopped", {"teams": len(found.points)}))
    return tuple(lines)


def _told(found: Frontier, point: Point) -> Message:
    values: dict[str, object] = {
        "people": point.people,
        "change": f"{point.change:+d}" if point.change else "0",
    }
    if point.made is None:
        return Message("frontier.nothing", values)
    queue, kept, promised = _nearest(point)
    bound = found.proven(point)
    values |= {
        "hours": number_text(point.hours_a_week),
        "open": hours_text(rows_of(point.made.scenario)),
        "kept": ""
        if kept is None or promised is None
        else str(
            Message(
                "frontier.kept",
                {"queue": queue, "kept": percent_text(kept), "promised": percent_text(promised)},
            )
        ),
        "next": str(
            Message("frontier.proven", {"bound": f"{bound:,.1f}"}) if bound else Message(_open(point))
        ),
        "carried": str(Message("frontier.carried")) if point.carried else "",
    }
    return Message("frontier.point", values)


def _open(point: Point) -> str:
    return "frontier.not_proven" if any(grown.fails for grown in point.grown) else "frontier.no_more"
