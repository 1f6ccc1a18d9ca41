"""What would mend a stage that is no-go: changes that were tried, each planned again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from planner._messages import Message

if TYPE_CHECKING:
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Try:
    """One change of a stage, planned again on the same data and seed, and asked every gate again.

    Attributes
    ----------
    kind, what: which change, for programs and for people.
    cost: currency a month that it costs more than the stage as it is; a hire counts with the whole
        contract, worked or not. low, high: as far as the bounds of
        both prove it; None: not known.
    earliest: first day on which it can hold; None where no day of decision is known. weeks: from decision.
    passes: whether every gate that is known is passed. mends: whether the one that failed is.
    failing: findings of gates that still fail.
    scenario, plan: the changed stage; its simulation is not kept.
    notes: what else should be known, such as what was assumed.
    once: what it costs once: recruiting, training and equipment of a hire, setting a partner up.
    changes: keys of the stage's scenario and what they say then.
    """

    kind: str
    what: Message
    cost: float
    low: float | None
    high: float | None
    earliest: date | None
    weeks: float
    passes: bool
    mends: bool
    failing: tuple[Message, ...]
    scenario: Scenario
    plan: Plan
    notes: tuple[Message, ...] = ()
    once: float = 0.0
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Mending:
    """Changes that were tried for a gate that failed.

    Attributes
    ----------
    stage: number of the stage, from 1. scenario: its name. gate: kind of the gate that failed.
    tries: those that pass first, the cheapest first; then those that fail, those that mend it first.
    possible: how many changes there were to try; only the first few of them are.
    same: changes that were planned again, too, and with which the plan is the stage's, such as a partner no
        seat of which is taken.
    fewer: whether fewer were tried than could have been, because more stages are no-go.
    cancelled: whether the work was stopped before all of those were tried.
    """

    stage: int
    scenario: str
    gate: str
    tries: tuple[Try, ...]
    possible: int
    cancelled: bool = False
    same: tuple[Message, ...] = ()
    fewer: bool = False

    @property
    def tried(self) -> int:
        """How many changes were planned again."""
        return len(self.tries) + len(self.same)

    @property
    def cheapest(self) -> Try | None:
        """The cheapest change with which every gate is passed; None if none of those tried does it."""
        return next((each for each in self.tries if each.passes), None)


def cheapest_by_stage(mending: Sequence[Mending]) -> dict[int, Try]:
    """The cheapest change of each stage with which every gate is passed, by number of the stage."""
    found: dict[int, Try] = {}
    for each in mending:
        best, known = each.cheapest, found.get(each.stage)
        if best is not None and (known is None or best.cost < known.cost):
            found[each.stage] = best
    return found


def mended_name(stage: int) -> str:
    """Name of the scenario file of a stage as its cheapest change mends it."""
    return f"mended-{stage}.yaml"
