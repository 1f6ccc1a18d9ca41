"""What the page of the ladder keeps between runs: its rungs, and what the last solve said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from planner.study import workspace
from planner.study.rungs import Rung, rungs
from planner.study.solved_stages import Solved, read_solved
from planner.tasks import Job, JobState
from planner.ui import parts, state
from planner.ui.words import listen


@st.cache_resource(max_entries=32, show_spinner=False)
def _rungs(_of: state.Work, folder: str, key: str, language: str) -> tuple[Rung, ...]:
    del folder, key, language
    return rungs(_of.folder, lambda file: state.scenario(_of, file))


def ladder(of: state.Work) -> tuple[Rung, ...]:
    """All stages in order, kept as long as no file changes."""
    return _rungs(of, str(of.folder), workspace.fingerprint(of.folder, tuple(of.names)), listen())


@st.cache_resource(max_entries=32, show_spinner=False)
def _solved(folder: str, finished: float) -> tuple[Solved, ...]:
    del finished
    return read_solved(Path(folder))


@dataclass(frozen=True)
class SolvedWork:
    """What the solve in the address says of the stages of this work.

    Attributes
    ----------
    job: None: none that is finished. by_file: its stages, unless they have changed since.
    why: of all stages: "none", "live" or "stale"; "beside" of those that were not asked for.
    """

    job: Job | None
    by_file: Mapping[str, Solved]
    why: str

    def reason(self, file: str) -> str:
        """Why there is nothing to say of a stage."""
        return self.why if self.job is None or file in self.job.payload["files"] else "beside"


def solved(of: state.Work) -> SolvedWork:
    """The last solve of this work, as far as it still holds."""
    job = state.solve()
    if job is None or job.kind != "rollout" or job.payload.get("work") != of.id:
        return SolvedWork(None, {}, "none")
    if job.state is not JobState.DONE:
        return SolvedWork(None, {}, "live" if job.state.live else "none")
    if parts.is_stale(of, job):
        return SolvedWork(job, {}, "stale")
    found = _solved(str(state.store().job_folder(job.id)), job.finished or 0.0)
    return SolvedWork(job, dict(zip(job.payload["files"], found, strict=False)), "none")


def before(of: state.Work, file: str) -> str | None:
    """The stage before one in the ladder; None of the first."""
    files = list(of.names)
    at = files.index(file)
    return files[at - 1] if at else None
