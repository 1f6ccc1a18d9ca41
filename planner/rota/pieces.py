"""A shift cut at the midnights of the person's clock, and pieces put together again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from planner.clock import day_bounds, minutes_between, zone_named
from planner.rota.shifts import Kind, Shift, Status


class Read(NamedTuple):
    """A row of a rota file as it was read, what it does not say left open.

    Attributes
    ----------
    number: from 1. line: of the file. shift_id: as stated.
    kind, break_minutes: None: the row does not say.
    """

    number: int
    line: int
    shift_id: str
    agent: str
    zone: str
    start: datetime
    end: datetime
    name: str = ""
    kind: Kind | None = None
    status: Status = "draft"
    break_start: datetime | None = None
    break_minutes: int | None = None


def joined(rows: Iterable[Read]) -> list[Read]:
    """Rows with pieces of one shift made one: same id, person, name, kind, meeting at midnight.

    Rows that meet at another time are shifts of their own: somebody copied a row with its id.

    Examples
    --------
    >>> from datetime import UTC
    >>> ten = datetime(2026, 3, 2, 22, tzinfo=UTC)
    >>> midnight, six = ten + timedelta(hours=2), ten + timedelta(hours=8)
    >>> late = Read(1, 2, "s1", "Anna", "UTC", ten, midnight)
    >>> early = Read(2, 3, "s1", "Anna", "UTC", midnight, six, break_minutes=30)
    >>> [whole] = joined([late, early])
    >>> whole.start == ten, whole.end == six, whole.break_minutes
    (True, True, 30)
    """
    found: list[Read] = []
    open_at: dict[tuple[object, ...], list[int]] = {}
    for row in sorted(rows, key=lambda row: (row.start, row.number)):
        who = row.shift_id, row.agent, row.name, row.kind
        before = open_at.get((*who, row.start), [])
        if row.shift_id and before and _at_midnight(row):
            place = before.pop(0)
            found[place] = _one(found[place], row)
        else:
            place = len(found)
            found.append(row)
        open_at.setdefault((*who, row.end), []).append(place)
    return sorted(found, key=lambda row: row.number)


def _at_midnight(row: Read) -> bool:
    """Whether a row starts with a day of the person's clock."""
    day = row.start.astimezone(zone_named(row.zone)).date()
    return day_bounds(day, row.zone)[0] == row.start


def _one(first: Read, second: Read) -> Read:
    """Two pieces as one row."""
    known = [each.break_minutes for each in (first, second) if each.break_minutes is not None]
    return first._replace(
        number=min(first.number, second.number),
        line=min(first.line, second.line),
        end=second.end,
        break_start=first.break_start or second.break_start,
        break_minutes=sum(known) if known else None,
    )


def pieces_of(shift: Shift) -> tuple[Shift, ...]:
    """The parts of a shift in each local day of the person; the break goes where it lies.

    A break of which nobody knows where it lies goes to the longest piece, the earliest of equals; what does
    not fit, to the next.

    Examples
    --------
    >>> from datetime import UTC, date
    >>> start, end = datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 4, tzinfo=UTC)
    >>> night = Shift(start, "Anna", end, date(2026, 3, 28), "night", "Europe/Rome")
    >>> [(str(piece.day), piece.elapsed_minutes) for piece in pieces_of(night)]  # the clocks go forward
    [('2026-03-28', 120), ('2026-03-29', 300)]
    """
    zone = zone_named(shift.zone)
    cuts, day = [shift.start], shift.start.astimezone(zone).date()
    while (midnight := day_bounds(day, shift.zone)[1]) < shift.end:
        cuts.append(midnight)
        day += timedelta(days=1)
    spans = list(zip(cuts, [*cuts[1:], shift.end], strict=True))
    return tuple(
        replace(
            shift,
            start=start,
            end=end,
            day=start.astimezone(zone).date(),
            break_start=begins,
            break_minutes=minutes,
        )
        for (start, end), (begins, minutes) in zip(spans, _breaks(shift, spans), strict=True)
    )


def _breaks(shift: Shift, spans: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime | None, int]]:
    """Start and minutes of the break in each span."""
    if shift.break_start is None:
        left, taken = shift.break_minutes, [0] * len(spans)
        for number in sorted(range(len(spans)), key=lambda n: (-minutes_between(*spans[n]), n)):
            taken[number] = min(left, round(minutes_between(*spans[number])))
            left -= taken[number]
        return [(None, minutes) for minutes in taken]
    over = shift.break_start + timedelta(minutes=shift.break_minutes)
    found: list[tuple[datetime | None, int]] = []
    for start, end in spans:
        begins, ends = max(start, shift.break_start), min(end, over)
        inside = round(minutes_between(begins, ends)) if begins < ends else 0
        found.append((begins if inside else None, inside))
    return found
