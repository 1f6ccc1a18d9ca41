"""A queue's history on local days and wall-clock slots, with what was seen and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from planner._errors import HistoryError
from planner._messages import Message
from planner.clock import PublicHolidays, day_starts, local_at, quarter_of
from planner.demand.arrivals import History

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
    """

    first_day: date
    starts: np.ndarray
    counts: np.ndarray
    seen: np.ndarray
    slot_minutes: int

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
        return LocalDays(
            self.day(low),
            self.starts[low : end + 1],
            self.counts[:, low:end],
            self.seen[low:end],
            self.slot_minutes,
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
    history: History, queues: Sequence[str], zone: str, holidays: PublicHolidays | None = None
) -> LocalDays:
    """Put a history on the local days of a zone; partial days at its edges are left out.

    Parameters
    ----------
    history: arrivals.
    queues: names, in the order of the rows.
    zone: clock of the days.
    holidays: a missing day that is a public holiday was closed, not lost: it counts as seen.

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
    slots = 24 * 60 // history.interval_minutes
    counts = np.zeros((len(queues), span, slots))
    frame = history.frame
    seconds = frame["interval_start"].dt.tz_localize(None).astype("datetime64[s]").astype("int64")
    at = seconds.to_numpy() // 900 - starts[0]
    inside = (at >= 0) & (at < starts[-1] - starts[0])
    position = at[inside]
    rows = _rows(frame["queue"].to_numpy(), queues)[inside]
    named = rows >= 0
    slot = wall[position] // (history.interval_minutes // 15)
    np.add.at(
        counts,
        (rows[named], day_of[position][named], slot[named]),
        frame["arrivals"].to_numpy(dtype=np.float64)[inside][named],
    )
    seen = np.ones(span, dtype=bool)
    for start, stop in history.missing:
        hidden = (starts[:-1] < quarter_of(stop)) & (starts[1:] > quarter_of(start))
        seen &= ~hidden
    if holidays is not None:
        last = first_day + timedelta(days=span - 1)
        for day in holidays.days_between(first_day, last):
            seen[(day - first_day).days] = True
    return LocalDays(
        first_day + timedelta(days=low),
        starts[low : high + 1],
        counts[:, low:high],
        seen[low:high],
        history.interval_minutes,
    )


def _rows(names: np.ndarray, queues: Sequence[str]) -> np.ndarray:
    place = {name: row for row, name in enumerate(queues)}
    unique, inverse = np.unique(names.astype(str), return_inverse=True)
    return np.array([place.get(str(name), -1) for name in unique], dtype=np.int64)[inverse]
