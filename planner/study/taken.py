"""Who was taken: hires and seats of a partner with their hours, nights, cost, and when to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from planner.rota import Rota, fairness, shift_cost
from planner.study import steps
from planner.study.by_ticket import ticket_cents, tickets_of
from planner.study.hired import block_hours, contract_hours, minimum_blocks

if TYPE_CHECKING:
    from planner.service import Service
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class Taken:
    """One hire, or one seat of a partner, in a plan.

    Attributes
    ----------
    kind: "hire" or "partner". paid_hours: of the contract, or blocks with the minimum, in the period.
    worked_hours: rostered. nights: shifts at night. cents: of the period, premiums included.
    ready_after: from decision to first shift.
    """

    name: str
    kind: Literal["hire", "partner"]
    site: str
    paid_hours: float
    worked_hours: float
    nights: int
    cents: int
    ready_after: timedelta

    @property
    def idle_hours(self) -> float:
        """Paid and not rostered."""
        return max(0.0, self.paid_hours - self.worked_hours)

    def by(self, start: date) -> date:
        """Last day to decide for a first shift on a day."""
        return start - self.ready_after


def taken_in(made: Plan) -> Iterator[Taken]:
    """Hires and seats of a plan, in the order of the team."""
    return taken_of(made.rota, made.scenario, made.service)


def taken_of(rota: Rota, scenario: Scenario, service: Service | None = None) -> Iterator[Taken]:
    """Hires and seats of a scenario with what each has in a rota, in the order of the team.

    Parameters
    ----------
    service: the rota simulated, which counts the tickets of a partner that is paid by the ticket; None: as
        many as the forecast expects.
    """
    by_ticket = ticket_cents(scenario, tickets_of(scenario, service))
    terms = steps.pay_terms(scenario)
    calendars = steps.calendars_of(scenario)
    nights = fairness(rota, scenario.team).set_index("agent")["nights"]
    for agent in scenario.team.agents:
        tour = rota.tour(agent.name)
        premiums = sum(shift_cost(shift, agent.name, terms).premium_cents for shift in tour)
        if agent.name in scenario.hires:
            hours = contract_hours(agent, calendars[agent.name])
            pay = round(hours * terms.hourly_cents[agent.name])
            worked = sum(shift.paid_minutes for shift in tour if shift.counted) / 60
            ready = scenario.hires[agent.name].ready_after
        elif agent.name in scenario.seats:
            partner = scenario.seats[agent.name]
            blocks = max(len(tour), minimum_blocks(partner, scenario.days))
            hours, worked = blocks * block_hours(partner), len(tour) * block_hours(partner)
            pay, ready = round(100 * hours * partner.hourly), partner.set_up
            pay = by_ticket.get(agent.name, pay)
        else:
            continue
        kind: Literal["hire", "partner"] = "hire" if agent.name in scenario.hires else "partner"
        number = int(nights.get(agent.name, 0))
        yield Taken(agent.name, kind, agent.site, hours, worked, number, pay + premiums, ready)
