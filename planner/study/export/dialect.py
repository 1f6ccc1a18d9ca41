"""Our CSV files as spreadsheets of other countries open them: separator, decimal sign, dates."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from types import MappingProxyType

import pandas as pd

from planner._errors import InputError
from planner._messages import Message
from planner.rota import csv_lines, unguard
from planner.study.column import DECIMALS, Column
from planner.study.columns import COLUMNS
from planner.study.tables import csv_text

MARK = "\ufeff"


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written.

    Attributes
    ----------
    separator: between cells. decimal: between whole and part.
    day, moment: patterns of days and stamps, as ``strftime`` takes them; empty: ISO.
    mark: whether the file begins with a byte order mark, by which spreadsheets know UTF-8.
    line_end: of rows.
    """

    separator: str = ","
    decimal: str = "."
    day: str = ""
    moment: str = ""
    mark: bool = False
    line_end: str = "\n"


def _excel(day: str) -> Dialect:
    return Dialect(";", ",", day, f"{day} %H:%M", mark=True, line_end="\r\n")


DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        "plain": Dialect(),
        "it": _excel("%d/%m/%Y"),
        "fr": _excel("%d/%m/%Y"),
        "de": _excel("%d.%m.%Y"),
        "pt": _excel("%d/%m/%Y"),
    }
)
"""Dialects by name: plain, and those of Excel in Italian, French, German and Portuguese."""


def dialect_named(name: str) -> Dialect:
    """The dialect of a name.

    Raises
    ------
    InputError: if there is none of that name; near ones are named.
    """
    if name in DIALECTS:
        return DIALECTS[name]
    near = get_close_matches(name, DIALECTS, 1)
    values = {"name": name, "near": "".join(near), "known": ", ".join(DIALECTS)}
    raise InputError(Message("dialect.unknown_near" if near else "dialect.unknown", values))


def dialect_bytes(file: str, frame: pd.DataFrame, dialect: Dialect, raw: bool = False) -> bytes:
    r"""A frame as one of our files in a dialect; the plain one is what ``plan`` writes, byte for byte.

    Ids are never changed. Local stamps lose their offset in a dialect with dates of its own: a spreadsheet
    knows no zones, and the UTC columns tell the hour that comes twice.

    Parameters
    ----------
    file: its name, in ``COLUMNS``, which says what its columns are.
    raw: text as it is, without the apostrophe that keeps a spreadsheet from running it.

    Examples
    --------
    >>> frame = pd.DataFrame({"agent": ["=Eve"], "kind": [""], "nights": [3]})
    >>> from planner.study.export.dialect import _cell
    >>> _cell("7.5", Column("hours", "hours", ""), DIALECTS["it"], raw=False)
    '7,5'
    """
    canonical = csv_text(file, frame)
    if dialect == DIALECTS["plain"] and not raw:
        return canonical.encode()
    columns = COLUMNS[file]
    head, *rows = csv.reader(io.StringIO(canonical, newline=""))
    body = (
        [_cell(cell, column, dialect, raw) for cell, column in zip(row, columns, strict=True)] for row in rows
    )
    text = csv_lines([head, *body], dialect.separator, dialect.line_end)
    return ((MARK if dialect.mark else "") + text).encode()


def _cell(cell: str, column: Column, dialect: Dialect, raw: bool) -> str:
    """One canonical cell in a dialect."""
    if not cell:
        return cell
    if column.kind == "text":
        return unguard(cell) if raw else cell
    if column.kind in DECIMALS:
        return cell.replace(".", dialect.decimal)
    if column.kind == "day" and dialect.day:
        return date.fromisoformat(cell).strftime(dialect.day)
    if column.kind == "local" and dialect.moment:
        return datetime.fromisoformat(cell).strftime(dialect.moment)
    if column.kind == "utc" and dialect.moment:
        return datetime.fromisoformat(cell).astimezone(UTC).strftime(dialect.moment)
    return cell
