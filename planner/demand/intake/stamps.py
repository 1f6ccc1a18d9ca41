"""Creation stamps: what one cell says, read in the one form that its column is written in."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple, get_args

from planner.demand.intake.months import month_named, weekday_named

Order = Literal[
    "year first",
    "day first",
    "month first",
    "day and month name",
    "month name and day",
    "epoch seconds",
    "epoch milliseconds",
    "days since 1900",
]
ORDERS: tuple[Order, ...] = get_args(Order)
MINUTES_A_DAY = 1440
MOST_OFFSET = 16 * 60

_AT = r"(?:at|à|às|as|alle ore|alle|ore|um|a las|kl|om)\.? +"
_CLOCK = (
    rf"(?:(?:T|[ ,]+(?:{_AT})?)"
    r"([0-9]{1,2})[:.h]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?: ?([AaPp])\.? ?[Mm]\.?)?(?: Uhr| h)?"
    r" *(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_WORD = r"([^\W\d_]{3,12})\.?"
_WEEKDAY = r"(?:([^\W\d_]{2,12})\.?,? +)?"
_YEAR = r"([0-9]{4}|[0-9]{2})"
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{2})([0-9]{2}))" + _CLOCK)
_COMPACT = re.compile(r"([0-9]{8})[T ]?([0-9]{2})([0-9]{2})([0-9]{2})?(Z|[+-][0-9]{4})?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]" + _YEAR + _CLOCK)
_DAY_NAME = re.compile(
    _WEEKDAY
    + r"([0-9]{1,2})(?:\.|st|nd|rd|th|º|er)?(?:[-/ .]|de )+"
    + _WORD
    + r"(?:[-/ .,]|de )+"
    + _YEAR
    + _CLOCK
)
_NAME_DAY = re.compile(_WEEKDAY + _WORD + r"[ -]+([0-9]{1,2})(?:st|nd|rd|th)?,?[ -]+([0-9]{4})" + _CLOCK)
_EPOCH = re.compile(r"([0-9]{9,10})(?:\.[0-9]+(?:e0)?)?")
_EPOCH_MILLISECONDS = re.compile(r"[0-9]{12,13}")
_SERIAL = re.compile(r"([0-9]{5})(?:[.,]([0-9]+)(?:e0)?)?")
_BLANKS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200e": "", "\u200f": "", "\u2212": "-"}
)
# A weekday before a date in numbers, and the apostrophe by which a spreadsheet keeps a text.
_BEFORE = re.compile(r"'+|[^\W\d_]{2,12}\.?,? +(?=[0-9]{1,4}[-/.][0-9])")
_ONLY_STAMP = re.compile(r"[0-9\s:/.,+\-TZAPMapm]{1,40}", re.ASCII)
_DAY_ONE_OF_SHEETS = date(1899, 12, 30).toordinal()
_DAY_ONE_OF_UNIX = date(1970, 1, 1).toordinal()
# Two-digit years: nobody exports tickets from before 1970.
_CENTURY_TURNS_AT = 70


class Stamp(NamedTuple):
    """A wall-clock reading.

    day: ordinal of the date; second: after midnight; offset: minutes east of UTC, None if not written;
    dated_only: no time of day is written.
    """

    day: int
    second: int
    offset: int | None
    dated_only: bool

    @property
    def minute(self) -> int:
        """Whole minutes after midnight."""
        return self.second // 60


def tidied(text: str) -> str:
    """A cell without outer blanks, with plain ones for those that some languages write, and no weekday.

    Examples
    --------
    >>> tidied("lun 16/03/2026 8:15"), tidied("'16/03/2026"), tidied("Totale 1.234")
    ('16/03/2026 8:15', '16/03/2026', 'Totale 1.234')
    """
    text = text.strip()
    text = text if text.isascii() else text.translate(_BLANKS).strip()
    if text[:1].isdigit():
        return text
    before = _BEFORE.match(text)
    return text[before.end() :] if before and (text[0] == "'" or weekday_named(before[0])) else text


def shown(text: str) -> str:
    """A stamp as it may be shown in a message: only if it is nothing but a stamp.

    Examples
    --------
    >>> shown("03/04/2026 10:00"), shown("12/gen/26 9:05 AM"), shown("Anna Rossi")
    ('03/04/2026 10:00', '12/gen/26 9:05 AM', '(not a date)')
    """
    text = tidied(text)
    if _ONLY_STAMP.fullmatch(text) and any(letter.isdigit() for letter in text):
        return text
    match = _DAY_NAME.fullmatch(text) or _NAME_DAY.fullmatch(text)
    if match is None or match[1] is not None:
        return "(not a date)"
    return text if month_named(match[2]) or month_named(match[3]) else "(not a date)"


def read_stamp(text: str, order: Order) -> Stamp | None:
    """Read one cell, or None if it is not a stamp of this order.

    Examples
    --------
    >>> read_stamp("29/03/2026 8:15", "day first").minute
    495
    >>> read_stamp("2026-03-29T00:59:59Z", "year first").offset
    0
    >>> read_stamp("29/03/2026 8:15", "month first") is None
    True
    >>> read_stamp("12/gen/26 9:05 PM", "day and month name") == read_stamp("12.01.26 21:05", "day first")
    True
    """
    text = tidied(text)
    if order == "year first":
        return _year_first(text)
    if order in ("day first", "month first"):
        match = _YEAR_LAST.fullmatch(text)
        if match is None:
            return None
        first, second, year, *clock = match.groups()
        day, month = (first, second) if order == "day first" else (second, first)
        return _stamp(_year(year), int(month), int(day), clock)
    if order == "day and month name":
        match = _DAY_NAME.fullmatch(text)
        return _named(match[1], match[3], match[2], match[4], match.groups()[4:]) if match else None
    if order == "month name and day":
        match = _NAME_DAY.fullmatch(text)
        return _named(match[1], match[2], match[3], match[4], match.groups()[4:]) if match else None
    return _number(text, order)


def first_is_day(text: str) -> bool | None:
    """Whether the first of the numbers before the year must be the day; None: either may be, or no stamp."""
    match = _YEAR_LAST.fullmatch(tidied(text))
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if first > 12 >= second:
        return True
    return False if second > 12 >= first else None


def _year_first(text: str) -> Stamp | None:
    match = _YEAR_FIRST.fullmatch(text)
    if match is None:
        match = _COMPACT.fullmatch(text)
        if match is None:
            return None
        day, hour, minute, second, offset = match.groups()
        return _stamp(int(day[:4]), int(day[4:6]), int(day[6:]), (hour, minute, second, None, offset))
    year, month, day, packed_month, packed_day, *clock = match.groups()
    return _stamp(int(year), int(month or packed_month), int(day or packed_day), clock)


def _named(
    weekday: str | None, month: str, day: str, year: str, clock: tuple[str | None, ...]
) -> Stamp | None:
    number = month_named(month)
    if number is None or (weekday is not None and not weekday_named(weekday)):
        return None
    return _stamp(_year(year), number, int(day), clock)


def _number(text: str, order: Order) -> Stamp | None:
    """Seconds or milliseconds since 1970, in UTC; days of a spreadsheet, in its reader's clock."""
    if order == "days since 1900":
        match = _SERIAL.fullmatch(text)
        if match is None:
            return None
        # A spreadsheet keeps fractions of a day: to the second is as exact as it can be.
        second = round(float(f"0.{match[2] or 0}") * 86_400)
        day = _DAY_ONE_OF_SHEETS + int(match[1]) + second // 86_400
        return Stamp(day, second % 86_400, None, match[2] is None)
    if order == "epoch seconds":
        match = _EPOCH.fullmatch(text)
        seconds = int(match[1]) if match else -1
    else:
        seconds = int(text) // 1000 if _EPOCH_MILLISECONDS.fullmatch(text) else -1
    return None if seconds < 0 else Stamp(_DAY_ONE_OF_UNIX + seconds // 86_400, seconds % 86_400, 0, False)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < _CENTURY_TURNS_AT else 1900)


def _stamp(year: int, month: int, day: int, clock: tuple[str | None, ...] | list[str | None]) -> Stamp | None:
    hour, minute, second, half, offset = clock
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in "Pp" else 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return None
    east = _offset(offset)
    if east is not None and abs(east) > MOST_OFFSET:
        return None
    return Stamp(ordinal, 3600 * hours + 60 * minutes + seconds, east, hour is None)


def _offset(text: str | None) -> int | None:
    if text is None:
        return None
    if text in ("Z", "UTC", "GMT"):
        return 0
    minutes = 60 * int(text[1:3]) + (int(text[-2:]) if len(text) > 3 else 0)
    return -minutes if text[0] == "-" else minutes
