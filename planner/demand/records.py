"""Records of a text file, one at a time, each knowing its record and line number."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import chain
from typing import IO, NamedTuple

from planner.demand.gate import refuse

DELIMITERS = (",", ";", "\t", "|")
MAX_LINE = 1_000_000


class Row(NamedTuple):
    """One record of a CSV file.

    record: counted from 1, the header being record 1. line: where it starts, from 1.
    problem: "" or why its cells cannot be used (``ragged``, ``bad_quotes``).
    """

    record: int
    line: int
    cells: list[str]
    problem: str = ""


class Table(NamedTuple):
    """A CSV file: its header, normalised, and its rows still to be read."""

    header: tuple[str, ...]
    rows: Iterator[Row]


def normalised(title: str) -> str:
    """A column title as it is compared: no outer or double blanks, no letter case.

    Examples
    --------
    >>> normalised("  Created  At ")
    'created at'
    """
    return " ".join(title.replace("\ufeff", "").split()).casefold()


def read_table(text: IO[str], name: str) -> Table:
    """Open a CSV; the delimiter is the one that splits the header most, or the one of a ``sep=`` line.

    Raises
    ------
    HistoryError: empty; an endless line; later, while rows are read, a quote that opens and never closes.
    """
    lines = _bounded(text, name)
    skipped = 0
    stated = ""
    first = ""
    for first in lines:
        if not first.strip():
            skipped += 1
        elif first[:4].lower() == "sep=" and len(first.strip("\r\n")) == 5 and not stated:
            stated = first[4]
            skipped += 1
        else:
            break
    if not first.strip() or (stated and first[:4].lower() == "sep="):
        raise refuse("empty_file", name)
    delimiter = stated or max(DELIMITERS, key=lambda mark: _width(first, mark))
    reader = csv.reader(chain((first,), lines), delimiter=delimiter, strict=True)
    try:
        header = tuple(normalised(title) for title in next(reader))
    except csv.Error:
        raise refuse("open_quote", name, record=1, line=1 + skipped) from None
    return Table(header, _rows(reader, len(header), skipped, name))


def read_objects(text: IO[str], name: str) -> Iterator[tuple[int, dict[str, object] | None]]:
    """Objects of a JSON-lines file with their line numbers; None where a line is not an object."""
    for number, line in enumerate(_bounded(text, name), start=1):
        if not line.strip():
            continue
        if number == 1 and line.lstrip().startswith("["):
            raise refuse("json_array", name)
        try:
            loaded = json.loads(line)
        except (ValueError, RecursionError):
            loaded = None
        yield number, loaded if isinstance(loaded, dict) else None


def _bounded(text: IO[str], name: str) -> Iterator[str]:
    number = 0
    while line := text.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            raise refuse("endless_line", name, line=number, limit=MAX_LINE)
        yield line


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter)))
    except csv.Error:
        return 0


# Python's csv module says these two only in its messages; both leave the reader inside a quote.
_LOST = ("unexpected end of data", "field larger than field limit")


def _rows(reader: Iterator[list[str]], width: int, skipped: int, name: str) -> Iterator[Row]:
    record = 1
    while True:
        line = reader.line_num + 1 + skipped  # type: ignore[attr-defined]  # csv readers have it
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            record += 1
            if str(error).startswith(_LOST):
                raise refuse("open_quote", name, record=record, line=line) from None
            yield Row(record, line, [], "bad_quotes")
            continue
        if not cells or (len(cells) == 1 and not cells[0].strip()):
            continue
        record += 1
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        yield Row(record, line, cells, "" if len(cells) == width else "ragged")
