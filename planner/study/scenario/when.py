"""Types of the times of planned work: how often, how much, on which day at what hour."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import InstanceOf

from planner._errors import ValueTextError
from planner._values import (
    DaySet,
    clock_text,
    days_text,
    duration_text,
    parse_clock,
    parse_count,
    parse_days,
    parse_duration,
    parse_window,
    weekday_of,
    weekday_text,
    window_text,
)
from planner.study.scenario.texts import day_of, reads, writes, wrong


class Weeks(NamedTuple):
    """Every so many weeks, counted from the week of a day (None: the first of the plan), or on these days."""

    every: int = 1
    since: date | None = None
    on: tuple[date, ...] = ()


class Amount(NamedTuple):
    """Work of so long on each day, or in each week."""

    length: timedelta
    per: Literal["day", "weekday", "week"]


class OnTime(NamedTuple):
    """Days, and the minute after midnight on each of them."""

    days: DaySet
    minute: int


class OnWindow(NamedTuple):
    """A weekday (0 is Monday) and a window on it, in minutes after midnight."""

    weekday: int
    window: tuple[int, int]


def parse_weeks(text: str) -> Weeks:
    """How often something takes place.

    Examples
    --------
    >>> parse_weeks("every 2 weeks from 2026-06-08")
    Weeks(every=2, since=datetime.date(2026, 6, 8), on=())
    >>> len(parse_weeks("2026-06-09, 2026-06-23").on)
    2
    """
    words = " ".join(text.lower().split())
    found = re.fullmatch(r"(?:every )?(?:(\d+) )?weeks?(?: from (\S+))?", words)
    if found:
        every = parse_count(found[1], least=1) if found[1] else 1
        if every > 52:
            raise wrong("weeks", given=text.strip())
        return Weeks(every, day_of(found[2]) if found[2] else None)
    if not re.match(r"\d{4}-", words):
        raise wrong("weeks", given=text.strip())
    return Weeks(on=tuple(sorted({day_of(part) for part in words.split(",")})))


def weeks_text(weeks: Weeks) -> str:
    """The text of how often.

    Examples
    --------
    >>> weeks_text(Weeks()), weeks_text(Weeks(2)), weeks_text(Weeks(on=(date(2026, 6, 9),)))
    ('every week', 'every 2 weeks', '2026-06-09')
    """
    if weeks.on:
        return ", ".join(day.isoformat() for day in weeks.on)
    every = "every week" if weeks.every == 1 else f"every {weeks.every} weeks"
    return every + (f" from {weeks.since.isoformat()}" if weeks.since else "")


def parse_amount(text: str) -> Amount:
    """Work on each day or in each week.

    Examples
    --------
    >>> parse_amount("240 min a weekday").per, amount_text(parse_amount("20 h per week"))
    ('weekday', '20 h a week')
    """
    found = re.fullmatch(r"\s*(.+?)\s+(?:a|per|each|every)\s+(day|weekday|week)\s*", text.lower())
    try:
        length = parse_duration(found[1]) if found else timedelta(0)
    except ValueTextError:
        raise wrong("amount", given=text.strip()) from None
    if not found or not length:
        raise wrong("amount", given=text.strip())
    return Amount(length, found[2])  # type: ignore[arg-type]  # one of the three by construction


def amount_text(amount: Amount) -> str:
    """The text of an amount of work."""
    return f"{duration_text(amount.length)} a {amount.per}"


def parse_on(text: str) -> OnTime:
    """Days and an hour.

    Examples
    --------
    >>> parse_on("tue, thu 10:00").minute, on_text(parse_on("Tuesday 10:00"))
    (600, 'tue 10:00')
    """
    days, _, clock = text.strip().rpartition(" ")
    try:
        return OnTime(parse_days(days), parse_clock(clock))
    except ValueTextError:
        raise wrong("on", given=text.strip()) from None


def on_text(on: OnTime) -> str:
    """The text of days and an hour."""
    return f"{days_text(on.days)} {clock_text(on.minute)}"


def parse_on_window(text: str) -> OnWindow:
    """A weekday and a window on it.

    Examples
    --------
    >>> parse_on_window("mon 09:00-12:00")
    OnWindow(weekday=0, window=(540, 720))
    """
    day, _, window = text.strip().partition(" ")
    weekday = weekday_of(day)
    try:
        found = parse_window(window)
    except ValueTextError:
        raise wrong("on_window", given=text.strip()) from None
    if weekday is None or found[1] <= found[0]:
        raise wrong("on_window", given=text.strip())
    return OnWindow(weekday, found)


def on_window_text(on: OnWindow) -> str:
    """The text of a weekday and a window on it."""
    return f"{weekday_text(on.weekday)[:3].lower()} {window_text(on.window)}"


WeeksSaid = Annotated[InstanceOf[Weeks], reads(parse_weeks), writes(weeks_text)]
AmountSaid = Annotated[InstanceOf[Amount], reads(parse_amount), writes(amount_text)]
OnSaid = Annotated[InstanceOf[OnTime], reads(parse_on), writes(on_text)]
OnWindowSaid = Annotated[InstanceOf[OnWindow], reads(parse_on_window), writes(on_window_text)]
