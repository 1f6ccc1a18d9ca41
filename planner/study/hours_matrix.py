"""Opening hours as a week of quarter-hours for each queue, to paint on; and back as lines of a scenario.

A week is an array of 7 days and 96 quarter-hours on the scenario's clock, True where the queue is open in a
week without public holidays. Hours past midnight stand on the day that they run into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from planner._values import DaySet, clock_text, days_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario
    from planner.study.scenario.parts import OpeningSaid

DAYS, QUARTERS, QUARTER, DAY = 7, 96, 15, 1440
HOURS = 24
Masks = Mapping[str, np.ndarray]
Cell = tuple[int, int]
"""Day (0 is Monday) and hour."""


def masks_of(scenario: Scenario) -> dict[str, np.ndarray]:
    """The week of each queue, from its lines that name weekdays.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("opening_hours: {days: fri, open: 22:00, close: 06:00}")
    >>> week = masks_of(desk)["email en"]
    >>> [(int(day), int(week[day].sum()) // 4) for day in week.any(axis=1).nonzero()[0]]
    [(4, 2), (5, 6)]
    """
    return {queue.name: _week(scenario, queue.name) for queue in scenario.queues}


def _week(scenario: Scenario, name: str) -> np.ndarray:
    lines = [line for line in scenario.said.opening_hours if "all" in line.queues or name in line.queues]
    shut = {day for line in lines if line.closed for day in line.days.weekdays}
    week = np.zeros(DAYS * QUARTERS, dtype=bool)
    for line in lines:
        for day in sorted(line.days.weekdays - shut):
            close = line.close if line.close > line.open else line.close + DAY
            first = day * QUARTERS + line.open // QUARTER
            week[np.arange(first, first + (close - line.open) // QUARTER) % len(week)] = True
    return week.reshape(DAYS, QUARTERS)


def lines_of_masks(scenario: Scenario, masks: Masks) -> list[dict[str, Any]]:
    """Opening hours as a scenario file says them, so that each queue is open in the week given.

    A queue whose week is as it was keeps its lines as they stand. Lines of public holidays stay, of every
    queue. Hours that run past midnight stay one line where they last no longer than a day.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("opening_hours: {days: mon-fri, open: 09:00, close: 18:00}")
    >>> week = painted(masks_of(desk)["email en"], [(day, hour) for day in range(5) for hour in (7, 8)], True)
    >>> lines_of_masks(desk, {"email en": week})
    [{'queues': ['all'], 'days': 'mon-fri', 'open': '07:00', 'close': '18:00'}]
    """
    every = [queue.name for queue in scenario.queues]
    now = masks_of(scenario)
    changed = [name for name in every if name in masks and not np.array_equal(masks[name], now[name])]
    alike: dict[bytes, list[str]] = {}
    for name in changed:
        alike.setdefault(masks[name].tobytes(), []).append(name)
    written: list[dict[str, Any]] = []
    for names in alike.values():
        written += _lines(_named(names, every), masks[names[0]])
    for line in scenario.said.opening_hours:
        mine = every if "all" in line.queues else [name for name in every if name in line.queues]
        kept = [name for name in mine if name not in changed]
        if kept:
            written.append(_as_said(list(line.queues) if kept == mine else kept, line, line.days))
        if line.days.public_holidays and len(kept) < len(mine):
            holidays = DaySet(frozenset(), public_holidays=True)
            touched = [name for name in mine if name in changed]
            written.append(_as_said(_named(touched, every), line, holidays))
    return written


def _named(names: list[str], every: list[str]) -> list[str]:
    return ["all"] if names == every else names


def _as_said(queues: list[str], line: OpeningSaid, days: DaySet) -> dict[str, Any]:
    hours = {"closed": "yes"} if line.closed else _hours(line.open, line.close)
    return {"queues": queues, "days": days_text(days), **hours}


def _hours(opens: int, closes: int) -> dict[str, str]:
    return {"open": clock_text(opens), "close": clock_text(closes)}


def _lines(queues: list[str], week: np.ndarray) -> list[dict[str, Any]]:
    if not week.any():  # closed on purpose: a queue without any line would be one that was forgotten
        return [{"queues": queues, "days": "all", "closed": "yes"}]
    return [
        {"queues": queues, "days": days_text(DaySet(days, public_holidays=False)), **_hours(*span)}
        for span, days in spans_of(week).items()
    ]


def spans_of(week: np.ndarray) -> dict[tuple[int, int], frozenset[int]]:
    """The hours of a week: opening and closing minute, and the days they open on; by day, then by opening.

    A closing at or before the opening is the next day's. Hours of more than a day are cut at midnight.
    """
    found: dict[tuple[int, int], set[int]] = {}
    for first, length in _runs(week.reshape(-1)):
        for at, quarters in _pieces(first, length):
            opens = at % QUARTERS * QUARTER
            closes = opens + quarters * QUARTER
            span = opens, closes if closes <= DAY else closes - DAY
            found.setdefault(span, set()).add(at // QUARTERS % DAYS)
    order = sorted(found, key=lambda span: (min(found[span]), span))
    return {span: frozenset(found[span]) for span in order}


def _runs(flat: np.ndarray) -> list[tuple[int, int]]:
    """First quarter-hour and length of each stretch that is open, Sunday night running into Monday."""
    if flat.all():
        return [(0, len(flat))]
    begins = np.flatnonzero(flat & ~np.roll(flat, 1))
    ends = np.flatnonzero(flat & ~np.roll(flat, -1))
    if len(ends) and ends[0] < begins[0]:
        ends = np.roll(ends, -1)
    return [(int(a), int((b - a) % len(flat)) + 1) for a, b in zip(begins, ends, strict=True)]


def _pieces(first: int, length: int) -> list[tuple[int, int]]:
    """A stretch of at most a day as it is; a longer one cut at each midnight."""
    if length <= QUARTERS:
        return [(first, length)]
    cuts = [first, *range((first // QUARTERS + 1) * QUARTERS, first + length, QUARTERS), first + length]
    return [(a, b - a) for a, b in pairwise(cuts)]


def painted(week: np.ndarray, cells: Iterable[Cell], is_open: bool) -> np.ndarray:
    """The week with whole hours opened or closed."""
    made = week.copy()
    for day, hour in cells:
        made[day, 4 * hour : 4 * hour + 4] = is_open
    return made


def block(days: Iterable[int], first: int, last: int) -> tuple[Cell, ...]:
    """The hours from one hour of the day to another on some days; past midnight where it is not later.

    Examples
    --------
    >>> block([4], 22, 2)
    ((4, 22), (4, 23), (5, 0), (5, 1))
    """
    hours = range(first, last if last > first else last + HOURS)
    return tuple(((day + hour // HOURS) % DAYS, hour % HOURS) for day in days for hour in hours)


def shares(weeks: Iterable[np.ndarray]) -> np.ndarray:
    """How much of each hour is open in all of some weeks: 0 to 1; shape (7, 24).

    Of several queues: 1 where every one is open for the whole hour, 0 where none is.
    """
    mean: np.ndarray = np.mean([week.reshape(DAYS, HOURS, 4).mean(axis=2) for week in weeks], axis=0)
    return mean


def cells_said(said: object) -> tuple[Cell, ...]:
    """Cells as a browser sends them; what is none of the week is left out.

    Examples
    --------
    >>> cells_said([[0, 7], [9, 1], "x", [1.5, 2], [6, 23]])
    ((0, 7), (6, 23))
    """
    found = []
    for each in said if isinstance(said, list | tuple) else ():
        if isinstance(each, list | tuple) and len(each) == 2 and all(type(part) is int for part in each):
            day, hour = each
            if 0 <= day < DAYS and 0 <= hour < HOURS:
                found.append((day, hour))
    return tuple(found)


def with_strokes(masks: Masks, strokes: Iterable[Mapping[str, Any]]) -> dict[str, np.ndarray]:
    """The weeks after strokes of a brush, in order: each has ``cells``, ``open`` and its ``queues``.

    Examples
    --------
    >>> stroke = {"cells": [(0, 7)], "open": True, "queues": ["a"]}
    >>> spans_of(with_strokes({"a": np.zeros((7, 96), dtype=bool)}, [stroke])["a"])
    {(420, 480): frozenset({0})}
    """
    made = dict(masks)
    for stroke in strokes:
        for name in made.keys() & set(stroke["queues"]):  # a queue may be gone by now
            made[name] = painted(made[name], stroke["cells"], stroke["open"])
    return made
