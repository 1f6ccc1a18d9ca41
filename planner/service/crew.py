"""Who serves what, how fast, in which order: what is the same in every life of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.demand import LIVE_CHANNELS, PlannedWork, Queue
from planner.people import Skills, Team
from planner.service import rows as at


@dataclass(frozen=True, eq=False)
class Crew:
    """People in groups, queues and planned works: the beginning of the rows of the event loop.

    Attributes
    ----------
    people: names. queues: number of queues, planned works apart.
    able: whether each queue or planned work can be done by each person, shape (queues + works, people).
    n, t: the rows so far; see ``rows``. size: where they go on.
    queue_at: address of each queue and planned work.
    person, person_size: address of the first person, and from one to the next.
    """

    people: tuple[str, ...]
    queues: int
    able: np.ndarray
    n: np.ndarray
    t: np.ndarray
    queue_at: np.ndarray
    person: int
    person_size: int

    @property
    def size(self) -> int:
        """Where both rows go on."""
        return max(len(self.n), len(self.t))

    @classmethod
    def of(
        cls, team: Team, skills_: Skills, queues: Sequence[Queue], planned: Sequence[PlannedWork] = ()
    ) -> Crew:
        """Read team and skills. Planned work that the skills do not know is done by whoever can."""
        people = tuple(agent.name for agent in team.agents)
        lines = [[name in skills_.able[queue.name] for name in people] for queue in queues]
        for work in planned:
            known = skills_.able.get(work.name)
            lines.append([a.does(work, queues) if known is None else a.name in known for a in team.agents])
        able = np.array(lines, dtype=bool).reshape(len(queues) + len(planned), len(people))
        groups, group_of = np.unique(able.T, axis=0, return_inverse=True)
        most = max((_at_once(queue) for queue in queues), default=1)
        queue = at.HEADER + np.arange(len(able)) * at.QUEUE_SIZE
        group_size = at.CIRCLES + (at.CHATS + most) * at.CIRCLE_SIZE
        group = at.HEADER + len(able) * at.QUEUE_SIZE + np.arange(len(groups)) * group_size
        person = at.HEADER + len(able) * at.QUEUE_SIZE + len(groups) * group_size
        size = at.SLOTS + most
        end = person + (len(people) + 1) * size
        n, t = np.zeros(end, dtype=np.int64), np.zeros(end)
        n[[at.MOST_CHATS, at.PERSON, at.PEOPLE_END]] = most, person, end - size
        n[[at.PERSON_SIZE, at.TREE]] = size, end
        tree = _people(n[person:], t[person:], person, size, group[group_of.reshape(-1)], end)
        more = _queues(n, queues, planned, queue, most, end)
        breadth = groups[:, : len(queues)].sum(axis=1)
        tail = _groups(n, groups, breadth, queue, group, group_size, end + len(tree))
        factors = _factors(people, skills_, queues, len(planned))
        own = end + len(more) + np.arange(len(people)) * len(able)
        n[person : end - size].reshape(len(people), size)[:, at.FACTORS] = own
        n, t = np.concatenate([n, tree, tail]), np.concatenate([t, more, factors])
        return cls(people, len(queues), able, n, t, queue, person, size)


def _people(n: np.ndarray, t: np.ndarray, person: int, size: int, group: np.ndarray, tree: int) -> np.ndarray:
    """Everybody gone, and nobody at the end, of whom nothing is expected; the tree of who is next."""
    whole, times = n.reshape(-1, size), t.reshape(-1, size)
    people = len(whole) - 1
    leaves = 1 << max(0, people - 1).bit_length()
    for field in (at.TASK, at.HELD, at.CIRCLE, at.NEXT_TO, at.PRIOR_TO):
        whole[:, field] = -1
    whole[:people, at.GROUP] = group
    whole[:, at.LEAF] = leaves + np.arange(people + 1)
    times[:, at.NEXT_AT] = at.NEVER
    winner = np.full(2 * leaves, person + people * size, dtype=np.int64)
    winner[leaves : leaves + people] = person + np.arange(people) * size
    for node in range(leaves - 1, 0, -1):
        winner[node] = winner[2 * node]
    return winner


def _groups(
    n: np.ndarray,
    groups: np.ndarray,
    breadth: np.ndarray,
    queue: np.ndarray,
    group: np.ndarray,
    group_size: int,
    tail: int,
) -> np.ndarray:
    """Groups with empty circles, and which queues they serve; queues, and which groups serve them."""
    by_breadth = np.argsort(breadth, kind="stable")
    parts: list[np.ndarray] = []
    for g, address in enumerate(group):
        n[address : address + group_size] = -1
        n[address + at.BREADTH] = breadth[g]
        parts.append(queue[groups[g]])
        n[address + at.SERVES], n[address + at.SERVES_END] = tail, tail + len(parts[-1])
        tail += len(parts[-1])
    for q, address in enumerate(queue):
        parts.append(group[by_breadth[groups[by_breadth, q]]])
        n[address + at.ABLE], n[address + at.ABLE_END] = tail, tail + len(parts[-1])
        tail += len(parts[-1])
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _queues(
    n: np.ndarray,
    queues: Sequence[Queue],
    planned: Sequence[PlannedWork],
    queue: np.ndarray,
    most: int,
    speeds: int,
) -> np.ndarray:
    """Queues with empty lanes, and the speeds of chats; meetings come first, what may be moved last."""
    given = [one.priority for one in queues]
    n[at.URGENT_PRIORITY] = max(given, default=0)
    kinds = [at.CONTACTS] * len(queues) + [at.FIXED if work.fixed else at.MOVABLE for work in planned]
    priorities = given + [
        max(given, default=0) + 1 if work.fixed else min(given, default=0) - 1 for work in planned
    ]
    speed: list[float] = []
    for number, address in enumerate(queue):
        one = queues[number] if number < len(queues) else None
        n[address + at.LANES : address + at.QUEUE_SIZE] = -1
        n[address + at.NUMBER], n[address + at.KIND] = number, kinds[number]
        n[address + at.PRIORITY], n[address + at.AT_ONCE] = priorities[number], _at_once(one)
        n[address + at.SPEED] = speeds + len(speed)
        stated = list(one.chat_speed[:most]) if one is not None and _at_once(one) > 1 else [1.0]
        speed += stated + [stated[-1]] * (most - len(stated))
    return np.array(speed, dtype=float)


def _at_once(queue: Queue | None) -> int:
    """Chats that one person holds at most."""
    return max(1, queue.chats_at_once) if queue is not None and queue.channel in LIVE_CHANNELS else 1


def _factors(people: Sequence[str], skills_: Skills, queues: Sequence[Queue], works: int) -> np.ndarray:
    """Factor on handle times, person by person."""
    factor = np.ones((len(people), len(queues) + works))
    for q, queue in enumerate(queues):
        slower = skills_.slower.get(queue.name, {})
        factor[:, q] = [slower.get(name, 1.0) for name in people]
    return factor.reshape(-1)
