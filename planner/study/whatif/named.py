"""Queues, people and sites that settings name, and what a scenario says of them in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner._values import number_text
from planner.study.scenario.asking import ALL
from planner.study.scenario.mistakes import unknown_name
from planner.study.whatif.change import at_setting

if TYPE_CHECKING:
    from planner.study.scenario import Scenario
    from planner.study.scenario.people import AgentSaid


def unknown(what: str, names: Iterable[str], known: Iterable[str], setting: str) -> Iterator[Message]:
    """A sentence for each name that nobody has."""
    listed = list(known)
    for name in names:
        if name not in listed:
            yield at_setting(unknown_name(what, name, listed), setting)


def unknown_queues(scenario: Scenario, names: Sequence[str], setting: str = "queues") -> Iterator[Message]:
    """A sentence for each queue that there is not; ``all`` stands for all of them."""
    known = [queue.name for queue in scenario.queues]
    yield from unknown("queue", (name for name in names if name != ALL), known, setting)


def queues_named(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    """Queues of these names, in the order of the scenario; ``all`` stands for all of them."""
    return tuple(queue.name for queue in scenario.queues if ALL in names or queue.name in names)


def names_text(names: Sequence[str]) -> str:
    """Queues, people or sites in a sentence.

    Examples
    --------
    >>> names_text(("all",)), names_text(("email en", "chat en"))
    ('all queues', 'email en, chat en')
    """
    return "all queues" if ALL in names else ", ".join(names)


def queues_said(scenario: Scenario) -> list[dict[str, Any]]:
    """All queues as a scenario file says them, also those that nobody stated."""
    if scenario.said.queues:
        return [dict(line) for line in scenario.plain["queues"]]
    return [
        {"name": queue.name, "channel": queue.channel, "language": queue.language}
        for queue in scenario.queues
    ]


def staff(scenario: Scenario) -> list[AgentSaid]:
    """Everybody in the team: nobody who could be hired, no seat of a partner."""
    candidates = {*scenario.hires, *scenario.seats}
    return [person for person in scenario.persons if person.name not in candidates]


def contracts(scenario: Scenario) -> list[str]:
    """Names of those of the team who have contract hours."""
    hours = {agent.name: agent.weekly_minutes for agent in scenario.team.agents}
    return [person.name for person in staff(scenario) if hours[person.name]]


def agents_said(
    scenario: Scenario,
    over: Mapping[str, Mapping[str, Any]] | None = None,
    more: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The team as a scenario file holds it, with some people said otherwise, and more people.

    What an hour costs is written for everybody: else it would follow from the others'. Queues that follow
    from the team's languages are written, too.

    Parameters
    ----------
    over: by name, the keys that are otherwise. more: people who join.
    """
    cost = {agent.name: agent.cost_per_hour for agent in scenario.team.agents}
    agents = []
    for person in staff(scenario):
        said = person.model_dump(by_alias=True, exclude_unset=True)
        kept = {key: value for key, value in said.items() if value not in (None, "", (), [])}
        agents.append({**kept, "cost": number_text(cost[person.name]), **(over or {}).get(person.name, {})})
    changes: dict[str, Any] = {"agents": [*agents, *more]}
    if not (scenario.said.queues or scenario.said.need or scenario.posts_alone):
        changes["queues"] = queues_said(scenario)
    return changes


def new_names(scenario: Scenario, word: str, count: int) -> list[str]:
    """Names for people who join, which nobody has.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> new_names(Scenario.from_text("agents: [{name: New 1}]"), "New", 2)
    ['New 2', 'New 3']
    """
    taken = {" ".join(person.name.casefold().split()) for person in staff(scenario)}
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        if f"{word} {number}".casefold() not in taken:
            found.append(f"{word} {number}")
    return found
