"""From how often each day is walked to one walk: circuits of components, joined where they may swap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from planner.scheduling.rotation.machine import WEEK, Arc, Machine

LOOK_AHEAD = 3 * WEEK
Circuit = list[Arc]
Steps = dict[tuple[int, int], Arc]


def circuits(machine: Machine, times: Sequence[int]) -> list[Circuit]:
    """A closed walk for every connected part of a flow, every arc walked as often as the flow says.

    Hierholzer's algorithm; each begins on a Monday.
    """
    out = _in_turns(machine, times)
    mondays = sorted(
        {arc.start for arc, often in zip(machine.arcs, times, strict=True) if often and not arc.day}
    )
    return [walk for monday in mondays if (walk := _walk(monday, out))]


def _in_turns(machine: Machine, times: Sequence[int]) -> dict[int, list[Arc]]:
    """The days that follow each node, the next one last: alike days come as far apart as they can."""
    turns: defaultdict[int, list[tuple[float, Arc]]] = defaultdict(list)
    for arc, often in zip(machine.arcs, times, strict=True):
        turns[arc.start] += [((number + 0.5) / often, arc) for number in range(often)]
    return defaultdict(list, {node: [arc for _, arc in sorted(turns[node])[::-1]] for node in turns})


def _walk(monday: int, out: dict[int, list[Arc]]) -> Circuit:
    """All arcs that can be reached and are still left, as one closed walk."""
    stack: list[tuple[int, Arc | None]] = [(monday, None)]
    walk: Circuit = []
    while stack:
        node, by = stack[-1]
        if out[node]:
            arc = out[node].pop()
            stack.append((arc.end, arc))
        else:
            stack.pop()
            if by is not None:
                walk.append(by)
    return walk[::-1]


def joined(machine: Machine, parts: list[Circuit], dearer: bool = False) -> list[Circuit]:
    """The same days in fewer circuits, where two of them may swap some days and cross over.

    Two walks that are read on the same weekday may swap their next days if each may go on with the other's
    and both then know the same; every shift stays on its weekday, so the posts do not notice.

    Parameters
    ----------
    dearer: cross over also where that costs points, at the place where it costs least.
    """
    steps = machine.steps()
    parts = list(parts)
    first = 0
    while first < len(parts):
        for other in range(first + 1, len(parts)):
            both = _crossed(parts[first], parts[other], steps, dearer)
            if both is not None:
                parts[first] = both
                del parts[other]
                break
        else:
            first += 1
    return parts


def _crossed(one: Circuit, two: Circuit, steps: Steps, dearer: bool) -> Circuit | None:
    """Two circuits as one, crossed at the first place where that costs nothing, or least if it may cost."""
    seen: set[tuple[object, ...]] = set()
    least: tuple[int, Circuit] | None = None
    for here in range(len(one)):
        for there in range(one[here].day, len(two), WEEK):
            mine, yours = _ahead(one, here), _ahead(two, there)
            shifts = tuple((my.shift, your.shift) for my, your in zip(mine, yours, strict=False))
            key = (mine[0].start, yours[0].start, shifts)
            if key in seen:
                continue
            seen.add(key)
            crossed = _cross(mine, yours, steps)
            if crossed and (crossed[2] <= 0 or (dearer and (least is None or crossed[2] < least[0]))):
                both = _spliced(one, here, two, there, crossed)
                if crossed[2] <= 0:
                    return both
                least = (crossed[2], both)
    return least[1] if least else None


def _ahead(walk: Circuit, start: int) -> Circuit:
    """The next days of a walk, at most once around."""
    length = min(LOOK_AHEAD, len(walk))
    return [walk[(start + step) % len(walk)] for step in range(length)]


def _cross(mine: Circuit, yours: Circuit, steps: Steps) -> tuple[Circuit, Circuit, int] | None:
    """What each walks in the other's place until both know the same, and the points that it costs."""
    i, you = mine[0].start, yours[0].start
    for_one: Circuit = []
    for_two: Circuit = []
    more = 0
    for my_arc, your_arc in zip(mine, yours, strict=False):
        for_me, for_you = steps.get((i, your_arc.shift)), steps.get((you, my_arc.shift))
        if for_me is None or for_you is None:
            return None
        for_one.append(for_me)
        for_two.append(for_you)
        more += for_me.points + for_you.points - my_arc.points - your_arc.points
        i, you = for_me.end, for_you.end
        if i == your_arc.end and you == my_arc.end:
            return for_one, for_two, more
    return None


def _spliced(
    one: Circuit, here: int, two: Circuit, there: int, crossed: tuple[Circuit, Circuit, int]
) -> Circuit:
    """One circuit: I walk your days and go on where you would, until you come to mine."""
    for_one, for_two, _ = crossed
    length = len(for_one)
    rest_of_two = [two[(there + step) % len(two)] for step in range(length, len(two))]
    rest_of_one = [one[(here + step) % len(one)] for step in range(length, len(one))]
    return _from_monday([*for_one, *rest_of_two, *for_two, *rest_of_one])


def _from_monday(walk: Circuit) -> Circuit:
    """The same walk, begun on a Monday."""
    monday = next(index for index, arc in enumerate(walk) if arc.day == 0)
    return walk[monday:] + walk[:monday]


def weeks_of(walk: Circuit) -> Iterator[tuple[int, ...]]:
    """The shifts of a walk week by week, -1 for days off."""
    for monday in range(0, len(walk), WEEK):
        yield tuple(arc.shift for arc in walk[monday : monday + WEEK])
