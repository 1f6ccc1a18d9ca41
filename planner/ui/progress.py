"""A solve on screen: where a live one stands, and what a finished one has found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.study import grid
from planner.tasks import Job, JobState
from planner.ui import parts, state
from planner.ui.words import t


def show_place(job: Job, where: str) -> bool:
    """Where a live job stands: its place in the queue, or phase and part of the work; whether it has begun.

    Parameters
    ----------
    where: code of the words for the part of the work, with stage and stages.
    """
    said = job.progress
    if job.state is JobState.QUEUED:
        wait = t("solve.wait", minutes=max(1, round(job.wait_seconds / 60))) if job.wait_seconds else ""
        st.info(f"{t('solve.queued', before=job.place)} {wait}".strip(), icon=":material/hourglass:")
        return False
    phase = str(said.get("phase", "preparing")).replace(" ", "_")
    words = t("solve.stopping") if job.cancel else t(f"solve.phase_{phase}")
    part = t(where, stage=said.get("stage", 1), stages=said.get("stages", 1))
    if said.get("round", 1) > 1:
        part += f" · {t('solve.round', round=said['round'])}"
    st.progress(share_done(said), text=f"**{words}** · {part}")
    if said.get("again"):
        st.caption(str(said["again"]))
    return True


def show_live(job: Job) -> None:
    """Phase, best cost, bound and people missing of a live solve, and its best rota so far."""
    if not show_place(job, "solve.stage_of"):
        return
    said = job.progress
    best, bound, missing = st.columns(3)
    currency = str(job.payload["currency"])
    best.metric(t("solve.best"), parts.money(said.get("cost"), currency))
    gap = said.get("gap")
    open_to = None if gap is None else t("solve.gap", percent=f"{100 * gap:.1f}")
    bound.metric(t("solve.bound"), parts.money(said.get("bound"), currency), help=open_to)
    missing.metric(t("solve.missing"), parts.hours(said.get("missing_hours")))
    draft = state.store().job_folder(job.id) / "best.csv"
    if draft.exists():
        st.html(grid.of_draft(draft, t("solve.best_rota")))


def share_done(said: Mapping[str, Any]) -> float:
    """How far a rollout is: stages done, and half of the one under way."""
    return min(1.0, (int(said.get("stage", 1)) - 0.5) / max(1, int(said.get("stages", 1))))


def show_outcome(job: Job) -> None:
    """What a finished solve has found, stage by stage, and the way to the rota."""
    record = state.rollout_record(job)
    said = "outcome.stopped" if job.cancel else "outcome.done"
    words = t(said, stages=len(record["stages"]), asked=len(job.payload["files"]))
    st.success(words, icon=":material/check:")
    for stage in record["stages"]:
        with st.container(border=True):
            st.markdown(f"**{stage['scenario']}**")
            parts.outcome(state.plan_files(job, stage["number"]).record)
    parts.next_page("rota")
