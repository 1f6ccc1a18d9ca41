"""Deferred work as streams: what arrives, what is not yet due, and the safety work on top.

A stream is work with one deadline for each arrival: steady inside an interval, or lumps that arrive at
once (tickets open when the period begins, voicemails at an opening, planned work at its window's start).

Safety. Over a time that spans twice the promise, the work of a set varies by the square root of the sum of
contacts * AHT^2 * (1 + cv^2). One z of it is spread over the intervals of that time; lumps have it at
once, and half of the variance, for only one promise lies before their deadline. A set of queues with
different promises takes the longest: over shorter times the set of the shorter promises binds, which has
a row of its own (see ``backlogs``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.demand import PlannedWork, Queue
from planner.requirement.deferred import QUARTER_SECONDS, OpenTimes, after_open_time, due_at, latest_due
from planner.requirement.need import WORK_UNIT_SECONDS

DAY_SECONDS = 86_400.0


@dataclass(frozen=True, eq=False)
class Stream:
    """Work in seconds per interval.

    Attributes
    ----------
    work: that arrives in each interval. latest: up to which arrival it is due at the end of each.
    variance: of the work, seconds squared; 0 where it is known.
    lumps: it arrives at the start of intervals, all at once.
    """

    work: np.ndarray
    latest: np.ndarray
    variance: np.ndarray
    lumps: bool = False

    def spread(self, length: int) -> np.ndarray:
        """Square of the safety work of one z in each interval, spread over ``length`` of them."""
        return self.variance / 2.0 if self.lumps else recent(self.variance, length) / length**2


@dataclass(frozen=True, eq=False)
class Work:
    """Work of one queue, or of planned work.

    Attributes
    ----------
    span_seconds: time that a promise leaves.
    """

    streams: tuple[Stream, ...]
    span_seconds: float


def work_of(
    queue: Queue,
    contacts: np.ndarray,
    interval_seconds: float,
    times: OpenTimes,
    follow_up_seconds: float | None = None,
    factor: float = 1.0,
    open_tickets: float = 0.0,
) -> Work:
    """Work of one queue: its first replies, or all touches when the follow-up time is given.

    Parameters
    ----------
    contacts: arriving in each interval.
    follow_up_seconds: open hours, from the arrival, in which the further touches of a contact are
        done (never sooner than its first reply is due); None: first replies only.
    factor: on the handle time. open_tickets: contacts that wait at the start, due as if they came then.
    """
    step = round(interval_seconds / QUARTER_SECONDS)
    aht = queue.aht_seconds * factor
    first = latest_due(queue.promise, times)[step - 1 :: step]
    streams = [Stream(contacts * aht, first, _varying(contacts, aht, queue.cv))]
    start = np.zeros(1)
    due = due_at(queue.promise, times, start)[0]
    lumps = [(1.0, due)]
    if follow_up_seconds is not None and queue.replies > 1.0:
        further = queue.replies - 1.0
        promise = type(queue.promise)(queue.promise.share, follow_up_seconds, "open hours")
        later = np.minimum(first, latest_due(promise, times)[step - 1 :: step])
        streams.append(Stream(further * contacts * aht, later, further * _varying(contacts, aht, queue.cv)))
        lumps.append((further, max(due, due_at(promise, times, start)[0])))
    if open_tickets > 0:
        waiting = np.zeros(len(contacts))
        for weight, until in lumps:
            waiting[0] = weight * open_tickets * aht
            streams.append(_lumps(waiting.copy(), np.where(waiting > 0, until, np.inf), interval_seconds))
    return Work(tuple(streams), _span(queue, contacts, interval_seconds, times))


def voicemail_work(
    queue: Queue,
    messages: np.ndarray,
    interval_seconds: float,
    times: OpenTimes,
    within_seconds: float,
    factor: float = 1.0,
) -> Work:
    """One touch for each voicemail, due so much open time after the opening at which it is counted."""
    step = round(interval_seconds / QUARTER_SECONDS)
    aht = queue.aht_seconds * factor
    opens = np.argmax(times.quarters.reshape(-1, step), axis=1) + np.arange(len(messages)) * step
    due = after_open_time(times, within_seconds, opens * QUARTER_SECONDS)
    variance = _varying(messages, aht, queue.cv)
    found = _lumps(messages * aht, np.where(messages > 0, due, np.inf), interval_seconds, variance)
    return Work((found,), within_seconds)


def planned_work(work: PlannedWork, first_quarter: int, intervals: int, interval_seconds: float) -> Work:
    """Movable planned work: it arrives at the start of its windows and is due by their ends.

    Of a window that reaches out of the period counts the part inside. Handle times of drawn pieces are taken
    to vary as much as their mean.
    """
    step = round(interval_seconds / QUARTER_SECONDS)
    seconds, due = np.zeros(intervals), np.full(intervals, np.inf)
    spans = []
    for window in work.windows:
        start = max(0, window.start - first_quarter)
        end = min(intervals * step, window.end - first_quarter)
        if end > start and window.work_seconds > 0:
            seconds[start // step] += window.work_seconds * (end - start) / (window.end - window.start)
            due[start // step] = min(due[start // step], end * QUARTER_SECONDS)
            spans.append((end - start) * QUARTER_SECONDS)
    variance = seconds * work.piece_seconds * 2.0 if work.random else np.zeros(intervals)
    return Work((_lumps(seconds, due, interval_seconds, variance),), min(spans, default=DAY_SECONDS))


def _varying(contacts: np.ndarray, aht_seconds: float, cv: float) -> np.ndarray:
    """Variance of the work of contacts that come by chance."""
    variance: np.ndarray = contacts * aht_seconds**2 * (1.0 + cv**2)
    return variance


def _lumps(
    work: np.ndarray, due: np.ndarray, interval_seconds: float, variance: np.ndarray | None = None
) -> Stream:
    """Work that arrives at the start of intervals and is due at given instants (infinite: no work)."""
    ends = (np.arange(len(work)) + 1) * interval_seconds
    in_order = np.minimum.accumulate(due[::-1])[::-1]
    latest = np.searchsorted(in_order, ends, side="right") * interval_seconds
    none = np.zeros(len(work)) if variance is None else variance
    return Stream(work, np.minimum(latest, ends), none, lumps=True)


def _span(queue: Queue, contacts: np.ndarray, interval_seconds: float, times: OpenTimes) -> float:
    """Time that a promise leaves: as promised, or on the average where an hour of the day is."""
    if queue.promise.clock in ("elapsed", "open hours"):
        return queue.promise.within_seconds
    middle = (np.arange(len(contacts)) + 0.5) * interval_seconds
    left = due_at(queue.promise, times, middle) - middle
    known = np.isfinite(left) & (contacts > 0)
    return float(np.average(left[known], weights=contacts[known])) if known.any() else DAY_SECONDS


def not_due(work: np.ndarray, latest: np.ndarray, interval_seconds: float) -> np.ndarray:
    """Work that has arrived by the end of each interval, after the latest arrival that is due."""
    edges = np.arange(len(work) + 1) * interval_seconds
    arrived = np.concatenate(([0.0], np.cumsum(work)))
    left: np.ndarray = np.maximum(0.0, arrived[1:] - np.interp(latest, edges, arrived))
    return left


def recent(amount: np.ndarray, length: int) -> np.ndarray:
    """Sum over the last ``length`` intervals; at the start, as if it had gone on like this."""
    total = np.concatenate(([0.0], np.cumsum(amount)))
    end = np.arange(1, len(amount) + 1)
    begin = np.maximum(0, end - length)
    found: np.ndarray = np.maximum(0.0, total[end] - total[begin]) * (length / (end - begin))
    return found


@dataclass(frozen=True, eq=False)
class RowWork:
    """Work of a set of queues in units: without safety, and what one z of safety adds."""

    arriving: np.ndarray
    not_due: np.ndarray
    margin_arriving: np.ndarray
    margin_not_due: np.ndarray


def together(works: Sequence[Work], interval_seconds: float) -> RowWork:
    """Add up the work of a set; the safety of a set is smaller than the sum of its queues'.

    Its safety is due as its parts are, in proportion to their variance.
    """
    streams = [stream for work in works for stream in work.streams]
    spans = [work.span_seconds for work in works if any(s.variance.any() for s in work.streams)]
    length = max(1, int(np.ceil(2.0 * max(spans, default=0.0) / interval_seconds)))
    squares = [stream.spread(length) for stream in streams]
    whole = np.sum(squares, axis=0)
    safety = np.sqrt(whole)
    margin_not_due = np.zeros_like(safety)
    for stream, square in zip(streams, squares, strict=True):
        mine = np.divide(square, safety, out=np.zeros_like(safety), where=safety > 0)
        margin_not_due += not_due(mine, stream.latest, interval_seconds)
    return RowWork(
        arriving=np.sum([stream.work for stream in streams], axis=0) / WORK_UNIT_SECONDS,
        not_due=np.sum([not_due(s.work, s.latest, interval_seconds) for s in streams], axis=0)
        / WORK_UNIT_SECONDS,
        margin_arriving=safety / WORK_UNIT_SECONDS,
        margin_not_due=margin_not_due / WORK_UNIT_SECONDS,
    )


def whole_units(arriving: np.ndarray, not_due: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole units of arriving and not-due work; rounding never adds up.

    Arrived and due work are rounded alike, so that what had all arrived when a queue closed is not due
    by a unit more afterwards: a unit that somebody would have to do at night.

    Examples
    --------
    >>> arriving, waiting = whole_units(np.array([0.4, 0.4, 0.4]), np.array([0.4, 0.3, 0.0]))
    >>> arriving.tolist(), waiting.tolist()
    ([0, 1, 0], [0, 0, 0])
    """
    total = np.cumsum(arriving)
    arrived = np.floor(total + 0.5 + 1e-9).astype(np.int64)
    due = np.minimum(arrived, np.floor(total - not_due + 0.5 + 1e-9).astype(np.int64))
    return np.diff(arrived, prepend=0), arrived - due
