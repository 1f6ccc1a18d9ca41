"""What gates look at: a plan, its long simulation, the hours that a stage opens; and how they answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.study import steps
from planner.study.edges import judged, left_out

if TYPE_CHECKING:
    from planner.service import Service
    from planner.study.plan import Plan

REPLICATIONS = 200


@dataclass(frozen=True)
class GateResult:
    """One gate, answered.

    Attributes
    ----------
    kind: as in the scenario. passed: go (True), no-go, or None: not yet known.
    value, threshold: the measured figure and what it is held against; None where there is no number.
    message: the finding in a sentence.
    unit: of value and threshold. low, high: of the value, where it is a mean of weeks that differ: one week
        of ten lies below, one above.
    """

    kind: str
    passed: bool | None
    value: float | None
    threshold: float | None
    message: Message
    unit: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, eq=False)
class Judged:
    """A plan with a simulation long enough for gates (None when the scenario states its need)."""

    plan: Plan
    service: Service | None

    @cached_property
    def reachable(self) -> np.ndarray:
        """Intervals that count: not those at the edges that only a neighbouring period could serve."""
        return ~left_out(self.plan.need, self.plan.scenario)

    def hours(self, queue: str) -> np.ndarray:
        """Intervals whose contacts the promise of a queue is judged on."""
        found: np.ndarray = judged(self.plan.need, self.plan.scenario)[self.plan.need.queues.index(queue)]
        return found


def with_long_service(made: Plan) -> Judged:
    """A plan and its service over at least 200 replications, with forecast-level draws."""
    if made.volumes is None:
        return Judged(made, None)
    wanted = max(REPLICATIONS, made.scenario.replications or 0)
    return Judged(made, steps.simulate(made.rota, made.volumes, made.scenario, replications=wanted))


def with_lives(found: GateResult, *services: Service | None) -> GateResult:
    """An answer that says how often the period was lived through, where that is less often than gates ask.

    So many contacts come that memory holds no more of their lives (``service.affordable``).
    """
    lives = min((each.replications for each in services if each is not None), default=REPLICATIONS)
    if found.value is None or lives >= REPLICATIONS:
        return found
    values = {"finding": str(found.message), "lives": lives, "wanted": REPLICATIONS}
    return replace(found, message=Message("study.gate_fewer_lives", values))


def new_hours(stage: Plan, before: Plan) -> np.ndarray:
    """Intervals that a queue is open in this stage and was not before; shape (queues, intervals)."""
    names = [queue.name for queue in stage.scenario.queues]
    here = np.stack([stage.need.open[stage.need.queues.index(name)] for name in names])
    there = np.zeros_like(here)
    for row, name in enumerate(names):
        if name in before.need.queues:
            there[row] = before.need.open[before.need.queues.index(name)]
    new: np.ndarray = here & ~there
    return new
