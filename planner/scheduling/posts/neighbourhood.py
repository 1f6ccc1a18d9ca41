"""Large-neighbourhood search by columns: some people, or some days, are planned anew beside all others.

Each neighbourhood is a small problem of the same kind: its relaxation tells at once whether anything
better can be in it, and if so a dive looks for it. Their size moves to where half of them can be ruled out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.scheduling.posts.dive import dive
from planner.scheduling.posts.generation import Prices, generate
from planner.scheduling.posts.groups import Bans, Column, Staff
from planner.scheduling.posts.master import Master

KEPT = 400
"""Columns remembered for each group."""

OFFERED = 15
"""Of these, those that begin a neighbourhood."""

SHARE = 0.04
FIRST_PEOPLE, FIRST_DAYS = 5.0, 4.0
LARGER, SMALLER = 0.25, 0.25
MANY, SOME = 40, 15
"""Of more people than that, so many share a neighbourhood of some days: all would take too long."""


@dataclass(frozen=True, eq=False)
class Answer:
    """Tours of everyone, a column as often as it is taken, and their cents."""

    columns: tuple[Column, ...]
    cents: int


def answer(staff: Staff, columns: Sequence[Column]) -> Answer:
    """Tours with their cost, what is fixed included."""
    people = np.zeros(len(staff.rows), np.int64)
    for column in columns:
        np.add.at(people, column.rows, 1)
    return Answer(tuple(columns), staff.cost(people, sum(column.cents for column in columns)))


class Neighbourhoods:
    """The search's memory.

    Attributes
    ----------
    prices: whole cents per row at which columns are compared.
    """

    def __init__(
        self,
        staff: Staff,
        prices: np.ndarray,
        random: np.random.Generator,
        is_cancelled: Callable[[], bool],
    ) -> None:
        self.staff, self.random, self.is_cancelled = staff, random, is_cancelled
        self.prices = prices
        self._sizes = [FIRST_PEOPLE, FIRST_DAYS]
        self._known: list[dict[bytes, tuple[float, Column]]] = [{} for _group in staff.groups]

    def remember(self, columns: Sequence[Column]) -> None:
        """Keep columns for later neighbourhoods, those of the least reduced cost."""
        for column in columns:
            reduced = float(column.cents - self.prices[column.rows].sum())
            self._known[column.group].setdefault(column.key, (reduced, column))
        for group, known in enumerate(self._known):
            if len(known) > 2 * KEPT:
                best = sorted(known.items(), key=lambda item: item[1][0])[:KEPT]
                self._known[group] = dict(best)

    def all(self) -> list[Column]:
        """Every column that is remembered."""
        return [column for known in self._known for _reduced, column in known.values()]

    def step(self, current: Answer) -> Answer:
        """Plan something anew; the same answer if nothing is better there, or one as good or better."""
        kind = int(self.random.random() < 0.3)
        found, ruled_out = self._some_days(current) if kind else self._some_people(current)
        self._sizes[kind] += LARGER if ruled_out else -SMALLER
        return current if found is None or found.cents > current.cents else found

    def _some_people(self, current: Answer) -> tuple[Answer | None, bool]:
        number = len(current.columns)
        count = min(number, max(2, round(self._sizes[0])))
        self._sizes[0] = min(max(self._sizes[0], 2.0), float(number))
        chosen = set(self.random.permutation(number)[:count].tolist())
        out = [column for i, column in enumerate(current.columns) if i in chosen]
        stay = [column for i, column in enumerate(current.columns) if i not in chosen]
        begin = [
            column
            for group in sorted({column.group for column in out})
            for _reduced, column in sorted(self._known[group].values(), key=lambda item: item[0])[:OFFERED]
        ]
        return self._rebuild(current, out, stay, begin, None)

    def _some_days(self, current: Answer) -> tuple[Answer | None, bool]:
        """Days in a row of everyone who is like nobody else, or of some of many; all other days stay."""
        days = self.staff.crew.problem.days
        self._sizes[1] = min(max(self._sizes[1], 2.0), float(days))
        length = min(days, round(self._sizes[1]))
        first = int(self.random.integers(days - length + 1))
        alone = [self.staff.groups[column.group].size == 1 for column in current.columns]
        if sum(alone) > MANY:
            some = self.random.permutation(np.flatnonzero(alone))[:SOME].tolist()
            alone = [i in some for i in range(len(alone))]
        out = [column for column, free in zip(current.columns, alone, strict=True) if free]
        stay = [column for column, free in zip(current.columns, alone, strict=True) if not free]
        if not out:
            return None, True
        never, always = {}, {}
        for column in out:
            worker = self.staff.groups[column.group].worker
            held = (worker.day < first) | (worker.day >= first + length)
            taken = column.options[column.options >= 0]
            kept = np.zeros(len(held), bool)
            kept[taken] = True
            never[column.group] = held & ~kept
            singles = [np.arange(len(held)) == option for option in taken[held[taken]].tolist()]
            always[column.group] = tuple(singles)
        return self._rebuild(current, out, stay, [], Bans(never, always))

    def _rebuild(
        self,
        current: Answer,
        out: list[Column],
        stay: list[Column],
        begin: list[Column],
        bans: Bans | None,
    ) -> tuple[Answer | None, bool]:
        """The tours that were taken out planned anew; and whether nothing better is possible."""
        staff = self.staff
        required, sizes = staff.required.copy(), np.zeros(len(staff.groups), np.int64)
        for column in stay:
            np.subtract.at(required, column.rows, 1)
        for column in out:
            sizes[column.group] += 1
        goal = current.cents - staff.fixed - sum(column.cents for column in stay)
        master = Master(staff, required, sizes, [*out, *begin])
        start = Prices(self.prices, np.zeros(0))
        relaxed = generate(master, self.is_cancelled, bans, start, goal)
        if staff.step(relaxed.bound) >= goal:
            return None, True
        tours = dive(master, SHARE, self.random, self.is_cancelled, bans)
        if bans is None:
            self.remember(master.columns)
        return (None if tours is None else answer(staff, [*stay, *tours])), False
