"""The linear programme over groups of alike people, as a sparse model for PDLP.

Its size does not grow with head-count. Rows of sets are added lazily: singles and the widest set first,
then in each round the sets that are shortest in each interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from ortools.linear_solver import linear_solver_pb2
from ortools.pdlp import solvers_pb2

from planner.scheduling.cpsat_people import Person, cover_sets, sets_that_matter
from planner.scheduling.duals_rows import Group, Term, group_alike
from planner.scheduling.pdlp_child import Start, solve_here
from planner.scheduling.post_rows import PostRows
from planner.scheduling.problem import Problem

Class = tuple[int, ...]
Solver = Callable[[bytes, bytes, Start | None], Start]

SETS_A_ROUND = 3
"""Sets that are added for one interval of a block in one round."""


class Taken(NamedTuple):
    """The column of people of a group who are taken, and how many there could be."""

    column: int
    people: int


class Duty(NamedTuple):
    """What a duty covers, whoever has it: a class of people, absolute quarters, possible breaks."""

    sets: Class
    start: int
    end: int
    breaks: tuple[int, ...]
    break_quarters: int


class Programme:
    """Columns and rows under construction; every cost is in units of ``missing_cents``."""

    def __init__(self) -> None:
        self._proto = linear_solver_pb2.MPModelProto()

    def column(self, upper: float = np.inf, cost: float = 0.0, lower: float = 0.0) -> int:
        """A new variable."""
        self._proto.variable.add(lower_bound=lower, upper_bound=upper, objective_coefficient=cost)
        return len(self._proto.variable) - 1

    def row(self, places: Sequence[int], weights: Sequence[float], least: float, most: float = np.inf) -> int:
        """A row: ``least`` <= sum of weights <= ``most``."""
        self._proto.constraint.add(
            var_index=places, coefficient=weights, lower_bound=float(least), upper_bound=float(most)
        )
        return len(self._proto.constraint) - 1

    def solve(self, iterations: int, start: Start | None, solver: Solver = solve_here) -> Start:
        """Primal and dual values by PDLP, from a start if there is one (new rows begin at 0)."""
        if start is not None:
            new = np.zeros(len(self._proto.constraint) - len(start[1]))
            start = (start[0], np.concatenate([start[1], new]))
        return solver(self._proto.SerializeToString(), _settings(iterations).SerializeToString(), start)


def _settings(iterations: int) -> solvers_pb2.PrimalDualHybridGradientParams:
    """One thread and no clock, so that the answer repeats."""
    settings = solvers_pb2.PrimalDualHybridGradientParams()
    settings.num_threads = 1
    settings.termination_criteria.iteration_limit = iterations
    criteria = settings.termination_criteria.simple_optimality_criteria
    criteria.eps_optimal_absolute = criteria.eps_optimal_relative = 1e-4
    return settings


class CoverModel:
    """People on duty by class, tours relaxed, shortages and deferred work priced."""

    def __init__(self, problem: Problem, people: Iterable[Person], labour: bool) -> None:
        self.problem = problem
        self.need = problem.need
        self.labour = labour
        self.lp = Programme()
        self.on_duty: dict[tuple[Class, int], int] = {}
        self.sets = cover_sets(self.need)
        self._known_shares: dict[tuple[int, int], tuple[tuple[int, float], ...]] = {}
        self._duties: dict[Duty, list[int]] = {}
        self._post_rows = PostRows.of(self.need)
        self._on_posts: list[list[int]] = [[] for _row in range(len(self._post_rows) + 1)]
        for group in group_alike(list(people)):
            self._add_group(group)
        self.posts = self._add_posts()
        for (sets, k), terms in self._covered().items():
            number = self.lp.column()
            self.lp.row([number, *terms], [1.0, *(-w for w in terms.values())], 0, 0)
            self.on_duty[sets, k] = number
        classes = sorted({sets for sets, _k in self.on_duty})
        self._columns = np.full((len(classes), self.need.intervals), -1, np.int64)
        for (sets, k), number in self.on_duty.items():
            self._columns[classes.index(sets), k] = number
        self._able = [np.array([j in sets for sets in classes], bool) for j in range(len(self.sets))]
        self.matter = sets_that_matter(self.need)
        spanning = (self.need.spanning,) if self.need.spanning else ()
        self.blocks = [list(block) for block in (*self.need.blocks, *spanning)]
        self._helping = [
            [b for b, block in enumerate(self.blocks) if j in block or j in self.need.spanning]
            for j in range(len(self.need.sets))
        ]
        self.short = {
            (b, k): self.lp.column(cost=1.0)
            for b, block in enumerate(self.blocks)
            for k in map(int, np.flatnonzero(self.matter[block].any(axis=0)))
        }
        self.asked: dict[tuple[int, int], int] = {}

    # Tours

    def _add_group(self, group: Group) -> None:
        price = self.problem.missing_cents if self.labour else np.inf
        taken = self._taken(group, price)
        columns = [
            self.lp.column(float(most), cents / price, float(least)) if most else -1
            for most, cents, least in zip(group.available, group.cents, group.locked, strict=True)
        ]
        for d in range(group.days):
            mine = [columns[c] for c in np.flatnonzero(group.day_of == d) if columns[c] >= 0]
            if len(mine) > 1 or (mine and taken):
                most = max(group.present[:, d].sum(), group.locked[group.day_of == d].sum())
                self._row(mine, [1.0] * len(mine), -np.inf, float(most), taken)
        on_posts = self._post_rows.marks(group.choices, group.members[0].posts).tolist()
        for column, on in zip(columns, on_posts, strict=True):
            for number in on if column >= 0 else ():
                self._on_posts[number].append(column)
        terms: dict[Term, int] = {}
        for row, least, most in group.rows():
            pairs = [(self._term(group, columns, terms, term), weight) for term, weight in row]
            pairs = [(place, weight) for place, weight in pairs if place >= 0]
            if pairs:
                self._row([place for place, _w in pairs], [float(w) for _p, w in pairs], least, most, taken)
        for column, choice in zip(columns, group.choices, strict=True):
            sets = group.members[0].classes.get(choice.option.kind, ())
            if column >= 0 and sets:
                starts = tuple(start for start in choice.breaks if start is not None)
                duty = Duty(sets, choice.option.start, choice.option.end, starts, choice.break_quarters)
                self._duties.setdefault(duty, []).append(column)

    def _covered(self) -> dict[tuple[Class, int], dict[int, float]]:
        """Columns on duty by class and interval, with their share; alike duties are added up first."""
        covered: dict[tuple[Class, int], dict[int, float]] = {}
        breaks: dict[tuple[Class, tuple[int, ...], int], list[int]] = {}
        for duty, columns in self._duties.items():
            column = columns[0]
            if len(columns) > 1:
                column = self.lp.column()
                self.lp.row([column, *columns], [1.0, *[-1.0] * len(columns)], 0, 0)
            away: dict[int, float] = {}
            if len(duty.breaks) == 1:
                away = dict(self._shares(duty.breaks[0], duty.breaks[0] + duty.break_quarters))
            elif duty.breaks:
                breaks.setdefault((duty.sets, duty.breaks, duty.break_quarters), []).append(column)
            for k, share in self._shares(duty.start, duty.end):
                if share > away.get(k, 0.0):
                    covered.setdefault((duty.sets, k), {})[column] = share - away.get(k, 0.0)
        for (sets, starts, quarters), columns in breaks.items():
            self._add_breaks(sets, starts, quarters, columns, covered)
        return covered

    def _taken(self, group: Group, price: float) -> Taken | None:
        """How many people of a group are taken, where none need be; a fraction of a person may be."""
        cents, people = group.members[0].optional, len(group.members)
        if cents is None:
            return None
        locked = float(any(choice.locked for choice in group.choices)) * people
        return Taken(self.lp.column(float(people), cents / price, locked), people)

    def _row(
        self, places: list[int], weights: list[float], least: float, most: float, taken: Taken | None
    ) -> None:
        """A row of a group; where none need be taken, its limits grow with the people who are."""
        if taken is None:
            self.lp.row(places, weights, least, most)
            return
        for limit, low, high in ((least, 0.0, np.inf), (most, -np.inf, 0.0)):
            if np.isfinite(limit):
                self.lp.row([*places, taken.column], [*weights, -limit / taken.people], low, high)

    def _add_posts(self) -> list[int]:
        """People missing or too many on each post and day; the rows."""
        rows, unit, asked = self._post_rows, max(1, self.problem.missing_cents), []
        missing = rows.missing_cents / unit if self.labour else rows.intervals
        extra = rows.extra_cents / unit if self.labour else np.zeros(len(rows))
        for row in range(len(rows)):
            both = [self.lp.column(cost=float(missing[row])), self.lp.column(cost=float(extra[row]))]
            columns, required = self._on_posts[row], float(rows.required[row])
            weights = [*[1.0] * len(columns), 1.0, -1.0]
            asked.append(self.lp.row([*columns, *both], weights, required, required))
        return asked

    def _add_breaks(
        self,
        sets: Class,
        starts: tuple[int, ...],
        quarters: int,
        columns: list[int],
        covered: dict[tuple[Class, int], dict[int, float]],
    ) -> None:
        """People take their break at one of its positions, whatever their group."""
        places = [self.lp.column() for _start in starts]
        weights = [*[1.0] * len(places), *[-1.0] * len(columns)]
        self.lp.row([*places, *columns], weights, 0, 0)
        for place, start in zip(places, starts, strict=True):
            for k, share in self._shares(start, start + quarters):
                covered.setdefault((sets, k), {})[place] = -share

    def _term(self, group: Group, columns: list[int], terms: dict[Term, int], term: Term) -> int:
        """The column of a term, made where it is new; -1 if it is always 0."""
        if term.mark is None:
            return columns[term.at]
        if term not in terms:
            number = terms[term] = self.lp.column(float(len(group.members)))
            if term.weekend:
                for d in (term.at, term.at + 1):
                    if 0 <= d < group.days:
                        self.lp.row(
                            [number, self._term(group, columns, terms, Term(d, term.mark))], [1, -1], 0
                        )
            else:
                marked = np.flatnonzero(group.marked(term.mark) & (group.day_of == term.at))
                mine = [columns[c] for c in marked if columns[c] >= 0]
                self.lp.row([number, *mine], [1.0, *[-1.0] * len(mine)], 0, 0)
        return terms[term]

    def _shares(self, start: int, end: int) -> tuple[tuple[int, float], ...]:
        """Share of each interval between two absolute quarters."""
        if (start, end) not in self._known_shares:
            width = self.need.quarters_per_interval
            places = np.arange(start, end) - self.need.first_quarter
            if self.problem.cyclic:
                places %= self.need.intervals * width
            inside = (places >= 0) & (places < self.need.intervals * width)
            shares = np.bincount(places[inside] // width, minlength=1) / width
            covered = np.flatnonzero(shares)
            pairs = zip(covered.tolist(), shares[covered].tolist(), strict=True)
            self._known_shares[start, end] = tuple(pairs)
        return self._known_shares[start, end]

    # Sets of queues

    def ask(self, j: int, k: int) -> None:
        """Add the row of a set in an interval, if it is new."""
        if (j, k) not in self.asked:
            mine = [*self.shorts(j, k), *self.counted(j, k)]
            self.asked[j, k] = self.lp.row(mine, [1.0] * len(mine), self.need.required[j, k])

    def counted(self, j: int, k: int) -> list[int]:
        """Columns of people on duty whom a set counts in an interval."""
        columns = self._columns[self._able[j], k]
        return [int(column) for column in columns if column >= 0]

    def shorts(self, j: int, k: int) -> list[int]:
        """Columns of people short that help a set: those of its block; for one that spans blocks, all."""
        return [self.short[b, k] for b in self._helping[j] if (b, k) in self.short]

    def asking(self, block: list[int], k: int) -> list[int]:
        """Sets of a block that matter in an interval."""
        return [j for j in block if self.matter[j, k]]

    def ask_first(self, limit: int) -> None:
        """Rows to begin with: all that matter if they are few, else singles and the widest of each block."""
        everything = int(self.matter.sum()) <= limit
        for b, k in self.short:
            mine = self.asking(self.blocks[b], k)
            widest = max(mine, key=lambda j: len(self.need.sets[j]))
            for j in mine:
                if everything or len(self.need.sets[j]) == 1 or j == widest:
                    self.ask(j, k)

    def ask_violated(self, primal: np.ndarray, least: float = 0.05) -> int:
        """Add, in every interval and block, the sets that lack most beyond what is counted; how many."""
        before = len(self.asked)
        for b, k in self.short:
            lacking = []
            for j in self.asking(self.blocks[b], k):
                if (j, k) not in self.asked:
                    counted = primal[self.counted(j, k)].sum() + primal[self.shorts(j, k)].sum()
                    lacking.append((counted - self.need.required[j, k], j))
            for beyond, j in sorted(lacking)[:SETS_A_ROUND]:
                if beyond < -least:
                    self.ask(j, k)
        return len(self.asked) - before
