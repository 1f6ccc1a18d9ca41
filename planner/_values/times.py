"""Written times of day: windows, starts, sets of days."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from planner._errors import ValueTextError
from planner._values.amounts import refused
from planner._values.durations import duration_text, parse_duration

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAY_MINUTES = 24 * 60
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_WORDS = {
    **dict.fromkeys(("all", "every day", "daily"), range(7)),
    **dict.fromkeys(("weekdays", "weekday"), range(5)),
    **dict.fromkeys(("weekend", "weekends"), range(5, 7)),
}
_DASHES = str.maketrans({"–": "-", "—": "-", "\N{NON-BREAKING HYPHEN}": "-"})


class DaySet(NamedTuple):
    """Days of the week (0 is Monday), and whether public holidays are named too."""

    weekdays: frozenset[int]
    public_holidays: bool = False


def parse_clock(text: str) -> int:
    """Minutes after midnight of a wall-clock time; ``24:00`` is the end of the day.

    Examples
    --------
    >>> parse_clock("22:00"), parse_clock("24:00")
    (1320, 1440)
    >>> parse_clock("9")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.ValueTextError: "9" is not a time of day; write it like 09:00 ...
    """
    found = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*", text)
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if not found or int(found[2]) > 59 or minutes > _DAY_MINUTES:
        raise refused("clock", text)
    return minutes


def clock_text(minutes: int) -> str:
    """The wall-clock text of minutes after midnight.

    Examples
    --------
    >>> clock_text(1320), clock_text(0)
    ('22:00', '00:00')
    """
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_window(text: str) -> tuple[int, int]:
    """A daily window, which may pass midnight: its start and end in minutes after midnight.

    Examples
    --------
    >>> parse_window("22:00-07:00")
    (1320, 420)
    """
    first, dash, last = text.translate(_DASHES).partition("-")
    try:
        window = (parse_clock(first) % _DAY_MINUTES, parse_clock(last))
    except ValueTextError:
        raise refused("window", text) from None
    if not dash or window[0] == window[1]:
        raise refused("window", text)
    return window


def window_text(window: tuple[int, int]) -> str:
    """The text of a daily window.

    Examples
    --------
    >>> window_text((1320, 420))
    '22:00-07:00'
    """
    return f"{clock_text(window[0])}-{clock_text(window[1])}"


def parse_starts(text: str) -> tuple[int, ...]:
    """Starts of a shift in minutes after midnight, sorted; quarter-hours only.

    Examples
    --------
    >>> parse_starts("07:00-09:00 every 1 h")
    (420, 480, 540)
    >>> parse_starts("15:00, 07:00")
    (420, 900)
    >>> parse_starts("07:10")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.ValueTextError: "07:10" is not a start that can be planned: starts fall on ...
    """
    starts: set[int] = set()
    for part in text.translate(_DASHES).split(","):
        span, every, step = part.partition("every")
        first, dash, last = span.partition("-")
        if bool(dash) != bool(every):
            raise refused("starts", text)
        begin = parse_clock(first)
        end, minutes = begin, 15
        if dash:
            end, seconds = parse_clock(last), parse_duration(step).total_seconds()
            minutes = int(seconds // 60)
            if not seconds or seconds % 900:
                raise refused("starts_quarter", text)
        if begin % 15 or end % 15:
            raise refused("starts_quarter", text)
        end += _DAY_MINUTES if end < begin else 0
        starts.update(minute % _DAY_MINUTES for minute in range(begin, end + 1, minutes))
    return tuple(sorted(starts))


def starts_text(starts: tuple[int, ...]) -> str:
    """The text of starts: one regular stretch, or a list.

    Examples
    --------
    >>> starts_text((420, 450, 480)), starts_text((420, 900))
    ('07:00-08:00 every 30 min', '07:00, 15:00')
    """
    steps = {after - before for before, after in pairwise(starts)}
    if len(starts) > 2 and len(steps) == 1:
        every = duration_text(timedelta(minutes=steps.pop()))
        return f"{clock_text(starts[0])}-{clock_text(starts[-1])} every {every}"
    return ", ".join(clock_text(start) for start in starts)


def parse_days(text: str) -> DaySet:
    """A set of weekdays, and whether public holidays are named.

    Examples
    --------
    >>> parse_days("mon-fri, public holidays")
    DaySet(weekdays=frozenset({0, 1, 2, 3, 4}), public_holidays=True)
    >>> sorted(parse_days("sat-mon").weekdays)
    [0, 5, 6]
    """
    weekdays: set[int] = set()
    holidays = False
    for part in text.translate(_DASHES).lower().split(","):
        word = " ".join(part.split())
        first, dash, last = (piece.strip() for piece in word.partition("-"))
        if word in ("public holidays", "public holiday"):
            holidays = True
        elif word in _DAY_WORDS:
            weekdays.update(_DAY_WORDS[word])
        elif weekday_of(first) is not None and (not dash or weekday_of(last) is not None):
            begin = weekday_of(first) or 0
            days = ((weekday_of(last) or 0) - begin) % 7 if dash else 0
            weekdays.update((begin + step) % 7 for step in range(days + 1))
        else:
            raise refused("days", text)
    return DaySet(frozenset(weekdays), holidays)


def weekday_of(word: str) -> int | None:
    """The weekday (0 is Monday) that a word means, also shortened to three letters or more; else None.

    Examples
    --------
    >>> weekday_of("tue"), weekday_of("Monday"), weekday_of("mo")
    (1, 0, None)
    """
    word = word.strip().lower()
    known = [day for day, name in enumerate(_FULL_DAYS) if len(word) >= 3 and name.startswith(word)]
    return known[0] if known else None


def weekday_text(day: int) -> str:
    """The full name of a weekday.

    Examples
    --------
    >>> weekday_text(0)
    'Monday'
    """
    return _FULL_DAYS[day].title()


def days_text(days: DaySet) -> str:
    """The text of a set of days.

    Examples
    --------
    >>> days_text(parse_days("friday, monday-thursday, public holidays")), days_text(parse_days("all"))
    ('mon-fri, public holidays', 'all')
    """
    parts, day = [], 0
    while day < 7:
        last = day
        while last in days.weekdays and last + 1 in days.weekdays:
            last += 1
        if day in days.weekdays:
            parts.append(WEEKDAYS[day] if last == day else f"{WEEKDAYS[day]}-{WEEKDAYS[last]}")
        day = last + 1
    if len(days.weekdays) == 7:
        parts = ["all"]
    return ", ".join(parts + ["public holidays"] * days.public_holidays)
