"""Text cells that a spreadsheet would take for a formula, made harmless and restored.

A cell that starts with = + - @, tab or carriage return gets an apostrophe in front; so does one that
already has apostrophes before such a sign, which makes restoring exact. Numbers are left alone.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BREAK = "\r\n"
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def guard(text: str) -> str:
    """A text cell that no spreadsheet runs.

    Examples
    --------
    >>> guard("=1+1"), guard("Anna"), guard("-12.5")
    ("'=1+1", 'Anna', '-12.5')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguard(text: str) -> str:
    """The text that ``guard`` was given.

    Examples
    --------
    >>> unguard(guard("'=1+1"))
    "'=1+1"
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def csv_lines(rows: Iterable[Iterable[object]], separator: str = ",", line_end: str = "\n") -> str:
    r"""Rows as CSV; cells that hold any kind of line end are quoted, whatever ends the rows.

    Cells are written as they are: text must have passed ``guard``.

    Examples
    --------
    >>> csv_lines([["agent", "hours"], ["Bo\r=2", 7.5]])
    'agent,hours\n"Bo\r=2",7.5\n'
    """
    lines: list[str] = []

    class Sink:
        def write(self, line: str) -> None:
            lines.append(line)

    # Only the signs of its own line end make a writer quote: with both of them no cell can break a row.
    csv.writer(Sink(), delimiter=separator, lineterminator=_BREAK).writerows(rows)
    return "".join(f"{line.removesuffix(_BREAK)}{line_end}" for line in lines)


def csv_text(frame: pd.DataFrame) -> str:
    r"""A frame as CSV: comma, line ends "\n", text cells guarded; the same bytes everywhere.

    Missing values are empty cells, truth values "true" and "false", floats as short as they read back.

    Examples
    --------
    >>> import pandas as pd
    >>> csv_text(pd.DataFrame({"agent": ["=Eve"], "hours": [7.5]}))
    "agent,hours\n'=Eve,7.5\n"
    """
    head = [guard(str(column)) for column in frame.columns]
    columns = [frame[column].tolist() for column in frame.columns]
    body = ([_cell(value) for value in row] for row in zip(*columns, strict=True))
    return csv_lines([head, *body])


def _cell(value: object) -> str:
    """One value as text."""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, bool):
        return str(value).lower()
    # Not-a-number, not-a-time and missing values are the ones that differ from themselves or are None.
    if value is None or value is not value or str(value) in {"nan", "NaT", "<NA>"}:
        return ""
    return str(value)
