"""What calibration asks for beyond the formulas: people over sets of queues, safety of deferred work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from planner.requirement import with_cut, with_margin
from planner.study.misses import hours_of_week
from planner.study.rounds import Asked

if TYPE_CHECKING:
    from planner.requirement import Need

Names = frozenset[str]


@dataclass(frozen=True, eq=False)
class Asks:
    """Always said of the first need, so that what is taken back leaves no trace.

    Attributes
    ----------
    margins: sets of deferred queues to z on top of the settings'; rows of all their subsets get it.
    cuts: sets of queues to people asked for at least, per interval; 0 where nothing is asked.
    """

    margins: Mapping[Names, float] = field(default_factory=dict)
    cuts: Mapping[Names, np.ndarray] = field(default_factory=dict)

    def of(self, need: Need) -> Need:
        """The need with all that is asked."""
        for names in _in_order(self.margins):
            need = with_margin(need, names, self.margins[names])
        for names in _in_order(self.cuts):
            asked = self.cuts[names]
            need = with_cut(need, names, np.where(asked > 0, np.maximum(0, asked - level(need, names)), 0))
        return need

    def with_z(self, names: Names, more: float) -> Asks:
        """The same with more (or less) safety for a set."""
        changed = round(self.margins.get(names, 0.0) + more, 6)
        return Asks({**self.margins, names: changed}, self.cuts)

    def with_people(self, names: Names, people: np.ndarray) -> Asks:
        """The same with people on duty for a set, where that is more than was asked."""
        before = self.cuts.get(names)
        asked = people if before is None else np.maximum(before, people)
        return Asks(self.margins, {**self.cuts, names: asked})

    def without(self, names: Names) -> Asks:
        """The same without the people asked for a set."""
        return Asks(self.margins, {key: cut for key, cut in self.cuts.items() if key != names})


def level(need: Need, names: Names) -> np.ndarray:
    """People that the listed sets ask of a set: its own row, or the most demanding set within it."""
    if names in need.sets:
        row: np.ndarray = need.required[need.sets.index(names)]
        return row
    within = [need.required[row] for row, other in enumerate(need.sets) if other <= names]
    people: np.ndarray = np.max(within, axis=0) if within else np.zeros(need.intervals, dtype=np.int64)
    return people


def difference(before: Need, after: Need, old: Asks, new: Asks, zone: str) -> tuple[Asked, ...]:
    """What one need asks on top of another, set by set."""
    hour = hours_of_week(after, zone)
    found = []
    for names in _in_order({**old.margins, **new.margins}):
        z = round(new.margins.get(names, 0.0) - old.margins.get(names, 0.0), 6)
        if z:
            found.append(Asked(tuple(sorted(names)), (), _work_hours(before, after, names), z))
    for names in _in_order({**old.cuts, **new.cuts}):
        people = level(after, names) - level(before, names)
        if people.any():
            hours = tuple(sorted({int(number) for number in hour[people != 0]}))
            person_hours = float(people.sum()) * need_hours(after)
            found.append(Asked(tuple(sorted(names)), hours, person_hours))
    return tuple(found)


def need_hours(need: Need) -> float:
    """Hours in a planning interval."""
    return need.interval_minutes / 60


def _work_hours(before: Need, after: Need, names: Names) -> float:
    """Person-hours of deferred work that one need has more than another, of the largest row of a set."""
    more = [
        (int(row.arriving.sum()) - int(was.arriving.sum())) / row.per_person
        for was, row in zip(before.backlogs, after.backlogs, strict=True)
        if row.queues <= names
    ]
    return round(max(more, key=abs, default=0.0) * need_hours(after), 2)


def _in_order(names: Mapping[Names, object]) -> list[Names]:
    """Small sets first, then by name: the same order in every run."""
    return sorted(names, key=lambda some: (len(some), sorted(some)))
