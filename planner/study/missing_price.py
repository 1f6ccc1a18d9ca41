"""What one person missing costs the plan: enough that nobody free is left at home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.rota import open_type, options_for, shift_cost
from planner.study.scenario.texts import NEVER_SHORT

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.rota import PayTerms
    from planner.study.scenario import Scenario


def missing_cents(scenario: Scenario, terms: PayTerms) -> int:
    """Price of one person missing for one planning interval, whole cents.

    A multiple of the dearest hour with its premiums, or the amount that the scenario states. From
    10 times the dearest hour on, the default, an interval also costs a cent more than the dearest
    shift: with half-hour intervals and shifts of 8 hours ten times would be 5 hours' pay, and
    half an hour short cheaper than the person who could come.

    Parameters
    ----------
    terms: pay of the team.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> from planner.study.steps import pay_terms
    >>> desk = Scenario.quick("3 people, 40 h, English, about 20 tickets a weekday")
    >>> [missing_cents(desk, pay_terms(desk)) for desk in (desk, desk.replace(prices={"missing_hour": "90"}))]
    [12001, 4500]
    """
    kind, amount = scenario.said.prices.missing_hour
    hours = scenario.interval_minutes / 60
    if kind != "factor":
        return max(1, round(100 * amount * hours))
    cents = round(amount * dearest_hour(scenario, terms) * hours)
    return max(1, cents, dearest_shift(scenario, terms) + 1 if amount >= NEVER_SHORT else 0)


def dearest_hour(scenario: Scenario, terms: PayTerms) -> float:
    """Cents of an hour on the night of a Sunday that is a public holiday, of whoever of ours costs most.

    Premiums that nobody stated are not in it, nor a partner's price: a dear one would make itself worth it.
    """
    hours = [0.0]
    for agent in _ours(scenario):
        site = terms.sites[agent.site]
        known = [share or 0.0 for share in (site.night_premium, site.sunday_premium, site.holiday_premium)]
        premiums = max(known) if site.premiums == "highest" else sum(known)
        hours.append(terms.hourly_cents[agent.name] * (1 + premiums))
    return max(hours)


def dearest_shift(scenario: Scenario, terms: PayTerms) -> int:
    """Cents of the dearest shift that anybody may have on a day of the period."""
    dearest: dict[tuple[object, ...], Agent] = {}
    for agent in _ours(scenario):
        names = tuple(kind.name for kind in scenario.shift_types if open_type(kind, agent))
        key = (agent.site, agent.zone, names)
        if key not in dearest or agent.cost_per_hour > dearest[key].cost_per_hour:
            dearest[key] = agent
    costs = (
        shift_cost(option, agent.name, terms).total_cents
        for agent in dearest.values()
        for day in options_for(agent, scenario.shift_types, scenario.first_day, scenario.days)
        for option in day
    )
    return max(costs, default=0)


def _ours(scenario: Scenario) -> Sequence[Agent]:
    """Everybody but a partner's people; those where there is nobody else."""
    every = scenario.team.agents
    return [agent for agent in every if not agent.outside] or every
