"""The ledger's file, read with every mistake told by its row."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from planner._errors import InputError
from planner._messages import Message, Place
from planner.rota.cells import unguard
from planner.rota.ledger import COUNTS, LEDGER_COLUMNS, MINUTES, SCHEMA_VERSION, Ledger, LedgerRow

MOST_ROWS = 200_000


def read_ledger(source: Path | str, name: str = "") -> Ledger:
    """A ledger from its CSV file, or from its text.

    Needed columns: ``agent``, ``first_day`` (such as 2026-03-02), ``days``. The others are 0 where they are
    not given. People who left stay in it.

    Parameters
    ----------
    source: the file, or its text.
    name: to show in messages; the file's name by default.

    Raises
    ------
    InputError
        With all mistakes, each with its row.
    """
    shown = name or (Path(source).name if isinstance(source, os.PathLike) else "")
    try:
        text = source.read_bytes().decode("utf-8-sig") if isinstance(source, Path) else source
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [cell.strip().lower() for cell in next(reader, [])]
        body = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        why = getattr(problem, "strerror", None) or str(problem)
        raise InputError(Message("ledger.unreadable", {"why": why}, Place(shown))) from None
    wrong = list(_header_mistakes(header, len(body), shown))
    rows = []
    for number, (line, cells) in enumerate(() if wrong else body, start=1):
        said = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        try:
            rows.append(_row(said))
        except _Wrong as mistake:
            values = {"row": number, "column": mistake.column, "value": said.get(mistake.column, "")}
            wrong.append(Message(f"ledger.{mistake.code}", values, Place(shown, line)))
    wrong += list(_twice(rows, shown)) if not wrong else []
    if wrong:
        raise InputError(*wrong)
    return Ledger(tuple(sorted(rows, key=lambda row: (row.agent, row.first_day))))


class _Wrong(Exception):
    """A cell that cannot be read."""

    def __init__(self, code: str, column: str) -> None:
        super().__init__(code)
        self.code, self.column = code, column


def _header_mistakes(header: Sequence[str], rows: int, shown: str) -> Iterable[Message]:
    missing = [column for column in ("agent", "first_day", "days") if column not in header]
    unknown = [column for column in header if column not in LEDGER_COLUMNS]
    if missing:
        yield Message("ledger.no_columns", {"columns": ", ".join(missing)}, Place(shown))
    if unknown:
        values = {"columns": ", ".join(unknown), "known": ", ".join(LEDGER_COLUMNS)}
        yield Message("ledger.unknown_columns", values, Place(shown))
    if rows > MOST_ROWS:
        yield Message("ledger.too_long", {"most": MOST_ROWS}, Place(shown))


def _row(said: Mapping[str, str]) -> LedgerRow:
    if said.get("schema_version") not in (None, "", str(SCHEMA_VERSION)):
        raise _Wrong("other_version", "schema_version")
    if not said.get("agent"):
        raise _Wrong("no_agent", "agent")
    try:
        first = date.fromisoformat(said.get("first_day", ""))
    except ValueError:
        raise _Wrong("no_day", "first_day") from None
    numbers = {name: _whole(said, name) for name in (*COUNTS, *MINUTES)}
    days = _whole(said, "days")
    if not 1 <= days <= 3660 or not 1990 <= first.year <= 2200:
        raise _Wrong("no_day" if days >= 1 else "no_days", "first_day" if days >= 1 else "days")
    return LedgerRow(unguard(said["agent"]), first, days, **numbers)


def _whole(said: Mapping[str, str], name: str) -> int:
    try:
        value = int(said.get(name) or 0)
    except ValueError:
        raise _Wrong("no_count", name) from None
    if not 0 <= value <= 10_000_000:
        raise _Wrong("no_count", name)
    return value


def _twice(rows: Sequence[LedgerRow], shown: str) -> Iterable[Message]:
    """Rows of one person that speak of the same day."""
    until: dict[str, date] = {}
    for row in sorted(rows, key=lambda row: (row.agent, row.first_day)):
        if row.first_day < until.get(row.agent, row.first_day):
            yield Message(
                "ledger.twice", {"agent": row.agent, "day": row.first_day.isoformat()}, Place(shown)
            )
        until[row.agent] = max(row.end, until.get(row.agent, row.end))
