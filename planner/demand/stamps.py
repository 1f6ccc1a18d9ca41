"""Creation stamps: one explicit format per column, day and month never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from planner.demand.gate import refuse

Order = Literal["year first", "day first", "month first"]

_CLOCK = (
    r"(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?:\s*([AaPp])\.?[Mm]\.?)?)?"
    r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK, re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _CLOCK, re.ASCII)
_ONLY_STAMP = re.compile(r"[\d\s:/.,+\-TZAPMapm]{1,40}", re.ASCII)


class Stamp(NamedTuple):
    """A wall-clock reading.

    day: ordinal of the date; minute: after midnight; exact: the second is 0; offset: minutes east of UTC,
    None if not written; dated_only: no time of day is written.
    """

    day: int
    minute: int
    exact: bool
    offset: int | None
    dated_only: bool


class Evidence(NamedTuple):
    """A stamp cell and where it stands."""

    record: int
    line: int
    text: str


def shown(text: str) -> str:
    """A stamp as it may be shown in a message: only if it is nothing but a stamp.

    Examples
    --------
    >>> shown("03/04/2026 10:00"), shown("Anna Rossi")
    ('03/04/2026 10:00', '(not a date)')
    """
    return text.strip() if _ONLY_STAMP.fullmatch(text.strip()) else "(not a date)"


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
    """
    pattern = _YEAR_FIRST if order == "year first" else _YEAR_LAST
    match = pattern.fullmatch(text.strip())
    if match is None:
        return None
    first, second, third, hour, minute, seconds, half, offset = match.groups()
    if order == "year first":
        year, month, day = int(first), int(second), int(third)
    elif order == "day first":
        year, month, day = int(third), int(second), int(first)
    else:
        year, month, day = int(third), int(first), int(second)
    hours, minutes = int(hour or 0), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in "Pp" else 0)
    if hours > 23 or minutes > 59 or int(seconds or 0) > 59:
        return None
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return None
    east = _offset(offset)
    if east is not None and abs(east) > 16 * 60:
        return None
    return Stamp(ordinal, 60 * hours + minutes, not int(seconds or 0), east, hour is None)


def _offset(text: str | None) -> int | None:
    if text is None:
        return None
    if text in ("Z", "UTC"):
        return 0
    minutes = 60 * int(text[1:3]) + int(text[-2:])
    return -minutes if text[0] == "-" else minutes


def order_of(cells: Iterable[Evidence], name: str, day_first: bool | None = None) -> Order:
    """The one order that a column is written in.

    The first 200 cells say whether the year comes first. If it does not, every cell is looked at for a
    number above 12, which settles day and month.

    Parameters
    ----------
    cells: of the stamp column, in order.
    name: of the file, for errors.
    day_first: what the user says, None if nothing.

    Raises
    ------
    HistoryError: no cell is a stamp; day and month unclear (both readings shown) or contradictory (both
        records named).
    """
    year_first = year_last = looked = 0
    sample: Evidence | None = None
    day_at: Evidence | None = None
    month_at: Evidence | None = None
    for cell in cells:
        text = cell.text.strip()
        if not text:
            continue
        looked += 1
        year_first += _YEAR_FIRST.fullmatch(text) is not None
        match = _YEAR_LAST.fullmatch(text)
        if match is not None:
            year_last += 1
            sample = sample or cell
            if int(match[1]) > 12 >= int(match[2]):
                day_at = day_at or cell
            elif int(match[2]) > 12 >= int(match[1]):
                month_at = month_at or cell
        if looked >= 200 and year_first >= year_last:
            break
    if not year_first and not year_last:
        raise refuse("no_stamps", name, cells=looked)
    if year_first >= year_last or sample is None:
        return "year first"
    return _settle(sample, day_at, month_at, name, day_first)


def _settle(
    sample: Evidence, day_at: Evidence | None, month_at: Evidence | None, name: str, day_first: bool | None
) -> Order:
    against = month_at if day_first else day_at
    if day_first is not None and against is not None:
        said = "day first" if day_first else "month first"
        raise refuse(
            "order_denied",
            name,
            said=said,
            record=against.record,
            line=against.line,
            stamp=shown(against.text),
        )
    if day_at and month_at:
        raise refuse(
            "order_contradictory",
            name,
            first=shown(day_at.text),
            first_record=day_at.record,
            second=shown(month_at.text),
            second_record=month_at.record,
        )
    if day_first is not None:
        return "day first" if day_first else "month first"
    if day_at is None and month_at is None:
        one, other = read_stamp(sample.text, "day first"), read_stamp(sample.text, "month first")
        raise refuse(
            "order_unclear",
            name,
            stamp=shown(sample.text),
            record=sample.record,
            day_first=date.fromordinal(one.day).isoformat() if one else "-",
            month_first=date.fromordinal(other.day).isoformat() if other else "-",
        )
    return "day first" if day_at else "month first"
