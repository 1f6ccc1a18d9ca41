"""Plan a desk, say what it misses and why, and find the cheapest fixes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.study import steps
from planner.study.plan import Plan, plan, why_of
from planner.study.why.change import Basis
from planner.study.why.findings import WhyNot
from planner.study.why.fixes import Fixes, fixes_of

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.scheduling import IsCancelled
    from planner.study.progress import OnPlanProgress
    from planner.study.scenario import Scenario

FIXES = 8
"""Changes that are solved again, if nobody says how many."""


@dataclass(frozen=True, eq=False)
class Why:
    """A plan, what it misses and why, and what would mend it."""

    plan: Plan
    found: WhyNot
    fixes: Fixes


def why(
    scenario: Scenario,
    most: int = FIXES,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    warm: Rota | None = None,
) -> Why:
    """Plan a scenario and look into everything that it misses.

    Parameters
    ----------
    most: changes that are solved again; 0: none.
    on_progress, is_cancelled: as ``plan`` takes them; stopping keeps what was found so far.
    warm: a rota to start from, such as one on screen.

    Raises
    ------
    InputError: when history or scenario cannot be used as they are.
    """
    made = plan(scenario, on_progress, is_cancelled, warm)
    return why_planned(made, scenario, most, on_progress, is_cancelled)


def why_planned(
    made: Plan,
    scenario: Scenario,
    most: int = FIXES,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Why:
    """The same from a plan that is there.

    Parameters
    ----------
    scenario: that the plan was made of.
    """
    stop = is_cancelled or (lambda: False)
    found = made.why if stop() and made.why is not None else why_of(made, is_cancelled=stop)
    fixes = Fixes((), 0, 0)
    if most and found.findings and not stop():
        fixes = fixes_of(basis_of(made, scenario, found), most, on_progress, stop)
    return Why(replace(made, why=found), found, fixes)


def basis_of(made: Plan, scenario: Scenario, found: WhyNot) -> Basis:
    """What fixes are worked out from."""
    from planner.scheduling.why import Around

    problem = steps.problem_of(made.need, made.scenario)
    around = Around.of(problem, made.result.rota)
    return Basis(scenario, made.need, made.asks, made.volumes, problem, made.result, found, around)
