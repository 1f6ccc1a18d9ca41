"""A queue's history on local days and wall-clock slots, with what was seen and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from planner._errors import HistoryError
from planner._messages import Message
from planner.clock import PublicHolidays, day_starts, local_at, quarter_of
from planner.demand.arrivals import History
from planner.demand.asks import OpenSince
from planner.demand.calendar import DemandCalendar, days_off

DAY_QUARTERS = 96


@dataclass(frozen=True)
class LocalDays:
    """Arrivals on local days.

    Attributes
    ----------
    first_day: local day of row 0.
    starts: absolute quarters of the local midnights, one more than days.
    counts: arrivals by queue, day and wall-clock slot; an hour that autumn repeats adds up in its slot.
    seen: days with data; missing ones are not zero.
    slot_minutes: length of a slot, the counting interval.
    open: share of each slot in which contacts could have been seen, from 0 to 1, shaped as ``counts``: 0
        where a live queue was closed or a part of a day is missing; None: all of every day with data.
    """

    first_day: date
    starts: np.ndarray
    counts: np.ndarray
    seen: np.ndarray
    slot_minutes: int
    open: np.ndarray | None = None

    @property
    def days(self) -> int:
        """Number of local days."""
        return len(self.seen)

    def day(self, index: int) -> date:
        """Date of a row."""
        return self.first_day + timedelta(days=index)

    def until(self, end: int, most_days: int) -> LocalDays:
        """Days before a row, at most so many."""
        low = max(0, end - most_days)
        return replace(
            self,
            first_day=self.day(low),
            starts=self.starts[low : end + 1],
            counts=self.counts[:, low:end],
            seen=self.seen[low:end],
            open=None if self.open is None else self.open[:, low:end],
        )


def wall_quarters(first_day: date, days: int, zone: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Absolute starts of local days; for every quarter in them, its day index and wall-clock quarter.

    Examples
    --------
    >>> starts, day_of, wall = wall_quarters(date(2026, 3, 29), 1, "Europe/Rome")
    >>> len(wall), wall[7:9].tolist()
    (92, [7, 12])
    """
    starts = np.array(day_starts(first_day, days, zone), dtype=np.int64)
    lengths = np.diff(starts)
    day_of = np.repeat(np.arange(days), lengths)
    wall = np.arange(starts[-1] - starts[0]) - np.repeat(starts[:-1] - starts[0], lengths)
    for day in np.flatnonzero(lengths != DAY_QUARTERS):
        for quarter in range(int(starts[day]), int(starts[day + 1])):
            at = local_at(quarter, zone)
            wall[quarter - starts[0]] = (at.hour * 60 + at.minute) // 15
    return starts, day_of, wall


def local_days(
    history: History,
    queues: Sequence[str],
    zone: str,
    holidays: PublicHolidays | DemandCalendar | None = None,
    open_hours: Mapping[str, tuple[OpenSince, ...]] | None = None,
) -> LocalDays:
    """Put a history on the local days of a zone; partial days at its edges are left out.

    Parameters
    ----------
    history: arrivals.
    queues: names, in the order of the rows.
    zone: clock of the days.
    holidays: a missing day that is a public holiday was closed, not lost: it counts as seen.
    open_hours: when a live queue could be reached; what came outside these hours is left out.

    Raises
    ------
    HistoryError: no whole local day is left.
    """
    first, end = quarter_of(history.observed_from), quarter_of(history.observed_until)
    first_day = local_at(first, zone).date()
    span = (local_at(end, zone).date() - first_day).days + 1
    starts, day_of, wall = wall_quarters(first_day, span, zone)
    low = int(np.searchsorted(starts, first))
    high = int(np.searchsorted(starts, end, side="right")) - 1
    if high <= low:
        raise HistoryError(Message("demand.too_short", {"days": 0, "least": 14}))
    slot = wall // (history.interval_minutes // 15)
    counts = _counted(history, queues, starts, day_of, slot)
    shown = np.ones((len(queues), len(slot)))
    for start, stop in history.missing:
        lost = slice(max(quarter_of(start) - int(starts[0]), 0), max(quarter_of(stop) - int(starts[0]), 0))
        shown[:, lost] = 0.0
    seen = np.bincount(day_of, weights=shown[0] if len(shown) else None, minlength=span) > 0
    if holidays is not None:
        for day in days_off(holidays, first_day, first_day + timedelta(days=span - 1)):
            index = (day - first_day).days
            if not seen[index]:
                shown[:, day_of == index] = 1.0
                seen[index] = True
    for row, name in enumerate(queues):
        if since := (open_hours or {}).get(name):
            shown[row] *= _open_mask(since, starts, zone)
    share = _slot_shares(shown, day_of, slot, counts.shape) if (shown[:, seen[day_of]] < 1).any() else None
    if share is not None:
        counts = counts * (share > 0)
    return LocalDays(
        first_day + timedelta(days=low),
        starts[low : high + 1],
        counts[:, low:high],
        seen[low:high],
        history.interval_minutes,
        None if share is None else share[:, low:high],
    )


def _counted(
    history: History, queues: Sequence[str], starts: np.ndarray, day_of: np.ndarray, slot: np.ndarray
) -> np.ndarray:
    """Arrivals by queue, day and wall-clock slot."""
    slots = 24 * 60 // history.interval_minutes
    counts = np.zeros((len(queues), len(starts) - 1, slots))
    frame = history.frame
    wanted = frame[frame["queue"].isin(list(queues))] if len(frame) else frame
    if not len(wanted):
        return counts
    seconds = wanted["interval_start"].dt.tz_localize(None).astype("datetime64[s]").astype("int64")
    at = seconds.to_numpy() // 900 - starts[0]
    inside = (at >= 0) & (at < starts[-1] - starts[0])
    position = at[inside]
    rows = np.zeros(len(wanted), dtype=np.int64)
    for row, name in enumerate(queues[1:], start=1):
        rows[(wanted["queue"] == name).to_numpy()] = row
    rows = rows[inside]
    arrivals = wanted["arrivals"].to_numpy(dtype=np.float64)[inside]
    cell = (rows * counts.shape[1] + day_of[position]) * slots + slot[position]
    return np.asarray(np.bincount(cell, weights=arrivals, minlength=counts.size).reshape(counts.shape))


def _open_mask(since: Sequence[OpenSince], starts: np.ndarray, zone: str) -> np.ndarray:
    """Whether each quarter of the days is open; before the first entry nothing is known: closed."""
    first, end = int(starts[0]), int(starts[-1])
    is_open = np.zeros(end - first)
    begins = [max(day_starts(entry.since, 1, zone)[0], first) for entry in since]
    for entry, begin, stop in zip(since, begins, [*begins[1:], end], strict=True):
        if begin < min(stop, end):
            is_open[begin - first : min(stop, end) - first] = entry.hours.mask(begin, min(stop, end) - begin)
    return is_open


def _slot_shares(
    shown: np.ndarray, day_of: np.ndarray, slot: np.ndarray, shape: tuple[int, ...]
) -> np.ndarray:
    """Mean of quarters over the slots of days; an hour that spring leaves out hides nothing."""
    queues, days, slots = shape
    cell = day_of * slots + slot
    quarters = np.bincount(cell, minlength=days * slots)
    share = np.ones((queues, days * slots))
    for row in range(queues):
        sums = np.bincount(cell, weights=shown[row], minlength=days * slots)
        share[row] = np.where(quarters > 0, sums / np.maximum(quarters, 1), 1.0)
    return share.reshape(shape)
