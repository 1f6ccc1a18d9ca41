"""A team made larger or smaller by people who are alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner._errors import ScenarioError
from planner._messages import Message
from planner.study.scenario.people import AgentSaid, languages_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class Alike:
    """Who is hired or missing where a team grows or shrinks.

    Attributes
    ----------
    person: as a row of the team, without a name, dates and leave of their own.
    stated: whether the scenario says whom it would hire; else it is the most common contract.
    """

    person: AgentSaid
    stated: bool

    def sentence(self, scenario: Scenario) -> Message:
        """Who is meant, and whether that is assumed."""
        spoken = self.person.languages
        values = {
            "site": self.person.site or scenario.sites[0].name,
            "languages": str(Message("team_size.every")) if spoken is None else languages_text(spoken),
            "hours": f"{hours_a_week(self, scenario):g}",
        }
        return Message("team_size.stated" if self.stated else "team_size.common", values)


_OWN: dict[str, Any] = {
    **dict.fromkeys(("name", "payroll_id", "email"), ""),
    **dict.fromkeys(("from_", "until")),
    "leave": frozenset(),
}
_KIND = ("site", "languages", "teams", "channels", "weekly_hours", "cost", "nights")


def alike(scenario: Scenario) -> Alike:
    """The first kind of hire that the scenario states, else the team's most common contract.

    Only contracts of people who answer a queue count; of two as common the first in the team is meant.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: [{count: 1, weekly_hours: 20}, {count: 2, weekly_hours: 40}]")
    >>> alike(desk).person.weekly_hours
    40.0
    """
    types = scenario.said.hires.types
    if types:
        kind = types[0]
        given = {name: getattr(kind, name) for name in _KIND}
        return Alike(AgentSaid.model_construct(**{**_OWN, **given}), True)
    people = _answering(scenario)
    if not people:
        raise ScenarioError(Message("team_size.nobody", {"scenario": scenario.name}))
    common = Counter(_contract(person) for person in people)
    most = max(common.values())
    like = next(person for person in people if common[_contract(person)] == most)
    return Alike(like.model_copy(update=_OWN), False)


def _contract(person: AgentSaid) -> tuple[float | None, str]:
    return person.weekly_hours, person.site


def _answering(scenario: Scenario) -> list[AgentSaid]:
    able = set[str]().union(*(scenario.skills.able[queue.name] for queue in scenario.queues))
    return [
        person
        for person, agent in zip(scenario.persons, scenario.team.agents, strict=True)
        if agent.name in able and agent.weekly_minutes
    ]


def hours_a_week(one: Alike, scenario: Scenario) -> float:
    """Contract of such a person."""
    if one.person.weekly_hours is not None:
        return float(one.person.weekly_hours)
    site = next(
        (each for each in scenario.team.sites if each.name == one.person.site), scenario.team.sites[0]
    )
    return site.full_time_minutes / 60


def sized(scenario: Scenario, change: int, one: Alike | None = None) -> Scenario:
    """The scenario with so many people like that more, or fewer; nothing worked out before is kept.

    The last in the team with that contract leave first, but nobody whom a rule names: it would lose its
    meaning.

    Parameters
    ----------
    change: people more, or below 0 fewer. one: who they are like; None: as ``alike`` says.

    Raises
    ------
    ScenarioError: when not so many can leave.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5")
    >>> [len(sized(desk, change).team.agents) for change in (-2, 0, 3)]
    [3, 5, 8]
    """
    if not change:
        return scenario
    one = one or alike(scenario)
    if change > 0:
        persons = (*scenario.persons, *_more(scenario, change, one))
    else:
        leaving = _leaving(scenario, -change, one)
        persons = tuple(person for person in scenario.persons if person.name not in leaving)
    given = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    return type(scenario)(**{**given, "persons": persons})


def _more(scenario: Scenario, count: int, one: Alike) -> list[AgentSaid]:
    taken = {person.name for person in scenario.persons}
    names = [name for number in range(1, count + len(taken) + 1) if (name := f"more {number}") not in taken]
    return [one.person.model_copy(update={"name": name}) for name in names[:count]]


def _leaving(scenario: Scenario, count: int, one: Alike) -> set[str]:
    named = {name for rule in scenario.said.rules for name in _named(rule)}
    people = [person for person in _answering(scenario) if person.name not in named]
    minutes = hours_a_week(one, scenario) * 60
    contract = {agent.name: agent.weekly_minutes for agent in scenario.team.agents}
    same = [person.name for person in people if abs(contract[person.name] - minutes) < 1]
    if count > len(same) or count >= len(_answering(scenario)):
        values = {"fewer": count, "there": min(len(same), len(_answering(scenario)) - 1)}
        raise ScenarioError(Message("team_size.too_few", {**values, "hours": f"{minutes / 60:g}"}))
    return set(same[len(same) - count :])


def _named(rule: object) -> list[str]:
    settings = next(iter(rule.values())) if isinstance(rule, dict) else {}
    said = settings.get("for", ()) if isinstance(settings, dict) else ()
    return (
        [part.strip() for part in said.split(",")] if isinstance(said, str) else [str(each) for each in said]
    )
