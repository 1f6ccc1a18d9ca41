"""Promises that hold over a day: the fewest person-intervals of the day that keep them together.

Let g_k(n) be customers of interval k in time with n people, less the promised share of those it is a
share of. The promise is kept if the g_k sum to 0 or more over the day, so the task is: the smallest sum
of n_k, each at least its floor, with sum g_k(n_k) >= 0.

Where every g_k has falling increments from its floor on, adding one person at a time wherever the gain
is largest gives the largest sum for each number of people, so the first sum that is enough is the
smallest (greedy marginal analysis: Fox 1966). P(wait > T) is decreasing and convex in n above the load
in Erlang C (Harel & Zipkin 1987), so with patient customers this always holds. With impatient ones
increments may rise below the load, step by step, and fall from some number of people on. One increment more
than is needed is looked at; where it rises, the day is solved by dynamic programming over the number of
people instead, which needs no shape.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence

import numpy as np

from planner.requirement.erlang_inverse import SAME

Gain = Callable[[int, int], float]

FLAT = 1e-13  # increments that rise by no more, relative to their customers, do not rise


def fewest_over_day(gain: Gain, floors: Sequence[int], customers: Sequence[float]) -> np.ndarray:
    """People in each interval of a day, as few as possible in all.

    Parameters
    ----------
    gain: (interval, people) to what the interval adds to the promise; does not fall with more people.
    floors: the fewest people of each interval. customers: of each interval; those without any keep
        their floor.

    Examples
    --------
    >>> values = [[-4.0, 0.0, 2.0, 3.0], [-1.0, -0.5, 0.0, 0.1]]
    >>> fewest_over_day(lambda k, n: values[k][min(n, 3)], [0, 0], [9.0, 9.0]).tolist()
    [2, 0]
    """
    people = np.array(floors, dtype=np.int64)
    some = [k for k, count in enumerate(customers) if count > 0]
    enough = -SAME * float(sum(customers))
    if not some:
        return people
    tables = {k: [gain(k, int(people[k]))] for k in some}
    shaped = _greedy(gain, floors, people, some, customers, tables, enough)
    if not shaped:
        most = int(people.sum() - np.sum(floors))
        people = _by_numbers(gain, floors, some, tables, most, enough)
    return people


def _greedy(
    gain: Gain,
    floors: Sequence[int],
    people: np.ndarray,
    some: Sequence[int],
    customers: Sequence[float],
    tables: dict[int, list[float]],
    enough: float,
) -> bool:
    """Add people where one gains most until it is enough; whether increments only ever fell."""
    shaped = True

    def increment(k: int) -> float:
        nonlocal shaped
        table, extra = tables[k], int(people[k] - floors[k])
        while len(table) < extra + 3:
            table.append(gain(k, floors[k] + len(table)))
        more, following = table[extra + 1] - table[extra], table[extra + 2] - table[extra + 1]
        if following > more + FLAT * customers[k]:
            shaped = False
        return more

    heap = [(-increment(k), k) for k in some]
    heapq.heapify(heap)
    while _total(tables, people, floors) < enough:
        _, k = heapq.heappop(heap)
        people[k] += 1
        heapq.heappush(heap, (-increment(k), k))
    return shaped


def _total(tables: dict[int, list[float]], people: np.ndarray, floors: Sequence[int]) -> float:
    return math.fsum(table[int(people[k] - floors[k])] for k, table in tables.items())


def _by_numbers(
    gain: Gain,
    floors: Sequence[int],
    some: Sequence[int],
    tables: dict[int, list[float]],
    most: int,
    enough: float,
) -> np.ndarray:
    """The same whatever the shape: the best sum of gains for each number of people, interval by interval."""
    best = np.zeros(1)
    chosen: list[np.ndarray] = []
    for k in some:
        table = tables[k]
        while len(table) <= most:
            table.append(gain(k, floors[k] + len(table)))
        size = min(most, len(best) + len(table) - 2) + 1
        found, choice = np.full(size, -np.inf), np.zeros(size, dtype=np.int64)
        for extra, value in enumerate(table[: most + 1]):
            part = best[: size - extra] + value
            better = part > found[extra : extra + len(part)]
            found[extra : extra + len(part)][better] = part[better]
            choice[extra : extra + len(part)][better] = extra
        best = found
        chosen.append(choice)
    people = np.array(floors, dtype=np.int64)
    left = int(np.argmax(best >= enough))
    for k, choice in zip(reversed(some), reversed(chosen), strict=True):
        people[k] += choice[left]
        left -= int(choice[left])
    return people
