"""Which finished solve is on screen; where none is, what to do, or how the one under way stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from planner.tasks import Job, JobState
from planner.ui import parts, progress, state
from planner.ui.words import plain, t

ROLLOUT, COMPARE = KINDS = ("rollout", "compare")


@dataclass(frozen=True)
class Found:
    """A finished job of the workspace on screen."""

    here: state.Work
    job: Job
    folder: Path


def need(kinds: tuple[str, ...] = KINDS) -> Found:
    """The finished job on screen; else what to do, or how far the one under way is."""
    here = parts.need_work()
    job = state.job() if COMPARE in kinds else state.solve()
    state.show_mistakes()
    if job is None or job.payload.get("work") != here.id or job.kind not in kinds:
        st.info(t("empty.result"), icon=":material/info:")
        st.markdown(t("results.nothing", stages=len(here.stages)))
        parts.link("solve", t("empty.to_solve"), ":material/arrow_forward:")
        st.stop()
    if job.state.live:
        _watch(job.id)
        st.stop()
    if job.state is not JobState.DONE:
        for sentence in job.errors or (t("solve.cancelled"),):
            st.error(plain(parts.spoken(job, sentence)), icon=":material/error:")
        parts.link("solve", t("empty.to_solve"), ":material/arrow_forward:")
        st.stop()
    if job.kind == ROLLOUT:
        state.rollout_record(job)  # where files are gone, it says so
    parts.say_stale(here, job)
    return Found(here, job, state.store().job_folder(job.id))


@st.fragment(run_every=1.0)
def _watch(job: str) -> None:
    """How far the work is, and its best rota so far; the page is shown anew when it ends."""
    found = state.store().get(job)
    if not found.state.live:
        st.rerun()
    st.caption(t("results.under_way"))
    progress.show_live(found)
    parts.link("solve", t("empty.to_solve"), ":material/arrow_forward:")


def say_shorter(found: Found, planned: int) -> None:
    """Where fewer stages were planned than the ladder has: which, and the way to plan the rest."""
    missing = [
        name for file, name in found.here.names.items() if file not in found.job.payload["files"][:planned]
    ]
    if missing:
        values = {"planned": planned, "stages": len(found.here.stages), "missing": ", ".join(missing)}
        st.info(plain(t("results.shorter", **values)), icon=":material/stairs:")
        parts.link("solve", t("empty.to_solve"), ":material/arrow_forward:")
