"""The beginning of a file that was made, as whoever opens it will see it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import pandas as pd

from planner._errors import InputError
from planner._messages import Message
from planner.clock import local_text

if TYPE_CHECKING:
    from icalendar import Component

ROWS, COLUMNS = 6, 12
SEPARATORS = (",", ";", "\t", "|")


def rows_of(content: bytes, encoding: str = "utf-8-sig", rows: int = ROWS) -> pd.DataFrame:
    r"""The first rows of a CSV file of any separator, as text.

    Parameters
    ----------
    encoding: of the file. rows: below the titles.

    Examples
    --------
    >>> rows_of("a;b\n1,5;x\n".encode()).to_dict("records")
    [{'a': '1,5', 'b': 'x'}]
    >>> len(rows_of("a\n1\u2028x\n".encode()))  # signs that part lines elsewhere part no rows
    1

    Raises
    ------
    InputError: if it is no text of this encoding.
    """
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
        separator = max(SEPARATORS, key=text.partition("\n")[0].count)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        found = list(islice(lines, rows + 1))
    except (UnicodeError, LookupError, csv.Error) as problem:
        raise InputError(Message("export.no_glance", {"why": str(problem)})) from problem
    return _frame(found)


def sheet_of(content: bytes, rows: int = 14, columns: int = COLUMNS) -> pd.DataFrame:
    """The corner of a workbook's first sheet, as text.

    Parameters
    ----------
    rows, columns: how many of them.

    Raises
    ------
    InputError: if it is no workbook.
    """
    from openpyxl import load_workbook  # only who looks at a sheet waits for it

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        area = book.worksheets[0].iter_rows(max_row=rows, max_col=columns, values_only=True)
        cells = [["" if cell is None else str(cell) for cell in row] for row in area]
    except (ValueError, KeyError, OSError, BadZipFile) as problem:
        raise InputError(Message("export.no_glance", {"why": str(problem)})) from problem
    width = max((len(row) for row in cells), default=0)
    letters = [chr(ord("A") + number) for number in range(width)]
    return pd.DataFrame([row + [""] * (width - len(row)) for row in cells], columns=letters, dtype="str")


def events_of(content: bytes, zone: str, after: datetime, events: int = ROWS) -> pd.DataFrame:
    """The next entries of a calendar, on a clock; the first ones where none is to come.

    Parameters
    ----------
    zone: of the clock. after: entries that end before are left out. events: how many.

    Returns
    -------
    Columns start, end, what, status; the status as the calendar says it.
    """
    from icalendar import Calendar  # only who looks at a calendar waits for it

    found = sorted(
        (_instant(event, "dtstart"), _instant(event, "dtend"), str(event["summary"]), str(event["status"]))
        for event in Calendar.from_ical(content).walk("VEVENT")
    )
    coming = [entry for entry in found if entry[1] > after] or found
    rows = [(_clock(start, zone), _clock(end, zone), *rest) for start, end, *rest in coming[:events]]
    return pd.DataFrame(rows, columns=["start", "end", "what", "status"], dtype="str")


def _instant(event: Component, name: str) -> datetime:
    found: datetime = event.decoded(name)
    return found.astimezone(UTC)


def _clock(instant: datetime, zone: str) -> str:
    return local_text(instant, zone)[:16].replace("T", " ")


def _frame(lines: list[list[str]]) -> pd.DataFrame:
    """Rows under their titles; short rows are filled up, titles that come twice are told apart."""
    if not lines:
        return pd.DataFrame()
    width = max(map(len, lines))
    head, *body = ([*line, *[""] * (width - len(line))] for line in lines)
    names: list[str] = []
    for name in head:
        names.append(name if name not in names else f"{name} ({names.count(name) + len(names)})")
    return pd.DataFrame(body, columns=names, dtype="str")
