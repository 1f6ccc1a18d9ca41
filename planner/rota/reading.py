"""A rota from a table: our own rota.csv, or one made by hand."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from planner._errors import RotaFileError
from planner._messages import Message, Place
from planner.clock import minutes_between, resolve, zone_named
from planner.people import Agent, Team
from planner.rota.cells import unguard
from planner.rota.options import open_type
from planner.rota.shifts import Kind, Rota, Shift, ShiftType, Status

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 50_000_000
READ = (
    *("agent", "start_utc", "end_utc", "start_local", "end_local", "shift", "kind", "status", "scenario"),
    *("break_starts_utc", "break_minutes"),
)


class _Mistake(Exception):
    """One thing wrong in one row."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read_rota(
    source: str | os.PathLike[str] | pd.DataFrame,
    team: Team,
    shift_types: Sequence[ShiftType] = (),
    first_day: date | None = None,
    days: int | None = None,
    *,
    may_have_left: bool = False,
) -> Rota:
    """A rota from a CSV file or a frame.

    Needed columns: ``agent``, and ``start_utc`` and ``end_utc`` or ``start_local`` and ``end_local``. Local
    stamps may carry an offset; without one they are read on the clock of the person. Other columns of
    rota.csv are read where they are given: ``shift``, ``kind``, ``break_starts_utc``, ``break_minutes``,
    ``status``, ``scenario``.

    Parameters
    ----------
    source: path of a CSV with comma, semicolon or tab, its header in any case; or a frame.
    team: people that may have shifts.
    shift_types: whose ``pay_share`` and ``counted`` hold for shifts of their name, or, where no name is
        given, of their start and length on the clock; also their kind and break where a row does not say
        them. Other duties are work without a break, count and are paid in full; on call does not count.
    first_day, days: the period; from the first to the last day with a shift if None. Shifts before it
        count as carried over, unless all are; later ones are a mistake.
    may_have_left: leave out rows of people who are not in the team, as in the rota of an earlier period.

    Raises
    ------
    RotaFileError
        With all mistakes, each with its row.
    """
    name, rows = _rows(source)
    mistakes: list[Message] = []
    shifts: list[Shift] = []
    agents = {agent.name: agent for agent in team.agents}
    types = {kind.name: kind for kind in shift_types}
    end = None if first_day is None or days is None else first_day + timedelta(days=days)
    for number, (line, row) in enumerate(rows, start=1):
        if may_have_left and row["agent"].strip() and row["agent"].strip() not in agents:
            continue
        try:
            shift = _shift(row, agents, types)
            if end is not None and shift.day >= end:
                raise _Mistake("after_period", day=shift.day.isoformat(), last=end - timedelta(days=1))
            shifts.append(shift)
        except _Mistake as mistake:
            values = {"row": number, **mistake.values}
            mistakes.append(Message(f"rota.{mistake.code}", values, Place(name, line)))
    if not mistakes and shifts and first_day and end and all(shift.day < first_day for shift in shifts):
        values = {"last": max(shift.day for shift in shifts), "first": first_day}
        mistakes.append(Message("rota.other_period", {**values, "end": end - timedelta(days=1)}, Place(name)))
    if mistakes:
        raise RotaFileError(*mistakes)
    scenario = next((row["scenario"] for _, row in rows if row.get("scenario")), "")
    starts = [shift.day for shift in shifts]
    first = first_day or min(starts, default=date(1970, 1, 1))
    length = days if days is not None else (max(starts, default=first) - first).days + 1
    return Rota(
        scenario, first, length, tuple(agents), tuple(sorted(shifts, key=lambda s: (s.start, s.agent, s.end)))
    )


def people_who_left(source: str | os.PathLike[str], team: Team) -> tuple[str, ...]:
    """Names in a rota file that are not in the team, sorted.

    Raises
    ------
    RotaFileError
        If the file cannot be read.
    """
    here = {agent.name for agent in team.agents}
    return tuple(sorted({row["agent"].strip() for _, row in _rows(source)[1]} - here - {""}))


def _rows(source: str | os.PathLike[str] | pd.DataFrame) -> tuple[str, list[tuple[int, dict[str, str]]]]:
    """Name of the source, and its rows as text with their line numbers."""
    if not isinstance(source, str | os.PathLike):
        records = source.astype(object).where(source.notna(), "").to_dict("records")
        _need_columns([str(column) for column in source.columns], "")
        return "", [(0, {str(k): str(v) for k, v in record.items()}) for record in records]
    path = Path(source)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RotaFileError(
                Message("rota.too_large", {"limit": MAX_BYTES // 1_000_000}, Place(path.name))
            )
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RotaFileError(Message("rota.no_file", {"problem": error.strerror}, Place(path.name))) from None
    except UnicodeDecodeError as error:
        raise RotaFileError(Message("rota.not_utf8", {"byte": error.start + 1}, Place(path.name))) from None
    if not text.strip() or "\0" in text:
        raise RotaFileError(
            Message("rota.empty" if "\0" not in text else "rota.not_text", {}, Place(path.name))
        )
    table = text.lstrip()
    if table[:4].lower() == "sep=":  # Excel's own word for the separator
        table = table.partition("\n")[2]
    skipped = text.count("\n", 0, len(text) - len(table))
    separator = max(",;\t", key=table.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=separator)
    columns = [cell.strip().lower() for cell in next(reader, [])]
    _need_columns(columns, path.name)
    rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(columns) - len(cells))]
            row = {c: unguard(cell) for c, cell in zip(columns, padded, strict=False)}
            rows.append((skipped + reader.line_num, row))
    return path.name, rows


