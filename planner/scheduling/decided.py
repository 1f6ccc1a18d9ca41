"""Whether a person has a legal tour at all, decided, and one to fall back on."""

from __future__ import annotations

import numpy as np

from planner.scheduling.duties import Worker
from planner.scheduling.legal import best_legal
from planner.scheduling.problem import IsCancelled
from planner.scheduling.taking import may_stay_out

WORK = 1.0
"""Deterministic seconds of the first try of the complete model; four times as many each time after."""
SEED = 1


class Decisions:
    """Legal tours of people, of those who are alike only once."""

    def __init__(self, is_cancelled: IsCancelled | None = None) -> None:
        self._is_cancelled = is_cancelled
        self._known: dict[tuple[object, ...], tuple[Worker, np.ndarray | None]] = {}

    def tour(self, worker: Worker) -> np.ndarray | None:
        """Options of a legal tour by day; None: it is proven that there is none, or it was cancelled."""
        price = (worker.person.optional, may_stay_out(worker))
        key = (id(worker.programme), id(worker.counters), id(worker.cents), *price)
        if key not in self._known:
            self._known[key] = worker, self._decided(worker)  # a kept worker keeps its numbers
        return self._known[key][1]

    def _decided(self, worker: Worker) -> np.ndarray | None:
        found = best_legal(worker, worker.cents)
        if found is not None:
            return found.options
        if not worker.left_out or not worker.programme.legal or worker.counters is None:
            return None
        return self._modelled(worker)

    def _modelled(self, worker: Worker) -> np.ndarray | None:
        """By the complete model, with more and more work."""
        from planner.scheduling.cpsat_run import Budget, run  # loads the solver
        from planner.scheduling.cpsat_shapes import add_shapes
        from planner.scheduling.cpsat_tours import taken_of
        from planner.scheduling.cpsat_variables import Variables

        variables = Variables([worker.person])
        add_shapes(variables, 0)
        work = WORK
        while self._is_cancelled is None or not self._is_cancelled():
            outcome = run(variables.model, Budget(work=work), SEED, is_cancelled=self._is_cancelled)
            if outcome.impossible:
                return None
            if outcome.value is not None:
                return _options(worker, taken_of(variables, outcome.value)[0])
            work *= 4
        return None


def _options(worker: Worker, taken: list[tuple[int, int]]) -> np.ndarray:
    """A person's choices, as (day, choice), by day."""
    at = {(int(d), int(c)): i for i, (d, c) in enumerate(zip(worker.day, worker.number, strict=True))}
    options = np.full(len(worker.person.days), -1, np.int64)
    for d, c in taken:
        options[d] = at[d, c]
    return options
