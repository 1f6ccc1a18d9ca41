"""A rota of posts: column generation, dives, branch and price, and large neighbourhoods, in turns.

All in one process and in small steps, so that it can stop at any time; budgets count steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from planner.scheduling.crew import Crew
from planner.scheduling.posts.dive import dive
from planner.scheduling.posts.groups import Column, Staff
from planner.scheduling.posts.master import Master
from planner.scheduling.posts.neighbourhood import Answer, Neighbourhoods, answer
from planner.scheduling.posts.tree import Tree
from planner.scheduling.tally import Tour, tour_of

SHARES = (0.04, 0.04, 0.08, 0.02)
FIRST_DIVES = 3
"""Nodes of the tree from which dives are made before neighbourhoods begin; then every so many nodes."""

DIVE_EVERY = 40

PATIENCE = 60
"""Turns without a better rota after which the tree gets more of them."""

SELDOM, OFTEN = 8, 2
"""Turns from a node that did not raise the bound to the next one."""


LARGE = 5000
"""Rows times people of large teams: neighbourhoods begin before the first node, nodes get a share."""

EARLY = 60
"""Tours priced for each person before the first node of a large team."""

TREE_SHARE = 0.4
"""Of the tours priced, those of the tree and its dives, in a large team."""


class PostSearch:
    """One search.

    Attributes
    ----------
    best: the cheapest tours so far. bound: proven cents of every rota; None until known.

    Parameters
    ----------
    tours: of every worker, to begin with.
    dive_late: asked when a dive begins, for what tells whether it has taken too long.
    labour: whether pay and soft rules count; without them missing people do, by the hours of their shifts.
    """

    def __init__(
        self,
        crew: Crew,
        tours: Sequence[Tour],
        seed: int,
        is_cancelled: Callable[[], bool],
        labour: bool = True,
        dive_late: Callable[[], Callable[[], bool]] | None = None,
    ) -> None:
        self.staff = Staff(crew, labour)
        self.is_cancelled = is_cancelled
        self._dive_late = dive_late
        people = len(crew.workers)
        self._large = people * len(self.staff.rows) > LARGE
        self._early = EARLY * people
        self._by_tree = 0
        self._random = np.random.default_rng(np.random.SeedSequence((seed, 11)))
        group_of = {number: g for g, group in enumerate(self.staff.groups) for number in group.members}
        self.best = answer(
            self.staff,
            [
                self.staff.column(group_of[number], tour.options, labour * tour.own_cents)
                for number, tour in enumerate(tours)
            ],
        )
        self._tree = Tree(self.staff, is_cancelled)
        self._near: Neighbourhoods | None = None
        self._prices = np.zeros(len(self.staff.rows), np.int64)
        self._nodes = self._turn = self._next_node = self._improved = 0

    @property
    def bound(self) -> int | None:
        """Proven cents of every rota."""
        return self.staff.fixed + self._tree.bound if self._nodes else None

    @property
    def worth(self) -> np.ndarray:
        """Cents of one more person on each row of the posts; 0 until known."""
        return self._tree.worth

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible."""
        bound = self.bound
        return bound is not None and bound >= self.best.cents

    def step(self) -> None:
        """A node of the tree, or a neighbourhood.

        Nodes come each time while they raise the bound, and seldom while neighbourhoods find better rotas.
        """
        self._turn += 1
        if self._tree_first():
            before, priced = self._tree.bound, self.staff.priced
            self._node()
            self._by_tree += self.staff.priced - priced
            raised = self._tree.bound > before
            better = self._turn - self._improved < PATIENCE
            self._next_node = self._turn + (1 if raised else SELDOM if better else OFTEN)
        else:
            before = self.best.cents
            self._keep(self._neighbourhoods().step(self.best))
            if self.best.cents < before:
                self._improved = self._turn

    def _tree_first(self) -> bool:
        """Whether a node comes before a neighbourhood."""
        if self._tree.done:
            return False
        if not self._large:
            return self._nodes < FIRST_DIVES or self._turn >= self._next_node
        return self.staff.priced >= self._early and self._by_tree <= TREE_SHARE * self.staff.priced

    def _node(self) -> None:
        """Solve a node; dive from the first ones, from whole ones, and from one now and then."""
        if not self._nodes and self._near is not None:
            self._tree.offer(self._near.all())
        solved = self._tree.step(self.best.cents - self.staff.fixed)
        self._nodes += not self.is_cancelled()
        if solved is None:
            return
        if solved.whole or self._nodes <= FIRST_DIVES or self._nodes % DIVE_EVERY == 0:
            limits, bans = solved.split.limits, solved.split.bans
            required, sizes = self.staff.required, self._tree.sizes
            master = Master(self.staff, required, sizes, solved.master.columns, limits)
            master.solve()
            master.read()
            share = SHARES[self._nodes % len(SHARES)]
            late = None if self._dive_late is None else self._dive_late()
            tours = dive(master, share, self._random, self.is_cancelled, bans, late)
            if tours is not None:
                self._keep(answer(self.staff, tours))
            if self._nodes >= FIRST_DIVES or self._large:
                self._prices = solved.relaxed.prices.rows
                self._neighbourhoods().prices = self._prices
                self._neighbourhoods().remember(master.columns)

    def _neighbourhoods(self) -> Neighbourhoods:
        if self._near is None:
            self._near = Neighbourhoods(self.staff, self._prices, self._random, self.is_cancelled)
        return self._near

    def _keep(self, found: Answer) -> None:
        if found.cents <= self.best.cents:
            self.best = found

    def tours(self) -> list[Tour]:
        """The best tours, by worker."""
        crew, groups = self.staff.crew, self.staff.groups
        waiting: list[list[Column]] = [[] for _group in groups]
        for column in self.best.columns:
            waiting[column.group].append(column)
        found: dict[int, Tour] = {}
        for group, columns in zip(groups, waiting, strict=True):
            for number, column in zip(group.members, columns, strict=True):
                worker = crew.workers[number]
                first = np.zeros(len(worker.choices), np.int64)
                found[number] = tour_of(worker, column.options, first, column.cents, crew.grid.cells)
        return [found[number] for number in range(len(crew.workers))]
