"""Who is left when any one shift of a rota is not worked: the question of a gate and of a stress test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner import rota as rota_room
from planner.people import Skills
from planner.study import steps
from planner.study.edges import left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.requirement import Need
    from planner.rota import Rota, Shift
    from planner.study.scenario import Scenario


@dataclass(frozen=True, eq=False)
class OneFewer:
    """People on duty per set of queues and quarter-hour, and those of them whom one shift gives.

    Attributes
    ----------
    sets: what they can serve. everybody: people on duty, shape (sets, quarters).
    """

    rota: Rota
    table: Skills
    sets: tuple[frozenset[str], ...]
    first_quarter: int
    cyclic: bool
    everybody: np.ndarray

    @classmethod
    def of(cls, rota: Rota, need: Need, scenario: Scenario, sets: Sequence[frozenset[str]]) -> OneFewer:
        """The rota with last period's shifts, on the grid of a need."""
        grid = (need.first_quarter, 15, need.intervals * need.quarters_per_interval, scenario.cyclic)
        present = steps.with_carried(rota, scenario)
        everybody = rota_room.people_on_duty(present, scenario.skills, list(sets), *grid)
        return cls(rota, scenario.skills, tuple(sets), need.first_quarter, scenario.cyclic, everybody)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Shifts that anybody might miss: those of work."""
        return tuple(shift for shift in self.rota.shifts if shift.kind == "work")

    def mine(self, shift: Shift) -> np.ndarray:
        """1 where a shift gives one of the people of a set, else 0; shape (sets, quarters)."""
        serves = [shift.agent in self.table.of_set(names, shift.kind) for names in self.sets]
        if not any(serves):
            return np.zeros_like(self.everybody)
        alone = replace(self.rota, shifts=(shift,))
        grid = (self.first_quarter, 15, self.everybody.shape[1], self.cyclic)
        there = rota_room.people_on_duty(alone, self.table, [self.sets[serves.index(True)]], *grid)[0]
        mine: np.ndarray = np.outer(np.array(serves, dtype=np.int64), there)
        return mine


def judged_quarters(need: Need, scenario: Scenario, names: Sequence[str]) -> np.ndarray:
    """Quarter-hours in which each queue is open and somebody of this period could be there."""
    rows = [need.queues.index(name) for name in names]
    is_open = (need.open & ~left_out(need, scenario))[rows]
    return np.repeat(is_open, need.quarters_per_interval, axis=1)
