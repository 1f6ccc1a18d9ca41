"""Everyone in a rota of posts, alike people together, and tours as columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import gcd

import numpy as np

from planner.scheduling.crew import Crew
from planner.scheduling.duties import Worker
from planner.scheduling.legal import best_legal
from planner.scheduling.post_rows import PostRows
from planner.scheduling.taking import best_of

IMPOSSIBLE = 2**44
"""Cents above any tour."""


@dataclass(frozen=True, eq=False)
class Column:
    """One tour that each member of a group may have.

    Attributes
    ----------
    group: index of the group. options: option of each day, -1 for none.
    cents: pay, soft rules and taking the person. rows: rows of ``PostRows`` that it counts on.
    """

    group: int
    options: np.ndarray
    cents: int
    rows: np.ndarray

    @property
    def key(self) -> bytes:
        """Equal for equal tours of a group."""
        return self.options.tobytes()


@dataclass(frozen=True, eq=False)
class Bans:
    """Options that groups of one person may not take, and sets of options of which they must take one.

    Attributes
    ----------
    never: per group, whether each option is banned. always: per group, sets of options of one day.
    """

    never: Mapping[int, np.ndarray] = field(default_factory=dict)
    always: Mapping[int, tuple[np.ndarray, ...]] = field(default_factory=dict)

    def on(self, group: int, costs: np.ndarray) -> np.ndarray:
        """Costs of options at which a banned one is never taken, and one that must be always is."""
        if group not in self.never and group not in self.always:
            return costs
        priced = costs.copy()
        if group in self.never:
            priced[self.never[group]] += IMPOSSIBLE
        for must in self.always.get(group, ()):
            priced[must] -= IMPOSSIBLE
        return priced

    def back(self, group: int) -> int:
        """What tours that take all they must are too cheap by."""
        return IMPOSSIBLE * len(self.always.get(group, ()))

    def allow(self, column: Column) -> bool:
        """Whether a column keeps them."""
        taken = column.options[column.options >= 0]
        never = self.never.get(column.group)
        if never is not None and never[taken].any():
            return False
        return all(must[taken].any() for must in self.always.get(column.group, ()))


@dataclass(frozen=True, eq=False)
class Group:
    """People with the same legal tours at the same cost, who count on the same posts.

    Attributes
    ----------
    worker: any of them. members: their places among the workers of the crew.
    """

    worker: Worker
    members: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.members)


class Staff:
    """The people and the rows of a rota of posts; without ``labour`` only missing people cost anything.

    Attributes
    ----------
    groups: people who are alike. rows: what is asked.
    required: people asked of each row beyond those who are there anyway.
    priced: best tours asked for so far, a measure of work that is the same everywhere.
    unit: every rota costs ``fixed`` plus a multiple of so many cents. dearest: person missing on a row.
    """

    def __init__(self, crew: Crew, labour: bool = True) -> None:
        self.crew = crew
        self.labour = labour
        rows = PostRows.of(crew.problem.need)
        self.rows = rows if labour else rows.hours_only(crew.problem.missing_cents)
        self.required = self.rows.required - crew.posted
        self.groups = _alike(crew.workers)
        self.fixed = crew.fixed_cents if labour else 0
        self.unit = self._unit()
        self.dearest = int(self.rows.missing_cents.max(initial=1))
        self.priced = 0

    def _unit(self) -> int:
        found = gcd(*self.rows.missing_cents.tolist(), *self.rows.extra_cents.tolist())
        for group in self.groups if self.labour else ():
            worker, programme = group.worker, group.worker.programme
            parts = [
                worker.cents,
                programme.option_cents,
                programme.costs,
                programme.pens,
                programme.off_cents,
            ]
            values = np.concatenate([part[part < 2**59] for part in parts])
            found = gcd(found, int(np.gcd.reduce(values, initial=0)), worker.person.optional or 0)
            if worker.left_out:
                found = 1
        return max(1, found)

    def step(self, bound: float) -> int:
        """A bound in cents, without ``fixed``, raised to the next multiple of the unit."""
        return -(-int(np.ceil(bound - 1e-6)) // self.unit) * self.unit

    def column(self, group: int, options: np.ndarray, cents: int) -> Column:
        """A tour as a column."""
        rows = self.groups[group].worker.posts[options[options >= 0]].ravel()
        return Column(group, options, cents, rows[rows < len(self.rows)])

    def price(self, group: int, worth: np.ndarray, bans: Bans | None = None) -> tuple[int, Column | None]:
        """A group's least cents of a tour at whole prices (a bound), and the best legal tour if there is one.

        Parameters
        ----------
        worth: cents of one more person on each row, and a last 0.
        bans: options that some groups may not or must take.
        """
        self.priced += 1
        worker = self.groups[group].worker
        own = worker.cents if self.labour else np.zeros(len(worker.cents), np.int64)
        costs = own - worth[worker.posts].sum(axis=1)
        least, options = self._best(worker, costs if bans is None else bans.on(group, costs))
        if bans is not None:
            least += bans.back(group)
        if least >= IMPOSSIBLE // 2:
            return least, None
        if worker.left_out:
            legal = best_legal(worker, costs if bans is None else bans.on(group, costs))
            cents = 0 if legal is None or not self.labour else legal.own_cents
            return least, None if legal is None else self.column(group, legal.options, cents)
        taken = options[options >= 0]
        return least, self.column(group, options, least + int((own - costs)[taken].sum()))

    def _best(self, worker: Worker, costs: np.ndarray) -> tuple[int, np.ndarray]:
        found = best_of(worker, costs, soft=self.labour)
        assert found is not None, "people without a legal tour are set aside before"
        return found

    def cost(self, people: np.ndarray, own: int) -> int:
        """Cents of a rota with so many people on each row beside ``posted`` and tours of ``own`` cents."""
        return self.fixed + own + self.rows.cost(people + self.crew.posted)


def _alike(workers: tuple[Worker, ...]) -> tuple[Group, ...]:
    found: dict[tuple[object, ...], list[int]] = {}
    for number, worker in enumerate(workers):
        fixed = any(choice.locked for choice in worker.choices)
        alike = (id(worker.programme), worker.cents.tobytes(), worker.posts.tobytes(), worker.person.optional)
        found.setdefault((*alike, number if fixed else -1), []).append(number)
    return tuple(Group(workers[members[0]], tuple(members)) for members in found.values())
