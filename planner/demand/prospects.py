"""What came and what is expected, by local day or week: the frame of one chart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import HistoryError
from planner.clock import local_at
from planner.demand.arrivals import History, Volumes
from planner.demand.bands import HIGH, LOW, Grain, grain_of, unit_band
from planner.demand.localdays import LocalDays, local_days

if TYPE_CHECKING:
    import pandas as pd

LAST_DAYS = 56
GRAIN_DAYS: Mapping[Grain, int] = MappingProxyType({"day": 1, "week": 7})
COLUMNS = ("queue", "start", "actual", "mean", "low", "high")


def outlook(
    history: History | None, volumes: Volumes, zone: str, grain: Grain = "day", last_days: int = LAST_DAYS
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
            (queue, first + timedelta(days=days), math.nan, *due) for days, *due in _due(volumes, row, grain)
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


def _due(volumes: Volumes, row: int, grain: Grain) -> Iterator[tuple[int, float, float, float]]:
    """Day within the period, mean, low and high of each day or week."""
    queue = volumes.queues[row]
    means = np.bincount(grain_of(volumes, grain), weights=volumes.mean[row])
    low, high = (unit_band(volumes, queue, grain, share) for share in (LOW, HIGH))
    for index, (mean, least, most) in enumerate(zip(means, low, high, strict=True)):
        yield index * GRAIN_DAYS[grain], float(mean), float(least), float(most)
