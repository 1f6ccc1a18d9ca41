"""Hires and a partner's seats in a plan: what the engine is asked of them, and who was taken.

Contracts are owed whether their hours are worked or not, the team's and those of hires alike; so while it
is decided whom to take, an hour of anybody under contract costs its premiums only, taking a hire costs the
contract of the whole period, and a partner's seat its minimum and every block beyond that. Otherwise a hire
would seem to pay for itself by leaving the team idle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING, Any

from planner.rules import REGISTRY, Rule
from planner.study.by_ticket import DAYS_A_MONTH as DAYS_A_MONTH
from planner.study.by_ticket import with_ticket_prices
from planner.study.partner_minimum import PartnerMinimum

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.rota import Rota
    from planner.rules import AgentCalendar
    from planner.scheduling import Problem, Result
    from planner.study.scenario import Scenario
    from planner.study.scenario.intentions import Outsource

WORKING_DAYS_A_WEEK = 5
NEVER_FOR_LESS = 3
"""With as few hires as do, an interval short costs as much as so many hires."""


def contract_hours(agent: Agent, calendar: AgentCalendar) -> float:
    """Hours of a contract in a period: spread over Monday to Friday, without leave and public holidays."""
    paid_days = sum(
        1
        for day in range(calendar.days)
        if (calendar.first_day.weekday() + day) % 7 < WORKING_DAYS_A_WEEK
        and day not in calendar.unavailable
        and day not in calendar.holidays
    )
    return agent.weekly_minutes / 60 / WORKING_DAYS_A_WEEK * paid_days


def block_hours(partner: Outsource) -> float:
    """Length of a partner's block.

    Examples
    --------
    >>> from planner.study.scenario.intentions import Outsource
    >>> block_hours(Outsource())
    8.0
    """
    return ((partner.to - partner.from_) % 1440 or 1440) / 60


def minimum_blocks(partner: Outsource, days: int) -> int:
    """Whole blocks that a period's share of the monthly minimum fills, rounded up.

    Examples
    --------
    >>> from planner.study.scenario.intentions import Outsource
    >>> minimum_blocks(Outsource(minimum="160 h a month"), 28), minimum_blocks(Outsource(), 28)
    (19, 0)
    """
    hours = 0.0 if partner.by_ticket else partner.minimum.amount * days / DAYS_A_MONTH
    return int(-(-round(hours, 6) // block_hours(partner)))


def with_candidates(problem: Problem, scenario: Scenario) -> Problem:
    """A problem with the prices and terms of those who need not be taken."""
    rules = dict(problem.rules)
    capped = {
        agent.name
        for agent in problem.team.agents
        if agent.weekly_minutes and not agent.outside and _capped(agent, rules[agent.name])
    }
    optional: dict[str, int] = {}
    for name in scenario.hires:
        agent = problem.team.agent(name)
        if name not in capped and agent.weekly_minutes:
            rules[name] = (*rules[name], REGISTRY["weekly_hours"].model_validate({"at_most": "contract"}))
            capped.add(name)
        hours = contract_hours(agent, problem.calendars[name])
        optional[name] = round(hours * problem.pay.hourly_cents[name])
    minimum: set[str] = set()
    for name, partner in scenario.seats.items():
        if partner.by_ticket:
            continue
        blocks, price = minimum_blocks(partner, problem.days), partner.hourly * block_hours(partner)
        optional[name] = round(100 * price * blocks)
        if blocks:
            rules[name] = (*rules[name], PartnerMinimum(blocks=blocks, penalty=price))
            minimum.add(name)
    pay = replace(problem.pay, prepaid=frozenset(capped | minimum))
    asked = with_ticket_prices(replace(problem, rules=rules, pay=pay, optional=optional), scenario)
    return _as_few_as_do(asked, scenario) if scenario.said.solve.hire == "fewest" else asked


def _as_few_as_do(problem: Problem, scenario: Scenario) -> Problem:
    """The same with one price for every hire, the dearest one's, and missing people above it."""
    most = max((problem.optional[name] for name in scenario.hires), default=0)
    head = max(most, problem.missing_cents)
    optional = {
        name: head + cents // 100 if name in scenario.hires else cents
        for name, cents in problem.optional.items()
    }
    return replace(problem, optional=optional, missing_cents=NEVER_FOR_LESS * head)


def _capped(agent: Agent, rules: Iterable[Rule]) -> bool:
    """Whether no hour beyond the contract may be worked."""
    limits = [getattr(rule, "at_most", None) for rule in rules if rule.name == "weekly_hours" and rule.hard]
    return any(
        limit == "contract" or (isinstance(limit, int | float) and limit * 60 <= agent.weekly_minutes)
        for limit in limits
    )


def renumbered(result: Result, scenario: Scenario) -> Result:
    """The result with hires and seats of a kind taken in the order of their numbers."""
    kinds: dict[int, list[str]] = {}
    offers = [*scenario.hires.items(), *scenario.seats.items()]
    every = [offer for _name, offer in offers]
    for name, offer in offers:
        kinds.setdefault(every.index(offer), []).append(name)
    names: dict[str, str] = {}
    for alike in kinds.values():
        taken = [name for name in alike if name in result.taken]
        names |= dict(zip(taken, alike, strict=False))
    shifts = tuple(replace(s, agent=names.get(s.agent, s.agent)) for s in result.rota.shifts)
    now = set(names.values())
    return replace(
        result,
        rota=replace(result.rota, shifts=tuple(sorted(shifts))),
        taken=tuple(name for name in result.rota.agents if name in now),
    )


def only_taken(scenario: Scenario, taken: Sequence[str]) -> Scenario:
    """The same scenario without candidates that were not taken; nothing worked out for them is kept.

    Rules that were for them alone go with them.
    """
    gone = {*scenario.hires, *scenario.seats} - set(taken)
    given = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    persons = tuple(person for person in scenario.persons if person.name not in gone)
    left = type(scenario)(**{**given, "persons": persons})
    known = {site.name for site in left.sites}.union(*({a.name, *a.teams} for a in left.team.agents))
    rules = [rule for rule in map(_of_those, left.said.rules, repeat(known)) if rule]
    if len(rules) == len(left.said.rules):
        return left
    return type(scenario)(
        **{**given, "persons": persons, "said": left.said.model_copy(update={"rules": tuple(rules)})}
    )


def _of_those(rule: Mapping[str, Any], known: set[str]) -> Mapping[str, Any] | None:
    """A rule as the scenario says it; None if all whom it names are gone."""
    ((_name, settings),) = rule.items()
    named = settings.get("for", ())
    names = [part.strip() for part in named.split(",")] if isinstance(named, str) else list(named)
    return rule if not names or not known.isdisjoint(names) else None


def without(rota: Rota, names: Iterable[str]) -> Rota:
    """A rota without some people."""
    gone = set(names)
    return replace(
        rota,
        agents=tuple(name for name in rota.agents if name not in gone),
        shifts=tuple(shift for shift in rota.shifts if shift.agent not in gone),
    )


def has_candidates(scenario: Scenario) -> bool:
    """Whether a plan of the scenario decides about hires or a partner."""
    return bool(scenario.hires or scenario.seats)


def counts(taken: Sequence[str], scenario: Scenario) -> Mapping[int, int]:
    """How many of each kind of hire are taken, by its place in the scenario."""
    types = scenario.said.hires.types
    found = dict.fromkeys(range(len(types)), 0)
    names = list(scenario.hires)
    places = [index for index, kind in enumerate(types) for _ in range(kind.max)]
    for name, index in zip(names, places, strict=False):
        found[index] += name in taken
    return found
