"""Branch and price: the bound of a rota of posts, raised split by split until it meets the best rota.

Nodes with the least bound come first (Barnhart et al. 1998, Operations Research 46, for the method).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

import numpy as np

from planner.scheduling.posts.branching import Split, splits
from planner.scheduling.posts.generation import Prices, Relaxed, generate
from planner.scheduling.posts.groups import IMPOSSIBLE, Column, Staff
from planner.scheduling.posts.master import Master


@dataclass(frozen=True, eq=False)
class Node:
    """A part of all rotas.

    Attributes
    ----------
    bound: cents, without what is fixed. columns, prices: of the node it was split from.
    """

    bound: int
    split: Split
    columns: tuple[Column, ...]
    prices: Prices


@dataclass(frozen=True, eq=False)
class Solved:
    """A node's relaxation. ``whole``: it takes whole tours only, as far as it could be split."""

    master: Master
    relaxed: Relaxed
    split: Split
    whole: bool


class Tree:
    """Nodes that may still hold a better rota.

    Attributes
    ----------
    bound: proven cents of every rota, without what is fixed.
    worth: cents of one more person on each row, where the first node ended.
    """

    def __init__(self, staff: Staff, is_cancelled: Callable[[], bool]) -> None:
        self.staff = staff
        self.is_cancelled = is_cancelled
        self.sizes = np.array([group.size for group in staff.groups], np.int64)
        nothing = np.zeros(len(staff.rows), np.int64)
        self.worth = nothing
        first = [staff.price(group, np.append(nothing, 0))[1] for group in range(len(staff.groups))]
        columns = tuple(column for column in first if column is not None)
        self._open: list[tuple[int, int, int, Node]] = []
        self._count = 0
        self._closed: int | None = None
        self.bound = -IMPOSSIBLE
        self._push(Node(-IMPOSSIBLE, Split(), columns, Prices(nothing, np.zeros(0, np.int64))), 0)

    @property
    def done(self) -> bool:
        """Whether no node is open."""
        return not self._open

    def _push(self, node: Node, depth: int) -> None:
        self._count += 1
        heappush(self._open, (node.bound, -depth, self._count, node))

    def offer(self, columns: Sequence[Column]) -> None:
        """Columns for the node to be solved next to begin with."""
        bound, depth, count, node = self._open[0]
        self._open[0] = (bound, depth, count, replace(node, columns=(*node.columns, *columns)))

    def step(self, best: int) -> Solved | None:
        """Solve the node of the least bound and split it; None if it holds no rota below ``best``.

        Parameters
        ----------
        best: cents of the best rota, without what is fixed.
        """
        _bound, depth, _count, node = heappop(self._open)
        found, halves = self._solve(node, best), None
        if found is not None:
            master, relaxed = found
            bound = max(node.bound, self.staff.step(relaxed.bound))
            halves = splits(master, node.split) if bound < best else None
            if halves is not None:
                columns = tuple(self._useful(master, relaxed, best))
                for half in halves:
                    more = len(half.limits) - len(relaxed.prices.limits)
                    prices = Prices(relaxed.prices.rows, np.append(relaxed.prices.limits, [0] * more))
                    self._push(Node(bound, half, columns, prices), 1 - depth)
            elif bound < best:
                self._close(bound)
        elif self.is_cancelled():
            self._close(node.bound)
        self._raise(best)
        return None if found is None else Solved(found[0], found[1], node.split, halves is None)

    def _close(self, bound: int) -> None:
        """A node that cannot be split any further, most often because it is whole, keeps its bound."""
        self._closed = bound if self._closed is None else min(self._closed, bound)

    def _raise(self, best: int) -> None:
        least = self._open[0][0] if self._open else best
        if self._closed is not None:
            least = min(least, self._closed)
        self.bound = max(self.bound, min(least, best))

    def _solve(self, node: Node, best: int) -> tuple[Master, Relaxed] | None:
        """The relaxation of a node; None if nothing better is in it, or somebody cancelled."""
        if node.bound >= best:
            return None
        bans = node.split.bans
        columns = [column for column in node.columns if bans is None or bans.allow(column)]
        placed = {column.group for column in columns}
        for group in range(len(self.staff.groups)):
            if group not in placed:
                column = self.staff.price(group, np.append(node.prices.rows, 0), bans)[1]
                if column is None:
                    return None
                columns.append(column)
        master = Master(self.staff, self.staff.required, self.sizes, columns, node.split.limits)
        start = node.prices if self._count > 1 else None
        relaxed = generate(master, self.is_cancelled, bans, start, best)
        if not self.worth.any():
            self.worth = relaxed.prices.rows
        if not relaxed.done and self.is_cancelled():
            self._close(max(node.bound, self.staff.step(relaxed.bound)))
            return None
        return None if self.staff.step(relaxed.bound) >= best else (master, relaxed)

    def _useful(self, master: Master, relaxed: Relaxed, best: int) -> list[Column]:
        """Columns that a rota below ``best`` could hold: their reduced cost fits into the gap."""
        gap = best - relaxed.bound
        return [
            column
            for column, value in zip(master.columns, master.values.tolist(), strict=True)
            if value > 0
            or column.cents - relaxed.rows[column.rows].sum() - relaxed.groups[column.group] <= gap
        ]
