"""Who is able to serve what, as one table for engine, judge and simulation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.demand import Queue
from planner.people.team import Team


@dataclass(frozen=True, slots=True)
class Role:
    """An escalation role that is on call, such as "engineer": served by people whose teams name it."""

    name: str


@dataclass(frozen=True)
class Skills:
    """Able people per queue or role.

    Attributes
    ----------
    able: name of a queue or role to the names of the people who can serve it.
    kind: name of a queue or role to the kind of duty that serves it ("work" or "on_call").
    """

    able: Mapping[str, frozenset[str]]
    kind: Mapping[str, str]

    def of_set(self, names: Iterable[str], kind: str) -> frozenset[str]:
        """People whose duty of this kind counts for a set of queues and roles."""
        return frozenset().union(*(self.able[name] for name in names if self.kind[name] == kind))


def skills(team: Team, queues: Sequence[Queue], roles: Sequence[Role] = ()) -> Skills:
    """The table of who is able to serve what.

    Examples
    --------
    >>> from planner.people import Agent
    >>> eve = Agent("Eve", "Rome", "Europe/Rome", {}, teams=frozenset({"engineer"}))
    >>> table = skills(Team((eve,)), [], [Role("engineer")])
    >>> sorted(table.able["engineer"]), table.kind["engineer"]
    (['Eve'], 'on_call')
    """
    able = {queue.name: frozenset(a.name for a in team.agents if a.serves(queue)) for queue in queues}
    able |= {role.name: frozenset(a.name for a in team.agents if role.name in a.teams) for role in roles}
    kind = {queue.name: "work" for queue in queues} | {role.name: "on_call" for role in roles}
    return Skills(able, kind)
