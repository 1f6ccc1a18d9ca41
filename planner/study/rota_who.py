"""Of whom a rota is shown: people by site, team and queue, each with a short id that links can carry."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class Group:
    """Some people of a team.

    Attributes
    ----------
    id: short, the same for the same kind and name. kind: "site", "team" or "queue".
    people: names, in the order of the team.
    """

    id: str
    kind: Literal["site", "team", "queue"]
    name: str
    people: tuple[str, ...]


def short_id(text: str) -> str:
    """A short name of a name, for addresses: names of people do not stand in them.

    Examples
    --------
    >>> short_id("Ana"), short_id("Ana") == short_id("Bo")
    ('dea210f058', False)
    """
    return sha256(text.encode()).hexdigest()[:10]


def groups_of(scenario: Scenario) -> tuple[Group, ...]:
    """Sites, teams and queues that some of the team belong to or answer, but not all.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> text = "agents: [{name: Ana, languages: en}, {name: Bo, languages: pt}]"
    >>> [(group.kind, group.name, group.people) for group in groups_of(Scenario.from_text(text))]
    [('queue', 'email en', ('Ana',)), ('queue', 'email pt', ('Bo',))]
    """
    agents = scenario.team.agents
    found: list[tuple[Literal["site", "team", "queue"], str, list[str]]] = []
    found += [("site", s.name, [a.name for a in agents if a.site == s.name]) for s in scenario.sites]
    teams = sorted({team for agent in agents for team in agent.teams})
    found += [("team", team, [a.name for a in agents if team in a.teams]) for team in teams]
    found += [("queue", q.name, [a.name for a in agents if a.serves(q)]) for q in scenario.queues]
    return tuple(
        Group(short_id(f"{kind} {name}"), kind, name, tuple(people))
        for kind, name, people in found
        if 0 < len(people) < len(agents)
    )


def named(names: Iterable[str], asked: str) -> str | None:
    """The name whose short id is asked for; None if nobody has it."""
    return next((name for name in names if short_id(name) == asked), None)


def in_groups(groups: Sequence[Group], asked: str, people: Sequence[str]) -> list[str]:
    """Who of some people is in the group that is asked for; all of them where there is no such group."""
    inside = next((group.people for group in groups if group.id == asked), tuple(people))
    return [name for name in people if name in inside]
