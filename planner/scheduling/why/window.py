"""The smallest stretch of time in which people must be missing, and the rules without which they need not.

Proof is a bound on missing people with the need of a window alone: whatever the rota, so many are missing
there. It comes from the Lagrangian relaxation of the engine, or from CP-SAT where the period repeats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

import numpy as np

from planner.requirement import Need
from planner.rules import Rule
from planner.scheduling.ascent import ascend
from planner.scheduling.cpsat_people import cover_sets
from planner.scheduling.crew import Crew
from planner.scheduling.duals import CoverPrices
from planner.scheduling.lagrange import whole_cents
from planner.scheduling.problem import IsCancelled, Problem, SolveSettings
from planner.scheduling.why.shortages import Shortage
from planner.scheduling.why.variants import Variants, rules_that_count

FEWEST_STEPS, MOST_STEPS, SWEEPS = 6, 30, 600
"""Steps of a proof: so many people are swept over in all, but at least and at most so many times."""
TRIED = 4
GROWING_HOURS = (0, 12, 24, 48, 96, 168, 336)
CPSAT_ITERATIONS = 120


@dataclass(frozen=True)
class Window:
    """A stretch in which every rota misses people.

    Attributes
    ----------
    first, last: intervals, both included. names: queues of the set that is short there.
    missing: people times intervals that every rota misses in it.
    able: how many people could serve the set at all.
    rules: those without which nothing is proven any more, each dropped alone, for everybody.
    """

    first: int
    last: int
    names: tuple[str, ...]
    missing: float
    able: int
    rules: tuple[Rule, ...]


def only_within(need: Need, within: np.ndarray) -> Need:
    """The need of some intervals alone: no deferred work, no posts.

    Parameters
    ----------
    within: one truth value per interval.
    """
    posts = tuple(
        replace(post, required=post.required * 0, extra_cents=post.extra_cents * 0) for post in need.posts
    )
    return replace(need, required=need.required * within, backlogs=(), posts=posts)


class Prover:
    """Bounds on people missing in a part of the period, with all rules or without some.

    Parameters
    ----------
    crew: everybody. variants: of its people. is_cancelled: asked all the time; then nothing more is proven.
    """

    def __init__(
        self, crew: Crew, variants: Variants | None = None, is_cancelled: IsCancelled | None = None
    ) -> None:
        self._crew = crew
        self._variants = variants or Variants(crew)
        self._is_cancelled = is_cancelled or (lambda: False)
        # Sets that only deferred work looks at fall away with it.
        names = crew.names
        self._rows = [names.index(one) for one in cover_sets(replace(crew.problem.need, backlogs=()))]

    def missing(
        self, names: Sequence[str], within: np.ndarray, reached: float, dropped: tuple[Rule, ...] = ()
    ) -> float:
        """People times intervals that every rota misses within some intervals; 0.0 if nothing is proven.

        Parameters
        ----------
        names: queues of the set that is short there, where prices begin.
        within: one truth value per interval. reached: what a known rota misses there; at most.
        dropped: rules that nobody is held to.
        """
        problem = self._crew.problem
        need = only_within(problem.need, within)
        if self._is_cancelled():
            return 0.0
        if problem.cyclic:
            return _by_cpsat(problem, need, dropped)
        crew = self._able(frozenset(names), dropped)
        rows = np.zeros(need.required.shape)
        for j, of_set in enumerate(need.sets):
            if of_set == frozenset(names):
                rows[j] = problem.missing_cents * within
        start = replace(CoverPrices.nothing(need), rows=rows)
        crew = replace(crew, problem=replace(problem, need=need))
        target = max(1, int(reached * problem.missing_cents))
        steps = min(MOST_STEPS, max(FEWEST_STEPS, SWEEPS // max(1, len(crew.workers))))
        found = ascend(crew, (start,), target, steps, False, self._is_cancelled)
        return 0.0 if found is None else float(ceil(whole_cents(found[0]) / problem.missing_cents))

    def _able(self, names: frozenset[str], dropped: tuple[Rule, ...]) -> Crew:
        """The crew, of which those who serve nothing of a set rest: they cannot help."""
        rules, rows = self._crew.problem.rules, self._rows_of(names)
        workers = tuple(worker for worker in self._crew.workers if worker.counted[:, rows].any())
        if dropped:
            workers = tuple(
                self._variants.of(worker, dropped)
                if all(rule in rules[worker.person.name] for rule in dropped)
                else worker
                for worker in workers
            )
        fewer = tuple(replace(worker, counted=worker.counted[:, self._rows]) for worker in workers)
        return replace(self._crew, workers=fewer, before=self._crew.before[self._rows])

    def _rows_of(self, names: frozenset[str]) -> list[int]:
        """Listed sets that share people with a set, itself among them."""
        need = self._crew.problem.need
        mine = {b for b, block in enumerate(need.blocks) if any(need.sets[j] & names for j in block)}
        rows = {j for b in mine for j in need.blocks[b]} | {j for j in need.spanning if need.sets[j] & names}
        return sorted(rows)


def _by_cpsat(problem: Problem, need: Need, dropped: tuple[Rule, ...]) -> float:
    from planner.scheduling.cpsat import solve_cpsat  # loads the solver

    rules = {
        name: tuple(rule for rule in mine if rule not in dropped) for name, mine in problem.rules.items()
    }
    asked = replace(problem, need=need, rules=rules, warm=None)
    found = solve_cpsat(asked, SolveSettings(engine="cp-sat", iterations=CPSAT_ITERATIONS))
    return (found.missing_hours_bound or 0.0) * 60 / need.interval_minutes


def smallest_window(crew: Crew, short: Iterable[Shortage], prover: Prover | None = None) -> Window | None:
    """The smallest stretch found in which every rota misses people; None if none is proven.

    Windows grow around the worst stretches until one fails for certain; then both of its ends are drawn in
    as far as it still does.

    Parameters
    ----------
    crew: everybody, with all rules. short: what a rota misses. prover: of the crew, if it is at hand.
    """
    need = crew.problem.need
    prover = prover or Prover(crew)
    worst = sorted((one for one in short if one.what == "people"), key=lambda one: (-one.missing, one.first))
    lack = np.zeros(need.intervals)
    for one in worst:
        lack[one.first : one.last + 1] += one.missing / (one.last + 1 - one.first)

    def proven(names: Sequence[str], first: int, last: int, dropped: tuple[Rule, ...] = ()) -> float:
        within = np.zeros(need.intervals, bool)
        within[first : last + 1] = True
        return prover.missing(names, within, max(1.0, float(np.ceil(lack[within].sum()))), dropped)

    for hours in (GROWING_HOURS[-1] * 99,) if crew.problem.cyclic else (*GROWING_HOURS, need.intervals * 24):
        more = hours * 60 // need.interval_minutes
        for one in worst[:TRIED]:
            first, last = _around(one, more, need.intervals)
            if proven(one.names, first, last) > 0:
                if not crew.problem.cyclic:
                    first, last = _drawn_in(partial(proven, one.names), first, last)
                return _window(crew, partial(proven, one.names, first, last), one.names, first, last)
    return None


def _around(one: Shortage, more: int, intervals: int) -> tuple[int, int]:
    """A stretch with so many intervals in all, or itself; the rest lies half before, half after."""
    extra = max(0, more - (one.last - one.first + 1))
    first = max(0, one.first - extra // 2)
    last = min(intervals - 1, first + max(more - 1, one.last - one.first))
    return max(0, min(first, last - more + 1)), last


def _drawn_in(missing: Callable[[int, int], float], first: int, last: int) -> tuple[int, int]:
    """Both ends as far in as the window still fails, by halving."""
    low, high = first, last
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if missing(middle, last) > 0 else (low, middle - 1)
    first = low
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if missing(first, middle) > 0 else (middle + 1, high)
    return first, high


def _window(
    crew: Crew, proven: Callable[..., float], names: tuple[str, ...], first: int, last: int
) -> Window:
    problem = crew.problem
    kinds = sorted({problem.skills.kind[name] for name in names})
    able = frozenset().union(*(problem.skills.of_set(names, kind) for kind in kinds))
    rules: list[Rule] = []
    for worker in crew.workers:
        if worker.person.name in able:
            mine = rules_that_count(worker.person, problem.rules[worker.person.name])
            rules += [rule for rule in mine if rule not in rules]
    matter = tuple(rule for rule in rules if not proven((rule,)))
    return Window(first, last, names, proven(), len(able), matter)
