"""Days on which demand was or will be unusual: sales, newsletters, outages.

Past ones are taken out of the history before anything is fitted: a day without a stated factor is left out,
one with a factor is divided by it. What past events of a name did, against what an ordinary day would have
brought, is then expected of coming ones of that name. An event changes how much comes on its days, not at
which hours: where the hours differ too, say so by hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from planner.demand.asks import Event

# A day that had less than this share of its contacts says nothing when it is divided.
LEAST_DIVISOR = 0.2
# Tickets that pull what was seen to no effect, and a queue to all queues.
TO_ONE, TO_ALL = 10.0, 20.0
# How unsure a factor is that nobody measured, for each unit of its logarithm: a quarter at x3.
USUAL_DOUBT = 0.25
# Before any is seen, events of one name are thought to differ by the usual doubt and a tenth ...
LEAST_DIFFERENCE = 0.1
# ... as if that had been seen at so many events.
USUAL_TIMES = 2.0


class Learned(NamedTuple):
    """What events of a name did to a queue.

    Attributes
    ----------
    factor: on an ordinary day's contacts.
    doubt: standard deviation relative to the factor, for one coming event.
    times: past events that it was learned from, over all queues.
    """

    factor: float
    doubt: float
    times: int


class Past(NamedTuple):
    """Days of a queue that events may have changed.

    Attributes
    ----------
    queue: name. first_day: local day with index 0.
    came, expected: contacts by day as they were, and as fitted without the events.
    seen: days with data.
    """

    queue: str
    first_day: date
    came: np.ndarray
    expected: np.ndarray
    seen: np.ndarray


def concerns(event: Event, queue: str) -> bool:
    """Whether an event is one of a queue.

    Examples
    --------
    >>> concerns(Event("sale", date(2026, 6, 27), date(2026, 6, 27)), "email en")
    True
    """
    return not event.queues or queue in event.queues


def is_labelled(first: date, last: date, queues: Sequence[str], events: Sequence[Event]) -> bool:
    """Whether events name all of these days, of all of these queues (empty: of every one).

    Examples
    --------
    >>> sale = Event("sale", date(2026, 6, 27), date(2026, 6, 29))
    >>> is_labelled(date(2026, 6, 28), date(2026, 6, 29), (), [sale])
    True
    >>> is_labelled(date(2026, 6, 29), date(2026, 6, 30), (), [sale])
    False
    """
    days = (first + timedelta(days=index) for index in range((last - first).days + 1))
    return all(
        any(
            event.first <= day <= event.last
            and (not event.queues or (bool(queues) and set(queues) <= set(event.queues)))
            for event in events
        )
        for day in days
    )


def days_in(event: Event, first_day: date, days: int) -> slice:
    """Indices of its days among so many from a first one; empty where it has none of them."""
    low, high = (event.first - first_day).days, (event.last - first_day).days + 1
    return slice(max(low, 0), max(min(high, days), 0))


def prepared(
    counts: np.ndarray, seen: np.ndarray, first_day: date, queue: str, events: Sequence[Event]
) -> tuple[np.ndarray, np.ndarray]:
    """A queue's history without what events did to it: contacts, and days that may be learned from.

    Days of an event without a factor, or with one too small to divide by, are as good as missing. The factors
    of several events on a day multiply.

    Parameters
    ----------
    counts: contacts by local day and slot. seen: days with data.
    first_day: local day with index 0. queue: name.

    Examples
    --------
    >>> sale = Event("sale", date(2026, 6, 2), date(2026, 6, 2), factor=3.0)
    >>> outage = Event("outage", date(2026, 6, 3), date(2026, 6, 3))
    >>> counts, seen = np.full((4, 1), 30.0), np.ones(4, dtype=bool)
    >>> counts, seen = prepared(counts, seen, date(2026, 6, 1), "email en", [sale, outage])
    >>> counts[:, 0].tolist(), seen.tolist()
    ([30.0, 10.0, 30.0, 30.0], [True, True, False, True])
    """
    divided, left = np.ones(len(seen)), np.ones(len(seen), dtype=bool)
    for event in events:
        if not concerns(event, queue):
            continue
        days = days_in(event, first_day, len(seen))
        if event.factor is None or event.factor < LEAST_DIVISOR:
            left[days] = False
        else:
            divided[days] *= event.factor
    if left.all() and (divided == 1.0).all():
        return counts, seen
    return counts / divided[:, None], seen & left


def usual_doubt(factor: float) -> float:
    """How unsure a factor is, relative to it, when nobody says and nothing was seen.

    Examples
    --------
    >>> usual_doubt(1.0), round(usual_doubt(3.0), 2), round(usual_doubt(0.5), 2)
    (0.0, 0.27, 0.17)
    """
    return USUAL_DOUBT * abs(math.log(factor)) if factor > 0 else 0.0


def learned(name: str, events: Sequence[Event], pasts: Sequence[Past]) -> dict[str, Learned]:
    """What past events of a name did, by queue; empty if none of their days was seen.

    The factor of a queue is what came over what was expected, with ``TO_ALL`` tickets of the factor of all
    queues, and that one with ``TO_ONE`` tickets of no effect. Its doubt is how far past events differ beyond
    chance (as if the usual doubt had been seen at ``USUAL_TIMES`` more), and the chance in the count itself.
    Days that another event without a factor shares are left aside; factors of others are divided out.

    Parameters
    ----------
    events: all of them, of any name.
    pasts: of the queues.

    Examples
    --------
    >>> sale = [Event("sale", date(2026, 6, day), date(2026, 6, day)) for day in (2, 9)]
    >>> came = np.full(14, 100.0)
    >>> came[[1, 8]] = 290.0, 310.0
    >>> past = Past("email en", date(2026, 6, 1), came, np.full(14, 100.0), np.ones(14, dtype=bool))
    >>> found = learned("sale", sale, [past])["email en"]
    >>> round(found.factor, 1), round(found.doubt, 1), found.times
    (3.0, 0.3, 2)
    """
    mine = [event for event in events if event.name == name]
    sums = [[_seen_in(event, events, past) for event in mine] for past in pasts]
    by_event = np.array(sums).reshape(len(pasts), len(mine), 2)
    total = by_event.sum(axis=(0, 1))
    if total[1] <= 0:
        return {}
    everywhere = (total[0] + TO_ONE) / (total[1] + TO_ONE)
    of_events = by_event.sum(axis=0)
    of_events = of_events[of_events[:, 1] > 0]
    differs = _between(of_events, everywhere)
    found = {}
    for past, rows in zip(pasts, by_event, strict=True):
        if any(concerns(event, past.queue) for event in mine):
            came, expected = rows.sum(axis=0)
            factor = (came + TO_ALL * everywhere) / (expected + TO_ALL)
            variance = differs * (1 + 1 / len(of_events)) + 1 / (came + TO_ALL * everywhere)
            found[past.queue] = Learned(float(factor), math.sqrt(variance), len(of_events))
    return found


def _seen_in(event: Event, events: Sequence[Event], past: Past) -> tuple[float, float]:
    """What came and what was expected on the days of a past event of a queue."""
    if not concerns(event, past.queue):
        return 0.0, 0.0
    others = [other for other in events if other.name != event.name and concerns(other, past.queue)]
    came = expected = 0.0
    days = days_in(event, past.first_day, len(past.seen))
    for day in range(days.start, days.stop):
        at = past.first_day + timedelta(days=day)
        also = [other for other in others if other.first <= at <= other.last]
        if past.seen[day] and not any(other.factor is None for other in also):
            came += float(past.came[day])
            expected += float(past.expected[day]) * math.prod(other.factor or 0.0 for other in also)
    return came, expected


def _between(of_events: np.ndarray, factor: float) -> float:
    """Variance of the logarithm of the factor from event to event, shrunk to the usual one."""
    usual = usual_doubt(factor) ** 2 + LEAST_DIFFERENCE**2
    more = len(of_events) - 1
    if more < 1:
        return usual
    came, expected = of_events[:, 0], of_events[:, 1]
    logs = np.log((came + 0.5) / expected)
    beyond = float(logs.var(ddof=1)) - float((1 / (came + 0.5)).mean())
    return (USUAL_TIMES * usual + more * max(beyond, 0.0)) / (USUAL_TIMES + more)


class Coming(NamedTuple):
    """An event on days of the period.

    Attributes
    ----------
    event: which. factor: on the volume of its days. doubt: relative to the factor.
    times: past events that the factor was learned from; 0: stated; None: nothing tells, and nothing changes.
    """

    event: Event
    factor: float
    doubt: float
    times: int | None


def coming(
    queue: str, events: Sequence[Event], known: dict[str, dict[str, Learned]], first: date, last: date
) -> Iterator[Coming]:
    """Events of a queue on days from ``first`` to ``last``, with what they are expected to do.

    Parameters
    ----------
    known: what past events did, by name and queue.

    Examples
    --------
    >>> sale = Event("sale", date(2026, 6, 27), date(2026, 6, 29))
    >>> known = {"sale": {"email en": Learned(2.5, 0.2, 3)}}
    >>> [(c.factor, c.doubt, c.times) for c in coming("email en", [sale], known, sale.first, sale.last)]
    [(2.5, 0.2, 3)]
    """
    for event in events:
        if not concerns(event, queue) or event.last < first or event.first > last:
            continue
        seen = known.get(event.name, {}).get(queue)
        if event.factor is not None:
            doubt = seen.doubt if seen else usual_doubt(event.factor)
            yield Coming(event, event.factor, doubt if event.doubt is None else event.doubt, 0)
        elif seen is not None:
            yield Coming(event, seen.factor, seen.doubt if event.doubt is None else event.doubt, seen.times)
        else:
            yield Coming(event, 1.0, event.doubt or 0.0, None)
