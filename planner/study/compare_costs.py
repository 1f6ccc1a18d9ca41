"""What a cost is made of, and what makes it differ from another: in whole cents, so that parts add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.study.partner_owed import owed_beyond

if TYPE_CHECKING:
    from planner.study.plan import Plan

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "labour": "base pay",
        "premiums": "premiums",
        "missing": "people missing",
        "extra": "people more than needed",
        "soft": "soft rules",
        "hires": "hires",
        "partner": "owed to a partner",
    }
)
"""Parts of a cost in the order in which they are told; the last only where a partner is owed anything."""


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


def cost_parts(plans: Sequence[Plan]) -> tuple[CostPart, ...]:
    """Parts of each plan's cost; they add up to it, and their differences to the difference of the costs.

    Differences are against the first plan. Every plan has the same parts.
    """
    every = [_parts(made) for made in plans]
    told = [key for key in PARTS if key != "partner" or any(parts[key] for parts in every)]
    return tuple(
        CostPart(made.scenario.name, PARTS[key], parts[key], parts[key] - every[0][key])
        for made, parts in zip(plans, every, strict=True)
        for key in told
    )


def _parts(made: Plan) -> dict[str, int]:
    objective = made.result.objective
    apart = {"soft": sum(objective.soft_rules.values()), "partner": owed_beyond(made)}
    return {key: apart[key] if key in apart else int(getattr(objective, key)) for key in PARTS}
