"""A year's audit in sentences and as a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from planner._messages import Message
from planner._values import DaySet, clock_text, days_text, number_text
from planner.study.columns import COLUMNS
from planner.study.files import write_files
from planner.study.tables import csv_text
from planner.study.year.audit import Finding, YearAudit
from planner.study.year.turns import Apart, ClockChange, OddShift

FILE = "year.csv"
DAY = 1440
KINDS = MappingProxyType({"hole": "hole", "unknown": "not known", "double": "double cover"})
"""Kinds of finding as the file names them."""


def year_summary(found: YearAudit) -> tuple[Message, ...]:
    """The audit in sentences: what is open without anybody, why it begins, what is double, odd shifts."""
    holes, unknown = found.of_kind("hole"), found.of_kind("unknown")
    values = {
        "scenario": found.scenario.name,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "hours": f"{found.hole_hours:,.1f}",
        "count": len(holes),
    }
    by = "rota" if found.by_rota else "shifts"
    code = "no_holes_known" if unknown and not holes else f"{'holes' if holes else 'no_holes'}_{by}"
    lines = [Message(f"year.{code}", values)]
    lines += [_line(each) for each in holes]
    if unknown:
        hours = f"{found.unknown_hours:,.1f}"
        lines += [Message("year.not_known", {"hours": hours}), *map(_line, unknown)]
    if found.other_weeks_hours:
        lines.append(Message("year.other_weeks", {"hours": f"{found.other_weeks_hours:,.1f}"}))
    double = found.of_kind("double")
    standing = [each for each in double if not each.changes]
    lines += [_line(each) for each in double if each.changes]
    if standing:
        hours = f"{sum(each.hours for each in standing):,.1f}"
        lines.append(Message("year.standing", {"count": len(standing), "hours": hours}))
    lines += [_apart(*pair, runs) for pair, runs in found.apart.items() if len(runs) > 1]
    lines += _odd(found.odd)
    return tuple(lines)


def _line(each: Finding) -> Message:
    values = {
        "first": each.run.first.isoformat(),
        "last": each.run.last.isoformat(),
        "days": _days(each),
        "from": clock_text(each.run.start),
        "to": clock_text(each.run.end),
        "clock": each.clock,
        "queues": ", ".join(each.queues),
        "sites": ", ".join(each.sites),
        "hours": number_text(each.hours),
        "because": _because(each.changes),
    }
    return Message(f"year.{each.kind}{'_because' if each.changes else ''}", values)


def _days(each: Finding) -> str:
    said = days_text(DaySet(frozenset(each.run.weekdays)))
    return "all days" if said == "all" else said


def _because(changes: Sequence[ClockChange]) -> str:
    """Changes on one day and by the same length are one sentence."""
    alike: dict[tuple[object, int], list[str]] = defaultdict(list)
    for change in changes:
        alike[change.day, change.minutes].append(change.zone)
    return "; ".join(
        str(
            Message(
                "year.goes_forward" if minutes < 0 else "year.goes_back",
                {"zones": ", ".join(zones), "day": day, "hours": number_text(abs(minutes) / 60)},
            )
        )
        for (day, minutes), zones in alike.items()
    )


def _apart(zone: str, other: str, runs: Sequence[Apart]) -> Message:
    """How far two zones are apart on most days, and when they are not."""
    if sum(((run.last - run.first).days + 1) * run.minutes for run in runs) < 0:
        zone, other = other, zone
        runs = [Apart(run.first, run.last, -run.minutes) for run in runs]
    days: dict[int, int] = defaultdict(int)
    for run in runs:
        days[run.minutes] += (run.last - run.first).days + 1
    usual = max(days, key=lambda minutes: days[minutes])
    others = [run for run in runs if run.minutes != usual]
    values = {
        "zone": zone,
        "other": other,
        "usual": number_text(usual / 60),
        "runs": ", ".join(
            str(
                Message(
                    "year.apart_run",
                    {"hours": number_text(run.minutes / 60), "first": run.first, "last": run.last},
                )
            )
            for run in others
        ),
    }
    return Message("year.apart", values)


def _odd(shifts: Sequence[OddShift]) -> Iterator[Message]:
    """Shifts of one kind on one day are one sentence, whatever their start."""
    alike: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for each in shifts:
        key = (each.shift, each.day, each.zone, each.wall_minutes, each.minutes)
        alike[key].append(clock_text(each.start_minute))
    for (shift, day, zone, wall, minutes), starts in alike.items():
        values = {
            "shift": shift,
            "day": day.isoformat(),
            "zone": zone,
            "starts": ", ".join(starts),
            "wall": number_text(wall / 60),
            "hours": number_text(minutes / 60),
        }
        yield Message("year.odd", values)


def write_year(found: YearAudit, folder: Path | str) -> tuple[Path, ...]:
    """Write ``year.csv``; returns its path.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    return write_files({FILE: csv_text(FILE, year_frame(found))}, folder)


def year_frame(found: YearAudit) -> pd.DataFrame:
    """All findings, changes, distances and odd shifts, columns as in ``year.csv``."""
    rows = [_finding(each) for each in found.findings]
    rows += [_change(each) for each in found.changes]
    rows += [_distance(*pair, run) for pair, runs in found.apart.items() for run in runs]
    rows += [_odd_row(each) for each in found.odd]
    names = [column.name for column in COLUMNS[FILE] if column.name != "schema_version"]
    return pd.DataFrame([{name: row.get(name) for name in names} for row in rows], columns=names)


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "kind": KINDS[each.kind],
        "first_day": each.run.first,
        "last_day": each.run.last,
        "dates": each.run.dates,
        "days": _days(each),
        "clock": each.clock,
        "from": clock_text(each.run.start),
        "to": clock_text(each.run.end),
        "hours": each.hours,
        "queues": ", ".join(each.queues),
        "languages": ", ".join(each.languages),
        "sites": ", ".join(each.sites),
        "because": _because(each.changes),
    }


def _change(each: ClockChange) -> dict[str, Any]:
    return {
        "kind": "clock change",
        "first_day": each.day,
        "last_day": each.day,
        "dates": 1,
        "clock": each.zone,
        "hours": each.minutes / 60,
    }


def _distance(zone: str, other: str, run: Apart) -> dict[str, Any]:
    return {
        "kind": "hours apart",
        "first_day": run.first,
        "last_day": run.last,
        "dates": (run.last - run.first).days + 1,
        "clock": zone,
        "sites": other,
        "hours": run.minutes / 60,
    }


def _odd_row(each: OddShift) -> dict[str, Any]:
    return {
        "kind": "shift length",
        "first_day": each.day,
        "last_day": each.day,
        "dates": 1,
        "clock": each.zone,
        "from": clock_text(each.start_minute),
        "to": clock_text((each.start_minute + each.wall_minutes) % DAY),
        "hours": each.minutes / 60,
        "queues": each.shift,
    }
