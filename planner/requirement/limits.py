"""What live and planned work leave of people for deferred work.

Live work of the same people comes first: a set of deferred queues D and the live queues L of its group
together have N(D | L) people, of whom live work takes its load, if a contact of D can be put down for a
live one, or else the people required for L (without a minimum on duty): whoever is in the middle of a
reply is no help to a caller. Of a set of both kinds the load is taken; those that cannot be put down have
a row of their own. People whom fixed planned work keeps are gone for the whole window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.people import Skills
from planner.requirement.explain import Row
from planner.requirement.live import LiveNeed
from planner.requirement.need import WORK_UNIT_SECONDS
from planner.requirement.rows import gross_of
from planner.requirement.settings import NeedSettings

Limits = tuple[tuple[frozenset[str], np.ndarray], ...]


@dataclass(frozen=True, eq=False)
class Taken:
    """What takes people of one group before deferred work gets them.

    Attributes
    ----------
    live: its live queues. rows: of the need, for what these require.
    away: fixed planned work to the people it keeps in each interval.
    per_person: units that one person does in an interval. interval_seconds: its length.
    """

    live: Mapping[str, LiveNeed]
    rows: Sequence[Row]
    away: Mapping[str, np.ndarray]
    skills: Skills
    settings: NeedSettings
    per_person: int
    interval_seconds: float
    intervals: int

    def limits(self, names: frozenset[str], put_down: bool) -> Limits:
        """Sets of people who do the work of a set, each with the units that are taken from them."""
        everybody = names | frozenset(self.live)
        found = {some: self._taken(some, put_down) for some in (names, everybody)}
        apart = []
        for work, people in self.away.items():
            inside = [some for some in found if self._able(frozenset({work})) <= self._able(some)]
            for some in inside:
                found[some] = found[some] + people * self.per_person
            if everybody not in inside:
                apart.append(work)
        if apart:
            people = np.sum(list(self.away.values()), axis=0)
            taken = self._taken(everybody, put_down)
            found[everybody | frozenset(self.away)] = taken + people * self.per_person
        return tuple(found.items())

    def _able(self, names: frozenset[str]) -> frozenset[str]:
        return self.skills.of_set(names, "work")

    def _taken(self, names: frozenset[str], put_down: bool) -> np.ndarray:
        """Units that the live queues among some take: their load, rounded up, or all people they require."""
        nobody = np.zeros(self.intervals, dtype=np.int64)
        if put_down:
            loads = [need.taken for name, need in self.live.items() if name in names]
            units = np.sum([nobody, *loads], axis=0) * (self.interval_seconds / WORK_UNIT_SECONDS)
            load: np.ndarray = np.ceil(units - 1e-6).astype(np.int64)
            return load
        inside = names & frozenset(self.live)
        rows = [row for row in self.rows if row.kind == "live" and row.queues <= inside]
        people = [gross_of(row.net, nobody, self.settings) for row in rows]
        required: np.ndarray = np.max([nobody, *people], axis=0) * self.per_person
        return required
