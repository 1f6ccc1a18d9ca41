"""Prices of cover: what one more person on duty is worth, by set of queues and interval.

They come from a linear programme over groups of alike agents (`duals_model`), solved by PDLP.
Any prices >= 0 give a valid bound by Lagrangian relaxation; good ones give a good bound.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.requirement import Need
from planner.scheduling.cpsat_people import Person, people_of
from planner.scheduling.duals_backlog import BacklogRows, add_backlogs
from planner.scheduling.duals_model import CoverModel, Solver
from planner.scheduling.pdlp_child import solve_here
from planner.scheduling.problem import Problem

ROWS_AT_ONCE = 6000
SMALL, LARGE, CHAINED = (700, 300), (2000,), (1200, 1200, 1200)
"""Iterations of PDLP in each round; steps up the dual go on from rough prices of people missing, and find
those of sets without a row, but they cannot mend rough prices of deferred work. Where people are many, a
step is dear and better prices to begin with are worth more than rows of more sets."""
MANY = 60
"""People from whom on they are many."""


@dataclass(frozen=True, eq=False)
class CoverPrices:
    """What one more person on duty is worth, in cents.

    Attributes
    ----------
    rows: per listed set and interval, shape (sets, intervals), each >= 0; in every interval those of one
        block of the need, and of the sets that span blocks, sum to at most ``missing_cents``, because
        one person missing costs no more than that.
        A price is for the whole interval: a duty that covers half of its quarters earns half of it.
    limits: per backlog, cents for one unit of work that a limit lets through, shape (limits, intervals),
        each >= 0; one more person of limit l brings ``per_person`` such units.
    shares: per backlog, its weight in the largest-of-the-group cost; from 0 to 1, at most 1 together in
        each group of queues that share people.
    posts: cents for one more person on each row of ``PostRows``, below 0 where one is too many; empty: 0.

    Examples
    --------
    >>> CoverPrices(np.zeros((2, 3)), (), ()).rows.shape
    (2, 3)
    """

    rows: np.ndarray
    limits: tuple[np.ndarray, ...] = ()
    shares: tuple[float, ...] = ()
    posts: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def nothing(cls, need: Need) -> CoverPrices:
        """Prices of 0, which are valid too."""
        limits = tuple(np.zeros((len(backlog.limits), need.intervals)) for backlog in need.backlogs)
        return cls(np.zeros(need.required.shape), limits, (0.0,) * len(limits))


def group_duals(
    problem: Problem,
    labour: bool = True,
    iterations: int | None = None,
    locked_only: Collection[str] = (),
    solver: Solver = solve_here,
    people: Sequence[Person] | None = None,
) -> CoverPrices:
    """Prices from the linear programme over groups of alike people; the same input gives the same prices.

    Parameters
    ----------
    problem: what is asked.
    labour: whether wages count; without them the prices belong to the bound on missing hours.
    iterations: of PDLP in each of three rounds at most; None: as many as the steps after it need.
    locked_only: names of people without a legal tour, who keep locked shifts only.
    solver: of the linear programme; ``pdlp_child.Child().solve`` uses a process that can be ended.
    people: of ``people_of``, if they are at hand.
    """
    if not len(problem.need.sets) and not problem.need.backlogs and not problem.need.posts:
        return CoverPrices.nothing(problem.need)
    everyone = people_of(problem) if people is None else people
    everyone = [person.locked_only() if person.name in locked_only else person for person in everyone]
    model = CoverModel(problem, everyone, labour)
    backlogs = add_backlogs(model)
    model.ask_first(ROWS_AT_ONCE)
    chained = bool(problem.need.backlogs or problem.need.posts)
    plain = LARGE if len(everyone) >= MANY else SMALL
    rounds = (iterations,) * len(CHAINED) if iterations else CHAINED if chained else plain
    primal, dual = model.lp.solve(rounds[0], None, solver)
    for later in rounds[1:]:
        if not model.ask_violated(primal):
            break
        primal, dual = model.lp.solve(later, (primal, dual), solver)
    return _clipped(problem, model, backlogs, dual)


def _clipped(
    problem: Problem, model: CoverModel, backlogs: list[BacklogRows], dual: np.ndarray
) -> CoverPrices:
    """Prices in cents within their limits."""
    cents = problem.missing_cents
    rows = np.zeros(problem.need.required.shape)
    for (j, k), row in model.asked.items():
        rows[j, k] = max(0.0, dual[row]) * cents
    spanning = list(problem.need.spanning)
    across, kept = rows[spanning].sum(axis=0), np.ones(problem.need.intervals)
    for block in map(list, problem.need.blocks):
        factor = np.minimum(1.0, cents / np.maximum(rows[block].sum(axis=0) + across, cents))
        rows[block] *= factor
        kept = np.minimum(kept, factor)
    rows[spanning] *= np.minimum(kept, cents / np.maximum(across, cents))
    limits, shares = [], []
    for backlog, placed in zip(problem.need.backlogs, backlogs, strict=True):
        prices = np.zeros((len(backlog.limits), problem.need.intervals))
        for (i, k), row in placed.limits.items():
            prices[i, k] = min(1.0, max(0.0, -dual[row])) * cents / backlog.per_person
        limits.append(prices)
        shares.append(float(np.clip(dual[placed.cost], 0.0, 1.0)))
    posts = np.array([dual[row] for row in model.posts]) * cents
    return CoverPrices(rows, tuple(limits), _at_most_one(problem.need, shares), posts)


def _at_most_one(need: Need, shares: list[float]) -> tuple[float, ...]:
    """Shares scaled down to at most 1 in each group."""
    result = list(shares)
    for names in need.groups:
        mine = [i for i, backlog in enumerate(need.backlogs) if backlog.queues & set(names)]
        total = sum(shares[i] for i in mine)
        for i in mine:
            result[i] = min(result[i], shares[i] / max(1.0, total))
    return tuple(result)


def worth_of_queues(need: Need, prices: CoverPrices) -> np.ndarray:
    """What one more person able to serve a queue is worth in an interval, cents, shape (queues, intervals).

    All sets that hold the queue count, and each limit of deferred work for the units a person does.
    """
    worth = np.zeros((len(need.queues), need.intervals))
    for q, queue in enumerate(need.queues):
        for j, names in enumerate(need.sets):
            if queue in names:
                worth[q] += prices.rows[j]
        for backlog, limits in zip(need.backlogs, prices.limits, strict=True):
            for (names, _taken), price in zip(backlog.limits, limits, strict=True):
                if queue in names:
                    worth[q] += price * backlog.per_person
    return worth
