"""Deferred promises as deadlines.

A promise is a function from arrival to deadline that never runs backwards, so what is due by an
instant is what arrived up to some earlier instant. Times here are seconds from the start of the first
interval.

* Elapsed: arrival + within; a contact that arrives while the queue is closed is due at the next
  opening + within; a deadline that would fall in closed time is the last open instant before it (one
  on the very instant of an opening has no open time before it either).
* Open hours: the instant by which the queue has been open for that long since the arrival.
* After opening: so long after the first opening strictly after the arrival, whatever is closed then.
* By weekday: the next such weekday and minute strictly after the arrival; one in closed time is the last
  open instant before it. What arrives after that instant has until the queue next closes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from planner._messages import Message
from planner.clock import OpeningHours, local_at, minutes_between, quarter_at, to_utc
from planner.demand import Promise, Queue

QUARTER_SECONDS = 900.0
_WEEK_QUARTERS = 7 * 96
_LONG_QUARTERS = 60 * _WEEK_QUARTERS


def _nothing() -> np.ndarray:
    return np.zeros(0, dtype=bool)


@dataclass(frozen=True, eq=False)
class OpenTimes:
    """When a queue is open over the horizon.

    Attributes
    ----------
    quarters: whether each quarter-hour is open.
    opens_after: first open quarter-hour at or after the end, counted from the start; infinite if none.
    later: whether each quarter-hour of the weeks after the end is open, as far as it is known.
    first_quarter, zone: absolute quarter-hour of the start, and the clock of the opening hours.
    """

    quarters: np.ndarray
    opens_after: float
    later: np.ndarray = field(default_factory=_nothing)
    first_quarter: int = 0
    zone: str = "UTC"

    @classmethod
    def of(cls, opening: OpeningHours, first_quarter: int, quarters: int) -> OpenTimes:
        """Read the opening hours of a queue on the quarter-hour grid."""
        end = first_quarter + quarters
        after = opening.next_open(end)
        return cls(
            quarters=opening.mask(first_quarter, quarters),
            opens_after=float("inf") if after is None else float(after - first_quarter),
            later=opening.mask(end, 2 * _WEEK_QUARTERS),
            first_quarter=first_quarter,
            zone=opening.zone,
        )

    @property
    def ends(self) -> np.ndarray:
        """End of each quarter-hour."""
        return (np.arange(len(self.quarters)) + 1) * QUARTER_SECONDS


def latest_due(promise: Promise, times: OpenTimes) -> np.ndarray:
    """Up to which arrival contacts are due at the end of each quarter-hour."""
    if promise.clock == "elapsed":
        return due_by_elapsed(times, promise.within_seconds)
    if promise.clock == "open hours":
        return due_by_open_hours(times, promise.within_seconds)
    until, due = _steps(promise, times)
    nth = np.searchsorted(due, times.ends, side="right")
    latest: np.ndarray = np.minimum(np.append(0.0, until)[nth], times.ends)
    return latest


def due_at(promise: Promise, times: OpenTimes, arrivals: np.ndarray) -> np.ndarray:
    """When contacts that arrive at some instants are due; infinite where that is beyond what is known.

    Examples
    --------
    >>> day = OpenTimes(np.array([False] * 4 + [True] * 8 + [False] * 4), np.inf)
    >>> [float(due_at(Promise(0.9, 3600.0, clock), day, np.array([0.0, 9000.0]))[0]) / 900
    ...  for clock in ("elapsed", "open hours", "after opening")]
    [8.0, 8.0, 8.0]
    """
    if promise.clock == "elapsed":
        return _due_elapsed(times, promise.within_seconds, arrivals)
    if promise.clock == "open hours":
        return after_open_time(times, promise.within_seconds, arrivals)
    until, due = _steps(promise, times)
    found: np.ndarray = np.append(due, np.inf)[np.searchsorted(until, arrivals, side="right")]
    return found


def due_by_elapsed(times: OpenTimes, within_seconds: float) -> np.ndarray:
    """The latest arrival due at the end of each quarter-hour, by the clock on the wall.

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


