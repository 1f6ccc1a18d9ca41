"""A rotation and a dated rota side by side: same need, same rules, so what the fixed pattern costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.study import steps
from planner.study.rotation import Rotated, sum_cents

if TYPE_CHECKING:
    from planner.scheduling import OnProgress


@dataclass(frozen=True)
class Beside:
    """Both rotas against one need; money in cents.

    Attributes
    ----------
    people: with shifts in the dated rota. missing_hours, cost_cents: of it, wages and premiums.
    whole_cents: of it with missing people and soft rules priced. bound_cents: no rota has less, or None.
    rotation_cents: of the rotation's rota, priced alike.
    """

    people: int
    missing_hours: float
    cost_cents: int
    whole_cents: int
    bound_cents: int | None
    rotation_cents: int


def beside(
    made: Rotated, on_progress: OnProgress | None = None, is_cancelled: Callable[[], bool] | None = None
) -> Beside | None:
    """The dated rota of the whole team for the need that the rotation was counted against.

    It starts from the rotation's own rota, so that it is never worse than a rotation that keeps all rules.

    Parameters
    ----------
    made: None comes back where it has no dated rota.
    on_progress, is_cancelled: of the engine.
    """
    from planner.scheduling import objective_of

    if made.rota is None or made.need is None:
        return None
    result = steps.schedule(made.need, made.scenario, made.rota, on_progress, is_cancelled)
    problem = steps.problem_of(made.need, made.scenario)
    return Beside(
        people=len({shift.agent for shift in result.rota.shifts}),
        missing_hours=result.missing_hours,
        cost_cents=sum_cents(result.rota, made.scenario),
        whole_cents=result.objective.total,
        bound_cents=result.bound_cents,
        rotation_cents=objective_of(made.rota, problem).total,
    )


def beside_words(found: Beside, made: Rotated) -> Iterator[Message]:
    """The dated rota, and what the fixed pattern costs against it."""
    currency = made.scenario.currency
    yield Message(
        "rotation.beside",
        {
            "people": found.people,
            "missing": f"{found.missing_hours:,.1f}",
            "cost": _money(found.cost_cents),
            "currency": currency,
        },
    )
    more = (made.missing_hours or 0.0) - found.missing_hours
    values = {
        "hours": f"{more:+,.1f}",
        "cost": _money((made.cost_cents or 0) - found.cost_cents, "+"),
        "currency": currency,
        "rotation": _money(found.rotation_cents),
        "whole": _money(found.whole_cents),
        "bound": "" if found.bound_cents is None else _money(found.bound_cents),
    }
    yield Message("rotation.fixed_pattern", values)
    yield Message(
        "rotation.beside_bound" if found.bound_cents is not None else "rotation.beside_open", values
    )
    if steps.hard(made.violations):
        yield Message("rotation.beside_findings")


def _money(cents: int, sign: str = "") -> str:
    return f"{cents / 100:{sign},.2f}"
