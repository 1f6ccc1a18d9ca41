"""Contacts by hour of the week on any clock: what came, and what is expected."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planner._errors import HistoryError
from planner.demand.arrivals import History, Volumes
from planner.demand.curve.grid import PlanningGrid
from planner.demand.curve.localdays import local_days
from planner.demand.curve.onclock import OnClock

WEEK_HOURS = 168
LAST_WEEKS = 26


def expected_by_hour(volumes: Volumes, clocks: Mapping[str, str]) -> np.ndarray:
    """Contacts expected in each hour of a week, mean of the period, of some queues together.

    Parameters
    ----------
    volumes: the forecast.
    clocks: the zone of each of these queues.

    Returns
    -------
    168 numbers, Monday 00:00 first; NaN: the period has no such hour.
    """
    total = np.zeros(WEEK_HOURS)
    for queue, zone in clocks.items():
        grid = PlanningGrid.of(volumes.first_quarter, volumes.intervals, volumes.interval_minutes, zone)
        clock = OnClock.of(grid, zone)
        weekday = (clock.first_day.weekday() + clock.day_of) % 7
        hour = weekday * 24 + clock.minute_of // 60
        mean = volumes.mean[volumes.queues.index(queue)]
        total += _rates(mean, np.full(len(mean), volumes.interval_minutes / 60), hour)
    return total


def came_by_hour(history: History, clocks: Mapping[str, str], last_weeks: int = LAST_WEEKS) -> np.ndarray:
    """Contacts that came in each hour of a week, mean of the last weeks, of some queues together.

    Days without data count nowhere, nor do hours of a day that were lost.

    Parameters
    ----------
    history: counts by interval.
    clocks: the zone of each of these queues.
    last_weeks: how far to look back.

    Returns
    -------
    168 numbers, Monday 00:00 first; NaN: never seen.
    """
    total = np.zeros(WEEK_HOURS)
    for queue, zone in clocks.items():
        try:
            days = local_days(history, [queue], zone)
        except HistoryError:  # not one whole day
            return np.full(WEEK_HOURS, np.nan)
        days = days.until(days.days, 7 * last_weeks)
        by_hour = days.counts[0].reshape(days.days, 24, -1).sum(axis=2)
        weekday = (days.first_day.weekday() + np.arange(days.days)) % 7
        hour = weekday[:, None] * 24 + np.arange(24)
        seen = np.broadcast_to(days.seen[:, None], by_hour.shape).astype(np.float64)
        if days.open is not None:  # a day lost on another clock is part of two days on this one
            seen = seen * days.open[0].reshape(days.days, 24, -1).mean(axis=2)
        total += _rates((by_hour * (seen > 0)).ravel(), seen.ravel(), hour.ravel())
    return total


def _rates(contacts: np.ndarray, hours: np.ndarray, hour: np.ndarray) -> np.ndarray:
    """Contacts per hour of each hour of the week; NaN where there was none."""
    known = np.bincount(hour, weights=hours, minlength=WEEK_HOURS)
    found = np.full(WEEK_HOURS, np.nan)
    total = np.bincount(hour, weights=contacts, minlength=WEEK_HOURS)
    np.divide(total, known, out=found, where=known > 0)
    return found