def _need_columns(columns: Sequence[str], name: str) -> None:
    """Refuse a table that lacks what a rota needs, or has it twice."""
    twice = [column for column in dict.fromkeys(columns) if column in READ and columns.count(column) > 1]
    if twice:
        raise RotaFileError(Message("rota.columns_twice", {"columns": ", ".join(twice)}, Place(name)))
    missing = [column for column in ("agent",) if column not in columns]
    stamps = ({"start_utc", "end_utc"}, {"start_local", "end_local"})
    if not any(pair <= set(columns) for pair in stamps):
        missing.append("start_local, end_local")
    if missing:
        raise RotaFileError(Message("rota.no_columns", {"columns": ", ".join(missing)}, Place(name)))


def _shift(row: Mapping[str, str], agents: Mapping[str, Agent], types: Mapping[str, ShiftType]) -> Shift:
    """One row as a shift."""
    name = row["agent"].strip() if row["agent"] not in agents else row["agent"]
    if not name:
        raise _Mistake("no_agent")
    if name not in agents:
        near = get_close_matches(name, agents, n=1, cutoff=0.6)
        raise _Mistake("unknown_agent_near" if near else "unknown_agent", agent=name, near="".join(near))
    agent = agents[name]
    start, end = _instant(row, "start", agent.zone), _instant(row, "end", agent.zone)
    if not 0 < minutes_between(start, end) <= 48 * 60:
        raise _Mistake("ends_before")
    shift_type = _type_of(row, agent, start, end, types)
    kind: Kind = _one_of(row, "kind", get_args(Kind), shift_type.kind if shift_type else "work")
    status: Status = _one_of(row, "status", get_args(Status), "draft")
    break_start, break_minutes = _break(row, start, end, shift_type)
    return Shift(
        start=start,
        agent=name,
        end=end,
        day=start.astimezone(zone_named(agent.zone)).date(),
        name=row.get("shift", "") or (shift_type.name if shift_type else ""),
        zone=agent.zone,
        kind=kind,
        break_start=break_start,
        break_minutes=break_minutes,
        status=status,
        pay_share=shift_type.pay_share if shift_type else 1.0,
        counted=shift_type.counted if shift_type else kind != "on_call",
    )


def _type_of(
    row: Mapping[str, str], agent: Agent, start: datetime, end: datetime, types: Mapping[str, ShiftType]
) -> ShiftType | None:
    """The type that a row names, or the only one that looks like it on the person's clock."""
    if row.get("shift", ""):
        return types.get(row["shift"])
    zone = zone_named(agent.zone)
    first, last = (at.astimezone(zone).hour * 60 + at.astimezone(zone).minute for at in (start, end))
    alike = [
        kind
        for kind in types.values()
        if first in kind.starts
        and (first + kind.present_minutes - last) % 1440 == 0
        and open_type(kind, agent)
    ]
    return alike[0] if len(alike) == 1 else None


def _one_of(row: Mapping[str, str], column: str, known: Sequence[str], default: str) -> Any:
    """A word out of a short list."""
    text = row.get(column, "").strip() or default
    if text not in known:
        raise _Mistake("bad_word", column=column, text=text, known=", ".join(known))
    return text


def _instant(row: Mapping[str, str], side: str, zone: str) -> datetime:
    """Start or end of a row; both clocks must agree where both are given."""
    found = [
        _stamp(row[column].strip(), column, zone)
        for column in (f"{side}_utc", f"{side}_local")
        if row.get(column, "").strip()
    ]
    if not found:
        raise _Mistake("no_stamp", column=f"{side}_local")
    if found[0] != found[-1]:
        raise _Mistake("clocks_differ", side=side)
    return found[0]


def _stamp(text: str, column: str, zone: str) -> datetime:
    """One stamp in UTC; without an offset, UTC columns are UTC and local ones on the person's clock."""
    try:
        stamp = datetime.fromisoformat(text)
    except ValueError:
        raise _Mistake("bad_stamp", column=column, text=text) from None
    # Instants at the very ends of the calendar have no place on other clocks.
    if len(text) <= len("2026-03-30") or not 1990 <= stamp.year <= 2200:
        raise _Mistake("bad_stamp", column=column, text=text)
    if stamp.tzinfo is not None:
        return stamp.astimezone(UTC)
    if column.endswith("_utc"):
        return stamp.replace(tzinfo=UTC)
    minutes = stamp.hour * 60 + stamp.minute
    return resolve(stamp.date(), minutes, zone).at + timedelta(seconds=stamp.second)


def _break(
    row: Mapping[str, str], start: datetime, end: datetime, shift_type: ShiftType | None
) -> tuple[datetime | None, int]:
    """Start and minutes of the unpaid break; its length is the shift type's where the row says none."""
    text = row.get("break_minutes", "").strip() or str(shift_type.break_minutes if shift_type else 0)
    try:
        minutes = int(float(text.replace(",", ".")))
    except (ValueError, OverflowError):
        raise _Mistake("bad_number", column="break_minutes", text=text) from None
    if not 0 <= minutes < minutes_between(start, end):
        raise _Mistake("bad_break")
    stamp = row.get("break_starts_utc", "").strip()
    if not stamp or not minutes:
        return None, minutes
    begins = _stamp(stamp, "break_starts_utc", "UTC")
    if begins < start or begins + timedelta(minutes=minutes) > end:
        raise _Mistake("bad_break")
    return begins, minutes
