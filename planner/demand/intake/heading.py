"""Where the table of a text starts: titles of a report and empty lines may stand above its header."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import IO, NamedTuple

DELIMITERS = (",", ";", "\t", "|")
# The header stands within so many rows, of texts and of workbooks.
HEADER_WITHIN = 20
_MOST_LINES = 80
_MOST_CHARACTERS = 300_000
_HALF = 0.5
_MOST = 0.6

Wanted = Callable[[tuple[str, ...]], bool]


class Heading(NamedTuple):
    """What stands before the rows of a text.

    lines: those that were read, from the header on; none: there is nothing but blanks. skipped: how many
    stand above it.
    """

    lines: list[str]
    delimiter: str
    skipped: int


def heading_of(text: IO[str], wanted: Wanted | None = None) -> Heading:
    r"""Find the header: a ``sep=`` line is honoured, blank lines and lines of few cells are passed over.

    Parameters
    ----------
    text: at its start; it is left behind the lines that come back.
    wanted: whether a row of titles is the header that is looked for; None: nothing is known of it.

    Examples
    --------
    >>> import io
    >>> found = heading_of(io.StringIO("Tickets of March\r\rid;created;who\r1;2026-03-01;x\r", newline=""))
    >>> found.skipped, found.delimiter, found.lines[0].strip()
    (2, ';', 'id;created;who')
    """
    lines = list(_first_lines(text))
    skipped = 0
    stated = ""
    for line in lines:
        if not line.strip():
            skipped += 1
        elif line[:4].lower() == "sep=" and len(line.strip("\r\n")) == 5 and not stated:
            stated = line[4]
            skipped += 1
        else:
            break
    lines = lines[skipped:]
    if not lines:
        return Heading([], stated, skipped)
    marks = (stated,) if stated else DELIMITERS
    usual = max(marks, key=lambda mark: len(_row(lines, mark)))
    at, mark = _wanted(lines, usual, marks, wanted) or _shaped(lines, usual, marks)
    return Heading(lines[at:], mark, skipped + at)


def _first_lines(text: IO[str]) -> Iterator[str]:
    """So many lines that a header is surely among them."""
    seen = filled = 0
    for line in text:
        yield line
        if line.strip():
            seen += len(line)
            filled += 1
        if seen > _MOST_CHARACTERS or filled >= _MOST_LINES:
            return


def _wanted(
    lines: Sequence[str], usual: str, marks: Sequence[str], wanted: Wanted | None
) -> tuple[int, str] | None:
    """The first line that is the header looked for."""
    if wanted is None:
        return None
    for at in range(min(HEADER_WITHIN, len(lines))):
        for mark in (usual, *(mark for mark in marks if mark != usual)):
            row = _row(lines[at:], mark)
            if (len(row) > 1 or at == 0) and wanted(tuple(row)):
                return at, mark
    return None


def _shaped(lines: Sequence[str], usual: str, marks: Sequence[str]) -> tuple[int, str]:
    """The first line, unless it has far fewer cells than most rows below it."""
    shapes = {mark: _shape(lines, mark) for mark in marks}
    mark = max(marks, key=lambda one: (shapes[one][0] * shapes[one][1], one == usual))
    width, rows = shapes[mark]
    if rows < 2 or _filled(_row(lines, usual)) >= max(2, _HALF * width):
        return 0, usual
    for at in range(1, min(HEADER_WITHIN, len(lines))):
        if _filled(_row(lines[at:], mark)) >= _MOST * width:
            return at, mark
    return 0, usual


def _shape(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """The usual number of cells of the first rows, and how many have it."""
    widths = Counter(len(row) for row in islice(_rows(lines, mark), HEADER_WITHIN) if len(row) > 1)
    return max(widths.items(), key=lambda one: one[0] * one[1], default=(0, 0))


def _row(lines: Sequence[str], mark: str) -> list[str]:
    return next(_rows(lines, mark), [])


def _rows(lines: Sequence[str], mark: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=mark)
    try:
        yield from reader
    except csv.Error:
        return


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())
