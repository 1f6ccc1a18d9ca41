"""What a hire does for the team: nothing in training, then more and more, less the time of a mentor."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.study.scenario.hiring_said import HiringSaid

DAYS_A_YEAR = 365.25


def month_after(month: date, months: int) -> date:
    """First day of a month, so many months later.

    Examples
    --------
    >>> month_after(date(2026, 5, 4), 9).isoformat()
    '2027-02-01'
    """
    year, number = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(year, number + 1, 1)


def share_on(day: int, said: HiringSaid) -> float:
    """Share of what others do, on a day from the first at work, which is 0.

    Examples
    --------
    >>> from planner.study.scenario.hiring_said import HiringSaid
    >>> usual = HiringSaid()
    >>> [share_on(day, usual) for day in (0, 13, 14, 28, 42, 70)]
    [0.0, 0.0, 0.3, 0.6, 0.85, 1.0]
    """
    left = timedelta(days=day) - said.training
    if left < timedelta(0):
        return 0.0
    for share, length in said.ramp:
        if left < length:
            return share
        left -= length
    return 1.0


def mentored_on(day: int, said: HiringSaid) -> float:
    """Share of a colleague's time that the hire takes, on a day from the first at work.

    Examples
    --------
    >>> from planner.study.scenario.hiring_said import HiringSaid
    >>> [mentored_on(day, HiringSaid()) for day in (0, 34, 35)]
    [0.25, 0.25, 0.0]
    """
    share, length = said.mentor
    return share if timedelta(days=day) < length else 0.0


def kept_after(days: float, said: HiringSaid) -> float:
    """Share of people who are still there after so many days.

    Examples
    --------
    >>> from planner.study.scenario.hiring_said import HiringSaid
    >>> round(kept_after(365.25, HiringSaid(attrition="30% a year")), 9)
    0.7
    """
    return float((1 - said.attrition) ** (max(0.0, days) / DAYS_A_YEAR))


def mean_share(first: date, start: date, end: date, said: HiringSaid) -> float:
    """Mean share of what others do from a start until before an end; 0 before the first day at work."""
    days = [(start - first).days + number for number in range((end - start).days)]
    return sum(share_on(day, said) for day in days if day >= 0) / len(days)


def mean_mentored(first: date, start: date, end: date, said: HiringSaid) -> float:
    """Mean share of a colleague's time that the hire takes from a start until before an end."""
    days = [(start - first).days + number for number in range((end - start).days)]
    return sum(mentored_on(day, said) for day in days if day >= 0) / len(days)


def gained(first: date, start: date, end: date, said: HiringSaid) -> float:
    """People that a hire adds on average from a start until before an end, a mentor's time taken off.

    Somebody who starts may leave, too: what they do counts by the chance that they are still there.

    Examples
    --------
    >>> from planner.study.scenario.hiring_said import HiringSaid
    >>> at_once = HiringSaid(training="none", ramp="none", mentor="none")
    >>> gained(date(2026, 6, 1), date(2026, 6, 1), date(2026, 7, 1), at_once)
    1.0
    """
    middle = (start - first).days + (end - start).days / 2
    there = kept_after(middle, said)
    return there * mean_share(first, start, end, said) - mean_mentored(first, start, end, said)


def leavers(people: int, gone: float) -> tuple[float, int, int]:
    """Expected leavers of so many people, and a range that holds in 8 of 10 cases (binomial).

    Parameters
    ----------
    gone: chance of each to have left.

    Examples
    --------
    >>> leavers(14, 0.3)
    (4.2, 2, 6)
    """
    below, low, high = 0.0, 0, people
    found_low = False
    for count in range(people + 1):
        below += math.comb(people, count) * gone**count * (1 - gone) ** (people - count)
        if not found_low and below >= 0.1:
            low, found_low = count, True
        if below >= 0.9 - 1e-12:
            high = count
            break
    return round(people * gone, 9), low, high
