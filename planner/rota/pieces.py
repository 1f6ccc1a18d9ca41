"""A shift cut at the midnights of the person's clock, and pieces put together again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from planner.clock import day_bounds, minutes_between, zone_named
from planner.rota.shifts import Shift


class Read(NamedTuple):
    """A row of a rota file as it was read: its number from 1, its line, the id that it states, its shift."""

    number: int
    line: int
    shift_id: str
    shift: Shift


def joined(rows: Iterable[Read]) -> list[Read]:
    """Rows with pieces of one shift made one: same id, same person, where one ends another begins.

    Examples
    --------
    >>> from datetime import UTC, date
    >>> ten = datetime(2026, 3, 2, 22, tzinfo=UTC)
    >>> midnight, six = ten + timedelta(hours=2), ten + timedelta(hours=8)
    >>> late = Shift(ten, "Anna", midnight, date(2026, 3, 2), "night", "UTC")
    >>> early = Shift(midnight, "Anna", six, date(2026, 3, 3), "night", "UTC", break_minutes=30)
    >>> [whole] = joined([Read(1, 2, "s1", late), Read(2, 3, "s1", early)])
    >>> whole.shift.start == ten, whole.shift.end == six, whole.shift.break_minutes
    (True, True, 30)
    """
    found: list[Read] = []
    last: dict[tuple[str, str], int] = {}
    for row in sorted(rows, key=lambda row: (row.shift.start, row.number)):
        key = row.shift_id, row.shift.agent
        place = last.get(key) if row.shift_id else None
        if place is not None and found[place].shift.end == row.shift.start:
            found[place] = found[place]._replace(shift=_one(found[place].shift, row.shift))
        else:
            last[key] = len(found)
            found.append(row)
    return sorted(found, key=lambda row: row.number)


def _one(first: Shift, second: Shift) -> Shift:
    """Two pieces as one shift."""
    return replace(
        first,
        end=second.end,
        break_start=first.break_start or second.break_start,
        break_minutes=first.break_minutes + second.break_minutes,
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
