"""What came and what is expected, by local day or week: the frame of one chart."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import HistoryError
from planner.clock import local_at
from planner.demand.arrivals import History, Volumes
from planner.demand.bands import HIGH, LOW, quantiles
from planner.demand.localdays import LocalDays, local_days

if TYPE_CHECKING:
    import pandas as pd

LAST_DAYS = 56
GRAIN_DAYS = {"day": 1, "week": 7}
COLUMNS = ("queue", "start", "actual", "mean", "low", "high")


def outlook(
    history: History | None, volumes: Volumes, zone: str, grain: str = "day", last_days: int = LAST_DAYS
) -> pd.DataFrame:
    """Contacts of the last days or weeks of the history, then those expected with their 80 % band.

    Parameters
    ----------
    history: None: nothing came.
    volumes: the forecast.
    zone: clock of the days.
    grain: day or week; weeks start on the weekday on which the period does.
    last_days: how far to look back.

    Returns
    -------
    Frame: queue, start (local day), actual (NaN: not known, or still to come), mean, low, high (NaN: past).

    Examples
    --------
    >>> from planner.demand import Promise, Queue, typical_volumes
    >>> queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    >>> week = typical_volumes(100, queue, first_quarter=1972024, intervals=336, zone="Europe/Rome")
    >>> outlook(None, week, "Europe/Rome", "week")[["start", "mean"]].round(1).values.tolist()
    [[datetime.date(2026, 3, 30), 540.0]]
    """
    import pandas as pd

    length = GRAIN_DAYS[grain]
    first = local_at(volumes.first_quarter, zone).date()
    try:
        past = None if history is None else local_days(history, volumes.queues, zone)
    except HistoryError:  # not one whole day
        past = None
    rows: list[tuple[object, ...]] = []
    for row, queue in enumerate(volumes.queues):
        if past is not None:
            rows += [
                (queue, start, actual, math.nan, math.nan, math.nan)
                for start, actual in _came(past, row, first, length, last_days)
            ]
        rows += [
            (queue, first + timedelta(days=days), math.nan, *due) for days, *due in _due(volumes, row, length)
        ]
    return pd.DataFrame.from_records(rows, columns=list(COLUMNS))


def _came(
    past: LocalDays, row: int, first: date, length: int, last_days: int
) -> Iterator[tuple[date, float]]:
    """Sums of whole days or weeks up to the period, in order of time; NaN where a day is missing."""
    totals = np.where(past.seen, past.counts[row].sum(axis=1), math.nan)
    end = min(past.days, (first - past.first_day).days)
    # Weeks are counted back from the start of the period.
    end -= (end - (first - past.first_day).days) % length
    begin = max(end - last_days, 0)
    begin += (end - begin) % length
    for day in range(begin, end, length):
        yield past.day(day), float(totals[day : day + length].sum())


def _due(volumes: Volumes, row: int, length: int) -> Iterator[tuple[int, float, float, float]]:
    """Day within the period, mean, low and high of each day or week."""
    mean = volumes.mean[row]
    spread = volumes.spread[volumes.queues[row]]
    step = volumes.interval_minutes // 15
    hour_of = (volumes.first_quarter + step * np.arange(volumes.intervals)) // 4
    by_hour = np.bincount(hour_of - hour_of[0], weights=mean)
    day_of_hour = np.zeros(len(by_hour), dtype=np.int64)
    day_of_hour[hour_of - hour_of[0]] = volumes.day_of
    by_day = np.bincount(day_of_hour, weights=by_hour)
    squares = np.bincount(day_of_hour, weights=by_hour**2)
    inside = (1 + spread.day) * (by_day**2 + spread.hour * squares)
    doubt = np.zeros(len(mean)) if volumes.doubt is None else volumes.doubt[row]
    unsure = np.bincount(volumes.day_of, weights=mean * np.sqrt(doubt))
    for day in range(0, len(by_day), length):
        part = slice(day, day + length)
        total = float(by_day[part].sum())
        if total <= 0:
            yield day, 0.0, 0.0, 0.0
            continue
        # Days of a week have factors of their own: only squares of days carry their variance.
        within = 1 + float((inside[part] - by_day[part] ** 2).sum()) / total**2
        common = (1 + spread.level) * (1 + spread.week) * (1 + (float(unsure[part].sum()) / total) ** 2)
        low, high = (float(quantiles(np.array([total]), common * within - 1, q)[0]) for q in (LOW, HIGH))
        yield day, total, low, high
