"""Kinds of settings that several rules take, as scenario files write them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from planner._values import parse_clock, parse_days, parse_window
from planner.rules.calendar import AgentCalendar


def _listed(value: object) -> object:
    """The parts of a text with commas; anything else as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return (value,) if isinstance(value, date) else value


def _dates(value: object) -> object:
    """Dates from a text with commas, or from a list of dates or texts."""
    parts = _listed(value)
    if not isinstance(parts, tuple | list):
        return parts
    try:
        return tuple(date.fromisoformat(part) if isinstance(part, str) else part for part in parts)
    except ValueError:
        raise ValueError("give dates like 2026-04-03") from None


def _as_clock(value: str) -> str:
    if parse_clock(value) % 15:
        raise ValueError("give a quarter-hour, such as 07:00")
    return value


def _as_days(value: str) -> str:
    parse_days(value)
    return value


def _as_days_or_none(value: str) -> str:
    return _as_days(value) if value else value


def _as_names(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise ValueError("name one or more shifts, such as early, late")
    return value


def _as_window(value: str) -> str:
    opens, closes = parse_window(value)
    if opens % 15 or closes % 15:
        raise ValueError("give quarter-hours, such as 07:00-19:15")
    return value


def _as_turns(value: tuple[str, ...]) -> tuple[str, ...]:
    minutes = [parse_clock(part) for part in value]
    if len(minutes) < 2 or sorted(set(minutes)) != minutes or any(m % 15 or m == 1440 for m in minutes):
        raise ValueError("give two or more rising times of day on quarter-hours, such as 04:00, 11:00, 19:00")
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Shift types: "early, late" or a list."""
SomeNames = Annotated[Names, AfterValidator(_as_names)]
Dates = Annotated[tuple[date, ...], BeforeValidator(_dates)]
"""Days: "2026-04-03, 2026-04-04" or a list."""
Weekdays = Annotated[str, AfterValidator(_as_days)]
"""Such as "mon-fri" or "sun, public holidays"."""
OptionalWeekdays = Annotated[str, AfterValidator(_as_days_or_none)]
Window = Annotated[str, AfterValidator(_as_window)]
"""A daily window on the wall clock of the person, such as "07:00-19:00"."""
Turns = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_as_turns)]
"""Times of day at which early, late and night turns begin: "04:00, 11:00, 19:00"."""


Clock = Annotated[str, AfterValidator(_as_clock)]
"""A local time of day on a quarter-hour, such as "07:00"."""


def named_days(calendar: AgentCalendar, dates: tuple[date, ...], weekdays: str = "") -> list[date]:
    """Days of the period that are listed, or fall on one of the weekdays or public holidays.

    Parameters
    ----------
    calendar: of the person.
    dates: listed ones.
    weekdays: as text; "" for none.
    """
    asked = parse_days(weekdays) if weekdays else None
    found = []
    for index in range(calendar.days):
        day = calendar.day_at(index)
        of_week = asked is not None and (
            day.weekday() in asked.weekdays or (asked.public_holidays and index in calendar.holidays)
        )
        if day in dates or of_week:
            found.append(day)
    return found


def day_indices(calendar: AgentCalendar, days: list[date]) -> frozenset[int]:
    """Day indices of days."""
    return frozenset((day - calendar.first_day).days for day in days)


def turn_of(turns: tuple[str, ...], minute: int) -> int:
    """Number of the turn in which a start at so many minutes after midnight falls; the last passes midnight.

    Examples
    --------
    >>> [turn_of(("04:00", "11:00", "19:00"), 60 * hour) for hour in (3, 4, 12, 23)]
    [2, 0, 1, 2]
    """
    begun = sum(parse_clock(turn) <= minute for turn in turns)
    return (begun - 1) % len(turns)


def turn_starts(turns: tuple[str, ...]) -> list[frozenset[int]]:
    """Quarter-hours of each turn, minutes after midnight."""
    return [
        frozenset(minute for minute in range(0, 1440, 15) if turn_of(turns, minute) == number)
        for number in range(len(turns))
    ]
