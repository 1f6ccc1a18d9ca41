"""What a change of the team may save, before anything is solved again: one programme each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.scheduling.duties import Worker
from planner.scheduling.legal import best_legal
from planner.scheduling.why.variants import Around


def one_more_like(around: Around, name: str, prices: np.ndarray) -> float:
    """Cents that one more person like somebody who is there would save, their own pay taken off.

    Their hours are worth the larger of two: the prices of the linear programme, which see the whole
    period, and what is missing beside the rota as it is.

    Parameters
    ----------
    name: of somebody with a legal tour. prices: cents per queue and interval, as a result has them.
    """
    worker = around.worker(name)
    worth = np.maximum(around.tally.worth(worker.counted), _by_prices(around, worker, prices))
    costs, _where = worker.costs(worth, around.tally.post_worth())
    found = best_legal(worker, costs)
    return 0.0 if found is None else float(-found.priced_cents)


def one_more_skill(around: Around, name: str, queues: Sequence[str]) -> float:
    """Cents that somebody's best tour would save more if they served more queues.

    Parameters
    ----------
    name: of somebody with a legal tour. queues: those that they would serve as well.
    """
    worker = around.worker(name)
    kinds = _kinds(worker)
    if "work" not in kinds:
        return 0.0
    counted = worker.counted.copy()
    gained = [s for s, names in enumerate(around.crew.names) if names & frozenset(queues)]
    counted[kinds.index("work"), gained] = True
    found = best_legal(worker, around.costs_beside(worker, counted))
    return 0.0 if found is None else float(around.beside(worker).best - found.priced_cents)


def _by_prices(around: Around, worker: Worker, prices: np.ndarray) -> np.ndarray:
    """What a person is worth by the prices of the queues that they serve, cents per kind and cell."""
    problem, grid = around.crew.problem, around.crew.grid
    rows = np.zeros((len(worker.counted), grid.cells), np.int64)
    for k, kind in enumerate(_kinds(worker)):
        mine = [
            q
            for q, name in enumerate(problem.need.queues)
            if problem.skills.kind[name] == kind and worker.person.name in problem.skills.able[name]
        ]
        if mine and prices.size:
            best = np.floor(prices[mine].max(axis=0) / grid.per_interval).astype(np.int64)
            rows[k] = np.repeat(best, grid.per_interval)
    return rows


def _kinds(worker: Worker) -> list[str]:
    return sorted({choice.option.kind for choice in worker.choices})
