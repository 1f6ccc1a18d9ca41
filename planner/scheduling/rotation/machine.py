"""All rules of a rotation as one graph: a legal pattern is a closed walk of its weeks through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planner._errors import SolveError
from planner._messages import Message
from planner.rota import RotationTerms, Wishes
from planner.scheduling.rotation.parts import OFF, Part, State, parts_of

WEEK = 7
MOST_NODES = 150_000  # more take minutes to write down, let alone to solve


class Arc(NamedTuple):
    """A day: from what is known on its morning to what is known on the next; nodes are numbers."""

    day: int
    start: int
    shift: int
    end: int
    points: int


@dataclass(frozen=True, eq=False)
class Machine:
    """A strongly connected graph of days, without two nodes that mean the same.

    Attributes
    ----------
    arcs: sorted; a node belongs to one weekday.
    """

    arcs: tuple[Arc, ...]

    def steps(self) -> dict[tuple[int, int], Arc]:
        """The arc of every node and shift."""
        return {(arc.start, arc.shift): arc for arc in self.arcs}


def machines_of(terms: RotationTerms, wishes: Wishes) -> tuple[Machine, ...]:
    """The graphs in which closed walks can live; none: the rules contradict each other.

    Shifts that no post asks for on a weekday are not given on it.

    Raises
    ------
    SolveError
        If the rules together remember more than can be written down.
    """
    parts = parts_of(terms, wishes)
    reached = _reached(terms, parts)
    return tuple(Machine(_merged(arcs)) for arcs in _components(reached))


def _reached(terms: RotationTerms, parts: Sequence[Part]) -> list[Arc]:
    """Every day that can be reached from a Monday of which nothing is known."""
    given = [[OFF, *(s for s, row in enumerate(terms.posts) if row[day])] for day in range(WEEK)]
    first = (0, tuple(part.first for part in parts))
    number = {first: 0}
    queue = [first]
    arcs = []
    for here in queue:
        day, states = here
        for shift in given[day]:
            step = _step(parts, states, shift, day)
            if step is None:
                continue
            there = ((day + 1) % WEEK, step[0])
            if there not in number:
                number[there] = len(number)
                queue.append(there)
                if len(number) > MOST_NODES:
                    raise SolveError(Message("rotation.too_wide"))
            arcs.append(Arc(day, number[here], shift, number[there], step[1]))
    return arcs


def _step(
    parts: Sequence[Part], states: tuple[State, ...], shift: int, day: int
) -> tuple[tuple[State, ...], int] | None:
    """All rules read one day; nothing if any of them is broken."""
    after, cost = [], 0
    for part, state in zip(parts, states, strict=True):
        read = part.step(state, shift, day)
        if read is None:
            return None
        after.append(read[0])
        cost += read[1]
    return tuple(after), cost


def _components(arcs: Sequence[Arc]) -> list[list[Arc]]:
    """Arcs by strongly connected component (Kosaraju), components without an arc left out."""
    ahead: defaultdict[int, list[int]] = defaultdict(list)
    back: defaultdict[int, list[int]] = defaultdict(list)
    for arc in arcs:
        ahead[arc.start].append(arc.end)
        back[arc.end].append(arc.start)
    nodes = sorted({node for arc in arcs for node in (arc.start, arc.end)})
    component: dict[int, int] = {}
    for root in reversed(_finished(nodes, ahead)):
        stack = [root] if root not in component else []
        while stack:
            node = stack.pop()
            if node not in component:
                component[node] = root
                stack.extend(back[node])
    found: defaultdict[int, list[Arc]] = defaultdict(list)
    for arc in arcs:
        if component[arc.start] == component[arc.end]:
            found[component[arc.start]].append(arc)
    return [found[root] for root in sorted(found)]


def _finished(nodes: Iterable[int], ahead: Mapping[int, Sequence[int]]) -> list[int]:
    """Nodes in the order in which a depth-first search leaves them."""
    seen: set[int] = set()
    order = []
    for root in nodes:
        stack = [(root, False)]
        while stack:
            node, left = stack.pop()
            if left:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((after, False) for after in ahead.get(node, ()) if after not in seen)
    return order


def _merged(arcs: Sequence[Arc]) -> tuple[Arc, ...]:
    """The same with one node for all from which the same days, at the same points, are open for ever.

    Partition refinement: from then on such nodes cannot be told apart, so a closed walk through the merged
    graph is legal day by day, round after round.
    """
    out: defaultdict[int, list[Arc]] = defaultdict(list)
    for arc in arcs:
        out[arc.start].append(arc)
    group = {node: out[node][0].day for node in sorted(out)}
    groups = len(set(group.values()))
    while True:
        marks: dict[object, int] = {}
        refined = {
            node: marks.setdefault(
                (group[node], tuple((a.shift, a.points, group[a.end]) for a in out[node])), len(marks)
            )
            for node in group
        }
        group = refined
        if len(marks) == groups:
            break
        groups = len(marks)
    merged = {Arc(a.day, group[a.start], a.shift, group[a.end], a.points) for a in arcs}
    return tuple(sorted(merged))
