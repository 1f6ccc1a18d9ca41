"""The planning intervals of a period, and a queue's days laid over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from planner.clock import local_at
from planner.demand.curve.localdays import wall_quarters


@dataclass(frozen=True)
class PlanningGrid:
    """Intervals of a period and the local days they lie in.

    Attributes
    ----------
    first_quarter: absolute quarter-hour where the period starts.
    intervals: how many.
    interval_minutes: 15, 30 or 60.
    zone: clock of the scenario.
    first_day: local day of the first interval.
    days: local days that the period touches.
    day_of: index of the local day of each interval.

    Examples
    --------
    >>> from planner.clock import day_starts
    >>> start, end = day_starts(date(2026, 3, 29), 1, "Europe/Rome")
    >>> PlanningGrid.of(start, 23, 60, "Europe/Rome").days
    1
    """

    first_quarter: int
    intervals: int
    interval_minutes: int
    zone: str
    first_day: date
    days: int
    day_of: np.ndarray = field(repr=False)

    @classmethod
    def of(cls, first_quarter: int, intervals: int, interval_minutes: int, zone: str) -> PlanningGrid:
        """Grid of a period."""
        first_day, days = _days_of(first_quarter, intervals * interval_minutes // 15, zone)
        starts, day_of, _ = wall_quarters(first_day, days, zone)
        step, low = interval_minutes // 15, first_quarter - int(starts[0])
        inside = day_of[low : low + intervals * step : step]
        return cls(first_quarter, intervals, interval_minutes, zone, first_day, days, inside)

    def dates(self) -> list[date]:
        """Local days of the period."""
        return [self.first_day + timedelta(days=index) for index in range(self.days)]

    def local_span(self, zone: str) -> tuple[date, int]:
        """First local day and number of local days of another clock that cover the period."""
        return _days_of(self.first_quarter, self.intervals * self.interval_minutes // 15, zone)

    def lay(self, totals: np.ndarray, quarters: np.ndarray, zone: str) -> np.ndarray:
        """Contacts per interval from day totals and the shares of each day's 96 wall-clock quarters.

        A day of 23 or 25 hours keeps its total: the hour that is left out or comes twice is shared out.

        Parameters
        ----------
        totals: contacts of the days of ``local_span(zone)``.
        quarters: share of each of them per wall-clock quarter, shape (days, 96).
        zone: clock of these days.
        """
        first_day, days = self.local_span(zone)
        starts, day_of, wall = wall_quarters(first_day, days, zone)
        share = quarters[day_of, wall]
        whole = np.bincount(day_of, weights=share, minlength=days)
        each = np.where(whole > 0, totals / np.where(whole > 0, whole, 1.0), 0.0)[day_of] * share
        step, low = self.interval_minutes // 15, self.first_quarter - int(starts[0])
        return np.asarray(each[low : low + self.intervals * step].reshape(-1, step).sum(axis=1))


def _days_of(first_quarter: int, quarters: int, zone: str) -> tuple[date, int]:
    first_day = local_at(first_quarter, zone).date()
    last_day = local_at(max(first_quarter + quarters - 1, first_quarter), zone).date()
    return first_day, (last_day - first_day).days + 1
