"""Excel workbooks: checked like any archive, then read row by row as if they were text."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._errors import HistoryError
from planner.demand.intake.gate import MAX_RATIO, MEGABYTE, refuse
from planner.demand.intake.heading import HEADER_WITHIN, Wanted
from planner.demand.intake.records import Table, batches_of, normalised

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_MEMBERS = 200
MAX_UNPACKED_BYTES = 300 * MEGABYTE
SHOWN_SHEETS = 12
_CONTENT = "[Content_Types].xml"
_HALF_SECOND = timedelta(milliseconds=500)


def check_workbook(file: Path, name: str) -> None:
    """Refuse everything that is no plain .xlsx of a sane size; nothing is unpacked to find out.

    Raises
    ------
    HistoryError: another kind of archive or workbook, macros, a password, too many or too large members.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check_members(archive.infolist(), file.stat().st_size, name)
            names = frozenset(archive.namelist())
            content = archive.read(_CONTENT) if _CONTENT in names else b""
            opened = archive.read("mimetype", None)[:100] if "mimetype" in names else b""
    except HistoryError:
        raise
    except Exception:  # zipfile meets bent archives with a dozen kinds of errors
        raise refuse("imports.broken_workbook", name) from None
    if b"opendocument" in opened:
        raise refuse("imports.open_document", name)
    if b"macroEnabled" in content or any(member.endswith("vbaProject.bin") for member in names):
        raise refuse("imports.macros", name)
    if b"sheet.binary" in content:
        raise refuse("imports.binary_workbook", name)
    if b"spreadsheetml" not in content:
        raise refuse("imports.broken_workbook" if "xl/workbook.xml" in names else "zip_file", name)


def _check_members(members: Sequence[zipfile.ZipInfo], size: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    values = {"limit": MAX_UNPACKED_BYTES // MEGABYTE, "ratio": MAX_RATIO, "members": MAX_MEMBERS}
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * size:
        raise refuse("imports.workbook_bomb", name, **values)
    if any(member.flag_bits & 1 for member in members):
        raise refuse("imports.password", name)


@contextmanager
def open_sheet(file: Path, name: str, wanted: Wanted | None = None, sheet: str = "") -> Iterator[Table]:
    """The table of a checked workbook.

    Parameters
    ----------
    file: that passed ``check_workbook``. name: for errors.
    wanted: whether a row of normalised titles is the header; the first sheet that has one is read.
    sheet: the user's choice; "" for none.

    Raises
    ------
    HistoryError: no such sheet; several sheets and none has the header; nothing in it; damaged.
    """
    from openpyxl import load_workbook

    # Opened here, not by name: openpyxl believes names, and .csv may be a workbook.
    with warnings.catch_warnings(action="ignore"), file.open("rb") as content:
        try:
            book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        except Exception:  # damaged workbooks fail anywhere inside the reader
            raise refuse("imports.broken_workbook", name) from None
        try:
            yield _table(book.worksheets, name, wanted, sheet)
        finally:
            book.close()


def _table(sheets: Sequence[Any], name: str, wanted: Wanted | None, sheet: str) -> Table:
    if sheet:
        titles = [each.title for each in sheets]
        found = [each for each in sheets if normalised(each.title) == normalised(sheet)]
        if not found:
            raise refuse("imports.no_sheet", name, sheet=sheet, sheets=", ".join(titles[:SHOWN_SHEETS]))
        sheets = found
    filled = []
    for each in sheets:
        head = _head(each, name)
        at = next((at for at, (_, cells) in enumerate(head) if wanted and wanted(_titles(cells))), None)
        if at is not None:
            return _from(each, head[at][0], _titles(head[at][1]), name)
        if head:
            filled.append((each, head))
    if not filled:
        raise refuse("empty_file", name)
    if len(filled) > 1:
        names = ", ".join(each.title for each, _ in filled[:SHOWN_SHEETS])
        raise refuse("imports.which_sheet", name, sheets=names)
    only, head = filled[0]
    # Without a better sign the header is the row with the most words: lines above it are narrow.
    line, cells = max(head, key=lambda row: (sum(map(_has_letters, row[1])), -row[0]))
    return _from(only, line, _titles(cells), name)


def _has_letters(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def _head(sheet: ReadOnlyWorksheet, name: str) -> list[tuple[int, list[str]]]:
    rows = islice(_SheetLines(sheet, 1, name), HEADER_WITHIN)
    return [(line, cells) for line, cells in enumerate(rows, start=1) if any(cells)]


def _titles(cells: Sequence[str]) -> tuple[str, ...]:
    titles = [normalised(cell) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _from(sheet: ReadOnlyWorksheet, line: int, header: tuple[str, ...], name: str) -> Table:
    return Table(header, batches_of(_SheetLines(sheet, line + 1, name, len(header)), header, name))


class _SheetLines:
    """Rows of a sheet as text; those that end early are filled up, since empty cells are not written."""

    def __init__(self, sheet: ReadOnlyWorksheet, first: int, name: str, width: int = 0) -> None:
        # Some programs write the size of another sheet; without it the rows are simply read to the end.
        sheet.reset_dimensions()
        self._rows = sheet.iter_rows(min_row=first, values_only=True)
        self._name = name
        self._width = width
        self.line_num = first - 1

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        try:
            cells = next(self._rows)
        except StopIteration:
            raise
        except Exception:  # damaged XML is met only here, while rows are read
            raise refuse("imports.broken_workbook", self._name) from None
        self.line_num += 1
        return [_text(cell) for cell in cells] + [""] * (self._width - len(cells))


def _text(cell: object) -> str:
    """A cell as the text that says the same in a CSV; dates and numbers lose nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        # With an exponent a number cannot be taken for one with a decimal comma or with thousands.
        return str(int(cell)) if cell.is_integer() else f"{cell:.17g}e0"
    if isinstance(cell, datetime):
        return (cell + _HALF_SECOND).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
