"""Teams with a few people more or fewer: kinds of hires, and who of today's team is of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.study.growing.ramp import DAYS_A_YEAR
from planner.study.scenario.candidates import label_of
from planner.study.scenario.intentions import HireType
from planner.study.scenario.people import AgentSaid

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class Kind:
    """A kind of person who may be hired.

    Attributes
    ----------
    number: in the scenario, from 0. label: site and languages. at_once: start in one month, at most.
    team: of today's people who are of this kind, in the order in which a smaller team would do without them.
    wage: a month, in currency units: contract hours at the employer's cost.
    """

    number: int
    label: str
    said: HireType
    at_once: int
    team: tuple[str, ...]
    wage: float


def kinds_of(scenario: Scenario) -> tuple[Kind, ...]:
    r"""Kinds as ``hires.types`` says them; without any, people who serve every queue at the first site.

    Everybody of today's team counts as the kind at the same site with whom they share most languages.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> (kind,) = kinds_of(Scenario.from_text("people: 3"))
    >>> kind.label, len(kind.team), kind.at_once
    ('all languages', 3, 4)
    """
    said = scenario.said.hires.types or (HireType(max=4),)
    first = scenario.sites[0].name
    mine: list[list[Agent]] = [[] for _ in said]
    for agent in scenario.team.agents:
        if not agent.outside and agent.name not in scenario.hires:
            mine[_nearest(agent, said, first)].append(agent)
    usual = _usual_cost(scenario)
    hours = {site.name: site.full_time_minutes / 60 for site in scenario.sites}
    found = []
    for number, kind in enumerate(said):
        weekly = hours.get(kind.site, hours[first]) if kind.weekly_hours is None else kind.weekly_hours
        wage = weekly * DAYS_A_YEAR / 7 / 12 * (usual if kind.cost is None else kind.cost)
        leaves = sorted(mine[number], key=lambda agent: (len(agent.teams), len(agent.languages)))
        names = tuple(agent.name for agent in leaves)
        found.append(Kind(number, label_of(kind), kind, max(1, kind.max), names, wage))
    return tuple(found)


def team_wage(scenario: Scenario, kind: Kind) -> float:
    """Monthly wages of today's people of a kind, in currency units."""
    people = (agent for agent in scenario.team.agents if agent.name in kind.team)
    return sum(a.weekly_minutes / 60 * DAYS_A_YEAR / 7 / 12 * a.cost_per_hour for a in people)


def with_people(scenario: Scenario, kinds: Sequence[Kind], more: Sequence[int]) -> Scenario:
    """The scenario with so many people of each kind more, or fewer; hires have leave as a colleague has.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 3")
    >>> [agent.name for agent in with_people(desk, kinds_of(desk), [1]).team.agents][-1]
    'hire 1: all languages'
    """
    gone = {name for kind, count in zip(kinds, more, strict=True) for name in kind.team[: max(0, -count)]}
    persons = [person for person in scenario.persons if person.name not in gone]
    leave = {person.name: person.leave for person in scenario.persons}
    for kind, count in zip(kinds, more, strict=True):
        colleagues = kind.team or tuple(leave)
        for number in range(1, count + 1):
            like = colleagues[(number - 1) % len(colleagues)]
            persons.append(_person(kind, number, leave[like]))
    given = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    return type(scenario)(**{**given, "persons": tuple(persons)})


def _person(kind: Kind, number: int, leave: frozenset[date]) -> AgentSaid:
    said = kind.said
    return AgentSaid.model_construct(
        name=f"hire {number}: {kind.label}",
        site=said.site,
        languages=said.languages,
        teams=said.teams,
        channels=said.channels,
        weekly_hours=said.weekly_hours,
        cost=said.cost,
        nights=said.nights,
        leave=leave,
    )


def _nearest(agent: Agent, said: Sequence[HireType], first: str) -> int:
    def near(number: int) -> tuple[bool, int, int]:
        kind = said[number]
        spoken = set(kind.languages) if kind.languages is not None else set(agent.languages)
        there = (kind.site or first) == agent.site
        return there, len(spoken & set(agent.languages)) - len(spoken ^ set(agent.languages)), -number

    return max(range(len(said)), key=near)


def _usual_cost(scenario: Scenario) -> float:
    costs = [agent.cost_per_hour for agent in scenario.team.agents if not agent.outside]
    return sum(costs) / len(costs) if costs else 0.0
