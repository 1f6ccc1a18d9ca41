"""The least that a way to cover nights can cost, term by term: contracts, a bound, tickets, call-outs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from planner.rota import Rota
from planner.scheduling import Objective
from planner.study import Scenario, steps
from planner.study.by_ticket import contacts_in_blocks, with_ticket_prices
from planner.study.night_money import night_cost
from planner.study.night_unstaffed import on_call
from planner.study.night_ways import by_partner

DESK = """
name: Night desk
zone: UTC
period: {first_day: 2026-06-01, weeks: 1}
agents:
  - {name: A, cost: 15}
  - {name: B, cost: 15}
  - {name: Eva, cost: 30, weekly_hours: 0, teams: engineer, languages: none}
  - {name: Gil, cost: 20, weekly_hours: 0, teams: engineer, languages: none}
queues: [{name: phone en, aht: 6 min, promise: 80% within 60 s}]
volume: {phone en: 60}
opening_hours: [{days: all, open: 00:00, close: 24:00}]
shifts:
  - {name: early, start: 06:00, paid_hours: 8}
  - {name: late, start: 14:00, paid_hours: 8}
  - {name: night, start: 22:00, paid_hours: 8}
  - {name: on call night, start: 20:00, paid_hours: 12, kind: on_call, teams: engineer}
escalation: [{role: engineer, pay: 10%, takes: 45 min, reach: 20 min, call_out_minimum: 2 h}]
outsource: {from: 22:00, to: 06:00, price: 5 per ticket}
solve: {effort: quick, replications: 12}
"""
MONTH = 365.25 / 12 / 7
BOUND, OWED = 1_000_000, 2 * 40 * 1500


def low_of(scenario: Scenario) -> float:
    """Least cost in cents of the week, with a bound of 10 000 and an empty rota."""
    problem = with_ticket_prices(steps.problem_of(steps.demand_and_need(scenario)[2], scenario), scenario)
    objective = Objective(missing=0, labour=2 * BOUND, premiums=0)
    result: Any = SimpleNamespace(bound_cents=BOUND, objective=objective)
    rota = Rota("x", scenario.first_day, 7, tuple(a.name for a in scenario.team.agents), ())
    found = night_cost(result, rota, scenario, problem, (), scenario)
    assert found.low is not None
    assert found.low <= found.high
    return found.low * 100 / MONTH


def test_weights_of_tickets_are_no_cost_that_is_proven() -> None:
    asked = by_partner(Scenario.from_text(DESK)).scenario
    tickets = 500 * contacts_in_blocks(asked)
    assert tickets > 10_000
    # Each hour is weighed in whole cents, each block rounded up by one.
    assert low_of(asked) == pytest.approx(OWED + BOUND - tickets, abs=100)


def test_call_outs_cost_at_least_the_cheapest_who_may_go() -> None:
    way = on_call(Scenario.from_text(DESK))
    scenario = way.scenario
    volumes = scenario.expected
    assert volumes is not None
    # Contacts between 22:00 and 06:00 (UTC), each of two hours at 20.
    hours = [
        (volumes.first_quarter + k * volumes.interval_minutes // 15) // 4 % 24
        for k in range(volumes.intervals)
    ]
    came = sum(float(volumes.mean[0, k]) for k, hour in enumerate(hours) if hour >= 22 or hour < 6)
    assert came > 1
    assert low_of(scenario) == pytest.approx(OWED + BOUND + came * 2 * 2000, abs=2)
