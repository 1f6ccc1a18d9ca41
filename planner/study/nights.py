"""Who works at night: rotation for all, a fixed crew, new contracts or a partner, on the same need."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planner._errors import ScenarioError
from planner._messages import Message
from planner.rota import Rota, fairness, shift_cost
from planner.study import steps
from planner.study.compare import verdict
from planner.study.edges import trim_edges
from planner.study.hired import (
    DAYS_A_MONTH,
    contract_hours,
    only_taken,
    renumbered,
    with_candidates,
    without,
)
from planner.study.night_ways import (
    OTHERS,
    NightWay,
    night_shifts,
    nights_a_week,
    rotation_for_all,
)
from planner.study.priced import Kept, kept_in, worst
from planner.study.progress import OnPlanProgress, for_stage
from planner.study.taken import Taken, taken_of
from planner.study.trials import engine_listener

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.scheduling import IsCancelled, Problem, Result
    from planner.study.scenario import Scenario


@dataclass(frozen=True, eq=False)
class NightPlan:
    """One way to staff nights, planned.

    Attributes
    ----------
    scenario: with those who were taken only. result: the engine's, contracts being owed in any case.
    taken: hires and seats. paid: all that is paid a month: contracts worked or not, premiums, partner.
    low, high: the same with missing people at their price: no rota costs less than ``low``; None: not known.
    nights: nights a month of each of ours who has any. kept: the queue that keeps least; None: not simulated.
    never: hires and seats whom their rules leave no tour. broken: clashing people and hard findings.
    verdict_missing, verdict_cost: against the first way, as far as proven ranges part them.
    """

    way: NightWay
    scenario: Scenario
    result: Result
    rota: Rota = field(repr=False)
    taken: tuple[Taken, ...]
    paid: float
    low: float | None
    high: float
    nights: tuple[float, ...]
    broken: int
    kept: Kept | None
    never: tuple[str, ...] = ()
    verdict_missing: str = "same"
    verdict_cost: str = "same"


@dataclass(frozen=True, eq=False)
class Nights:
    """All ways: those planned, in order, and why others were not."""

    scenario: Scenario
    plans: tuple[NightPlan, ...]
    not_planned: tuple[NightWay, ...]
    cancelled: bool


def nights(
    scenario: Scenario,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Nights:
    """Plan every way to staff nights that the scenario can express, on the same need.

    The need is that of the formulas; contracts are owed in any case (see ``hired``), one missing hour costs
    the same everywhere, and what is said against the first way is said only as far as proven ranges go.

    Parameters
    ----------
    on_progress: told which way of how many is worked on, as stages.
    is_cancelled: once true, the ways planned so far are kept.

    Raises
    ------
    ScenarioError: when no shift lies in the night.
    """
    if not night_shifts(scenario):
        raise ScenarioError(Message("nights.none", {"scenario": scenario.name}))
    _history, volumes, need = steps.demand_and_need(scenario)
    first = rotation_for_all(scenario, nights_a_week(need, scenario.zone))
    ways = [first, *(make(scenario) for make in OTHERS.values())]
    asked = [way for way in ways if way.scenario is not None]
    plans: list[NightPlan] = []
    price = 0
    for number, way in enumerate(asked, start=1):
        listen = for_stage(on_progress, number, len(asked))
        made, price = _planned(way, volumes, price, listen, is_cancelled)
        stopped = is_cancelled is not None and is_cancelled()
        if plans and stopped:
            break
        plans.append(made)
        if stopped:
            break
    cancelled = len(plans) < len(asked)
    not_planned = tuple(way for way in ways if way.scenario is None)
    return Nights(scenario, _against_first(plans), not_planned, cancelled)


def _planned(
    way: NightWay,
    volumes: Volumes | None,
    price: int,
    on_progress: OnPlanProgress | None,
    is_cancelled: IsCancelled | None,
) -> tuple[NightPlan, int]:
    """One way, planned; and the price of one person missing, which later ways take over."""
    from planner.scheduling import never_taken, schedule

    scenario = way.scenario
    assert scenario is not None
    _history, _volumes, need = steps.demand_and_need(scenario)
    need, _notices = trim_edges(need, scenario)
    problem = steps.problem_of(need, scenario)
    if not problem.optional:
        problem = with_candidates(problem, scenario)
    problem = replace(problem, missing_cents=price or problem.missing_cents)
    listen = engine_listener(on_progress, time.monotonic(), 1)
    result = schedule(problem, steps.solve_settings(scenario), listen, is_cancelled)
    result = renumbered(result, scenario)
    taken = only_taken(scenario, result.taken)
    gone = {agent.name for agent in scenario.team.agents} - {agent.name for agent in taken.team.agents}
    rota = without(result.rota, gone)
    month = DAYS_A_MONTH / scenario.days
    owed = _owed(taken)
    objective = result.objective
    kept = None
    if volumes is not None:
        found = kept_in(steps.simulate(rota, volumes, taken))
        kept = worst(found, list(found))
    made = NightPlan(
        way=way,
        scenario=taken,
        result=result,
        rota=rota,
        taken=tuple(taken_of(rota, taken)),
        paid=_paid(rota, taken, problem) * month,
        low=None if result.bound_cents is None else (owed + result.bound_cents) / 100 * month,
        high=(owed + objective.total) / 100 * month,
        nights=_nights(rota, taken, month),
        broken=len(result.no_legal_tour) + len(steps.hard(steps.audit(rota, taken))),
        kept=kept,
        never=never_taken(problem) if gone else (),
    )
    return made, problem.missing_cents


def _owed(scenario: Scenario) -> int:
    """Cents of the contracts of today's team, whatever they work."""
    terms, calendars = steps.pay_terms(scenario), steps.calendars_of(scenario)
    return sum(
        round(contract_hours(agent, calendars[agent.name]) * terms.hourly_cents[agent.name])
        for agent in scenario.team.agents
        if agent.name not in scenario.hires and not agent.outside
    )


def _paid(rota: Rota, scenario: Scenario, problem: Problem) -> float:
    """Currency units of the period: contracts, hours beyond them, premiums, hires and partner."""
    terms = replace(steps.pay_terms(scenario), prepaid=problem.pay.prepaid)
    ours = {agent.name for agent in scenario.team.agents} - {*scenario.hires, *scenario.seats}
    worked = sum(shift_cost(s, s.agent, terms).total_cents for s in rota.shifts if s.agent in ours)
    return (_owed(scenario) + worked + sum(one.cents for one in taken_of(rota, scenario))) / 100


def _nights(rota: Rota, scenario: Scenario, month: float) -> tuple[float, ...]:
    """Nights a month of those of ours who have any, most first."""
    table = fairness(rota, scenario.team).set_index("agent")["nights"]
    names = [agent.name for agent in scenario.team.agents if not agent.outside]
    return tuple(sorted((float(table[name]) * month for name in names if table[name]), reverse=True))


def _against_first(plans: Sequence[NightPlan]) -> tuple[NightPlan, ...]:
    """What is proven of each against the first."""
    told = []
    for made in plans:
        if made is plans[0]:
            told.append(made)
            continue
        first, mine = plans[0].result, made.result
        missing = (mine.missing_hours_bound, mine.missing_hours)
        base = (first.missing_hours_bound, first.missing_hours)
        cost = verdict(made.low, made.high, plans[0].low, plans[0].high)
        told.append(replace(made, verdict_missing=verdict(*missing, *base), verdict_cost=cost))
    return tuple(told)
