"""What a contract leaves to work in a week or a period: credits of leave and holidays, whole shifts."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from planner.rules.calendar import AgentCalendar


def working_days(calendar: AgentCalendar, first: int, last: int) -> int:
    """Mondays to Fridays in a span of days, also of days before the period."""
    return sum(calendar.weekday(day) < 5 for day in range(first, last + 1))


def credited_days(calendar: AgentCalendar, first: int, last: int) -> int:
    """Of these, days of leave, outside the contract or on a public holiday: they count as worked.

    Parameters
    ----------
    calendar: of the person.
    first, last: day indices; the days of a week already begun are counted in from the first below 0.
    """
    away = calendar.unavailable | calendar.holidays
    inside = sum(day in away and calendar.weekday(day) < 5 for day in range(max(0, first), last + 1))
    return inside + (calendar.credited_before if first < 0 else 0)


def credit_minutes(calendar: AgentCalendar, weekly: int) -> Fraction:
    """What a credited day counts: by site an average day of the contract, or the shift that was planned.

    The planned shift is taken to be the person's usual one: of the lengths open to them, the one nearest
    to an average day, the longer of two.

    Parameters
    ----------
    calendar: of the person.
    weekly: contract minutes.
    """
    average = Fraction(weekly, 5)
    if calendar.site.leave_counts == "average day" or not calendar.counted_lengths:
        return average
    return Fraction(min(calendar.counted_lengths, key=lambda length: (abs(length - average), -length)))


def left_to_work(calendar: AgentCalendar, first: int, last: int, weekly: int, share: Fraction) -> int:
    """Minutes of a contract that are left in some days: their share of it, less what is credited.

    Parameters
    ----------
    calendar: of the person.
    first, last: day indices.
    weekly: contract minutes a week.
    share: how much of a week these days stand for.
    """
    credit = credited_days(calendar, first, last) * credit_minutes(calendar, weekly)
    return max(0, int(share * weekly - credit))


def days_left(calendar: AgentCalendar, first: int, last: int) -> dict[int, tuple[int, ...]]:
    """Days on which the person could have a shift that counts, and its possible lengths."""
    return {
        day: calendar.lengths(day)
        for day in range(first, last + 1)
        if day not in calendar.unavailable and calendar.lengths(day)
    }


def whole_shifts(calendar: AgentCalendar, first: int, last: int, room: int) -> int:
    """Largest total within some minutes that whole shifts can always make on the days that are left.

    Where clocks change, also a total with one shift that is longer or shorter by it will do.

    Parameters
    ----------
    calendar: of the person.
    first, last: day indices inside the period.
    room: minutes.
    """
    days = days_left(calendar, first, last)
    totals = [_largest_total(tuple(days.values()), room)]
    for day, change in _clock_changes(calendar, first, last):
        others = tuple(lengths for other, lengths in days.items() if other != day)
        totals += [
            length + change + _largest_total(others, room - length - change)
            for length in days.get(day, ())
            if length + change <= room
        ]
    return min(totals)


def _clock_changes(calendar: AgentCalendar, first: int, last: int) -> list[tuple[int, int]]:
    """Days on which shifts may be longer by a clock change then or the day after, and minutes."""
    lengths = {day: calendar.starts_at(day + 1) - calendar.starts_at(day) for day in range(first, last + 2)}
    return [
        (day - before, (length - 96) * 15)
        for day, length in lengths.items()
        if length != 96
        for before in (0, 1)
    ]


@lru_cache(maxsize=4096)
def _largest_total(days: tuple[tuple[int, ...], ...], limit: int) -> int:
    """Largest total up to the limit of at most one length of each day; 0 if none fits."""
    totals = {0}
    for lengths in days:
        totals |= {total + length for total in totals for length in lengths if total + length <= limit}
    return max(totals)
