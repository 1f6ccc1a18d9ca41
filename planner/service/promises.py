"""When each contact's promise falls due: every clock of a promise, contact by contact.

Written from the words of the promise alone, not from ``requirement.deferred``, whose oracle it is.

* Elapsed: so long after the arrival, also for those who come while the queue is closed.
* Open hours: kept as long as the queue has not been open for longer than that since the arrival; where the
  time runs out at the very instant of a closing, answers until the next opening are still in time.
* After opening: so long after the first opening strictly after the arrival.
* By weekday: the next such hour strictly after the arrival, on the clock of the queue's opening hours.
* Voicemail: so much open time from the opening at which it can be called back.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from planner.clock import OpeningHours, local_at, to_utc
from planner.demand import Promise
from planner.service.duty import QUARTER

# Open time is a sum of floats; a billionth of a second does not carry a deadline over a night.
_TINY = 1e-6


def due_of(
    promise: Promise, arrived: np.ndarray, open_: np.ndarray, opening: OpeningHours, first_quarter: int
) -> np.ndarray:
    """The instant at which the promise to each contact falls due; infinite beyond what is known.

    Parameters
    ----------
    promise: of the queue that serves them.
    arrived: seconds from the start, like the result.
    open_: whether the queue is open, for each quarter-hour of the period.
    opening: its hours; the clock of "by weekday".
    first_quarter: absolute quarter-hour of the start.

    Examples
    --------
    >>> from planner.clock import OpeningLine
    >>> nine_to_five = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), False, 540, 1020),))
    >>> mask, monday = nine_to_five.mask(1972032, 192), 1972032
    >>> evening = np.array([16.5 * 3600])
    >>> [float(due_of(Promise(0.9, 7200.0, clock), evening, mask, nine_to_five, monday)[0]) / 3600
    ...  for clock in ("elapsed", "open hours", "after opening")]
    [18.5, 34.5, 35.0]
    """
    if promise.clock == "elapsed":
        return arrived + promise.within_seconds
    if promise.clock == "open hours":
        return after_open_time(open_, arrived, promise.within_seconds)
    if promise.clock == "after opening":
        openings = np.flatnonzero(open_[1:] & ~open_[:-1]) + 1.0
        return _next_of(openings * QUARTER, arrived) + promise.within_seconds
    return _next_of(_hours_of_week(promise, opening, first_quarter, len(open_)), arrived)


def after_open_time(open_: np.ndarray, since: np.ndarray, seconds: float) -> np.ndarray:
    """The last instant by which a queue has been open for no more than some time since another instant.

    Infinite where that is after the last closing of the period.

    Examples
    --------
    >>> two_days = np.array(([False] * 2 + [True] * 2) * 2)
    >>> (after_open_time(two_days, np.array([0.0, 2700.0, 5400.0]), 900.0) / 900).tolist()
    [3.0, 6.0, 7.0]
    >>> after_open_time(two_days, np.array([0.0, 2700.0, 6300.0]), 1800.0).tolist()
    [5400.0, 6300.0, inf]
    """
    edges = np.arange(len(open_) + 1) * QUARTER
    open_so_far = np.concatenate([[0.0], np.cumsum(open_ * QUARTER)])
    spent = np.interp(since, edges, open_so_far) + seconds
    edge = np.searchsorted(open_so_far, spent + _TINY, side="right") - 1
    due: np.ndarray = edges[edge] + np.maximum(0.0, spent - open_so_far[edge])
    due[edge == len(open_)] = np.inf
    return due


def from_opening(open_: np.ndarray, since: np.ndarray) -> np.ndarray:
    """Instants, those at which a queue is closed moved to its next opening; where it has none, as given.

    Examples
    --------
    >>> from_opening(np.array([False, True, False]), np.array([100.0, 1000.0, 1900.0])).tolist()
    [900.0, 1000.0, 1900.0]
    """
    count = len(open_)
    number = np.append(np.where(open_, np.arange(count), count), count)
    opens = np.minimum.accumulate(number[::-1])[::-1]
    at = opens[np.minimum((since // QUARTER).astype(np.int64), count)]
    later: np.ndarray = np.where(at < count, np.maximum(since, at * QUARTER), since)
    return later


def _next_of(instants: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The first of some instants strictly after each of others; infinite if there is none."""
    later: np.ndarray = np.append(instants, np.inf)[np.searchsorted(instants, after, side="right")]
    return later


def _hours_of_week(promise: Promise, opening: OpeningHours, first_quarter: int, quarters: int) -> np.ndarray:
    """Instants of the promise's weekday and minute, from the start to a week after the end."""
    if promise.due is None:
        return np.zeros(0)
    weekday, minute = promise.due
    day = local_at(first_quarter, opening.zone).date() - timedelta(days=1)
    last = local_at(first_quarter + quarters, opening.zone).date() + timedelta(days=8)
    found = []
    while day <= last:
        if day.weekday() == weekday:
            found.append(to_utc(day, minute, opening.zone).timestamp() - first_quarter * QUARTER)
        day += timedelta(days=1)
    return np.array(found)
