"""What a worker tells of a job under way, and what it asks: progress, the best so far, cancel, a start."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._errors import InputError, TaskError
from planner._messages import Message
from planner.study import grid
from planner.study.progress import gap_of
from planner.tasks.interface import Working
from planner.tasks.job import CurvePoint, Job
from planner.tasks.rows import thinned

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.study import PlanProgress, Scenario

SAY_EVERY_SECONDS = 0.3
SHOW_EVERY_SECONDS = 1.0
BEST = "best.csv"
FIGURES = ("cost", "bound", "missing_hours")


class TakenOver(TaskError):
    """The lease ran out and another worker has the job: this one must not write its files."""


def kept_name(stage: int) -> str:
    """File with the best rota of one stage so far."""
    return f"best-{stage}.csv"


class Reporter:
    """Progress to the store, the best rota to the job's folder, cancel from the store; all throttled."""

    def __init__(self, store: Working, worker: str, job: Job) -> None:
        self.store, self.worker, self.job = store, worker, job
        self._said = self._asked = self._shown = float("-inf")
        self._phase: object = None
        self._solve: object = None
        self._figures: dict[str, Any] = {}
        self._rota: Rota | None = None
        self._cancelled = False
        self._curve = list(job.curve)
        self._again = self._in_words()

    def _in_words(self) -> dict[str, Any]:
        """That the work began before: an earlier worker was lost, or the server ended."""
        if self.job.begun <= 1 or self.job.cells:
            return {}
        attempt = {"attempt": self.job.begun}
        kept = any((self.store.job_folder(self.job.id) / kept_name(1)).parent.glob(kept_name(1)))
        said = Message("tasks.begun_again", attempt) if kept else Message("tasks.begun_anew", attempt)
        return {**attempt, "again": str(said)}

    def say(self, progress: PlanProgress) -> None:
        """Take a sign of life.

        Raises
        ------
        TakenOver: when the job is no longer this worker's.
        """
        now = time.monotonic()
        phase = (progress.stage, progress.phase)
        said = self._with_figures(progress)
        if phase != self._phase or now - self._said >= SAY_EVERY_SECONDS:
            self._said, self._phase = now, phase
            drawn = self._curve if self._draw(said) else None
            if not self.store.renew(self.job.id, self.worker, {**said, **self._again}, drawn):
                raise TakenOver(Message("tasks.taken_over", {"job": self.job.id}))
        if progress.rota is not None:
            self._show(progress.rota, progress.stage, now)

    def _with_figures(self, progress: PlanProgress) -> dict[str, Any]:
        """The sign of life with the last known figures of its round, where it says none itself."""
        solve = (progress.stage, progress.round)
        if solve != self._solve:
            self._solve, self._figures = solve, {}
        said = progress.plain()
        self._figures |= {name: said[name] for name in FIGURES if said[name] is not None}
        known = {**said, **self._figures}
        return {**known, "gap": gap_of(known["cost"], known["bound"])}

    def _draw(self, said: dict[str, Any]) -> bool:
        """A point of the curve where cost or bound has changed; whether there is one."""
        if said["cost"] is None:
            return False
        seconds = round(time.time() - (self.job.started or self.job.created), 1)
        point = CurvePoint(seconds, int(said["stage"]), said["cost"], said["bound"])
        if self._curve and self._curve[-1][1:] == point[1:]:
            return False
        self._curve = thinned([*self._curve, point])
        return True

    def _show(self, rota: Rota, stage: int, now: float) -> None:
        """Keep the best rota so far where pages find it, and where another worker could take it up."""
        if rota is not self._rota and now - self._shown >= SHOW_EVERY_SECONDS:
            self._shown, self._rota = now, rota
            text = grid.draft_text(rota)
            self.store.put(self.job.id, kept_name(stage), text)
            self.store.put(self.job.id, BEST, text)

    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop and keep the best."""
        now = time.monotonic()
        if not self._cancelled and now - self._asked >= SAY_EVERY_SECONDS:
            self._asked = now
            self._cancelled = self.store.cancelled(self.job.id)
        return self._cancelled

    def start_of(self, stage: int, scenario: Scenario) -> Rota | None:
        """The best rota that an earlier worker has kept of a stage, if it still fits its scenario."""
        path = self.store.job_folder(self.job.id) / kept_name(stage)
        try:
            return _rota_of_draft(path, scenario) if self._again else None
        except (InputError, OSError, csv.Error):
            return None

    def cells(self) -> tuple[Job, ...]:
        """The cells that the job was parted into, in their order; none before."""
        return self.store.cells(self.job.id) if self.job.cells else ()


def _rota_of_draft(path: Path, scenario: Scenario) -> Rota | None:
    import pandas as pd  # only where work is taken up again

    from planner.rota import read_rota

    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("start_local")]
    if not rows:
        return None
    period = scenario.first_day, scenario.days
    return read_rota(pd.DataFrame(rows), scenario.team, scenario.shift_types, *period)
