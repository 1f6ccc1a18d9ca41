"""What a way to staff nights costs: all that is paid, its proven range, and what is paid once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.rota import Rota, shift_cost
from planner.study import steps
from planner.study.by_ticket import seats_by_ticket, weighed_at_most
from planner.study.call_outs import answered_closed, call_outs
from planner.study.growing import earliest, one_off
from planner.study.hired import DAYS_A_MONTH, contract_hours
from planner.study.priced import least_duty_hours

if TYPE_CHECKING:
    from planner.scheduling import Problem, Result
    from planner.study.scenario import Scenario
    from planner.study.taken import Taken


@dataclass(frozen=True)
class NightCost:
    """Currency units a month, but for what is paid once.

    Attributes
    ----------
    paid: contracts worked or not, premiums, hires, partner, and call-outs that are expected.
    low, high: the same with missing people at their price: nothing costs less than ``low``; None: not known.
    partner, called_out: of that the partner, and call-outs.
    one_off: recruiting, training and equipment of hires, and what a partner takes for the set-up.
    contract_hours: of everybody under contract, hires too. need_hours: on duty that the need asks for
        whatever the shifts, without those that the partner's people are there.
    """

    paid: float
    low: float | None
    high: float
    partner: float
    called_out: float
    one_off: float
    contract_hours: float
    need_hours: float


def night_cost(
    result: Result, rota: Rota, scenario: Scenario, problem: Problem, taken: Sequence[Taken], whole: Scenario
) -> NightCost:
    """Cost of a planned way.

    Parameters
    ----------
    scenario: with those who were taken only. whole: as it was planned, with all candidates.
    """
    month = DAYS_A_MONTH / scenario.days / 100
    owed, objective = _owed(scenario), result.objective
    partner = sum(one.cents for one in taken if one.kind == "partner")
    called = sum(each.cents for each in call_outs(rota, scenario))
    least_called = _least_called(scenario)
    called = max(called, least_called)
    tickets = _tickets_for_weights(rota, whole, problem, taken)
    low = None
    if result.bound_cents is not None:
        low = (owed + result.bound_cents - weighed_at_most(problem, whole) + least_called) * month
    hires = sum(one.kind == "hire" for one in taken)
    seats = [scenario.seats[one.name] for one in taken if one.kind == "partner"]
    return NightCost(
        paid=(_paid(rota, scenario, problem, taken, owed) + called) * month,
        low=low,
        high=(owed + objective.total + tickets + called) * month,
        partner=partner * month,
        called_out=called * month,
        one_off=one_off(whole, hires).total + (seats[0].set_up_cost if seats else 0.0),
        contract_hours=_contracts(scenario) * month * 100,
        need_hours=_needed(problem, taken) * month * 100,
    )


def _contracts(scenario: Scenario) -> float:
    """Hours of the period that are owed."""
    calendars = steps.calendars_of(scenario)
    ours = (agent for agent in scenario.team.agents if not agent.outside)
    return sum(contract_hours(agent, calendars[agent.name]) for agent in ours)


def _needed(problem: Problem, taken: Sequence[Taken]) -> float:
    """Person-hours of the period that contacts ask for on duty, those on call and the partner's aside."""
    on_call = {name for name, kind in problem.skills.kind.items() if kind == "on_call"}
    rows = [number for number, names in enumerate(problem.need.sets) if not names & on_call]
    asked = replace(
        problem.need,
        sets=tuple(problem.need.sets[row] for row in rows),
        required=problem.need.required[rows],
    )
    bought = sum(one.worked_hours for one in taken if one.kind == "partner")
    return max(0.0, least_duty_hours(asked) - bought)


def _owed(scenario: Scenario) -> int:
    """Cents of the contracts of today's team, whatever they work."""
    terms, calendars = steps.pay_terms(scenario), steps.calendars_of(scenario)
    return sum(
        round(contract_hours(agent, calendars[agent.name]) * terms.hourly_cents[agent.name])
        for agent in scenario.team.agents
        if agent.name not in scenario.hires and not agent.outside
    )


def _paid(rota: Rota, scenario: Scenario, problem: Problem, taken: Sequence[Taken], owed: int) -> int:
    """Cents of the period: contracts, hours beyond them, premiums, hires and partner."""
    terms = replace(steps.pay_terms(scenario), prepaid=problem.pay.prepaid)
    ours = {agent.name for agent in scenario.team.agents} - {*scenario.hires, *scenario.seats}
    worked = sum(shift_cost(s, s.agent, terms).total_cents for s in rota.shifts if s.agent in ours)
    return owed + worked + sum(one.cents for one in taken)


def _tickets_for_weights(rota: Rota, whole: Scenario, problem: Problem, taken: Sequence[Taken]) -> int:
    """Cents that tickets cost more than seats by the ticket weighed in the search."""
    names = set(seats_by_ticket(whole))
    paid = sum(one.cents for one in taken if one.name in names)
    there = {shift.agent for shift in rota.shifts} & names
    weighed = sum(problem.optional[name] for name in there) + sum(
        shift_cost(shift, shift.agent, problem.pay).total_cents
        for shift in rota.shifts
        if shift.agent in names
    )
    return paid - weighed


def _least_called(scenario: Scenario) -> int:
    """Cents of call-outs for closed queues if always the cheapest of the role went."""
    volumes, cents = scenario.expected if scenario.said.escalation else None, 0
    for line in scenario.said.escalation if volumes is not None else ():
        people = [scenario.team.agent(name) for name in sorted(scenario.skills.able[line.role])]
        if not line.also or not people or volumes is None:
            continue
        step = volumes.interval_minutes // 15
        came = 0.0
        for name, mean in zip(volumes.queues, volumes.mean, strict=True):
            each = np.repeat(mean, step) / step
            there = answered_closed(line, name, scenario, volumes.first_quarter, len(each))
            came += float(each[there].sum())
        hours = max(line.call_out_minimum or timedelta(0), line.takes) / timedelta(hours=1)
        cents += int(100 * came * hours * min(agent.cost_per_hour for agent in people))
    return cents


def ready(scenario: Scenario, taken: Sequence[Taken]) -> tuple[int, date | None]:
    """Weeks from a decision to the first night, and that day if the scenario says when it is decided.

    With hires their lead time, training and ramp; with a partner its set-up; else the notice of a changed
    rota, which is the least in any case.
    """
    hires = sum(one.kind == "hire" for one in taken)
    found = earliest(scenario, hires, max((one.ready_after for one in taken), default=timedelta(0)))
    return found.weeks, found.day
