"""Large-neighbourhood search: take a few people out, put each back with their best tour.

Ruin and recreate (Schrimpf et al. 2000, Journal of Computational Physics 159) with an exact recreation:
each tour is the optimum of the dynamic programme at what one more person would save. Mostly only some
days in a row are given free; then everyone taken out is placed once more beside the others. Worse
rotas are accepted as in annealing.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import numpy as np

from planner.rota import Rota
from planner.scheduling.crew import Crew
from planner.scheduling.duties import Worker
from planner.scheduling.lagrange import Priced
from planner.scheduling.legal import best_legal
from planner.scheduling.nearest import nearest_tour
from planner.scheduling.problem import IsCancelled
from planner.scheduling.tally import Span, Tour, tour_of
from planner.scheduling.team_rows import TeamRows
from planner.scheduling.tours import FREE

MOST_OUT = 5
AIMED = 0.8
SOME_DAYS = 0.9
FEWEST_DAYS, MOST_DAYS = 3, 10
PASSES = 2
ROUNDS = 3
GUIDED = 10
"""One part in so many of the prices of the bound counts in the search."""
WARM, COLD = 3.0, 0.2


class Search:
    """A rota under improvement.

    Attributes
    ----------
    tours: the current tour of each worker. cost: of the current rota, cents.
    best, best_cost, best_missing: the cheapest rota so far, its cents and people times intervals missing.
    """

    def __init__(self, crew: Crew, seed: int, chain: int = 0) -> None:
        self.crew = crew
        self.workers = crew.workers
        self.tally = crew.tally()
        self.team = TeamRows(crew)
        self.random = np.random.default_rng(np.random.SeedSequence((seed, 8, chain) if chain else (seed, 8)))
        self.tours: list[Tour | None] = [None] * len(self.workers)
        self._own = 0
        self._span: Span | None = None
        self._reach = _reach(self.workers, crew)
        self._able = np.array([worker.counted.any(axis=0) for worker in self.workers], bool)
        self._busy = np.zeros((len(self.workers), crew.grid.cells), bool)
        self.best: list[Tour] = []
        self.cost = self.best_cost = 0
        self.best_missing = 0.0
        self._hints: dict[bytes, np.ndarray] = {}

    def guide(self, prices: Priced) -> None:
        """From now on, prefer a little what the bound finds dear: it tells where people will be missing.

        Parameters
        ----------
        prices: a share of them counts beside what a person saves at once.
        """
        for worker in self.workers:
            key = worker.counted.tobytes()
            if key not in self._hints:
                sums = [prices.cells[mask].sum(axis=0) for mask in worker.counted]
                self._hints[key] = np.array(sums, np.int64) // (GUIDED * prices.fine)

    def first(self) -> None:
        """The first rota: people of few sets first, each with the best tour beside those before.

        Then everyone is placed anew beside all others, as long as that makes the rota cheaper.
        """
        self._build(
            self._hires_last(np.lexsort((self.random.permutation(len(self.workers)), self._skills())))
        )
        self._restore()

    def again(self, is_cancelled: IsCancelled) -> None:
        """The same in two other orders, people of many sets first and all mixed; the cheapest rota stays."""
        mixed = self.random.permutation(len(self.workers))
        for order in (np.lexsort((mixed, -self._skills())), mixed):
            for number in range(len(self.workers)):
                self._take(number)
            if not self._build(self._hires_last(order), is_cancelled):
                break
        self._restore()

    def _hires_last(self, order: np.ndarray) -> np.ndarray:
        """An order of workers with those who need not be taken at its end."""
        optional = np.array([worker.person.optional is not None for worker in self.workers], bool)
        sorted_order: np.ndarray = order[np.argsort(optional[order], kind="stable")]
        return sorted_order

    def _skills(self) -> np.ndarray:
        """Number of sets that count each person."""
        return np.array([int(worker.counted.sum()) for worker in self.workers], np.int64)

    def _build(self, order: np.ndarray, is_cancelled: IsCancelled | None = None) -> bool:
        """Place everyone in an order, and anew while that helps; whether it was not cancelled."""
        reached = 0
        for turn in range(1 + ROUNDS):
            for number in order.tolist():
                if is_cancelled is not None and is_cancelled():
                    return False
                before = None if self.tours[number] is None else self._take(number)
                self._put(number, self.best_tour(number, before))
            cost = self._total()
            if not self.best or cost < self.best_cost:
                self.cost = cost
                self._keep()
            elif turn and cost >= reached:
                break
            reached = cost
        return True

    def _restore(self) -> None:
        """Back to the best rota."""
        for number, tour in enumerate(self.best):
            if self.tours[number] is not None:
                self._take(number)
            self._put(number, tour)
        self.cost = self.best_cost

    def go_on_from(self, tours: Sequence[Tour]) -> None:
        """Take the tours of another search, one for each worker, as the best and the current rota."""
        self.best = list(tours)
        self._restore()
        self.cost = self._total()
        self._keep()

    def warm(self, rota: Rota) -> None:
        """Go on from a rota if it is cheaper; shifts that are no longer possible give way.

        Parameters
        ----------
        rota: whose shifts to keep wherever a legal tour can.
        """
        for number, worker in enumerate(self.workers):
            shifts = rota.tour(worker.person.name)
            if shifts or worker.person.optional is not None:
                self._take(number)
                self._put(number, nearest_tour(self, number, shifts))
        self.cost = self._total()
        if self.cost <= self.best_cost:
            self._keep()
        self._restore()

    def step(self, progress: float) -> bool:
        """Take some people out and put them back; whether the best rota got better.

        Parameters
        ----------
        progress: share of the budget that is spent, for the temperature.
        """
        out, day = self._choose()
        free = self._free_days(day)
        self._span = self._touched(out, free)
        before = {number: self._take(number) for number in out}
        for turn in range(PASSES if len(out) > 1 else 1):
            for number in out:
                if turn:
                    self._take(number)
                self._put(number, self.best_tour(number, before[number], free))
        cost = self._total()
        kept = cost <= self.cost or self.random.random() < self._chance(cost - self.cost, progress)
        if not kept:
            for number, tour in before.items():
                self._take(number)
                self._put(number, tour)
        self._span = None
        if not kept:
            return False
        self.cost = cost
        if cost < self.best_cost:
            self._keep()
            return True
        return False

    def _keep(self) -> None:
        self.best_cost = self.cost
        self.best_missing = self.tally.missing()
        self.best = [tour for tour in self.tours if tour is not None]

    def _chance(self, worse: int, progress: float) -> float:
        temperature = self.crew.problem.missing_cents * WARM * (COLD / WARM) ** progress
        return exp(-worse / max(temperature, 1e-9))

    def _total(self) -> int:
        return self._own + self.crew.fixed_cents + self.tally.cost() + self.team.cost()

    def _choose(self) -> tuple[list[int], int]:
        """One to five people, mostly some who could serve a short interval, and a day."""
        count = min(len(self.workers), int(self.random.integers(1, MOST_OUT + 1)))
        day = int(self.random.integers(self.crew.problem.days))
        some: list[int] = []
        aimed = self.random.random() < AIMED
        short = np.flatnonzero(self.tally.short() > 0)
        if aimed and len(short):
            interval = int(short[self.random.integers(len(short))])
            day = interval * self.crew.problem.days // self.crew.problem.need.intervals
            some = self.random.permutation(self._could_help(interval)).tolist()[:count]
        others = self.random.permutation(len(self.workers)).tolist()
        out = some + [number for number in others if number not in some][: count - len(some)]
        out = self.team.company(out, MOST_OUT)
        return [out[i] for i in self.random.permutation(len(out))], day

    def _could_help(self, interval: int) -> np.ndarray:
        """People counted by the set that is short, and not on duty at the time."""
        names, cell = self.tally.binding_set(interval), interval * self.crew.grid.per_interval
        return np.flatnonzero(self._able[:, names] & ~self._busy[:, cell])

    def _free_days(self, day: int) -> tuple[int, int]:
        """First day that may change and first that may not again: some days around one, or all."""
        days = self.crew.problem.days
        if self.random.random() >= SOME_DAYS:
            return 0, days
        length = int(self.random.integers(FEWEST_DAYS, MOST_DAYS + 1))
        first = day - int(self.random.integers(length))
        return max(first, 0), min(first + length, days)

    def _touched(self, out: Sequence[int], free: tuple[int, int]) -> Span | None:
        """Intervals that duties of the free days reach; all, where somebody may lose other days too."""
        if any(self.workers[number].person.optional is not None for number in out):
            return None
        reach = self._reach[free[0] : free[1]]
        first, last = int(reach[:, 0].min()), int(reach[:, 1].max())
        return min(first, last), last

    def _take(self, number: int) -> Tour:
        tour = self.tours[number]
        assert tour is not None
        self.tally.add(self.workers[number], tour, -1, self._span)
        self._own -= tour.own_cents
        self.team.add(number, tour.options, -1)
        self.tours[number] = None
        return tour

    def _put(self, number: int, tour: Tour) -> None:
        self.tally.add(self.workers[number], tour, 1, self._span)
        self._own += tour.own_cents
        self.team.add(number, tour.options)
        self.tours[number] = tour
        self._busy[number] = tour.present.any(axis=0)

    def best_tour(self, number: int, before: Tour | None = None, free: tuple[int, int] | None = None) -> Tour:
        """A person's best tour beside all others; days that are not free stay as they were ``before``."""
        worker = self.workers[number]
        worth = self.tally.worth(worker.counted, self._span)
        if self._hints:
            worth += self._hints[worker.counted.tobytes()]
        costs, where = worker.costs(worth, self.tally.post_worth())
        held = None
        if before is not None and free is not None and _keeps_days(worker, before):
            held = before.options.copy()
            held[free[0] : free[1]] = FREE
        stood = None if before is None else before.options
        found = self.team.place(number, worker, costs, stood, lambda priced: best_legal(worker, priced, held))
        if found is None:
            assert before is not None, "people without a legal tour are set aside before"
            return before
        if before is not None and held is not None:
            stay = held >= 0
            where[held[stay]] = before.breaks[stay]
        return tour_of(worker, found.options, where, found.own_cents, self.crew.grid.cells)


def _reach(workers: Sequence[Worker], crew: Crew) -> np.ndarray:
    """First interval that any duty of each day touches, and one after the last, shape (days, 2)."""
    width = crew.grid.per_interval
    reach = np.tile([crew.problem.need.intervals, 0], (crew.problem.days, 1))
    for worker in workers:
        np.minimum.at(reach[:, 0], worker.day, worker.starts // width)
        np.maximum.at(reach[:, 1], worker.day, -(-worker.ends // width))
    return reach


def _keeps_days(worker: Worker, before: Tour) -> bool:
    """Whether days of a tour may be held; who was not taken may get any tour."""
    return worker.person.optional is None or bool((before.options >= 0).any())
