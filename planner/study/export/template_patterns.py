"""How days, times and numbers are written: ``dd.mm.yyyy``, ``hh:mm``, ``0.00``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_RUN = re.compile(r"am/pm|[+]hh:?mm|'[^']*'|([a-z])\1*|.", re.IGNORECASE | re.DOTALL)
_DAY = {"yyyy", "yy", "mm", "m", "dd", "d"}
_TIME = {"hh", "h", "MM", "M", "ss", "am/pm"}
_OFFSET = {"+hh:mm", "+hhmm"}
_NUMBER = re.compile(r"0(\.0{1,4})?")
_MOST_DECIMALS = 4


_SIGNS: Mapping[str, Callable[[datetime, int, str], str]] = {
    "yyyy": lambda at, hour, ending: f"{at.year:04}",
    "yy": lambda at, hour, ending: f"{at.year % 100:02}",
    "mm": lambda at, hour, ending: f"{at.month:02}",
    "m": lambda at, hour, ending: f"{at.month}",
    "dd": lambda at, hour, ending: f"{at.day:02}",
    "d": lambda at, hour, ending: f"{at.day}",
    "hh": lambda at, hour, ending: f"{hour:02}",
    "h": lambda at, hour, ending: f"{hour}",
    "MM": lambda at, hour, ending: f"{at.minute:02}",
    "M": lambda at, hour, ending: f"{at.minute}",
    "ss": lambda at, hour, ending: f"{at.second:02}",
    "am/pm": lambda at, hour, ending: ending,
    "+hhmm": lambda at, hour, ending: f"{at:%z}"[:5],
    "+hh:mm": lambda at, hour, ending: f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:5],
}


class PatternError(ValueError):
    """A pattern that nobody can read; its text is the part that is wrong."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A day, a time, or both, in text.

    Attributes
    ----------
    parts: what is written in turn: whether it is a sign of the notation, and the sign or text itself.
        Minutes are M, so that they differ from months.

    Examples
    --------
    >>> from datetime import UTC
    >>> at = datetime(2026, 3, 9, 7, 5, tzinfo=UTC)
    >>> read_pattern("dd.mm.yyyy hh:mm").text(at), read_pattern("d/m/yy h:mm am/pm").text(at)
    ('09.03.2026 07:05', '9/3/26 7:05 am')
    """

    parts: tuple[tuple[bool, str], ...]

    @property
    def has_day(self) -> bool:
        """Whether a day, month or year is written."""
        return any(sign and part in _DAY for sign, part in self.parts)

    @property
    def has_time(self) -> bool:
        """Whether hours, minutes or seconds are written."""
        return any(sign and part in _TIME for sign, part in self.parts)

    @property
    def has_offset(self) -> bool:
        """Whether the distance from UTC is written, which says which of two like hours is meant."""
        return any(sign and part in _OFFSET for sign, part in self.parts)

    @property
    def says_utc(self) -> bool:
        """Whether a Z stands behind the time, which means UTC."""
        return any(not sign and part in {"Z", "z"} for sign, part in self.parts)

    def text(self, at: datetime, hour: int | None = None) -> str:
        """An instant on its own clock.

        Parameters
        ----------
        hour: what stands for the hour instead, such as 24 at the end of a day.
        """
        hour = at.hour if hour is None else hour
        if (True, "am/pm") in self.parts:
            hour = hour % 24
            ending, hour = ("am" if hour < 12 else "pm"), (hour - 1) % 12 + 1
        else:
            ending = ""
        return "".join(_SIGNS[part](at, hour, ending) if sign else part for sign, part in self.parts)


@lru_cache(maxsize=256)
def read_pattern(text: str) -> Pattern:
    """A pattern of days and times.

    yyyy, yy; mm, m; dd, d; hh, h; mm (minutes: behind hours or before seconds); ss; am/pm; +hh:mm, +hhmm
    (distance from UTC). T, Z and everything but letters stand for themselves, and so does text in '...'.

    Raises
    ------
    PatternError
        With the part that has no meaning.

    Examples
    --------
    >>> read_pattern("yyyy-mm-dd mmm")
    Traceback (most recent call last):
    planner.study.export.template_patterns.PatternError: mmm
    """
    runs = [match[0] for match in _RUN.finditer(text)]
    parts: list[tuple[bool, str]] = []
    for run in runs:
        sign = run.lower()
        if sign in _DAY | _TIME | _OFFSET:
            parts.append((True, sign))
        elif run.startswith("'") and len(run) > 1:
            parts.append((False, run[1:-1]))
        elif run in {"T", "Z"} or not run.isalpha():
            parts.append((False, run))
        else:
            raise PatternError(run)
    places = [place for place, (sign, _) in enumerate(parts) if sign]
    for number, place in enumerate(places):
        if parts[place][1] in {"mm", "m"}:
            before = parts[places[number - 1]][1] if number else ""
            after = parts[places[number + 1]][1] if number + 1 < len(places) else ""
            if before in {"hh", "h"} or after == "ss":
                parts[place] = (True, parts[place][1].upper())
    found = Pattern(tuple(parts))
    if not (found.has_day or found.has_time):
        raise PatternError(text)
    return found


def is_number(text: str) -> bool:
    """Whether a format is one of numbers: 0, 0.0 up to 0.0000."""
    return _NUMBER.fullmatch(text) is not None


def is_hours(text: str) -> bool:
    """Whether a format is one of hours: of numbers, or h:mm."""
    return is_number(text) or text.lower() in {"h:mm", "hh:mm"}


def hours_text(minutes: int, format_: str, decimal: str) -> str:
    """Minutes as hours.

    Parameters
    ----------
    format_: "0.00", "h:mm" ...; empty: as many decimals as it takes, four at most.
    decimal: sign between whole hours and decimals.

    Examples
    --------
    >>> hours_text(455, "0.00", ","), hours_text(455, "hh:mm", "."), hours_text(450, "", ".")
    ('7,58', '07:35', '7.5')
    """
    if format_.lower() in {"h:mm", "hh:mm"}:
        whole = f"{minutes // 60:02}" if format_.lower() == "hh:mm" else f"{minutes // 60}"
        return f"{whole}:{minutes % 60:02}"
    return number_text(Decimal(minutes) / 60, format_, decimal)


def number_text(number: Decimal, format_: str, decimal: str) -> str:
    """A number, halves rounded up.

    Examples
    --------
    >>> number_text(Decimal("2.345"), "0.00", "."), number_text(Decimal(3), "", ",")
    ('2.35', '3')
    """
    places = len(format_.partition(".")[2]) if format_ else _MOST_DECIMALS
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    if not format_ and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", decimal)
