"""What is different for each person between two versions of a rota; two who swap are told so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from planner.rota import Rota, Shift, changes

Kind = Literal["moved", "added", "removed", "swapped", "break"]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was for a person.

    Attributes
    ----------
    agent: whose.
    kind: "moved" on its day, "added", "removed", "swapped" with another person, or "break": it only lies or
        lasts otherwise.
    old, new: the shift before and now; None for one that was not there.
    other: who has the old shift now and had the new one; "" unless they swapped.
    """

    agent: str
    kind: Kind
    old: Shift | None
    new: Shift | None
    other: str = ""


def differences(old: Rota, new: Rota) -> tuple[Difference, ...]:
    """Everything that people have to know, by person and time.

    Parameters
    ----------
    old, new: two versions. Days outside the period of the new one are left aside: it says nothing of them.
    """
    old = in_period(old, new)
    swaps = _swaps(old, new)
    gone, come = {each.old for each in swaps}, {each.new for each in swaps}
    rest = changes(_without(old, gone), _without(new, come))
    found = [Difference(each.agent, each.kind, each.old, each.new) for each in rest]
    return tuple(sorted((*swaps, *found, *_breaks(old, new)), key=_order))


def _order(each: Difference) -> tuple[object, ...]:
    starts = [shift.start for shift in (each.old, each.new) if shift is not None]
    return each.agent, min(starts), max(starts), each.kind


def in_period(old: Rota, new: Rota) -> Rota:
    """A version without the days of which the new one says nothing."""
    days = range(new.days)
    own = (shift for shift in old.shifts if (shift.day - new.first_day).days in days)
    return replace(old, shifts=tuple(own))


def _without(rota: Rota, left_out: Iterable[Shift | None]) -> Rota:
    """A rota without some shifts, each once."""
    left = list(left_out)
    kept = []
    for shift in rota.shifts:
        if shift in left:
            left.remove(shift)
        else:
            kept.append(shift)
    return replace(rota, shifts=tuple(kept))


def _same(shift: Shift) -> tuple[object, ...]:
    return shift.start, shift.end, shift.name, shift.kind


def _swaps(old: Rota, new: Rota) -> list[Difference]:
    """Pairs of people who each have just what the other had."""
    gone, come = _by_person(old, new), _by_person(new, old)
    found: list[Difference] = []
    for agent in sorted(gone):
        for mine in list(gone[agent].values()):
            for other in sorted(come):
                if other <= agent or _same(mine) not in come[other]:
                    continue
                theirs = _given_back(mine, gone.get(other, {}), come.get(agent, {}))
                if theirs is None:
                    continue
                given, got = come[other].pop(_same(mine)), come[agent].pop(_same(theirs))
                del gone[agent][_same(mine)], gone[other][_same(theirs)]
                found += [
                    Difference(agent, "swapped", mine, got, other),
                    Difference(other, "swapped", theirs, given, agent),
                ]
                break
    return found


def _given_back(
    mine: Shift, gone: Mapping[tuple[object, ...], Shift], come: Mapping[tuple[object, ...], Shift]
) -> Shift | None:
    """What the other person gave for a shift: the nearest that fits; None: nothing."""
    fits = [shift for key, shift in gone.items() if key in come]
    return min(fits, key=lambda shift: (abs(shift.start - mine.start), shift.start), default=None)


def _by_person(one: Rota, other: Rota) -> dict[str, dict[tuple[object, ...], Shift]]:
    """Shifts of a rota that their person does not have in the other, by person."""
    has = {(shift.agent, _same(shift)) for shift in other.shifts if shift.status != "carried"}
    found: dict[str, dict[tuple[object, ...], Shift]] = {}
    for shift in sorted(one.shifts, key=lambda shift: (shift.start, shift.end)):
        if shift.status != "carried" and (shift.agent, _same(shift)) not in has:
            found.setdefault(shift.agent, {})[_same(shift)] = shift
    return found


def _breaks(old: Rota, new: Rota) -> Iterable[Difference]:
    """Shifts that are as they were but for the break."""
    before = {(shift.agent, _same(shift)): shift for shift in old.shifts if shift.status != "carried"}
    for shift in new.shifts:
        was = before.get((shift.agent, _same(shift)))
        if was is not None and shift.status != "carried":
            pauses = [(each.break_start, each.break_minutes) for each in (was, shift)]
            if pauses[0] != pauses[1]:
                yield Difference(shift.agent, "break", was, shift)
