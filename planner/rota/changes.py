"""What is different between two versions of a rota, shift by shift."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.rota.shifts import Rota, Shift


@dataclass(frozen=True, slots=True)
class Change:
    """One shift that is not as it was.

    Attributes
    ----------
    agent, day: whose, and the local day on which it starts or started.
    kind: "added", "removed", or "moved" where a person has another shift on the same day.
    old, new: the shift before and after; None for one that was not there.
    """

    agent: str
    day: date
    kind: Literal["added", "removed", "moved"]
    old: Shift | None
    new: Shift | None


def changes(old: Rota, new: Rota) -> tuple[Change, ...]:
    """Every difference between two versions of a rota, by person and day.

    A shift is the same if it begins and ends at the same instants under the same name; where its break
    lies does not matter. Carried-over shifts are left aside.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> def early(day, hour):
    ...     start = datetime(2026, 3, day, hour, tzinfo=UTC)
    ...     return Shift(start, "Anna", start.replace(hour=hour + 8), start.date(), "early", "UTC")
    >>> days = date(2026, 3, 2), 7
    >>> before = Rota("", *days, ("Anna",), (early(2, 7), early(3, 7), early(4, 7)))
    >>> after = Rota("", *days, ("Anna",), (early(2, 7), early(3, 9), early(5, 7)))
    >>> [(change.kind, change.day.day) for change in changes(before, after)]
    [('moved', 3), ('removed', 4), ('added', 5)]
    """
    before, after = _by_day(old.shifts), _by_day(new.shifts)
    found = []
    for agent, day in sorted(before.keys() | after.keys()):
        had, has = before.get((agent, day), []), after.get((agent, day), [])
        gone = [shift for shift in had if _same(shift) not in map(_same, has)]
        come = [shift for shift in has if _same(shift) not in map(_same, had)]
        moved = list(zip(gone, come, strict=False))
        found += [Change(agent, day, "moved", *pair) for pair in moved]
        found += [Change(agent, day, "removed", shift, None) for shift in gone[len(moved) :]]
        found += [Change(agent, day, "added", None, shift) for shift in come[len(moved) :]]
    return tuple(found)


def _by_day(shifts: Iterable[Shift]) -> dict[tuple[str, date], list[Shift]]:
    found: dict[tuple[str, date], list[Shift]] = {}
    for shift in sorted(shifts, key=lambda shift: (shift.start, shift.end)):
        if shift.status != "carried":
            found.setdefault((shift.agent, shift.day), []).append(shift)
    return found


def _same(shift: Shift) -> tuple[object, ...]:
    return shift.start, shift.end, shift.name, shift.kind
