"""Which hours are the night that ways are compared on, and opening hours without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from planner._values import DaySet, clock_text, days_text
from planner.clock import local_at, quarter_of, to_utc
from planner.rota import ShiftType

if TYPE_CHECKING:
    from planner.people import Site
    from planner.study.scenario import Scenario
    from planner.study.scenario.parts import OpeningSaid

DAY, NIGHT_MINUTES = 1440, 180
"""Minutes of a day; minutes in the night that make a shift one of the night, as rules count them."""
QUARTERS, WEEK = 96, 7

Window = tuple[int, int]
"""Minutes after midnight of its start and end, on the scenario's clock; it may pass midnight."""


def night_shifts(scenario: Scenario) -> tuple[str, ...]:
    """Names of the kinds of work of which some start lies in the night for three hours or more.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = "opening_hours: {days: all, open: 00:00, close: 24:00}"
    >>> night_shifts(Scenario.from_text(desk))
    ('night',)
    """
    return tuple(
        kind.name
        for kind in scenario.shift_types
        if kind.kind == "work" and any(_at_night(kind, site) for site in scenario.sites)
    )


def _at_night(kind: ShiftType, site: Site) -> bool:
    begins, ends = site.night
    night = {minute % DAY for minute in range(begins, ends + (DAY if ends <= begins else 0), 15)}
    return any(
        15 * sum((start + passed) % DAY in night for passed in range(0, kind.present_minutes, 15))
        >= NIGHT_MINUTES
        for start in kind.starts
    )


def night_window(scenario: Scenario) -> Window:
    r"""Hours that night shifts reach and no other shift does; without any, the night of the first site.

    Of several stretches it is the longest, the first of those that are as long.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = "opening_hours: {days: all, open: 00:00, close: 24:00}\nshifts:\n"
    >>> desk += "- {name: day, start: 06:00-15:00 every 60 min}\n- {name: night, start: 22:00}"
    >>> night_window(Scenario.from_text(desk))
    (1380, 360)
    """
    at_night = set(night_shifts(scenario))
    reached = {True: np.zeros(QUARTERS, dtype=bool), False: np.zeros(QUARTERS, dtype=bool)}
    for kind in scenario.shift_types:
        for site in scenario.sites if kind.kind == "work" and not kind.teams & {"partner"} else ():
            for start in kind.starts:
                first = (start + _ahead(site, scenario)) // 15
                span = np.arange(first, first + kind.present_minutes // 15) % QUARTERS
                reached[kind.name in at_night][span] = True
    found = _longest(reached[True] & ~reached[False])
    if found is not None:
        return found
    ahead = _ahead(scenario.sites[0], scenario)
    begins, ends = scenario.sites[0].night
    return (begins + ahead) % DAY, (ends + ahead) % DAY


def _ahead(site: Site, scenario: Scenario) -> int:
    """Minutes by which a wall clock of a site is to be moved to show the scenario's."""
    midnights = [quarter_of(to_utc(scenario.first_day, 0, zone)) for zone in (site.zone, scenario.zone)]
    return 15 * (midnights[0] - midnights[1])


def _longest(there: np.ndarray) -> Window | None:
    """The longest stretch of a day that goes round; None if there is none, or nothing else."""
    if not there.any() or there.all():
        return None
    best = (0, 0)
    for start in np.flatnonzero(there & ~np.roll(there, 1)).tolist():
        rolled = np.roll(there, -start)
        length = int(np.argmin(rolled)) if not rolled.all() else QUARTERS
        best = max(best, (length, start), key=lambda one: one[0])
    return best[1] * 15, (best[1] + best[0]) % QUARTERS * 15


def open_at_night(scenario: Scenario, window: Window, first: int, quarters: int) -> dict[str, np.ndarray]:
    """Quarter-hours from an absolute one on in which each queue is open at night."""
    begins, ends = window
    wall = [at.hour * 60 + at.minute for at in (local_at(first + q, scenario.zone) for q in range(quarters))]
    minutes = np.array(wall, dtype=np.int64)
    inside = (
        (minutes >= begins) & (minutes < ends) if begins < ends else (minutes >= begins) | (minutes < ends)
    )
    return {name: hours.mask(first, quarters) & inside for name, hours in scenario.opening.items()}


def hours_without(scenario: Scenario, window: Window) -> list[dict[str, Any]]:
    """Opening hours as a scenario file says them, closed in a window of every day.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("opening_hours: {days: mon-fri, open: 00:00, close: 24:00}")
    >>> [(line["open"], line["close"]) for line in hours_without(desk, (1380, 420))]
    [('07:00', '23:00')]
    """
    lines: list[dict[str, Any]] = []
    for line in scenario.said.opening_hours:
        if line.closed:
            lines.append(said_again(line))
            continue
        for begins, ends in _outside(line.open, line.close, window):
            later = begins // DAY
            days = DaySet(
                frozenset((day + later) % WEEK for day in line.days.weekdays),
                line.days.public_holidays and not later,
            )
            if days.weekdays or days.public_holidays:
                ends -= later * DAY
                shown = clock_text(ends if ends <= DAY else ends - DAY)
                hours = {"open": clock_text(begins % DAY), "close": shown}
                lines.append({"queues": list(line.queues), "days": days_text(days), **hours})
    return lines


def said_again(line: OpeningSaid) -> dict[str, Any]:
    """A line of opening hours as a file says it."""
    hours = {"open": clock_text(line.open), "close": clock_text(line.close)}
    said = {"queues": list(line.queues), "days": days_text(line.days), **hours}
    return {**said, "closed": "yes"} if line.closed else said


def _outside(opens: int, closes: int, window: Window) -> list[Window]:
    """What is left of hours outside a window, in minutes after the midnight before they begin."""
    left = [(opens, closes if closes > opens else closes + DAY)]
    begins, length = window[0], (window[1] - window[0]) % DAY or DAY
    for start in (begins - DAY, begins, begins + DAY):
        cut = [((a, min(b, start)), (max(a, start + length), b)) for a, b in left]
        left = [piece for pair in cut for piece in pair if piece[0] < piece[1]]
    return left
