"""Planning intervals on the clock of a queue: the local day and minute of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from planner.demand.curve.grid import PlanningGrid
from planner.demand.curve.localdays import wall_quarters


@dataclass(frozen=True)
class OnClock:
    """Intervals of a period on a clock.

    Attributes
    ----------
    first_day: local day with index 0. days: how many the period touches.
    day_of: index of the local day in which each interval starts.
    minute_of: minutes after midnight at which it starts.

    Examples
    --------
    >>> from planner.clock import day_starts
    >>> start = day_starts(date(2026, 6, 1), 1, "Europe/Rome")[0]
    >>> london = OnClock.of(PlanningGrid.of(start, 24, 60, "Europe/Rome"), "Europe/London")
    >>> london.first_day.isoformat(), london.minute_of[:2].tolist(), london.day_of[:2].tolist()
    ('2026-05-31', [1380, 0], [0, 1])
    """

    first_day: date
    days: int
    day_of: np.ndarray
    minute_of: np.ndarray

    @classmethod
    def of(cls, grid: PlanningGrid, zone: str) -> OnClock:
        """A period's intervals on the clock of a zone."""
        first_day, days = grid.local_span(zone)
        starts, day_of, wall = wall_quarters(first_day, days, zone)
        step, low = grid.interval_minutes // 15, grid.first_quarter - int(starts[0])
        part = slice(low, low + grid.intervals * step, step)
        return cls(first_day, days, day_of[part], 15 * wall[part])

    def dates(self) -> list[date]:
        """All local days."""
        return [self.first_day + timedelta(days=index) for index in range(self.days)]

    def within(self, first: date, last: date) -> np.ndarray:
        """Which intervals start on days from ``first`` to ``last``."""
        low, high = (first - self.first_day).days, (last - self.first_day).days
        return np.asarray((self.day_of >= low) & (self.day_of <= high))
