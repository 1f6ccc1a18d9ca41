"""What a history looks like from a distance: its edges, its holes, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from planner._messages import Message
from planner.clock import day_starts, local_at, quarter_at
from planner.demand.intake.tally import Count

ADVISED_DAYS = 56
NEIGHBOUR_WEEKS = 8
# A zero day counts as missing where the days around it make zero all but impossible (Poisson: e^-10).
MISSING_IF_TYPICAL = 10.0
PARTIAL_SHARE = 0.6
PARTIAL_IF_TYPICAL = 5.0
LATE_EVENING = 21 * 60
ONE_QUEUE_SHARE = 0.99


@dataclass(frozen=True)
class Found:
    """What the checks found.

    Attributes
    ----------
    days: whole local days that remain.
    first_quarter, end_quarter: what was observed, whole local days.
    missing: ranges without data inside, or that are not to be used.
    excluded: those that are not to be used, from and until absolute quarters.
    excluded_days: how many local days these are.
    """

    days: int
    first_quarter: int
    end_quarter: int
    missing: tuple[tuple[datetime, datetime], ...]
    notices: tuple[Message, ...]
    excluded: tuple[tuple[int, int], ...] = ()
    excluded_days: int = 0

    def holds(self, quarter: int) -> bool:
        """Whether what came in a quarter-hour is used."""
        if not self.first_quarter <= quarter < self.end_quarter:
            return False
        return not any(low <= quarter < high for low, high in self.excluded)


def check_quality(
    counts: Sequence[Count],
    names: Sequence[str],
    zone: str,
    exclude: Sequence[tuple[date, date]] = (),
) -> Found:
    """Trim partial edges, find missing days, and say what a reader should know.

    Parameters
    ----------
    counts: in order of time.
    names: of the queues.
    zone: clock of the days.
    exclude: first and last of local days that the user takes as missing.
    """
    quarters = np.array([count.quarter for count in counts], dtype=np.int64)
    arrivals = np.array([count.arrivals for count in counts], dtype=np.int64)
    first_day = local_at(int(quarters[0]), zone).date()
    last_day = local_at(int(quarters[-1]), zone).date()
    starts = np.array(day_starts(first_day, (last_day - first_day).days + 1, zone), dtype=np.int64)
    totals = np.bincount(
        np.searchsorted(starts, quarters, side="right") - 1, weights=arrivals, minlength=len(starts) - 1
    )
    typical = typical_days(totals)
    notices: list[Message] = []
    first, end = 0, len(totals)
    last_minute = 15 * int(quarters[-1] - starts[-2])
    if _partial(totals[-1], typical[-1]) and last_minute < LATE_EVENING:
        end -= 1
        notices.append(Message("demand.partial_last_day", {"day": last_day.isoformat()}))
    if end > 1 and _partial(totals[0], typical[0]) and int(quarters[0] - starts[0]) * 15 > 6 * 60:
        first = 1
        notices.append(Message("demand.partial_first_day", {"day": first_day.isoformat()}))
    columns = np.arange(len(totals))
    inside = (columns >= first) & (columns < end)
    left_out = _excluded(exclude, first_day, len(totals)) & inside
    lost = (totals == 0) & (typical >= MISSING_IF_TYPICAL) & inside & ~left_out
    for code, days in (("demand.missing_days", lost), ("quality.excluded_days", left_out)):
        if days.any():
            first_gap = local_at(int(starts[np.argmax(days)]), zone).date().isoformat()
            notices.append(Message(code, {"days": int(days.sum()), "first": first_gap}))
    notices += _outside(exclude, first_day, last_day)
    notices += _one_queue(counts, names)
    if end - first < ADVISED_DAYS:
        notices.append(Message("demand.short_history", {"days": end - first, "advised": ADVISED_DAYS}))
    return Found(
        end - first - int(left_out.sum()),
        int(starts[first]),
        int(starts[end]),
        tuple((quarter_at(low), quarter_at(high)) for low, high in _ranges(lost | left_out, starts)),
        tuple(notices),
        _ranges(left_out, starts),
        int(left_out.sum()),
    )


def typical_days(totals: np.ndarray) -> np.ndarray:
    """Per day, the median of the same weekday in the weeks around it, itself left out; 0 where there is none.

    Examples
    --------
    >>> typical_days(np.array([5.0] * 14 + [0.0] * 7))[0]
    np.float64(2.5)
    """
    typical = np.zeros(len(totals))
    for day in range(len(totals)):
        before = totals[max(day % 7, day - 7 * NEIGHBOUR_WEEKS) : day : 7]
        after = totals[day + 7 : day + 7 * NEIGHBOUR_WEEKS + 1 : 7]
        near = np.concatenate((before, after))
        typical[day] = float(np.median(near)) if len(near) else 0.0
    return typical


def _partial(total: float, typical: float) -> bool:
    return typical >= PARTIAL_IF_TYPICAL and total < PARTIAL_SHARE * typical


def _excluded(exclude: Sequence[tuple[date, date]], first_day: date, days: int) -> np.ndarray:
    chosen = np.zeros(days, dtype=bool)
    for first, last in exclude:
        chosen[max(0, (first - first_day).days) : max(0, (last - first_day).days + 1)] = True
    return chosen


def _outside(exclude: Sequence[tuple[date, date]], first_day: date, last_day: date) -> list[Message]:
    """What is said of excluded days that the history does not have: a wrong year, most often."""
    beyond = sorted({pair for pair in exclude if pair[1] < first_day or pair[0] > last_day})
    if not beyond:
        return []
    days = ", ".join(f"{low}" if low == high else f"{low} to {high}" for low, high in beyond)
    values = {"days": days, "first": first_day.isoformat(), "last": last_day.isoformat()}
    return [Message("quality.exclude_outside", values)]


def _ranges(days: np.ndarray, starts: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Stretches of chosen days, from and until absolute quarters."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], days.astype(np.int64), [0]))))
    return tuple(
        (int(starts[low]), int(starts[high])) for low, high in zip(turns[::2], turns[1::2], strict=True)
    )


def _one_queue(counts: Sequence[Count], names: Sequence[str]) -> list[Message]:
    sums = [0] * len(names)
    for count in counts:
        sums[count.queue] += count.arrivals
    if len(names) > 1 and max(sums) > ONE_QUEUE_SHARE * sum(sums):
        return [Message("demand.one_queue", {"queue": names[sums.index(max(sums))]})]
    return []
