"""A rota from a table: our own rota.csv, or one made by hand."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from planner._errors import RotaFileError
from planner._messages import Message, Place
from planner.clock import minutes_between, zone_named
from planner.people import Agent, Team
from planner.rota.options import open_type
from planner.rota.pieces import Read, joined
from planner.rota.rota_file import rota_rows
from planner.rota.shifts import Kind, Rota, Shift, ShiftType, Status
from planner.rota.stamps import Order, StampError, instant_of, order_of, stamp_of

if TYPE_CHECKING:
    import pandas as pd


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
    stamps may carry an offset; without one they are read on the clock of the person. Stamps are ISO, or as
    spreadsheets write them: 28/03/2026 22:00, and with the month first where they can only be read so, or
    else more of them would lie outside the period. Other
    columns of rota.csv are read where they are given: ``shift``, ``kind``, ``break_starts_utc``,
    ``break_minutes``, ``status``, ``scenario``. Rows of one ``shift_id`` whose ends meet are one shift.

    Parameters
    ----------
    source: path of a CSV with comma, semicolon or tab, UTF-8, UTF-16 or Windows-1252, its header in any
        case; or a frame.
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
    name, rows = rota_rows(source)
    mistakes: list[Message] = []
    shifts: list[Shift] = []
    agents = {agent.name: agent for agent in team.agents}
    types = {kind.name: kind for kind in shift_types}
    end = None if first_day is None or days is None else first_day + timedelta(days=days)
    period = None if first_day is None or end is None else (first_day, end)  # nights end a day later
    order, clash = order_of((row for _, row in rows), period)
    if clash is not None:
        raise RotaFileError(*_clash(clash, name, [line for line, _ in rows]))
    read: list[Read] = []
    for number, (line, row) in enumerate(rows, start=1):
        if may_have_left and row["agent"].strip() and row["agent"].strip() not in agents:
            continue
        try:
            read.append(_read(number, line, row, agents, order))
        except (_Mistake, StampError) as mistake:
            values = {"row": number, **mistake.values}
            mistakes.append(Message(f"rota.{mistake.code}", values, Place(name, line)))
    for whole in joined(read):
        try:
            shifts.append(_shift(whole, agents[whole.agent], types))
            if end is not None and shifts[-1].day >= end:
                last = end - timedelta(days=1)
                raise _Mistake("after_period", day=shifts[-1].day.isoformat(), last=last)
        except _Mistake as mistake:
            values = {"row": whole.number, **mistake.values}
            mistakes.append(Message(f"rota.{mistake.code}", values, Place(name, whole.line)))
    mistakes.sort(key=lambda message: message.place.line or 0 if message.place else 0)
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
    return tuple(sorted({row["agent"].strip() for _, row in rota_rows(source)[1]} - here - {""}))


def _clash(clash: Sequence[tuple[int, str]], name: str, lines: Sequence[int]) -> list[Message]:
    """A sentence for each of two stamps of which one has the day first and one the month."""
    codes = ("only_day_first", "only_month_first")
    found = []
    for code, (row, text), (other_row, other) in zip(codes, clash, reversed(clash), strict=True):
        values = {"row": row, "text": text, "other": other, "other_row": other_row}
        found.append((row, Message(f"rota.{code}", values, Place(name, lines[row - 1]))))
    return [message for _, message in sorted(found, key=lambda each: each[0])]


def version_in(source: str | os.PathLike[str]) -> int:
    """The version that a rota file states in its first row, in any dialect; 1 if it says none.

    Raises
    ------
    RotaFileError
        If the file cannot be read.
    """
    _, rows = rota_rows(source)
    stated = rows[0][1].get("rota_version", "").strip() if rows else ""
    return int(stated) if stated.isascii() and stated.isdigit() and int(stated) else 1


def _read(number: int, line: int, row: Mapping[str, str], agents: Mapping[str, Agent], order: Order) -> Read:
    """One row, which may be a piece of a shift."""
    name = row["agent"].strip() if row["agent"] not in agents else row["agent"]
    if not name:
        raise _Mistake("no_agent")
    if name not in agents:
        near = get_close_matches(name, agents, n=1, cutoff=0.6)
        raise _Mistake("unknown_agent_near" if near else "unknown_agent", agent=name, near="".join(near))
    zone = agents[name].zone
    start, end = (instant_of(row, side, zone, order) for side in ("start", "end"))
    if not 0 < minutes_between(start, end) <= 48 * 60:
        raise _Mistake("ends_before")
    stamp = row.get("break_starts_utc", "").strip()
    return Read(
        number,
        line,
        row.get("shift_id", "").strip(),
        name,
        zone,
        start,
        end,
        row.get("shift", ""),
        _one_of(row, "kind", get_args(Kind), None),
        _one_of(row, "status", get_args(Status), "draft"),
        stamp_of(stamp, "break_starts_utc", "UTC", order) if stamp else None,
        _whole_minutes(row, "break_minutes"),
    )


def _shift(row: Read, agent: Agent, types: Mapping[str, ShiftType]) -> Shift:
    """A row as a shift, with what it does not say from its type."""
    shift_type = _type_of(row, agent, types)
    kind = row.kind or (shift_type.kind if shift_type else "work")
    minutes = row.break_minutes
    if minutes is None:
        minutes = shift_type.break_minutes if shift_type else 0
    if not 0 <= minutes < minutes_between(row.start, row.end):
        raise _Mistake("bad_break")
    begins = row.break_start if minutes else None
    if begins is not None and not row.start <= begins <= row.end - timedelta(minutes=minutes):
        raise _Mistake("bad_break")
    return Shift(
        start=row.start,
        agent=row.agent,
        end=row.end,
        day=row.start.astimezone(zone_named(agent.zone)).date(),
        name=row.name or (shift_type.name if shift_type else ""),
        zone=agent.zone,
        kind=kind,
        break_start=begins,
        break_minutes=minutes,
        status=row.status,
        pay_share=shift_type.pay_share if shift_type else 1.0,
        counted=shift_type.counted if shift_type else kind != "on_call",
    )


def _type_of(row: Read, agent: Agent, types: Mapping[str, ShiftType]) -> ShiftType | None:
    """The type that a row names, or the only one that looks like it on the person's clock."""
    if row.name:
        return types.get(row.name)
    zone = zone_named(agent.zone)
    first, last = (at.astimezone(zone).hour * 60 + at.astimezone(zone).minute for at in (row.start, row.end))
    alike = [
        kind
        for kind in types.values()
        if first in kind.starts
        and (first + kind.present_minutes - last) % 1440 == 0
        and open_type(kind, agent)
    ]
    return alike[0] if len(alike) == 1 else None


def _one_of(row: Mapping[str, str], column: str, known: Sequence[str], default: str | None) -> Any:
    """A word out of a short list."""
    text = row.get(column, "").strip() or default
    if text is not None and text not in known:
        raise _Mistake("bad_word", column=column, text=text, known=", ".join(known))
    return text


def _whole_minutes(row: Mapping[str, str], column: str) -> int | None:
    """Minutes of a row, none below zero; None if it says nothing."""
    text = row.get(column, "").strip()
    try:
        minutes = int(float(text.replace(",", "."))) if text else None
    except (ValueError, OverflowError):
        raise _Mistake("bad_number", column=column, text=text) from None
    if minutes is not None and minutes < 0:
        raise _Mistake("bad_break")
    return minutes
