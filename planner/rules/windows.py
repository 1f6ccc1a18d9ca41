"""Stretches of days over which rules count: weeks, fortnights, months, the whole period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from planner.rules.calendar import AgentCalendar

Per = Literal["week", "fortnight", "month", "period"]


@dataclass(frozen=True, slots=True)
class Window:
    """Days that are counted together.

    Attributes
    ----------
    first: first day index, below 0 where it began before the period and last period's duties are known.
    last: last day index, inside the period.
    length: days that it has in full, also those that the period cuts off.
    whole: whether all its days are in the period, or in the week before it that is known.
    """

    first: int
    last: int
    length: int
    whole: bool

    @property
    def begins(self) -> int:
        """Its first day inside the period."""
        return max(0, self.first)


def windows(calendar: AgentCalendar, per: Per) -> tuple[Window, ...]:
    """The stretches that a period has, in order.

    Weeks are ISO weeks of the person's zone; fortnights are two of them, from the first week of the
    period on; months are calendar months. In a cyclic period a month is the whole period.

    Parameters
    ----------
    calendar: of the person.
    per: what kind.

    Examples
    --------
    >>> from planner.people import Agent, Site, Team
    >>> from planner.rules.calendar import calendars
    >>> team = Team((Agent("Anna", "Rome", "Europe/Rome", {}),), (Site("Rome", "Europe/Rome"),))
    >>> anna = calendars(team, [], date(2026, 3, 23), 21)["Anna"]
    >>> [(window.first, window.last, window.whole) for window in windows(anna, "fortnight")]
    [(0, 13, True), (14, 20, False)]
    >>> [(window.first, window.last, window.length) for window in windows(anna, "month")]
    [(0, 8, 31), (9, 20, 30)]
    """
    end = calendar.days
    if per == "period" or (per == "month" and calendar.cyclic):
        return (Window(0, end - 1, end, True),)
    if per == "month":
        return _cut(calendar, _months(calendar))
    length = 7 if per == "week" else 14
    starts = list(range(-calendar.days_before, end, length))
    return _cut(calendar, [(first, first + length - 1) for first in starts])


def _months(calendar: AgentCalendar) -> list[tuple[int, int]]:
    """First and last day index of each calendar month that the period touches."""
    first, last = calendar.first_day, calendar.day_at(calendar.days - 1)
    starts = [first.replace(day=1)]
    while starts[-1] <= last:
        starts.append(_next_month(starts[-1]))
    return [((start - first).days, (following - first).days - 1) for start, following in pairwise(starts)]


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _cut(calendar: AgentCalendar, spans: list[tuple[int, int]]) -> tuple[Window, ...]:
    """Spans of days as far as they are known."""
    found = []
    for first, last in spans:
        known = first if first >= 0 or calendar.carried_known else 0
        whole = last < calendar.days and known == first and first > -7
        found.append(Window(known, min(last, calendar.days - 1), last - first + 1, whole))
    return tuple(found)
