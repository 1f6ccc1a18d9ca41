"""A rota's weeks repeated for ever: which of its weeks can say who is there at a quarter-hour.

A day on which a queue was closed in the rota's own period (a public holiday), or whose hours only a
neighbouring period could have covered, has nobody because nobody was asked for. Repeated on an ordinary day
it would look like a hole. There the nearest other week says who comes on that weekday.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import local_at, quarter_of, to_utc
from planner.study.edges import left_out_of
from planner.study.steps import horizon

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

WEEK, SLOTS = 7, 96


def nearest_weeks(cycle: int) -> tuple[int, ...]:
    """How many weeks on in a cycle of days to look, nearest first; the week itself is 0.

    Examples
    --------
    >>> nearest_weeks(35), nearest_weeks(10)
    ((0, 1, 4, 2, 3), (0,))
    """
    weeks = cycle // WEEK if cycle % WEEK == 0 else 1
    return tuple(sorted(range(weeks), key=lambda ahead: (min(ahead, weeks - ahead), ahead)))


def open_hours(scenario: Scenario, begin: int, length: int) -> dict[str, np.ndarray]:
    """Whether each queue is open in quarter-hours from one on; a role is on call while any queue is."""
    found = {name: hours.mask(begin, length) for name, hours in scenario.opening.items()}
    whenever: np.ndarray = np.logical_or.reduce([np.zeros(length, dtype=bool), *found.values()])
    return found | {role.name: whenever for role in scenario.roles}


class Cycle:
    """The period of a scenario as a cycle that covers a span of quarter-hours."""

    def __init__(self, scenario: Scenario, begin: int, length: int) -> None:
        self.scenario, self.begin, self.length = scenario, begin, length
        self.first, intervals = horizon(scenario)
        self.quarters = intervals * scenario.interval_minutes // 15
        names = tuple(open_hours(scenario, self.first, 0))
        edges = np.repeat(left_out_of(scenario, names), scenario.interval_minutes // 15, axis=1)
        is_open = open_hours(scenario, self.first, self.quarters)
        self.weeks = nearest_weeks(scenario.days)
        self._walls: dict[tuple[str, int, int, int], np.ndarray] = {}
        self.said = {name: is_open[name] & ~row for name, row in zip(names, edges, strict=True)}
        self.but_elsewhere = {name: self._unlike(row) for name, row in self.said.items()}

    def says(self, name: str, zones: Iterable[str], ahead: int) -> np.ndarray:
        """Whether the rota says who is there for a queue or role, if it is taken so many weeks on.

        The queue must have been open at the same wall time on the customers' clock. Whose people live on
        another clock must not have had an hour off then that the queue has in other weeks.
        """
        found = self._at(self.said[name], self.scenario.zone, ahead)
        for zone in sorted({*zones} - {self.scenario.zone}):
            found = found & ~self._at(self.but_elsewhere[name], zone, ahead)
        return found

    def _unlike(self, said: np.ndarray) -> np.ndarray:
        """Quarter-hours of the period of which it says nothing, though it does in another week."""
        place = (self.first, self.quarters)
        weeks = [self._at(said, self.scenario.zone, ahead, *place) for ahead in self.weeks]
        found: np.ndarray = ~said & np.logical_or.reduce(weeks)
        return found

    def _at(
        self, row: np.ndarray, zone: str, ahead: int, begin: int | None = None, length: int | None = None
    ) -> np.ndarray:
        """A row of the period, repeated over a span."""
        where = self.begin if begin is None else begin, self.length if length is None else length
        key = (zone, ahead, *where)
        if key not in self._walls:
            self._walls[key] = self._source(*key)
        source = self._walls[key] - self.first
        inside = (source >= 0) & (source < self.quarters)
        found: np.ndarray = inside & row[np.clip(source, 0, self.quarters - 1)]
        return found

    def _source(self, zone: str, ahead: int, begin: int, length: int) -> np.ndarray:
        """Quarter-hour of the period with the same wall time on a clock, so many weeks on."""
        first, days = self.scenario.first_day, self.scenario.days
        found = np.zeros(length, dtype=np.int64)
        day = local_at(begin, zone).date()
        start = quarter_of(to_utc(day, 0, zone))
        while start < begin + length:
            after = quarter_of(to_utc(day + timedelta(days=1), 0, zone))
            there = first + timedelta(days=((day - first).days + WEEK * ahead) % days)
            here = np.arange(max(start, begin), min(after, begin + length))
            found[here - begin] = _same_wall(here, (start, after), there, zone)
            day, start = day + timedelta(days=1), after
        return found


def _same_wall(here: np.ndarray, bounds: tuple[int, int], there: date, zone: str) -> np.ndarray:
    """Quarter-hours of a day at the wall times of those of another, whose bounds are told."""
    start, end = (quarter_of(to_utc(there + timedelta(days=n), 0, zone)) for n in (0, 1))
    if bounds[1] - bounds[0] == end - start == SLOTS:
        return start + here - bounds[0]
    walls = [local_at(quarter, zone) for quarter in here.tolist()]
    return np.array([quarter_of(to_utc(there, at.hour * 60 + at.minute, zone)) for at in walls])


def earlier(quarters: Sequence[int], zone: str, days: int) -> list[int]:
    """Absolute quarter-hours at the same wall times of a clock so many days before.

    Examples
    --------
    >>> monday = quarter_of(to_utc("2026-03-30", "09:00", "Europe/Lisbon"))
    >>> monday - earlier([monday], "Europe/Lisbon", 7)[0] == 7 * 96 - 4
    True
    """
    walls = [local_at(quarter, zone) for quarter in quarters]
    return [
        quarter_of(to_utc(at.date() - timedelta(days=days), at.hour * 60 + at.minute, zone)) for at in walls
    ]


def by_site(rows: Iterable[Mapping[str, np.ndarray]], weeks: Iterable[np.ndarray]) -> dict[str, np.ndarray]:
    """Sites' presence, taken from each week where that week is chosen."""
    found: dict[str, np.ndarray] = {}
    for sites, chosen in zip(rows, weeks, strict=True):
        for site, there in sites.items():
            found[site] = found.get(site, np.zeros_like(there)) | (there & chosen)
    return found
