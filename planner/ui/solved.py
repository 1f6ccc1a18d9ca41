"""What came of a solve, on screen: planned, stopped, short with reasons, or failed with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from planner.tasks import Job, Outcome
from planner.ui import parts, progress, state
from planner.ui.navigation import title_of
from planner.ui.words import plain, t

REASONS = 2


def show(job: Job, again: Callable[[], None]) -> None:
    """What a solve that has ended has found, or why it has not.

    Parameters
    ----------
    again: asks for the same once more.
    """
    if job.outcome in (Outcome.FAILED, Outcome.CANCELLED):
        for sentence in job.errors:
            st.error(plain(parts.spoken(job, sentence)), icon=":material/error:")
        if not job.errors:
            st.info(t("solve.cancelled"), icon=":material/stop_circle:")
        else:
            st.caption(t("solve.failed"))
        st.button(t("solve.again"), on_click=again, icon=":material/replay:")
        return
    state.attempt(lambda: _found(job))
    state.show_mistakes()


def _found(job: Job) -> None:
    """Stage by stage, and the way to the results."""
    record = state.rollout_record(job)
    said = "outcome.stopped" if job.cancel else "outcome.done"
    st.success(
        t(said, stages=len(record["stages"]), asked=len(job.payload["files"])), icon=":material/check:"
    )
    for stage in record["stages"]:
        with st.container(border=True):
            st.markdown(f"**{plain(stage['scenario'])}**")
            _stage(job, stage["number"], state.plan_files(job, stage["number"]).record)
    with st.expander(t("solve.curve")):
        progress.show_curve(job)
    st.divider()
    for page in ("results", "rota"):
        label = t("parts.next", page=title_of(page))
        parts.link(page, label, ":material/arrow_forward:")


def _stage(job: Job, number: int, record: Mapping[str, Any]) -> None:
    """One stage: its figures, how its search ended, and what is missing and why."""
    parts.outcome(record)
    st.caption(t(f"solve.status_{str(record['status']).replace('-', '_')}"))
    why = record.get("why") or {}
    if not why.get("shortages") and not why.get("clashes"):
        return
    st.warning(t("solve.short", text=plain(parts.spoken(job, why["text"]))), icon=":material/help:")
    for shortage in why["shortages"][:REASONS]:
        st.markdown(f"- {plain(parts.spoken(job, shortage['text']))}")
    there = {**state.ids(), "stage": job.payload["files"][number - 1]}
    st.page_link(
        "views/rota.py", label=t("solve.short_more"), icon=":material/arrow_forward:", query_params=there
    )
