"""What each kind of job does, with progress and cancel from the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from planner.tasks.store import Job, Store

SAY_EVERY_SECONDS = 0.3


class _Reporter:
    """Progress to the store, throttled; cancel from the store, throttled."""

    def __init__(self, store: Store, worker: str, job: Job) -> None:
        self.store, self.worker, self.job = store, worker, job
        self._said = self._asked = 0.0
        self._phase: object = None
        self._cancelled = False

    def say(self, progress: Mapping[str, Any]) -> None:
        now = time.monotonic()
        phase = (progress.get("stage"), progress.get("phase"))
        if phase != self._phase or now - self._said >= SAY_EVERY_SECONDS:
            self._said, self._phase = now, phase
            self.store.renew(self.job.id, self.worker, progress)

    def is_cancelled(self) -> bool:
        now = time.monotonic()
        if not self._cancelled and now - self._asked >= SAY_EVERY_SECONDS:
            self._asked = now
            self._cancelled = self.store.cancelled(self.job.id)
        return self._cancelled


def _plan(payload: Mapping[str, Any], out: Path, reporter: _Reporter) -> None:
    from planner.study import Scenario, plan, write_plan  # noqa: PLC0415 - the solver loads only in a worker

    scenario = Scenario.load(Path(payload["scenario"]))
    made = plan(scenario, on_progress=reporter.say, is_cancelled=reporter.is_cancelled)
    write_plan(made, out)


def _rollout(payload: Mapping[str, Any], out: Path, reporter: _Reporter) -> None:
    from planner.study import Scenario, rollout, write_rollout  # noqa: PLC0415

    scenarios = [Scenario.load(Path(path)) for path in payload["scenarios"]]
    made = rollout(scenarios, on_progress=reporter.say, is_cancelled=reporter.is_cancelled)
    write_rollout(made, out)


KINDS: Mapping[str, Callable[[Mapping[str, Any], Path, _Reporter], None]] = {"plan": _plan, "rollout": _rollout}


def run_job(store: Store, worker: str, job: Job) -> None:
    """Carry out one job; its files appear in the job's folder only when they are whole."""
    KINDS[job.kind](job.payload, store.job_folder(job.id), _Reporter(store, worker, job))
