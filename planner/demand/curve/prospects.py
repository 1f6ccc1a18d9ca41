"""What came and what is expected, by local hour, day or week: the frame of one chart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import HistoryError
from planner.clock import local_at
from planner.demand.arrivals import History, Volumes
from planner.demand.curve.bands import HIGH, LOW, Grain, quantiles, unit_factor
from planner.demand.curve.localdays import LocalDays, local_days
from planner.demand.curve.together import all_factor

if TYPE_CHECKING:
    import pandas as pd

LAST_DAYS = 56
GRAIN_DAYS: Mapping[Grain, int] = MappingProxyType({"day": 1, "week": 7})
COLUMNS = ("queue", "start", "actual", "mean", "low", "high")


def outlook(
    history: History | None,
    volumes: Volumes,
    zone: str,
    grain: Grain = "day",
    last_days: int = LAST_DAYS,
    queues: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Contacts of the last days of the history, then those expected with their 80 % band.

    Parameters
    ----------
    history: None: nothing came.
    volumes: the forecast.
    zone: clock of the days.
    grain: hour, day or week; weeks start on the weekday on which the period does.
    last_days: how far to look back.
    queues: whose, "" for all together, with a band of their own; None: each queue.

    Returns
    -------
    Frame: queue, start (local day, or local time without its zone), actual (NaN: not known, or still to
    come), mean, low, high (NaN: past).

    Examples
    --------
    >>> from planner.demand import Promise, Queue, typical_volumes
    >>> queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    >>> week = typical_volumes(100, queue, first_quarter=1972024, intervals=336, zone="Europe/Rome")
    >>> outlook(None, week, "Europe/Rome", "week")[["start", "mean"]].round(1).values.tolist()
    [[datetime.date(2026, 3, 30), 540.0]]
    """
    import pandas as pd

    first = local_at(volumes.first_quarter, zone).date()
    try:
        past = None if history is None else local_days(history, volumes.queues, zone)
    except HistoryError:  # not one whole day
        past = None
    rows: list[tuple[object, ...]] = []
    for queue in volumes.queues if queues is None else queues:
        if past is not None:
            counts = past.counts[[volumes.queues.index(queue)] if queue else slice(None)].sum(axis=0)
            came: Iterator[tuple[date, float]] = (
                _hours(past, counts, first, last_days)
                if grain == "hour"
                else _came(past, counts, first, GRAIN_DAYS[grain], last_days)
            )
            rows += [(queue, start, actual, math.nan, math.nan, math.nan) for start, actual in came]
        rows += [(queue, start, math.nan, *due) for start, *due in _due(volumes, queue, zone, grain)]
    return pd.DataFrame.from_records(rows, columns=list(COLUMNS))


def _came(
    past: LocalDays, counts: np.ndarray, first: date, length: int, last_days: int
) -> Iterator[tuple[date, float]]:
    """Sums of whole days or weeks up to the period, in order of time; NaN where part of one is missing."""
    totals = np.where(_shown(past).all(axis=1), counts.sum(axis=1), math.nan)
    end = min(past.days, (first - past.first_day).days)
    # Weeks are counted back from the start of the period.
    end -= (end - (first - past.first_day).days) % length
    begin = max(end - last_days, 0)
    begin += (end - begin) % length
    for day in range(begin, end, length):
        yield past.day(day), float(totals[day : day + length].sum())


def _hours(
    past: LocalDays, counts: np.ndarray, first: date, last_days: int
) -> Iterator[tuple[datetime, float]]:
    """Sums of wall-clock hours up to the period; NaN where part of one is missing."""
    by_hour = counts.reshape(past.days, 24, -1).sum(axis=2)
    shown = np.asarray(_shown(past).reshape(past.days, 24, -1).all(axis=2))
    end = min(past.days, (first - past.first_day).days)
    for day in range(max(end - last_days, 0), end):
        for hour in range(24):
            actual = float(by_hour[day, hour]) if shown[day, hour] else math.nan
            yield datetime.combine(past.day(day), time(hour)), actual


def _shown(past: LocalDays) -> np.ndarray:
    """By day and slot, whether all of it could be seen: a day lost elsewhere is part of two days here."""
    shown = np.ones(past.counts.shape[1:]) if past.open is None else past.open[0]
    return np.asarray((shown >= 1) & past.seen[:, None])


def _due(volumes: Volumes, queue: str, zone: str, grain: Grain) -> Iterator[tuple[date, float, float, float]]:
    """Start, mean, low and high of each hour, day or week."""
    factor = unit_factor(volumes, queue, grain) if queue else all_factor(volumes, grain)
    low, high = (quantiles(*factor, share) for share in (LOW, HIGH))
    first = local_at(volumes.first_quarter, zone).date()
    for index, (mean, least, most) in enumerate(zip(factor.mean, low, high, strict=True)):
        start = (
            local_at(volumes.first_quarter + 4 * index, zone).replace(tzinfo=None)
            if grain == "hour"
            else first + timedelta(days=index * GRAIN_DAYS[grain])
        )
        yield start, float(mean), float(least), float(most)
