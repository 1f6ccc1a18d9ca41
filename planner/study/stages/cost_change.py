"""What a stage costs a month against another, as far as both bounds prove it."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from planner.study.compare import verdict
from planner.study.money import a_month
from planner.study.stages.uplift import least_pay, paid

if TYPE_CHECKING:
    from planner.study.plan import Plan


@dataclass(frozen=True)
class Money:
    """What a rota costs a month, against another's.

    Attributes
    ----------
    cost: wages and premiums of what is rostered, and what a partner is owed beyond it.
    least: no rota of the stage costs less that misses no more people and breaks no more soft rules;
        None: not known.
    against: the other's cost. change: cost minus that; share: of that (NaN if it costs nothing).
    low, high: change at least and at most, as far as both bounds prove it; None: not known.
    verdict: lower, higher, same, not distinguishable or no range.
    """

    cost: float
    least: float | None
    against: float
    change: float
    share: float
    low: float | None
    high: float | None
    verdict: str


def money(stage: Plan, other: Plan) -> Money:
    """What a stage's rota costs a month against another's, each between its proven bound and its cost.

    The same shifts at the same cost are the same, whatever is proven of either.
    """
    (cost, least), (against, their_least) = cost_range(stage), cost_range(other)
    if stage is other or (cost == against and stage.rota.shifts == other.rota.shifts):
        return Money(cost, least, against, 0.0, 0.0, 0.0, 0.0, "same")
    known = least is not None and their_least is not None
    return Money(
        cost=cost,
        least=least,
        against=against,
        change=cost - against,
        share=(cost - against) / against if against else nan,
        low=least - against if known and least is not None else None,
        high=cost - their_least if known and their_least is not None else None,
        verdict=verdict(least, cost, their_least, against),
    )


def cost_range(made: Plan) -> tuple[float, float | None]:
    """Wages and premiums a month, a partner's dues in it, and what no rota costs less than; None: not known.

    No rota that misses no more people and breaks no more soft rules, as with ``uplift.least_pay``.
    """
    days, least = made.scenario.days, least_pay(made)
    return a_month(paid(made), days), None if least is None else a_month(least, days)
