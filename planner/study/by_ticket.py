"""A partner that is paid by the ticket: how its seats weigh in the search, and what they cost in the end.

The search decides by hours, and tickets are known only once a rota was simulated. So each seat weighs its
share of the minimum as soon as it is taken, and each block an even share of what all contacts that are
expected in such blocks cost beyond the minimum. What is paid is counted from the simulation: contacts that
the partner's people answered, at the price of each, and never less than the minimum.

No rota that takes a seat costs less than the minimum, so a proven bound without the weight of all blocks
(``weighed_at_most``) holds for what is paid as well. With a price by the ticket it is a wide range: that
others could not have answered these contacts is not proven.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.rota import options_for

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.scheduling import Problem
    from planner.service import Service
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario

DAYS_A_MONTH = 365.25 / 12


def seats_by_ticket(scenario: Scenario) -> tuple[str, ...]:
    """Names of the seats of a partner that is paid by the ticket."""
    return tuple(name for name, partner in scenario.seats.items() if partner.by_ticket)


def least_cents(scenario: Scenario) -> int:
    r"""The minimum of the period, in cents; due once any seat is taken.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> text = "people: 2\nvolume: 40\nperiod: {weeks: 2}\nsolve: {outsource: yes}\noutsource: "
    >>> least_cents(Scenario.from_text(text + "{price: 5 per ticket, minimum: 300 tickets a month}"))
    68994
    """
    for partner in scenario.seats.values():
        if partner.by_ticket:
            share = scenario.days / DAYS_A_MONTH
            return round(100 * partner.price.amount * partner.minimum.amount * share)
    return 0


def contacts_in_blocks(scenario: Scenario) -> float:
    """Contacts expected while a block of the partner may run, of queues that are open and that it serves."""
    names, volumes = seats_by_ticket(scenario), scenario.expected
    if not names or volumes is None:
        return 0.0
    step = volumes.interval_minutes // 15
    there = np.zeros(volumes.intervals * step, dtype=bool)
    for start, end in _blocks(scenario, scenario.team.agent(names[0])):
        there[max(0, start - volumes.first_quarter) : max(0, end - volumes.first_quarter)] = True
    found = 0.0
    for queue, mean in zip(volumes.queues, volumes.mean, strict=True):
        if names[0] in scenario.skills.able.get(queue, ()):
            is_open = scenario.opening[queue].mask(volumes.first_quarter, len(there))
            found += float((np.repeat(mean, step) / step)[there & is_open].sum())
    return found


def _blocks(scenario: Scenario, seat: Agent) -> list[tuple[int, int]]:
    """Start and end of every block that a seat may have, in absolute quarter-hours."""
    days = options_for(seat, scenario.shift_types, scenario.first_day, scenario.days)
    return [(option.start, option.end) for day in days for option in day if option.kind == "work"]


def with_ticket_prices(problem: Problem, scenario: Scenario) -> Problem:
    """The problem with what a seat by the ticket weighs: see the head of this file."""
    names = seats_by_ticket(scenario)
    if not names:
        return problem
    partner, least = scenario.seats[names[0]], least_cents(scenario)
    all_tickets = 100 * partner.price.amount * contacts_in_blocks(scenario)
    quarters = sum(end - start for start, end in _blocks(scenario, scenario.team.agent(names[0])))
    an_hour = round(max(0.0, all_tickets - least) / max(1, quarters * len(names)) * 4)
    optional = {**problem.optional, **dict.fromkeys(names, least // len(names))}
    hourly = {**problem.pay.hourly_cents, **dict.fromkeys(names, an_hour)}
    return replace(problem, optional=optional, pay=replace(problem.pay, hourly_cents=hourly))


def weighed_at_most(problem: Problem, scenario: Scenario) -> int:
    """Cents that blocks of seats by the ticket weigh at most in the search, the minimum aside."""
    cents = 0
    for name in seats_by_ticket(scenario):
        blocks = _blocks(scenario, scenario.team.agent(name))
        quarters = sum(end - start for start, end in blocks)
        cents += -(-problem.pay.hourly_cents[name] * quarters // 4) + len(blocks)
    return cents


def answered_by(service: Service, names: Collection[str]) -> dict[str, float]:
    """Contacts that each of some people answered, mean over the simulated periods."""
    from planner.service import Outcome

    records = service.records
    done = records.agent[(records.outcome == Outcome.ANSWERED) & (records.agent >= 0)]
    counted = np.bincount(done, minlength=len(service.agents)) / service.replications
    return {name: float(counted[service.agents.index(name)]) for name in names if name in service.agents}


def tickets_of(scenario: Scenario, service: Service | None) -> dict[str, float]:
    """Tickets of each seat in the period: of the simulation, or without one as the forecast expects them."""
    names = seats_by_ticket(scenario)
    if not names:
        return {}
    if service is None:
        return dict.fromkeys(names, contacts_in_blocks(scenario) / len(names))
    return answered_by(service, names)


def ticket_cents(scenario: Scenario, tickets: Mapping[str, float]) -> dict[str, int]:
    """What each seat costs in the period: its tickets, and an even share of what the minimum is above all."""
    if not tickets:
        return {}
    price = next(partner.price.amount for partner in scenario.seats.values() if partner.by_ticket)
    paid = {name: 100 * price * number for name, number in tickets.items()}
    lacking = max(0.0, least_cents(scenario) - sum(paid.values())) / len(paid)
    return {name: round(cents + lacking) for name, cents in paid.items()}


def ticket_notices(made: Plan) -> tuple[Message, ...]:
    """What a partner by the ticket costs beside a rota, whose own cost has hours only."""
    tickets = tickets_of(made.scenario, made.service)
    if not tickets:
        return ()
    cents = sum(ticket_cents(made.scenario, tickets).values())
    values = {
        "tickets": f"{sum(tickets.values()):,.0f}",
        "days": made.scenario.days,
        "cost": f"{cents / 100:,.0f}",
        "currency": made.scenario.currency,
    }
    return (Message("hiring.tickets", values),)
