"""A run of CP-SAT that another thread may stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from ortools.sat.python import cp_model

POLL_SECONDS = 0.05


def stoppable(
    solver: cp_model.CpSolver, model: cp_model.CpModel, is_cancelled: Callable[[], bool] | None
) -> Any:
    """Solve, asking now and then whether to stop; the status."""
    if is_cancelled is None:
        return solver.solve(model)
    finished = threading.Event()

    def watch() -> None:
        # Again and again: a request before the solver has begun would be lost.
        while not finished.wait(POLL_SECONDS):
            if is_cancelled():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(model)
    finally:
        finished.set()
        watcher.join()
