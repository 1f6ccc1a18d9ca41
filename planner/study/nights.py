"""Nights: rotation for all, a fixed crew, new contracts, a partner, on call or closed, by one engine."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from planner._errors import ScenarioError
from planner._messages import Message
from planner.rota import Rota, fairness
from planner.study import steps
from planner.study.by_ticket import tickets_of
from planner.study.compare import verdict
from planner.study.edges import trim_edges
from planner.study.hired import DAYS_A_MONTH, only_taken, renumbered, with_candidates, without
from planner.study.night_hours import Window, night_shifts, night_window, open_at_night
from planner.study.night_money import NightCost, night_cost, ready
from planner.study.night_service import NightService, called_out, lived_at_night, night_service
from planner.study.night_unstaffed import OTHERS
from planner.study.night_ways import NightWay, nights_a_week, rotation_for_all
from planner.study.priced import Kept, kept_in, worst
from planner.study.progress import OnPlanProgress, for_stage
from planner.study.taken import Taken, taken_of
from planner.study.trials import engine_listener

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled, Result
    from planner.service import Service
    from planner.study.scenario import Scenario


@dataclass(frozen=True, eq=False)
class NightPlan:
    """One way to staff nights, planned.

    Attributes
    ----------
    scenario: with those who were taken only. result: the engine's, contracts being owed in any case.
    taken: hires and seats. cost: what it costs. tickets: a month, of a partner by the ticket; None: by hours.
    nights: nights a month of each of ours who has any. kept: the queue that keeps least; None: not simulated.
    at_night: what becomes of contacts at night; None: not simulated, or nobody comes.
    ready_weeks, ready: from the decision to the first night; the day if the scenario says when it is decided.
    never: hires and seats whom their rules leave no tour. broken: clashing people and hard findings.
    verdict_missing, verdict_cost: against the first way, as far as proven ranges part them.
    """

    way: NightWay
    scenario: Scenario
    result: Result
    rota: Rota = field(repr=False)
    taken: tuple[Taken, ...]
    cost: NightCost
    nights: tuple[float, ...]
    broken: int
    kept: Kept | None
    at_night: NightService | None
    ready_weeks: int
    ready: date | None
    tickets: float | None = None
    service: Service | None = field(default=None, repr=False)
    never: tuple[str, ...] = ()
    verdict_missing: str = "same"
    verdict_cost: str = "same"


@dataclass(frozen=True, eq=False)
class Nights:
    """All ways: those planned, in order, and why others were not.

    Attributes
    ----------
    window: minutes after midnight between which contacts are at night, on the scenario's clock.
    """

    scenario: Scenario
    window: Window
    plans: tuple[NightPlan, ...]
    not_planned: tuple[NightWay, ...]
    cancelled: bool


def nights(
    scenario: Scenario,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Nights:
    """Plan every way to staff nights that the scenario can express, on the same need.

    The need is that of the formulas, the same for all who answer at night but for a partner's handle times,
    and without the night's where nobody does; contracts are owed in any case (see ``hired``), one missing
    hour costs the same everywhere, and what is said against the first way is said only as far as proven
    ranges go.

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
    _history, _volumes, need = steps.demand_and_need(scenario)
    first = rotation_for_all(scenario, nights_a_week(need, scenario.zone))
    ways = [first, *(make(scenario) for make in OTHERS.values())]
    asked = [way for way in ways if way.scenario is not None]
    window = night_window(scenario)
    plans: list[NightPlan] = []
    price = 0
    for number, way in enumerate(asked, start=1):
        listen = for_stage(on_progress, number, len(asked))
        made, price = _planned(way, price, listen, is_cancelled)
        made = replace(made, at_night=_at_night(made, plans[0] if plans else made, window))
        stopped = is_cancelled is not None and is_cancelled()
        if plans and stopped:
            break
        plans.append(made)
        if stopped:
            break
    cancelled = len(plans) < len(asked)
    not_planned = tuple(way for way in ways if way.scenario is None)
    return Nights(scenario, window, _against_first(plans), not_planned, cancelled)


def _planned(
    way: NightWay,
    price: int,
    on_progress: OnPlanProgress | None,
    is_cancelled: IsCancelled | None,
) -> tuple[NightPlan, int]:
    """One way, planned; and the price of one person missing, which later ways take over."""
    from planner.scheduling import never_taken, schedule

    scenario = way.scenario
    assert scenario is not None
    _history, volumes, need = steps.demand_and_need(scenario)
    need, _notices = trim_edges(need, scenario)
    problem = steps.problem_of(need, scenario)
    if not problem.optional:
        problem = with_candidates(problem, scenario)
    problem = replace(problem, missing_cents=price or problem.missing_cents)
    listen = engine_listener(on_progress, time.monotonic(), 1)
    result = schedule(problem, steps.solve_settings(scenario), listen, is_cancelled)
    result = renumbered(result, scenario)
    left = only_taken(scenario, result.taken)
    gone = {agent.name for agent in scenario.team.agents} - {agent.name for agent in left.team.agents}
    rota = without(result.rota, gone)
    month = DAYS_A_MONTH / scenario.days
    service = None if volumes is None else steps.simulate(rota, volumes, left)
    found = {} if service is None else kept_in(service)
    taken = tuple(taken_of(rota, left, service))
    tickets = tickets_of(left, service)
    weeks, day = ready(scenario, taken)
    made = NightPlan(
        way=way,
        scenario=left,
        result=result,
        rota=rota,
        taken=taken,
        cost=night_cost(result, rota, left, problem, taken, scenario),
        nights=_nights(rota, left, month),
        broken=len(result.no_legal_tour) + len(steps.hard(steps.audit(rota, left))),
        kept=worst(found, list(found)),
        at_night=None,
        ready_weeks=weeks,
        ready=day,
        tickets=sum(tickets.values()) * month if tickets else None,
        service=service,
        never=never_taken(problem) if gone else (),
    )
    return made, problem.missing_cents


def _at_night(made: NightPlan, first: NightPlan, window: Window) -> NightService | None:
    """What becomes of the contacts of the night, of queues that are open then in the first way."""
    service, staffed = made.service, first.service
    if service is None or staffed is None:
        return None
    grid = staffed.first_quarter, staffed.open_.shape[1]
    night = open_at_night(first.scenario, window, *grid)
    role, queues = made.way.called_out or ("", ())
    lived = lived_at_night(service, night, queues)
    for line in made.scenario.said.escalation if queues else ():
        if line.role == role:
            lived = lived.joined(called_out(staffed, night, queues, line))
    return night_service(lived, service.replications, service.weeks)


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
        mine_cost, base_cost = made.cost, plans[0].cost
        cost = verdict(mine_cost.low, mine_cost.high, base_cost.low, base_cost.high)
        told.append(replace(made, verdict_missing=verdict(*missing, *base), verdict_cost=cost))
    return tuple(told)
