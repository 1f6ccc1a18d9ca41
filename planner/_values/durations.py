"""Written lengths of time."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction

from planner._values.amounts import number_text, refused

_UNIT_SECONDS = {"s": 1, "min": 60, "h": 3600, "day": 86_400, "week": 604_800}
_UNIT_WORDS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)")


def parse_duration(text: str) -> timedelta:
    """A length of time in s, min, h, days or weeks; several parts add up.

    Examples
    --------
    >>> parse_duration("1 h 30 min")
    datetime.timedelta(seconds=5400)
    >>> parse_duration("8 weeks").days
    56
    >>> parse_duration("2 hours ago")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.ValueTextError: "2 hours ago" is not a length of time; write it like 80 s, ...
    >>> parse_duration("90")
    Traceback (most recent call last):
    planner._errors.ValueTextError: "90" has no unit; write 90 s, 90 min or 90 h
    """
    cleaned = text.strip().lower()
    if cleaned.replace(".", "", 1).isdecimal():
        raise refused("duration_unit", text)
    at, seconds, seen = 0, Fraction(0), set[str]()
    while at < len(cleaned):
        part = _PART.match(cleaned, at)
        unit = _UNIT_WORDS.get(part[2]) if part else None
        if part is None or unit is None or unit in seen or len(part[1]) > 12:
            raise refused("duration", text)
        seen.add(unit)
        seconds += Fraction(part[1]) * _UNIT_SECONDS[unit]
        at = part.end()
    if not seen or seconds > 10_000 * _UNIT_SECONDS["day"]:
        raise refused("duration", text)
    return timedelta(microseconds=round(seconds * 1_000_000))


def duration_text(length: timedelta) -> str:
    """The text of a length of time, in the largest units that stay whole.

    Examples
    --------
    >>> [duration_text(timedelta(minutes=m)) for m in (90, 1440, 2880, 80640)]
    ['1 h 30 min', '24 h', '2 days', '8 weeks']
    """
    seconds = Fraction(length // timedelta(microseconds=1), 1_000_000)
    days = seconds / _UNIT_SECONDS["day"]
    if days >= 2 and days.denominator == 1:
        weeks = days / 7
        if weeks.denominator == 1:
            return f"{weeks} week" + ("s" if weeks > 1 else "")
        return f"{days} days"
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    if rest or not parts:
        parts.append(f"{number_text(float(rest))} s")
    return " ".join(parts)
