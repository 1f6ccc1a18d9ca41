"""What happens by itself, and when: to people, and to customers who write again.

People stand in a tournament tree: each has one next event at most, and the winner is who is next.
Customers who will write again stand in a binary heap (Williams 1964).
"""

from __future__ import annotations

from typing import Any

from planner._compiled import compiled
from planner.service.rows import HEAP, LEAF, NEXT_AT, READY, TREE, WRITING


@compiled
def expect(n: Any, t: Any, a: int, at: float) -> None:
    """The next event of a person is at that time; at one instant the first person's comes first."""
    t[a + NEXT_AT] = at
    tree = n[TREE]
    node = n[a + LEAF] >> 1
    while node > 0:
        left = n[tree + 2 * node]
        right = n[tree + 2 * node + 1]
        winner = right if t[right + NEXT_AT] < t[left + NEXT_AT] else left
        if winner != a and n[tree + node] == winner:
            return
        n[tree + node] = winner
        node >>= 1


@compiled
def will_write(n: Any, t: Any, c: int) -> None:
    """A customer writes again when ready."""
    heap = n[HEAP]
    nth = n[WRITING]
    n[WRITING] += 1
    while nth > 0:
        parent = (nth - 1) >> 1
        if t[n[heap + parent] + READY] <= t[c + READY]:
            break
        n[heap + nth] = n[heap + parent]
        nth = parent
    n[heap + nth] = c


@compiled
def who_writes(n: Any, t: Any) -> int:
    """Take the first customer out of the heap."""
    heap = n[HEAP]
    first = n[heap]
    n[WRITING] -= 1
    size = n[WRITING]
    c = n[heap + size]
    nth = 0
    child = 1
    while child < size:
        if child + 1 < size and t[n[heap + child + 1] + READY] < t[n[heap + child] + READY]:
            child += 1
        if t[c + READY] <= t[n[heap + child] + READY]:
            break
        n[heap + nth] = n[heap + child]
        nth = child
        child = 2 * nth + 1
    n[heap + nth] = c
    return int(first)
