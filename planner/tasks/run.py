"""What each kind of job does, with progress and cancel from the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._errors import TaskError
from planner._files import write_atomic
from planner._messages import Message
from planner.study import grid
from planner.tasks.store import Job, Store

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.study import PlanProgress, Scenario

SAY_EVERY_SECONDS = 0.3
SHOW_EVERY_SECONDS = 1.0
BEST = "best.csv"
FIGURES = ("cost", "bound", "missing_hours")


class TakenOver(TaskError):
    """The lease ran out and another worker has the job: this one must not write its files."""


class Reporter:
    """Progress to the store, the best rota to the job's folder, cancel from the store; all throttled."""

    def __init__(self, store: Store, worker: str, job: Job) -> None:
        self.store, self.worker, self.job = store, worker, job
        self._said = self._asked = self._shown = float("-inf")
        self._phase: object = None
        self._solve: object = None
        self._figures: dict[str, Any] = {}
        self._rota: Rota | None = None
        self._cancelled = False

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
            if not self.store.renew(self.job.id, self.worker, said):
                raise TakenOver(Message("tasks.taken_over", {"job": self.job.id}))
        if progress.rota is not None:
            self._show(progress.rota, now)

    def _with_figures(self, progress: PlanProgress) -> dict[str, Any]:
        """The sign of life with the last known figures of its round, where it says none itself."""
        solve = (progress.stage, progress.round)
        if solve != self._solve:
            self._solve, self._figures = solve, {}
        said = progress.plain()
        self._figures |= {name: said[name] for name in FIGURES if said[name] is not None}
        return {**said, **self._figures}

    def _show(self, rota: Rota, now: float) -> None:
        """Keep the best rota so far where pages find it."""
        if rota is not self._rota and now - self._shown >= SHOW_EVERY_SECONDS:
            self._shown, self._rota = now, rota
            folder = self.store.job_folder(self.job.id)
            folder.mkdir(parents=True, exist_ok=True)
            write_atomic(folder / BEST, grid.draft_text(rota))

    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop and keep the best."""
        now = time.monotonic()
        if not self._cancelled and now - self._asked >= SAY_EVERY_SECONDS:
            self._asked = now
            self._cancelled = self.store.cancelled(self.job.id)
        return self._cancelled


def _plan(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    # The solver loads only in a worker; by module, because a module of the room is named like its function.
    from planner.study import Scenario, write_plan
    from planner.study.plan import plan

    scenario = Scenario.load(Path(payload["scenario"]))
    made = plan(scenario, on_progress=reporter.say, is_cancelled=reporter.is_cancelled)
    write_plan(made, out)


def _rollout(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import Scenario, write_rollout  # as above
    from planner.study.rollout import rollout

    scenarios = [Scenario.load(Path(path)) for path in payload["scenarios"]]
    if (effort := payload.get("effort", "stated")) != "stated":
        scenarios = [scenario.replace(solve={"effort": effort}) for scenario in scenarios]
    made = rollout(scenarios, on_progress=reporter.say, is_cancelled=reporter.is_cancelled)
    write_rollout(made, out)


def _stress(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study.stress_files import stress_test  # as above

    stress_test(payload, out, reporter.say, reporter.is_cancelled)


def _promise(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_promise  # as above
    from planner.study.promise import promise

    asked = payload["goals"], payload["queues"]
    curve = promise(_scenario(payload), *asked, on_progress=reporter.say, is_cancelled=reporter.is_cancelled)
    write_promise(curve, out)


def _publish(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_publication  # as above
    from planner.study.publish import publish

    write_publication(publish(_scenario(payload), payload["rota"], on_progress=reporter.say), out)


def _why(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.rota import read_rota
    from planner.study.why.files import write_why  # as above
    from planner.study.why.run import why

    scenario = _scenario(payload)
    period = scenario.first_day, scenario.days
    warm = read_rota(Path(payload["rota"]), scenario.team, scenario.shift_types, *period)
    made = why(scenario, on_progress=reporter.say, is_cancelled=reporter.is_cancelled, warm=warm)
    write_why(made, scenario, out)


def _scenario(payload: Mapping[str, Any]) -> Scenario:
    """The scenario of a job, with the effort that was asked for."""
    from planner.study import Scenario  # as above

    scenario = Scenario.load(Path(payload["scenario"]))
    effort = payload.get("effort", "stated")
    return scenario if effort == "stated" else scenario.replace(solve={"effort": effort})


KINDS: dict[str, Callable[[Mapping[str, Any], Path, Reporter], None]] = {
    "plan": _plan,
    "promise": _promise,
    "publish": _publish,
    "rollout": _rollout,
    "stress": _stress,
    "why": _why,
}


def run_job(store: Store, worker: str, job: Job) -> None:
    """Carry out one job; its files appear in the job's folder only when they are whole.

    Raises
    ------
    PlannerError: with mistakes for people. TakenOver: when the job is no longer this worker's.
    """
    KINDS[job.kind](job.payload, store.job_folder(job.id), Reporter(store, worker, job))
