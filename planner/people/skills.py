"""Who is able to serve what, as one table for engine, judge and simulation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.demand import PlannedWork, Queue
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
    able: name of a queue, role or planned work to the names of the people who can serve it.
    kind: the same name to the kind of duty that serves it ("work" or "on_call").
    slower: queue to those of its people who take longer (or less), and their factor on the handle time.
    """

    able: Mapping[str, frozenset[str]]
    kind: Mapping[str, str]
    slower: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def factor(self, queue: str) -> float:
        """Mean factor on the handle time of a queue over the people who can serve it; 1 if nobody can.

        Examples
        --------
        >>> Skills({"fr": frozenset({"A", "B"})}, {"fr": "work"}, {"fr": {"B": 1.3}}).factor("fr")
        1.15
        """
        people = sorted(self.able[queue])
        slower = self.slower.get(queue, {})
        return sum(slower.get(name, 1.0) for name in people) / len(people) if people else 1.0

    def of_set(self, names: Iterable[str], kind: str) -> frozenset[str]:
        """People whose duty of this kind counts for a set of queues and roles."""
        return frozenset().union(*(self.able[name] for name in names if self.kind[name] == kind))


def skills(
    team: Team, queues: Sequence[Queue], roles: Sequence[Role] = (), planned: Sequence[PlannedWork] = ()
) -> Skills:
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
    able |= {work.name: frozenset(a.name for a in team.agents if a.does(work, queues)) for work in planned}
    kind = {queue.name: "work" for queue in queues} | {role.name: "on_call" for role in roles}
    kind |= {work.name: "work" for work in planned}
    slower = {
        queue.name: {
            agent.name: agent.slower[queue.language]
            for agent in team.agents
            if agent.serves(queue) and agent.slower.get(queue.language, 1.0) != 1.0
        }
        for queue in queues
    }
    return Skills(able, kind, {name: people for name, people in slower.items() if people})
