"""Writing a workbook cell by cell: text stays text, numbers stay numbers, looks are asked for by name.

A spreadsheet library that guesses takes a name such as ``=HYPERLINK(...)`` for a formula; so nothing here
is ever guessed, and every cell says what it is.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT, POINTS = "Arial", 9
LINE = 11.5  # points from line to line of such text
PAGE_PIXELS = 1060  # between the margins of A4 on its side, 96 to the inch
_LONGEST = 32_767  # characters of a cell
# What XML cannot hold: control characters, halves of characters, and two that are none.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROW, _WIDE = frozenset("fijlrtI.,:;-'|()[]{}! "), frozenset("mwMW@%")


class Ink:
    """Looks of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._looks: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, **properties: Any) -> Format:
        """The look with these properties of ``xlsxwriter`` formats, beside font and size."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            base = {"font_name": FONT, "font_size": POINTS, "font_scheme": False, "valign": "vcenter"}
            self._looks[key] = self._book.add_format(base | properties)
        return self._looks[key]


def put_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """A cell of text, whatever it begins with."""
    told = cell_text(text)
    if told:
        sheet.write_string(row, column, told, look)
    else:
        sheet.write_blank(row, column, None, look)


def put_number(sheet: Worksheet, row: int, column: int, number: float, look: Format) -> None:
    """A cell with a number."""
    sheet.write_number(row, column, number, look)


def put_moment(sheet: Worksheet, row: int, column: int, at: datetime, look: Format) -> None:
    """A cell with a date and time as the clock showed it; spreadsheets know no zones."""
    sheet.write_datetime(row, column, at.replace(tzinfo=None), look)


def put_across(sheet: Worksheet, row: int, columns: tuple[int, int], text: str, look: Format) -> None:
    """One text across several columns, from the first to the last."""
    if columns[0] < columns[1]:
        sheet.merge_range(row, columns[0], row, columns[1], "", look)
    put_text(sheet, row, columns[0], text, look)


def cell_text(text: str) -> str:
    r"""Text that a cell can hold; a character that it cannot becomes a replacement character.

    Examples
    --------
    >>> cell_text("=A\x01")
    '=A�'
    """
    return _NOT_XML.sub("\ufffd", text)[:_LONGEST]


def pixels(text: str, points: float = POINTS) -> float:
    """About how wide a line of text is, in pixels of 96 to the inch.

    Examples
    --------
    >>> pixels("22-06") < pixels("22:00-06:30") < pixels("22:00-06:30", 12)
    True
    """
    return sum(map(_em, text)) * points * 96 / 72


def _em(sign: str) -> float:
    """Width of a character in heights of the font: those of Arial, rounded up."""
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign in _NARROW:
        return 0.34
    if sign in _WIDE:
        return 0.95
    return 0.7 if sign.isupper() else 0.56


def lines(text: str, width: float, points: float = POINTS) -> int:
    """How many lines a text takes in a column so many pixels wide, at least one.

    Examples
    --------
    >>> lines("N 22-06", 80), lines("N 22-06", 40), lines("Ana Maria da Silva", 60)
    (1, 2, 3)
    """
    return sum(_wrapped(line, max(width - 6, 1), points) for line in text.split("\n"))


def _wrapped(line: str, width: float, points: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        wide = pixels(word, points)
        if used and used + pixels(" ", points) + wide > width:
            count, used = count + 1, 0.0
        count += int(wide // width)  # a word longer than a line is cut
        used = wide % width if wide > width else used + bool(used) * pixels(" ", points) + wide
    return count
