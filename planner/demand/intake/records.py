"""Records of a text file, one at a time, each knowing its record and line number."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO, NamedTuple, Protocol

from planner.demand.intake.gate import refuse
from planner.demand.intake.heading import Wanted, heading_of

# So few rows at a time are read that they never matter beside the numbers that are kept of them.
BATCH = 512


class Problem(NamedTuple):
    """Why the cells of a row cannot be used.

    code: ``ragged``, ``bad_quotes``, ``bad_json`` or ``header_again``. Of a ragged row, cells: how many it
    has; filled: those that are not empty; header: how many the header has.
    """

    code: str
    cells: int = 0
    filled: int = 0
    header: int = 0


class Rows(NamedTuple):
    """Some records that follow each other.

    record: number of the first, the header of a table being record 1. lines: where each starts, from 1.
    cells: of each, as many as the header has. problems: by index, of those whose cells are empty instead.
    """

    record: int
    lines: list[int]
    cells: list[list[str]]
    problems: dict[int, Problem]


class Table(NamedTuple):
    """A file of columns: its header, normalised, and its rows still to be read, some at a time.

    titles: the header as it is written.
    """

    header: tuple[str, ...]
    batches: Iterator[Rows]
    delimiter: str = ""
    titles: tuple[str, ...] = ()


def normalised(title: str) -> str:
    """A column title as it is compared: no outer or double blanks, no letter case.

    Examples
    --------
    >>> normalised("  Created  At ")
    'created at'
    """
    return " ".join(title.replace("\ufeff", "").split()).casefold()


def read_table(text: IO[str], name: str, wanted: Wanted | None = None) -> Table:
    """Open a CSV; the delimiter is the one that splits the header most, or the one of a ``sep=`` line.

    Lines are not bounded here: the gate has seen that none is endless.

    Parameters
    ----------
    text: at its start. name: of the file, for errors.
    wanted: whether a row of normalised titles is the header; titles of a report may stand above it.

    Raises
    ------
    HistoryError: empty; later, while rows are read, a quote that opens and never closes.
    """

    def is_header(row: tuple[str, ...]) -> bool:
        return wanted is not None and wanted(tuple(map(normalised, row)))

    heading = heading_of(text, is_header if wanted is not None else None)
    if not heading.lines:
        raise refuse("empty_file", name)
    skipped = heading.skipped
    reader = csv.reader(chain(heading.lines, text), delimiter=heading.delimiter, strict=True)
    try:
        titles = next(reader)
    except csv.Error:
        raise refuse("open_quote", name, record=1, line=1 + skipped) from None
    header = tuple(normalised(title) for title in titles)
    return Table(header, batches_of(reader, titles, name, skipped), heading.delimiter, tuple(titles))


def read_objects(text: IO[str], name: str) -> Iterator[tuple[int, dict[str, object] | None]]:
    """Objects of a JSON-lines file with their line numbers; None where a line is not an object."""
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        if number == 1 and line.lstrip().startswith("["):
            raise refuse("json_array", name)
        try:
            loaded = json.loads(line)
        except (ValueError, RecursionError):
            loaded = None
        yield number, loaded if isinstance(loaded, dict) else None


# Python's csv module says these two only in its messages; both leave the reader inside a quote.
_LOST = ("unexpected end of data", "field larger than field limit")


class Lines(Protocol):
    """Records one by one, as ``csv.reader`` gives them."""

    @property
    def line_num(self) -> int:
        """Lines read so far."""

    def __iter__(self) -> Iterator[list[str]]:
        """The records that are left."""


def batches_of(reader: Lines, titles: Sequence[str], name: str, skipped: int = 0) -> Iterator[Rows]:
    """Gather records; empty ones are passed over, and those that do not fit the header are problems.

    Parameters
    ----------
    reader: behind the header. titles: of the header, as written.
    name: of the file, for errors.
    skipped: lines above those that the reader counts.

    Raises
    ------
    HistoryError: a quote that opens and never closes: nothing behind it can be read.
    """
    header = tuple(map(normalised, titles))
    width, first = len(titles), titles[0]
    rows = Rows(2, [], [], {})
    ended = False
    while not ended:
        problem: Problem | None = None
        line = reader.line_num
        try:
            for cells in reader:
                if len(cells) != width or not cells[0] or cells[0] == first:
                    fitted = _fitted(cells, header)
                    if isinstance(fitted, Problem):
                        problem = fitted
                        break
                    if fitted is None:
                        line = reader.line_num
                        continue
                    cells = fitted
                rows.lines.append(line + 1 + skipped)
                rows.cells.append(cells)
                line = reader.line_num
                if len(rows.lines) == BATCH:
                    yield rows
                    rows = Rows(rows.record + BATCH, [], [], {})
            else:
                ended = True
        except csv.Error as error:
            if str(error).startswith(_LOST):
                record = rows.record + len(rows.lines)
                raise refuse("open_quote", name, record=record, line=line + 1 + skipped) from None
            problem = Problem("bad_quotes")
        if problem is not None:
            rows.problems[len(rows.lines)] = problem
            rows.lines.append(line + 1 + skipped)
            rows.cells.append([""] * width)
        if len(rows.lines) == BATCH or (ended and rows.lines):
            yield rows
            rows = Rows(rows.record + BATCH, [], [], {})


def _fitted(cells: list[str], header: tuple[str, ...]) -> list[str] | Problem | None:
    """The cells of the header's columns; None if all are empty. Columns without a title may be left out."""
    width = len(header)
    named = max((at for at, title in enumerate(header, start=1) if title), default=width)
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) > width and not any(cells[width:]):
        cells = cells[:width]
    elif named <= len(cells) < width:
        cells = cells + [""] * (width - len(cells))
    if len(cells) != width:
        return Problem("ragged", len(cells), sum(map(bool, cells)), width)
    return Problem("header_again") if tuple(map(normalised, cells)) == header else cells