def _due_elapsed(times: OpenTimes, within_seconds: float, arrivals: np.ndarray) -> np.ndarray:
    """Deadlines of single arrivals by the clock on the wall; infinite beyond what is known."""
    is_open = np.append(times.quarters, times.later)
    count, position = len(is_open), np.arange(len(is_open))
    beyond = np.inf if len(times.later) else times.opens_after
    opens = np.minimum.accumulate(np.append(np.where(is_open, position, np.inf), beyond)[::-1])[::-1]
    starts = np.maximum(arrivals, opens[(arrivals // QUARTER_SECONDS).astype(np.int64)] * QUARTER_SECONDS)
    due = starts + within_seconds
    quarter = np.minimum(np.ceil(due / QUARTER_SECONDS) - 1, count)
    inside = quarter < count
    last_open = np.maximum.accumulate(np.where(is_open, position, -1))
    bound = (last_open[np.where(inside, quarter, 0).astype(np.int64)] + 1) * QUARTER_SECONDS
    found: np.ndarray = np.where(inside, np.minimum(due, bound), np.inf)
    return found


def after_open_time(times: OpenTimes, seconds: float, arrivals: np.ndarray) -> np.ndarray:
    """Instants by which a queue has been open for so long since others; infinite beyond the horizon.

    Examples
    --------
    >>> two_days = OpenTimes(np.array(([False] * 2 + [True] * 2) * 2), np.inf)
    >>> (after_open_time(two_days, 1800.0, np.array([0.0, 2700.0, 6300.0])) / 900).tolist()
    [4.0, 7.0, inf]
    """
    edges = np.concatenate(([0.0], np.cumsum(times.quarters) * QUARTER_SECONDS))
    spent = np.interp(arrivals, np.arange(len(edges)) * QUARTER_SECONDS, edges) + seconds
    after = np.searchsorted(edges, spent, side="left")
    known = after < len(edges)
    at = np.where(known, after, 0)
    found: np.ndarray = np.where(known, at * QUARTER_SECONDS - (edges[at] - spent), np.inf)
    due: np.ndarray = np.maximum(found, arrivals)
    return due


def _steps(promise: Promise, times: OpenTimes) -> tuple[np.ndarray, np.ndarray]:
    """Instants until which arrivals have a common deadline, and these deadlines; both in order."""
    if promise.clock == "by weekday":
        return _weekday_steps(promise, times)
    whole = np.append(times.quarters, times.later)
    opens = (np.flatnonzero(whole[1:] & ~whole[:-1]) + 1) * QUARTER_SECONDS
    return opens, opens + promise.within_seconds


def _weekday_steps(promise: Promise, times: OpenTimes) -> tuple[np.ndarray, np.ndarray]:
    is_open = np.append(times.quarters, times.later)
    position = np.arange(len(is_open))
    last_open = np.maximum.accumulate(np.where(is_open, position, -1))
    closes = np.flatnonzero(is_open & ~np.append(is_open[1:], True)) + 1
    hours = weekday_hours(promise, times)
    quarter = np.minimum(np.ceil(hours / QUARTER_SECONDS) - 1, len(is_open) - 1).astype(np.int64)
    kept = np.minimum(hours, (last_open[quarter] + 1) * QUARTER_SECONDS)
    until, due = [0.0], [0.0]
    for hour, before in zip(hours, kept, strict=True):
        if before > until[-1]:
            until.append(before)
            due.append(before)
        if hour > before:
            ways_out = np.append(closes * QUARTER_SECONDS, kept)
            until.append(hour)
            due.append(float(np.min(ways_out[ways_out > hour], initial=np.inf)))
    return np.array(until[1:]), np.array(due[1:])


def weekday_hours(promise: Promise, times: OpenTimes) -> np.ndarray:
    """Instants of a promise's weekday and minute on the queue's clock, until after the horizon."""
    if promise.due is None:
        return np.zeros(0)
    weekday, minute = promise.due
    start, quarters = times.first_quarter, len(times.quarters) + len(times.later)
    day = local_at(start, times.zone).date()
    last = local_at(start + quarters, times.zone).date()
    found = []
    while day <= last:
        if day.weekday() == weekday:
            found.append(60.0 * minutes_between(quarter_at(start), to_utc(day, minute, times.zone)))
        day += timedelta(days=1)
    hours = np.array(found)
    within: np.ndarray = hours[(hours > 0) & (hours <= quarters * QUARTER_SECONDS)]
    return within


def clock_mistakes(queue: Queue, opening: OpeningHours, first_quarter: int) -> list[Message]:
    """Promises by a clock that never strikes: by no hour of a week, or after an opening that never comes.

    Examples
    --------
    >>> from planner.clock import OpeningLine
    >>> always = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
    >>> mail = Queue("email", "email", "en", 600, Promise(0.9, 3600, "after opening"))
    >>> [str(mistake)[:42] for mistake in clock_mistakes(mail, always, 0)]
    ['email is promised after its opening, but n']
    """
    due = queue.promise.due
    if queue.promise.clock == "by weekday" and not (due and 0 <= due[0] < 7 and 0 <= due[1] <= 1440):
        return [Message("requirement.no_weekday", {"queue": queue.name, "value": str(due)})]
    if queue.promise.clock != "after opening":
        return []
    is_open = opening.mask(first_quarter, _LONG_QUARTERS)
    if is_open.all():
        return [Message("requirement.never_closes", {"queue": queue.name})]
    return [] if is_open.any() else [Message("requirement.never_opens", {"queue": queue.name})]
