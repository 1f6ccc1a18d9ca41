"""Frames to CSV text and back, by the columns of ``columns``: same frame, same bytes."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from planner._errors import InputError
from planner._messages import Message, Place
from planner.clock import utc_text
from planner.rota import csv_lines, guard, unguard
from planner.study.columns import COLUMNS, DECIMALS, KEYS, SCHEMA_VERSION, Column

# Columns that files of an earlier version of the planner do not have; they are read as empty.
LATER_COLUMNS = {
    "forecast.csv": ("model_mean", "by_hand"),
    "comparison.csv": ("difference_low", "difference_high"),
    "mending.csv": ("one_off_cost", "file"),
}


def csv_text(file: str, frame: pd.DataFrame) -> str:
    r"""A frame as the text of one of a plan's files: fixed decimals, UTC, ``\n`` line ends.

    Parameters
    ----------
    file: name in ``COLUMNS``.
    frame: its columns, in any order; ``schema_version`` may be missing.

    Raises
    ------
    InputError
        If columns are missing or unknown; all of them at once.
    """
    columns = COLUMNS[file]
    frame = frame if "schema_version" in frame else frame.assign(schema_version=SCHEMA_VERSION)
    _check_columns(file, columns, list(frame.columns))
    cells = [[_written(value, column) for value in frame[column.name].tolist()] for column in columns]
    return csv_lines([[column.name for column in columns], *zip(*cells, strict=True)])


def read_csv(path: Path) -> pd.DataFrame:
    """A file of a plan as a frame, with numbers, UTC stamps and flags as such.

    Raises
    ------
    InputError
        If the file is missing, cannot be decoded, or does not have the columns of its name.
    """
    columns = COLUMNS[path.name]
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise InputError(Message("files.unreadable", {"file": path.name, "why": str(problem)})) from problem
    header, body = (rows[0], rows[1:]) if rows else ([], [])
    later = [name for name in LATER_COLUMNS.get(path.name, ()) if header and name not in header]
    header, body = [*header, *later], [[*row, *[""] * len(later)] for row in body]
    _check_columns(path.name, columns, header)
    ragged = [line for line, row in enumerate(body, start=2) if len(row) != len(header)]
    if ragged:
        place = Place(path.name, ragged[0])
        raise InputError(Message("files.ragged", {"cells": len(header)}, place))
    cells = {name: [row[index] for row in body] for index, name in enumerate(header)}
    return pd.DataFrame({column.name: _series(path.name, cells[column.name], column) for column in columns})


def files_table() -> str:
    r"""All files and their columns as Markdown, for the README.

    Examples
    --------
    >>> print("\n".join(files_table().splitlines()[:3]))
    **forecast.csv**
    <BLANKLINE>
    | column | meaning |
    """
    parts = [
        _markdown(file, "column", [(c.name, c.meaning) for c in columns]) for file, columns in COLUMNS.items()
    ]
    return "\n".join([*parts, _markdown("plan.json", "key", KEYS)])


def _markdown(file: str, head: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"**{file}**", "", f"| {head} | meaning |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| `{name}` | {meaning} |" for name, meaning in rows), ""])


def _check_columns(file: str, columns: Sequence[Column], given: Sequence[str]) -> None:
    names = [column.name for column in columns]
    lacking = [name for name in names if name not in given]
    unknown = [str(name) for name in given if name not in names]
    if lacking or unknown:
        values = {"file": file, "missing": ", ".join(lacking) or "-", "unknown": ", ".join(unknown) or "-"}
        raise InputError(Message("files.columns", values))


def _written(value: object, column: Column) -> str:
    """One cell."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if column.kind in DECIMALS and not isinstance(value, str):
        decimals = DECIMALS[column.kind]
        number = float(value)  # type: ignore[arg-type]  # a number, by the kind of its column
        return f"{round(number, decimals) + 0.0:.{decimals}f}"  # adding 0.0 turns -0.0 into 0.0
    if column.kind == "flag":
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return utc_text(value) if column.kind == "utc" else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return guard(str(value)) if column.kind == "text" else str(value)


def _series(file: str, cells: list[str], column: Column) -> pd.Series:
    """The cells of one column as values."""
    try:
        if column.kind == "count":
            whole = [int(cell) if cell else pd.NA for cell in cells]
            return pd.Series(whole, dtype="Int64" if any(cell is pd.NA for cell in whole) else "int64")
        if column.kind in DECIMALS:
            return pd.Series([float(cell) if cell else math.nan for cell in cells], dtype="float64")
        if column.kind == "utc":
            return pd.Series([_instant(cell) for cell in cells], dtype="datetime64[us, UTC]")
        if column.kind == "flag":
            flags = [{"yes": True, "no": False, "": pd.NA}[cell] for cell in cells]
            return pd.Series(flags, dtype="boolean" if any(flag is pd.NA for flag in flags) else "bool")
        return pd.Series([unguard(cell) if column.kind == "text" else cell for cell in cells], dtype="str")
    except (ValueError, KeyError):
        raise InputError(Message("files.cell", {"file": file, "column": column.name})) from None


def _instant(cell: str) -> datetime | None:
    return datetime.strptime(cell, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) if cell else None
