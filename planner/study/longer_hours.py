"""Longer opening hours as changes of a scenario: earlier, later, on closed days; shifts that reach them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from planner._errors import ScenarioError
from planner._messages import Message
from planner._values import clock_text, days_text, parse_days
from planner.clock import local_at, quarter_of, to_utc
from planner.study.ladder import HoursRow, lines_of_form, rows_of
from planner.study.next_hours.on_call import with_duties

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.study.scenario import Scenario

Side = Literal["earlier", "later", "open"]
DAY = 1440
WEEKEND = ("sat", "sun")


@dataclass(frozen=True)
class Direction:
    """Where opening hours may grow.

    Attributes
    ----------
    line: number of the opening line that grows; None: the days are closed today. days: as they are said.
    side: "earlier" or "later", or "open" for closed days.
    """

    line: int | None
    days: str
    side: Side

    @property
    def text(self) -> str:
        """As a user lists it."""
        return self.days if self.side == "open" else f"{self.days} {self.side}"


Growth = Mapping[Direction, int]
"""Minutes of a day by which each direction grows."""


def directions_of(scenario: Scenario) -> tuple[Direction, ...]:
    """Every line earlier and later, then Saturday and Sunday where all is closed.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> [each.text for each in directions_of(Scenario.from_text("people: 5"))]
    ['mon-fri earlier', 'mon-fri later', 'sat', 'sun']
    """
    lines = [(number, line) for number, line in enumerate(scenario.said.opening_hours) if not line.closed]
    found = [
        Direction(number, days_text(line.days), side)
        for number, line in lines
        for side in ("earlier", "later")
        if _most(line.open, line.close, side)
    ]
    worked = {day for _number, line in lines for day in line.days.weekdays}
    closed = [days for days in WEEKEND if not parse_days(days).weekdays <= worked]
    return (*found, *(Direction(None, days, "open") for days in closed))


def listed(scenario: Scenario, text: str) -> tuple[Direction, ...]:
    """Directions as a user lists them, apart by commas.

    Raises
    ------
    ScenarioError: naming what is none, and what there is.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> [each.text for each in listed(Scenario.from_text("people: 5"), "sat, mon-fri later")]
    ['sat', 'mon-fri later']
    """
    known = directions_of(scenario)
    words = [" ".join(word.split()) for word in text.split(",") if word.strip()]
    wrong = [word for word in words if word not in {each.text for each in known}]
    if wrong:
        values = {"given": ", ".join(wrong), "known": ", ".join(dict.fromkeys(each.text for each in known))}
        raise ScenarioError(Message("reach.direction", values))
    return tuple(each for word in words for each in known if each.text == word)


def most_minutes(scenario: Scenario, direction: Direction, growth: Growth) -> int:
    """How far a direction may grow: to midnight before, to a day's length after."""
    if direction.line is None:
        return DAY
    line = scenario.said.opening_hours[direction.line]
    other = sum(
        minutes for each, minutes in growth.items() if each.line == direction.line and each != direction
    )
    free = DAY - ((line.close - line.open) % DAY or DAY) - other
    return max(0, min(line.open, free) if direction.side == "earlier" else free)


def _most(opens: int, closes: int, side: Side) -> int:
    length = (closes - opens) % DAY or DAY
    return min(opens, DAY - length) if side == "earlier" else DAY - length


def longer(scenario: Scenario, growth: Growth) -> Scenario:
    """The scenario open longer, with shifts that start early enough and end late enough.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("shifts: {name: day, start: 09:00, paid_hours: 9}")
    >>> early = longer(desk, {directions_of(desk)[0]: 120})
    >>> early.said.opening_hours[0].open, early.said.shifts[0].start
    (420, (420, 540))
    """
    if not any(growth.values()):
        return scenario
    rows = list(rows_of(scenario))
    usual = min((line.open for line in scenario.said.opening_hours if not line.closed), default=540)
    for direction, minutes in growth.items():
        if direction.line is None and minutes:
            rows.append(HoursRow(("all",), direction.days, clock_text(usual), _clock(usual + minutes)))
    typed: dict[int, tuple[str, str]] = {}
    for number, line in enumerate(scenario.said.opening_hours):
        grown = {each.side: minutes for each, minutes in growth.items() if each.line == number}
        opens, closes = line.open - grown.get("earlier", 0), line.close + grown.get("later", 0)
        typed[number] = (clock_text(opens), _clock(closes))
    changes: dict[str, Any] = {"opening_hours": lines_of_form(rows, typed)}
    wider = scenario.replace(**changes)
    shifts = _reaching(wider)
    return with_duties(wider if shifts is None else wider.replace(shifts=shifts))


def _clock(minutes: int) -> str:
    """A closing hour, which may be of the next day."""
    return clock_text(minutes if 0 < minutes <= DAY else minutes % DAY)


def _reaching(scenario: Scenario) -> list[dict[str, Any]] | None:
    """Stated shifts with the starts that opening and closing ask for; None if they reach already.

    Starts are on the clock of whoever works them, so of the first place of work.
    """
    said = [dict(line) for line in scenario.plain.get("shifts", ())]
    midnight = to_utc(scenario.first_day, 0, scenario.zone)
    there = local_at(quarter_of(midnight), scenario.sites[0].zone)
    ahead = there.hour * 60 + there.minute
    changed = False
    for line in scenario.said.opening_hours:
        if line.closed:
            continue
        length = (line.close - line.open) % DAY or DAY
        for number, shift in enumerate(scenario.said.shifts):
            present = round(shift.paid_hours * 60) + int(shift.break_.total_seconds()) // 60
            if shift.kind != "work" or shift.teams or present > length:
                continue
            first = (line.open + ahead) % DAY
            # Between the first and the last start those that follow one another leave no hole.
            between = {(first + passed) % DAY for passed in range(present, length - present, present)}
            starts = {*shift.start, first, *between, (line.open + ahead + length - present) % DAY}
            if starts != set(shift.start):
                said[number]["start"] = ", ".join(clock_text(start) for start in sorted(starts))
                changed = True
                scenario = scenario.replace(shifts=said)
    return said if changed else None


def contacts_in(volumes: Volumes | None, before: Scenario, after: Scenario) -> float:
    """Contacts a week that are expected in hours that only the longer scenario is open."""
    if volumes is None:
        return 0.0
    return float(np.where(newly_open(volumes, before, after), volumes.mean, 0.0).sum()) / before.weeks


def newly_open(volumes: Volumes, before: Scenario, after: Scenario) -> np.ndarray:
    """Intervals in which only the longer scenario is open, whole or in part; shape (queues, intervals)."""
    step = volumes.interval_minutes // 15
    rows = []
    for name in volumes.queues:
        masks = [
            each.opening[name]
            .mask(volumes.first_quarter, volumes.intervals * step)
            .reshape(-1, step)
            .any(axis=1)
            for each in (before, after)
        ]
        rows.append(masks[1] & ~masks[0])
    return np.stack(rows)


def hours_of_block(scenario: Scenario, direction: Direction) -> str:
    """Opening hours of the days of a direction, such as "07:00–18:00"; "" if closed."""
    rows: Sequence[HoursRow] = rows_of(scenario)
    if direction.line is not None:
        row = rows[direction.line]
        return f"{row.open}–{row.close}"
    found = [row for row in rows if row.days == direction.days and not row.closed]
    return f"{found[0].open}–{found[0].close}" if found else ""
