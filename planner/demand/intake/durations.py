"""Durations in cells: seconds, minutes, hours, H:MM:SS, and the two ways to write a fraction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from planner.demand.intake.columns import Evidence
from planner.demand.intake.gate import refuse

SECONDS_OF: dict[str, float] = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "h:mm:ss": 60.0}
Convention = Literal["comma", "point"]

_COLONS = re.compile(r"(?:([0-9]+) ?d[a-z]* +)?([0-9]{1,4}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,][0-9]+)?)?")
_WORDS = re.compile(
    r"(?:([0-9]+) *(?:d|g|j|t|days?|giorni|días?|jours?|tage?)\.?,? *)?"
    r"(?:([0-9]+) *(?:h|hrs?|hours?|ore|ora|horas?|heures?|std)\.?,? *)?"
    r"(?:([0-9]+) *(?:m|min|mins|minut[a-z]*)\.?,? *)?"
    r"(?:([0-9]+) *(?:s|sec|secs|seconds?|second[oi]|segundos?|secondes?|sek[a-z]*)\.?)?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[+-]?[0-9]+")
_TYPED = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]+")
_COMMA = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[. '][0-9]{3})+),[0-9]+|[+-]?[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_POINT = re.compile(r"[+-]?(?:[0-9]*|[0-9]{1,3}(?:[, '][0-9]{3})+)\.[0-9]+|[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_UNIT_WORDS = {
    "seconds": (
        "s",
        "sec",
        "secs",
        "second",
        "seconds",
        "secondi",
        "segundos",
        "secondes",
        "sekunden",
        "seg",
    ),
    "minutes": ("min", "mins", "minute", "minutes", "minuti", "minutos", "minuten", "minuty"),
    "hours": ("h", "hr", "hrs", "hour", "hours", "ore", "horas", "heures", "stunden", "std"),
}


def unit_in(title: str) -> str:
    """The unit that a column's title names, or "".

    Examples
    --------
    >>> unit_in("first reply time in minutes"), unit_in("durata (min)"), unit_in("handle time")
    ('minutes', 'minutes', '')
    """
    words = re.split(r"[^a-z]+", title.casefold())
    return next((unit for unit, names in _UNIT_WORDS.items() if not set(names).isdisjoint(words)), "")


def convention_of(text: str) -> Convention | None:
    """The decimal sign that a number must have been written with; None if either is possible.

    Examples
    --------
    >>> convention_of("1.234,5"), convention_of("12.5"), convention_of("1.234"), convention_of("12")
    ('comma', 'point', None, None)
    """
    text = text.strip()
    if _GROUPED.fullmatch(text):
        return None
    if _COMMA.fullmatch(text):
        return "comma"
    return "point" if _POINT.fullmatch(text) else None


def read_number(text: str, convention: Convention) -> float | None:
    """A number of a convention; None if it is none of it.

    Examples
    --------
    >>> read_number("1.234,5", "comma"), read_number("1.234", "comma"), read_number("1.234", "point")
    (1234.5, 1234.0, 1.234)
    >>> read_number("12.5", "comma") is None
    True
    """
    text = text.strip().replace("\u00a0", " ").replace("\u202f", " ")
    if _PLAIN.fullmatch(text) or _TYPED.fullmatch(text):
        return float(text)
    sign, other = (",", ".") if convention == "comma" else (".", ",")
    of_it = _COMMA if convention == "comma" else _POINT
    if not of_it.fullmatch(text) and not _GROUPED.fullmatch(text):
        return None
    return float(text.replace(other, "").replace(" ", "").replace("'", "").replace(sign, "."))


def read_duration(text: str, unit: str, convention: Convention) -> float | None:
    """Seconds of a cell; None if it is no duration.

    Parameters
    ----------
    text: a number, ``H:MM:SS``, or words such as ``5 min 12 s``. Two parts are minutes and seconds, but hours
        and minutes where the unit is ``h:mm:ss`` or hours.
    unit: of plain numbers: seconds, minutes, hours; of ``h:mm:ss``, minutes.
    convention: decimal sign of the column.

    Examples
    --------
    >>> [read_duration(text, "seconds", "comma") for text in ("90", "12,5", "0:01:30", "1:30", "1m 30s")]
    [90.0, 12.5, 90.0, 90.0, 90.0]
    >>> read_duration("12,5", "minutes", "comma"), read_duration("1:30", "hours", "point")
    (750.0, 5400.0)
    """
    text = text.strip()
    if not text:
        return None
    number = read_number(text, convention)
    if number is not None:
        return number * SECONDS_OF.get(unit, 1.0)
    if match := _COLONS.fullmatch(text):
        days, first, second, third = (int(part or 0) for part in match.groups())
        if max(second, third) > 59:
            return None
        short = match[4] is None and unit not in ("h:mm:ss", "hours")
        clock = 60 * first + second if short else 3600 * first + 60 * second + third
        return 86_400.0 * days + clock
    if match := _WORDS.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return 86_400.0 * days + 3600.0 * hours + 60.0 * minutes + seconds
    return None


class Shown(NamedTuple):
    """A number and the record it stands in."""

    record: int
    text: str


class DurationColumn:
    """Reads batches of a column of durations, and notes which decimal signs it holds.

    Parameters
    ----------
    unit: of plain numbers, "" if the title and the cells say it.
    title: of the column.
    decimal_comma: what the user says, None if nothing.
    """

    def __init__(self, unit: str, title: str, decimal_comma: bool | None) -> None:
        self.unit = unit or unit_in(title) or "seconds"
        self.title = title
        self._stated = decimal_comma is not None
        self._convention: Convention | None = None
        if decimal_comma is not None:
            self._convention = "comma" if decimal_comma else "point"
        self._seen: dict[Convention, Shown] = {}
        self._unclear: Shown | None = None
        self._known: dict[str, float] = {}

    def look(self, cell: Evidence) -> None:
        """Take a cell of the first rows into account, before any is read."""
        convention = convention_of(cell.text)
        if convention is not None:
            self._seen.setdefault(convention, Shown(cell.record, cell.text.strip()))
            self._convention = self._convention or convention

    def read(self, cells: Sequence[str], first_record: int) -> np.ndarray:
        """Seconds of a batch: NaN where a cell is empty, -1 where it is no duration of the column."""
        known = self._known
        values = []
        for at, cell in enumerate(cells):
            value = known.get(cell)
            values.append(self._slowly(cell, first_record + at) if value is None else value)
        return np.array(values, dtype=np.float64)

    def check(self, name: str) -> None:
        """Refuse a column that mixes decimal signs, unless the user chose one.

        Raises
        ------
        HistoryError: both signs are in use, or one came only after numbers that could be either; two records
            are shown.
        """
        if self._stated:
            return
        comma, point = self._seen.get("comma"), self._seen.get("point") or self._unclear
        if comma and point:
            values = {"comma": comma.text, "comma_record": comma.record}
            values |= {"point": point.text, "point_record": point.record}
            raise refuse("imports.decimal_mix", name, column=self.title, **values)

    def _slowly(self, cell: str, record: int) -> float:
        convention = convention_of(cell)
        if convention is not None:
            self._seen.setdefault(convention, Shown(record, cell.strip()))
            self._convention = self._convention or convention
        elif self._convention is None and _GROUPED.fullmatch(cell.strip()):
            self._unclear = self._unclear or Shown(record, cell.strip())
        value = read_duration(cell, self.unit, self._convention or "point")
        if value is None:
            value = -1.0 if cell.strip() else float("nan")
        if len(self._known) >= 200_000:
            self._known.clear()
        self._known[cell] = value
        return value
