"""What tickets tell beside arrivals, kept where the tickets are not: sums in a small JSON file."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._errors import HistoryError
from planner._files import write_atomic
from planner._messages import Message, Place
from planner.clock import local_at
from planner.demand.tickets import Panels

if TYPE_CHECKING:
    import pandas as pd

VERSION = 1
MAX_BYTES = 20_000_000
_DAYS = frozenset(("week", "first_day", "last_day"))
_WORDS = frozenset(("queue", "topic", "arrived"))
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "weeks": ("week", "queue", "created", "solved", "open_change", "complete"),
    "replies": ("queue", "arrived", "within_seconds", "share", "contacts"),
    "kept": ("queue", "arrived", "kept", "contacts", "left_out", "first_day", "last_day"),
    "topics": ("topic", "queue", "week", "contacts", "out_of_hours", "counted_once"),
}
_SHARES = frozenset(("share", "kept", "out_of_hours"))


def write_panels(panels: Panels, file: str | os.PathLike[str]) -> None:
    """Write panels so that ``read_panels`` gives the same; they hold sums and topics, no ticket.

    Parameters
    ----------
    panels: of a history.
    file: JSON, beside the counts that ``write_counts`` wrote.

    Raises
    ------
    OSError: the folder is missing or cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_panels(Panels(), Path(folder, "panels.json"))
    ...     read_panels(Path(folder, "panels.json")) == Panels()
    True
    """
    said = {name: _plain(getattr(panels, name), columns) for name, columns in _COLUMNS.items()}
    write_atomic(file, json.dumps({"schema_version": VERSION, **said}, ensure_ascii=False) + "\n")


def read_panels(file: Path) -> Panels:
    """Panels as ``write_panels`` wrote them.

    Raises
    ------
    HistoryError: the file is missing or is no such file.

    Examples
    --------
    >>> read_panels(Path("no-such.json"))
    Traceback (most recent call last):
    planner._errors.HistoryError: no-such.json: there is no such file
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise _refused(file)
        said = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(said, dict) or said.get("schema_version") != VERSION:
            raise _refused(file)
        return Panels(**{name: _frame(said.get(name), columns) for name, columns in _COLUMNS.items()})
    except FileNotFoundError:
        raise HistoryError(Message("demand.no_file", {}, Place(file=file.name))) from None
    except (OSError, ValueError, TypeError, RecursionError):
        raise _refused(file) from None


def together(parts: Sequence[Panels]) -> Panels:
    """Panels of several sources, one below the other.

    Examples
    --------
    >>> together([Panels(), Panels()]) == Panels()
    True
    """
    import pandas as pd

    found: dict[str, pd.DataFrame] = {}
    for name in (field.name for field in fields(Panels)):
        frames = [frame for part in parts if (frame := getattr(part, name)) is not None]
        if frames:
            found[name] = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    return Panels(**found)


def within(panels: Panels, queues: Sequence[str], zone: str, first_quarter: int, end_quarter: int) -> Panels:
    """Only weeks that are observed, and queues that there are; measured replies cannot be cut.

    Parameters
    ----------
    queues: names that are kept. zone: clock of the weeks. first_quarter, end_quarter: what is observed.
    """
    first, last = local_at(first_quarter, zone).date(), local_at(end_quarter - 1, zone).date()
    cut: dict[str, pd.DataFrame | None] = {}
    for name in _COLUMNS:
        frame = getattr(panels, name)
        if frame is not None:
            frame = frame[frame["queue"].isin(list(queues))]
            if "week" in frame:
                frame = frame[[week <= last and (first - week).days < 7 for week in frame["week"]]]
            frame = frame.reset_index(drop=True)
        cut[name] = None if frame is None or frame.empty else frame
    return Panels(**cut)


def _plain(frame: pd.DataFrame | None, columns: Sequence[str]) -> list[list[Any]] | None:
    if frame is None:
        return None
    return [[_value(cell) for cell in row] for row in frame[list(columns)].to_numpy(dtype=object).tolist()]


def _value(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return None if isinstance(cell, float) and math.isnan(cell) else cell


def _frame(rows: Any, columns: Sequence[str]) -> pd.DataFrame | None:
    import pandas as pd

    if rows is None:
        return None
    if any(len(row) != len(columns) for row in rows):
        raise ValueError
    return pd.DataFrame({
        column: _column(column, [row[number] for row in rows]) for number, column in enumerate(columns)
    })  # fmt: skip


def _column(name: str, cells: Sequence[Any]) -> Any:
    import pandas as pd

    if name in _DAYS:
        return [date.fromisoformat(cell) for cell in cells]
    if name in _WORDS:
        return pd.Series([str(cell) for cell in cells], dtype="str")
    if name in _SHARES:
        return pd.Series([math.nan if cell is None else float(cell) for cell in cells], dtype="float64")
    return pd.Series([bool(cell) for cell in cells] if name == "complete" else [int(cell) for cell in cells])


def _refused(file: Path) -> HistoryError:
    return HistoryError(Message("imports.no_panels", {}, Place(file=file.name)))
