"""What a cost is made of, and what makes it differ from another: in whole cents, so that parts add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.scheduling import Objective
    from planner.study.plan import Plan

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "labour": "base pay",
        "premiums": "premiums",
        "missing": "people missing",
        "extra": "people more than needed",
        "soft": "soft rules",
        "hires": "hires",
    }
)
"""Parts of a cost in the order in which they are told."""


@dataclass(frozen=True)
class CostPart:
    """One part of the cost of one scenario, cents of the period.

    Attributes
    ----------
    part: a name of ``PARTS``. difference: against the first scenario.
    """

    scenario: str
    part: str
    cents: int
    difference: int

    @property
    def cost(self) -> float:
        """Currency units."""
        return self.cents / 100

    @property
    def against_first(self) -> float:
        """The difference, currency units."""
        return self.difference / 100


def cost_parts(made: Plan, first: Plan) -> tuple[CostPart, ...]:
    """Parts of a plan's cost; they add up to it, and their differences to the difference of the costs."""
    mine, theirs = _parts(made.result.objective), _parts(first.result.objective)
    return tuple(
        CostPart(made.scenario.name, PARTS[key], cents, cents - theirs[key]) for key, cents in mine.items()
    )


def _parts(objective: Objective) -> dict[str, int]:
    soft = sum(objective.soft_rules.values())
    return {key: soft if key == "soft" else int(getattr(objective, key)) for key in PARTS}
