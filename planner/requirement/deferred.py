"""Deferred promises as work that must be done before it is due.

A promise is a function from arrival to deadline that never runs backwards, so what is due by an
instant is what arrived up to some earlier instant. Contacts count as a steady flow inside their
planning interval. Times here are seconds from the start of the first interval.

Deadlines. Elapsed: arrival + within; a contact that arrives while the queue is closed is due at the
next opening + within; a deadline that would fall in closed time is the last open instant before it
(one on the very instant of an opening has no open time before it either).
Open hours: the instant by which the queue has been open for that long since the arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.clock import OpeningHours
from planner.demand import Queue
from planner.requirement.need import WORK_UNIT_SECONDS

QUARTER_SECONDS = 900.0


@dataclass(frozen=True, eq=False)
class OpenTimes:
    """When a queue is open over the horizon.

    Attributes
    ----------
    quarters: whether each quarter-hour is open.
    opens_after: first open quarter-hour at or after the end, counted from the start; infinite if none.
    """

    quarters: np.ndarray
    opens_after: float

    @classmethod
    def of(cls, opening: OpeningHours, first_quarter: int, quarters: int) -> OpenTimes:
        """Read the opening hours of a queue on the quarter-hour grid."""
        after = opening.next_open(first_quarter + quarters)
        mask = opening.mask(first_quarter, quarters)
        return cls(mask, float("inf") if after is None else float(after - first_quarter))


def due_by_elapsed(times: OpenTimes, within_seconds: float) -> np.ndarray:
    """Up to which arrival contacts are due at the end of each quarter-hour, by the clock on the wall.

    Examples
    --------
    >>> open_two_hours = OpenTimes(np.array([False] * 4 + [True] * 8 + [False] * 4), np.inf)
    >>> (due_by_elapsed(open_two_hours, 3600.0) / 900).tolist()[6:13]
    [0.0, 4.0, 5.0, 6.0, 7.0, 12.0, 12.0]
    """
    is_open = times.quarters
    count = len(is_open)
    position = np.arange(count)
    # Deadlines up to the next opening come down to the end of this quarter.
    later = np.where(is_open, position, np.inf)
    opens = np.minimum.accumulate(np.append(later, times.opens_after)[::-1])[::-1][1:]
    # Those who come while closed count from the next opening: only the last open instant is decisive.
    latest = opens * QUARTER_SECONDS - within_seconds
    quarter = np.clip(np.floor(latest / QUARTER_SECONDS), -1, count).astype(np.int64)
    last_open = np.maximum.accumulate(np.where(is_open, position, -1))
    before = np.minimum(np.maximum(quarter, 0), count - 1)
    closed = (quarter >= count) | ~is_open[before]
    latest = np.where(closed, (last_open[before] + 1) * QUARTER_SECONDS, latest)
    latest = np.where(quarter < 0, 0.0, latest)
    bounded: np.ndarray = np.clip(latest, 0.0, (position + 1) * QUARTER_SECONDS)
    return bounded


def due_by_open_hours(times: OpenTimes, within_seconds: float) -> np.ndarray:
    """The same when only open time counts.

    Examples
    --------
    >>> two_days = OpenTimes(np.array(([False] * 2 + [True] * 2) * 2), np.inf)
    >>> (due_by_open_hours(two_days, 1800.0) / 900).tolist()
    [0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 3.0, 6.0]
    """
    count = len(times.quarters)
    edges = np.concatenate(([0.0], np.cumsum(times.quarters) * QUARTER_SECONDS))
    left = edges[1:] - within_seconds
    quarter = np.searchsorted(edges, left, side="right") - 1
    at = np.maximum(quarter, 0)
    latest = np.where(quarter < 0, 0.0, at * QUARTER_SECONDS + (left - edges[at]))
    bounded: np.ndarray = np.minimum(latest, (np.arange(count) + 1) * QUARTER_SECONDS)
    return bounded


@dataclass(frozen=True, eq=False)
class Work:
    """Work of deferred contacts in seconds per interval.

    Attributes
    ----------
    arriving: work that arrives in each interval.
    not_due: arrived work that is not due by the end of each interval.
    spread: square of the work that one z of safety adds to each interval.
    streams: share of the work and the latest arrivals due at the end of each interval, for first
        replies and for follow-ups.
    """

    arriving: np.ndarray
    not_due: np.ndarray
    spread: np.ndarray
    streams: tuple[tuple[float, np.ndarray], ...]


def work_of(
    queue: Queue,
    contacts: np.ndarray,
    interval_seconds: float,
    times: OpenTimes,
    follow_up_seconds: float | None = None,
) -> Work:
    """Work of one queue: its first replies, or all touches when the follow-up time is given.

    Parameters
    ----------
    contacts: arriving in each interval.
    follow_up_seconds: open hours, from the arrival, in which the further touches of a contact are
        done (never sooner than its first reply is due); None: first replies only.
    """
    step = round(interval_seconds / QUARTER_SECONDS)
    promise = queue.promise
    due = due_by_elapsed if promise.clock == "elapsed" else due_by_open_hours
    first = due(times, promise.within_seconds)[step - 1 :: step]
    streams = [(1.0, first)]
    if follow_up_seconds is not None and queue.replies > 1.0:
        further = np.minimum(first, due_by_open_hours(times, follow_up_seconds)[step - 1 :: step])
        streams.append((queue.replies - 1.0, further))
    touches = sum(weight for weight, _ in streams)
    work = contacts * queue.aht_seconds
    length = max(1, int(np.ceil(2.0 * promise.within_seconds / interval_seconds)))
    recent = touches * _recent(work, length)
    return Work(
        arriving=touches * work,
        not_due=sum(
            (weight * not_due(work, latest, interval_seconds) for weight, latest in streams),
            start=np.zeros(len(work)),
        ),
        spread=recent * queue.aht_seconds * (1.0 + queue.cv**2) / length**2,
        streams=tuple((weight / touches, latest) for weight, latest in streams),
    )


def not_due(work: np.ndarray, latest: np.ndarray, interval_seconds: float) -> np.ndarray:
    """Work that has arrived by the end of each interval, after the latest arrival that is due."""
    edges = np.arange(len(work) + 1) * interval_seconds
    arrived = np.concatenate(([0.0], np.cumsum(work)))
    left: np.ndarray = np.maximum(0.0, arrived[1:] - np.interp(latest, edges, arrived))
    return left


def _recent(work: np.ndarray, length: int) -> np.ndarray:
    """Work that arrived in the last ``length`` intervals; at the start, as if it had gone on like this."""
    total = np.concatenate(([0.0], np.cumsum(work)))
    end = np.arange(1, len(work) + 1)
    begin = np.maximum(0, end - length)
    recent: np.ndarray = np.maximum(0.0, total[end] - total[begin]) * (length / (end - begin))
    return recent


@dataclass(frozen=True, eq=False)
class RowWork:
    """Work of a set of queues in units: without safety, and what one z of safety adds."""

    arriving: np.ndarray
    not_due: np.ndarray
    margin_arriving: np.ndarray
    margin_not_due: np.ndarray


def together(works: Sequence[Work], interval_seconds: float) -> RowWork:
    """Add up the work of a set; the safety of a set is smaller than the sum of its queues'."""
    variance = np.sum([work.spread for work in works], axis=0)
    alone = np.sum([np.sqrt(work.spread) for work in works], axis=0)
    pooled = np.divide(np.sqrt(variance), alone, out=np.zeros_like(alone), where=alone > 0)
    margin_not_due = np.zeros_like(alone)
    for work in works:
        safety = np.sqrt(work.spread) * pooled
        for weight, latest in work.streams:
            margin_not_due += weight * not_due(safety, latest, interval_seconds)
    return RowWork(
        arriving=np.sum([work.arriving for work in works], axis=0) / WORK_UNIT_SECONDS,
        not_due=np.sum([work.not_due for work in works], axis=0) / WORK_UNIT_SECONDS,
        margin_arriving=np.sqrt(variance) / WORK_UNIT_SECONDS,
        margin_not_due=margin_not_due / WORK_UNIT_SECONDS,
    )


def whole_units(arriving: np.ndarray, not_due: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole units of arriving and not-due work; rounding never adds up, and what is due is rounded up.

    Examples
    --------
    >>> arriving, waiting = whole_units(np.array([0.4, 0.4, 0.4]), np.array([0.4, 0.3, 0.0]))
    >>> arriving.tolist(), waiting.tolist()
    ([0, 1, 0], [0, 0, 0])
    """
    total = np.cumsum(arriving)
    arrived = np.floor(total + 0.5).astype(np.int64)
    due = np.minimum(arrived, np.ceil(total - not_due - 1e-6).astype(np.int64))
    return np.diff(arrived, prepend=0), arrived - due
