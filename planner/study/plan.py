"""The whole pipeline for one scenario: history, forecast, need, rota, service, checks."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from planner import rota as rota_room
from planner._messages import Message
from planner.clock import tzdata_version
from planner.rota import Cover, Rota
from planner.rules import Violation
from planner.study import steps
from planner.study.asks import Asks
from planner.study.calibrate import calibrate
from planner.study.call_outs import call_out_notices
from planner.study.edges import trim_edges
from planner.study.hired import has_candidates, only_taken, without
from planner.study.partner_owed import partner_notices
from planner.study.progress import OnPlanProgress, PlanProgress
from planner.study.reasons import few_replications
from planner.study.rounds import PoolSafety, Round
from planner.study.why import WhyNot, why_not

if TYPE_CHECKING:
    from planner.demand import History, Volumes
    from planner.requirement import Need
    from planner.scheduling import IsCancelled, Result
    from planner.service import Service
    from planner.study.scenario import Scenario


AsksOf = Callable[["Need"], Asks]


@dataclass(frozen=True, eq=False)
class Plan:
    """A scenario worked out to the end.

    Attributes
    ----------
    history: None when the scenario states its volumes or its need.
    volumes, service: None when the scenario states its need.
    cover: re-counted from the rota by code that knows no solver.
    violations: what the judge finds, with counts of soft rules.
    rounds: calibration rounds and what each added.
    safety: deferred pools, their safety and what binds it.
    asks: what calibration asks for on top of the formulas.
    why: what is missing and why, which rules clash; None: not looked into.
    decision: where it was asked whom to hire, the engine's answer: contracts as they are owed, its bound;
        ``result`` counts rostered hours as every plan does, and the scenario has only those who were taken.
    """

    scenario: Scenario
    history: History | None
    volumes: Volumes | None
    need: Need
    result: Result
    cover: Cover
    service: Service | None
    violations: tuple[Violation, ...]
    rounds: tuple[Round, ...]
    notices: tuple[Message, ...]
    seconds: float
    versions: Mapping[str, str]
    safety: tuple[PoolSafety, ...] = ()
    decision: Result | None = None
    asks: Asks = field(default_factory=Asks)
    why: WhyNot | None = None

    @property
    def rota(self) -> Rota:
        """The rota of the plan."""
        return self.result.rota


def versions() -> dict[str, str]:
    """Versions that a result depends on."""
    packages = {
        "planner": "shift-coverage-planner",
        "ortools": "ortools",
        "pandas": "pandas",
        "numpy": "numpy",
    }
    found = {name: version(package) for name, package in packages.items()}
    return {**found, "python": platform.python_version(), "tzdata": tzdata_version()}


def plan(
    scenario: Scenario,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    warm: Rota | None = None,
    known: AsksOf | None = None,
) -> Plan:
    """Work a scenario out: always a rota, with what is short and why.

    Parameters
    ----------
    on_progress: called with a PlanProgress, several times a second while the engine improves.
    is_cancelled: asked often; True ends the work and keeps the best rota so far.
    warm: a rota to start from, such as that of the stage before.
    known: makes of the formulas' need what calibration is known to ask on top: one round then.

    Raises
    ------
    InputError: when history or scenario cannot be used as they are.
    """
    began = time.monotonic()
    say = _speaker(on_progress, began)
    say("history")
    history, volumes, need = steps.demand_and_need(scenario)
    say("requirement")
    need, edge_notices = trim_edges(need, scenario)
    held = known(need) if known else None
    found = calibrate(need, volumes, scenario, warm, on_progress, is_cancelled, began, held)
    result, planned = found.result, scenario
    if has_candidates(scenario):
        planned = only_taken(scenario, result.taken)
        gone = {agent.name for agent in scenario.team.agents} - {a.name for a in planned.team.agents}
        whole = replace(result, rota=without(result.rota, gone))
        result = steps.as_usual(whole, found.need, planned)
    notices = (
        *scenario.assumptions,
        *scenario.notices,
        *(history.report.notices if history else ()),
        *(volumes.notices if volumes else ()),
        *scenario.outbound_notices,
        *(placement.said for placement in scenario.placements if placement.said),
        *call_out_notices(scenario),
        *edge_notices,
        *result.notices,
        *found.notices,
    )
    made = Plan(
        scenario=planned,
        history=history,
        volumes=volumes,
        need=found.need,
        result=result,
        cover=rota_room.recount(
            found.need, result.rota, scenario.skills, scenario.cyclic, steps.carried_of(scenario)
        ),
        service=found.service,
        violations=steps.audit(result.rota, planned),
        rounds=found.rounds,
        notices=notices,
        seconds=time.monotonic() - began,
        versions=versions(),
        safety=found.safety,
        decision=None if planned is scenario else found.result,
        asks=found.asks,
    )
    made = replace(
        made,
        notices=(*made.notices, *few_replications(made), *partner_notices(made)),
        why=why_of(made, True, is_cancelled),
    )
    say("finished")
    return made


def why_of(made: Plan, brief: bool = False, is_cancelled: IsCancelled | None = None) -> WhyNot:
    """What a plan misses and why.

    Parameters
    ----------
    brief: only the largest shortages are looked into. is_cancelled: once true, the others are only told.
    """
    result = made.result
    problem = steps.problem_of(made.need, made.scenario)
    proven, clashing = result.missing_hours_bound, result.no_legal_tour
    return why_not(
        problem, result.rota, made.cover, made.scenario.zone, proven, clashing, brief, is_cancelled
    )


def _speaker(on_progress: OnPlanProgress | None, began: float) -> Callable[[str], None]:
    def say(phase: str) -> None:
        if on_progress is not None:
            on_progress(PlanProgress(phase, seconds=time.monotonic() - began))

    return say
