"""Reasons why volume will differ from the history's: customers, orders, contact rate, self-service.

Volume = customers (or orders) x share who write x contacts each x (1 - topics x adoption x solved share)
x events. Each of these is a factor with a doubt of its own; between dates it changes day by day.

Where there is history, only the change counts: the value on a day against the value in the middle of the
last weeks, on which the level of the forecast rests (``reference_day``).

A share of customers who write *at least once* a year is no number of contacts: whoever writes once writes
again, 4 to 6 times a year is usual. If contacts were spread over customers by chance (Poisson), a share s
would come from -ln(1 - s) contacts a customer and year; customers who write more than others can only make
it more, because e^-x is convex (Jensen). So it is a lower bound (``least_contacts``), never an estimate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from planner.demand.asks import Driver, Ramp

# The level is a mean of exponential levels of the last 1 to 16 weeks: four weeks back is its middle.
MIDDLE_DAYS = 28
# How unsure what self-service solves is, relative to it: 10 to 25 % of repetitive topics are usual.
SOLVED_DOUBT = 0.4
USUAL_SOLVED = 0.25


def reference_day(end: date) -> date:
    """Middle of the last weeks of a history that ends before a day.

    Examples
    --------
    >>> reference_day(date(2026, 6, 1)).isoformat()
    '2026-05-04'
    """
    return end - timedelta(days=MIDDLE_DAYS)


def least_contacts(share_who_write: float) -> float:
    """Contacts a year of a mean customer, at least, if such a share writes at least once: -ln(1 - share).

    Examples
    --------
    >>> round(least_contacts(0.25), 3)
    0.288
    """
    return math.inf if share_who_write >= 1 else -math.log1p(-share_who_write)


def between(now: float, then: float, since: date, by: date) -> Ramp:
    """A number that changes evenly from one day to another.

    Examples
    --------
    >>> between(7000, 15000, date(2026, 1, 1), date(2026, 1, 9)).at(date(2026, 1, 5))
    11000.0
    """
    return Ramp(((since, float(now)), (by, float(then))))


def self_service(
    name: str,
    topics: float,
    adoption: float,
    solves: float,
    start: date,
    full_by: date | None = None,
    queues: tuple[str, ...] = (),
    doubt: float = SOLVED_DOUBT,
    middle: date | None = None,
) -> Driver:
    """Contacts that customers no longer send because they find the answer themselves.

    Parameters
    ----------
    name: for people, such as "help centre".
    topics: share of the queue's contacts that are about topics it covers.
    adoption: share of those customers who look there first.
    solves: share of those for whom it is enough; 10 to 25 % of repetitive topics are solved in all.
    start: first day. full_by: day on which it has come to these shares; None: at once.
    doubt: standard deviation of what it takes off, relative to it.
    middle: day of the period on which the doubt is taken; None: when it is full.

    Examples
    --------
    >>> centre = self_service("help centre", 0.4, 0.6, 0.2, date(2026, 6, 1), date(2026, 9, 1))
    >>> round(centre.factor.at(date(2026, 5, 1)), 3), round(centre.factor.at(date(2026, 9, 1)), 3)
    (1.0, 0.952)
    """
    kept = 1 - topics * adoption * solves
    before = start - timedelta(days=1)
    factor = Ramp(((before, 1.0), (start, kept))) if full_by is None else between(1.0, kept, start, full_by)
    there = kept if middle is None else factor.at(middle)
    relative = doubt * (1 - there) / there if there > 0 else 0.0
    return Driver(name, "self-service", factor, queues, relative, relative=True)


def by_day(driver: Driver, dates: Sequence[date], reference: date | None) -> np.ndarray:
    """A driver's factor on each day.

    Parameters
    ----------
    dates: of the period.
    reference: middle of the history's last weeks; None: no history, and the values stand as they are.

    Examples
    --------
    >>> grown = Driver("customers", "customers", between(100, 200, date(2026, 1, 1), date(2026, 1, 11)),
    ...                relative=True)
    >>> by_day(grown, [date(2026, 1, 6), date(2026, 2, 1)], date(2025, 12, 1)).tolist()
    [1.5, 2.0]
    >>> by_day(grown, [date(2026, 2, 1)], date(2026, 1, 6)).round(4).tolist()
    [1.3333]
    """
    values = np.array([driver.factor.at(day) for day in dates])
    if not driver.relative or reference is None:
        return values
    was = driver.factor.at(reference)
    return np.asarray(values / was) if was > 0 else np.ones(len(dates))
