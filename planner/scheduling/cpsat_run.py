"""One run of the CP-SAT solver: settings that repeat, progress, cancel within a second."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, isfinite
from typing import Any

from ortools.sat.python import cp_model

OnSolution = Callable[[Callable[[Any], int], int, int | None], None]
"""Gets a reader of variables, the objective and the bound of every better solution."""

POLL_SECONDS = 0.1
CLOCKED_SUBSOLVERS = ("max_lp", "reduced_costs")

LARGE = 30_000
"""Rows above which more presolve and probing cost more than they bring (measured at 90 000)."""

DETERMINISTIC_PER_ITERATION = 0.02
"""Deterministic seconds of CP-SAT that stand for one iteration of the search engine."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a run may take.

    Attributes
    ----------
    work: deterministic seconds, the same everywhere; None: not limited.
    seconds: by the clock; None: not limited. With a clock the run uses two workers and does not repeat.
    """

    work: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, eq=False)
class Outcome:
    """How a run ended.

    Attributes
    ----------
    proven: the best solution is optimal. impossible: it is proven that there is none.
    bound: proven lower bound on the objective, or None.
    value: reads a variable in the best solution; None without one.
    """

    proven: bool
    impossible: bool
    bound: int | None
    value: Callable[[Any], int] | None


class _Listener(cp_model.CpSolverSolutionCallback):
    """Passes solutions on; an error of the listener stops the run and is raised afterwards."""

    def __init__(self, on_solution: OnSolution) -> None:
        super().__init__()
        self._on_solution = on_solution
        self.error: BaseException | None = None

    def on_solution_callback(self) -> None:
        """Called by the solver, with every better solution."""
        if self.error is None:
            try:
                self._on_solution(
                    self.value, round(self.objective_value), lower_bound(self.best_objective_bound)
                )
            except BaseException as error:
                self.error = error
                self.stop_search()


def lower_bound(bound: float) -> int | None:
    """The whole number of cents that a bound in floating point proves, or None: costs are whole numbers.

    Examples
    --------
    >>> lower_bound(2000.0000000001), lower_bound(1999.5), lower_bound(float("-inf"))
    (2000, 2000, None)
    """
    return ceil(bound - 1e-6) if isfinite(bound) and abs(bound) < 1e15 else None


def run(
    model: cp_model.CpModel,
    budget: Budget,
    seed: int,
    on_solution: OnSolution | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    fix_to_hint: bool = False,
) -> Outcome:
    """Solve a model within a budget.

    ``on_solution`` gets (value of a variable, objective, bound). ``fix_to_hint`` keeps every hinted variable.
    """
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = fix_to_hint
    if len(model.proto.constraints) > LARGE:
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.cp_model_probing_level = 0
    if budget.work is not None:
        solver.parameters.max_deterministic_time = max(0.001, budget.work)
    if budget.seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.01, budget.seconds)
        solver.parameters.num_workers = 2
        solver.parameters.subsolvers.extend(CLOCKED_SUBSOLVERS)
    listener = _Listener(on_solution) if on_solution else None
    finished = threading.Event()
    watcher = threading.Thread(target=_watch, args=(solver, is_cancelled, finished), daemon=True)
    if is_cancelled:
        watcher.start()
    try:
        status = solver.solve(model, listener)
    finally:
        finished.set()
        if is_cancelled:
            watcher.join()
    if listener and listener.error:
        raise listener.error
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    known = found or status == cp_model.UNKNOWN
    return Outcome(
        proven=status == cp_model.OPTIMAL,
        impossible=status == cp_model.INFEASIBLE,
        bound=lower_bound(solver.best_objective_bound) if known and model.has_objective() else None,
        value=solver.value if found else None,
    )


def _watch(
    solver: cp_model.CpSolver, is_cancelled: Callable[[], bool] | None, finished: threading.Event
) -> None:
    """Ask for the end again and again once cancelled: a request before the start would be lost."""
    while not finished.wait(POLL_SECONDS):
        if is_cancelled and is_cancelled():
            solver.stop_search()
