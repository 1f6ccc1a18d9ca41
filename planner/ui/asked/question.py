"""One question on a page: asked for, in the queue, under way, stopped, failed, answered, or out of date.

The id of its job stands in the address, so a reload, Back and a second browser show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from planner.study import workspace
from planner.tasks import Job, JobState
from planner.ui import parts, progress, state
from planner.ui.words import plain, t

QUICK = "quick"
Settings = Callable[[], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Question:
    """What a page asks.

    Attributes
    ----------
    kind: of the job. key: of its id in the address, and of its widgets.
    go, empty: code of the words of the button, and of what will happen then.
    part: code of the words for the part of the work, with stage and stages.
    answer: draws what a finished job has found.
    """

    kind: str
    key: str
    go: str
    empty: str
    part: str
    answer: Callable[[state.Work, Job], None]


def ask_and_show(
    question: Question,
    here: state.Work,
    files: tuple[str, ...],
    settings: Settings = dict,
    fields: Callable[[Mapping[str, Any], bool], None] | None = None,
) -> None:
    """The question with its button, and below it whatever has become of it.

    Parameters
    ----------
    files: scenario files that it is about, the first is what is asked of.
    settings: what the job is asked beside; None: a sentence says what is wrong.
    fields: draws the settings; given what was asked last, and whether they are disabled.
    """
    job = found(question, here)
    live = job is not None and job.state.live
    if fields is not None:
        fields(job.payload if job else {}, live)
    effort = f"{question.key}-effort"
    if state.typed(effort) is None:
        state.keep(effort, (job.payload if job else {}).get("effort", QUICK))
    parts.choose_effort(effort, disabled=live)
    st.button(
        t(question.go),
        key=f"{question.key}-go",
        type="primary",
        on_click=_ask,
        args=(question, here, files, settings),
        disabled=live,
        icon=":material/play_arrow:",
    )
    if job is None:
        st.info(f"{t(question.empty)} {how_long(question.kind)}", icon=":material/info:")
    elif live:
        _watch(question)
    elif job.state is JobState.FAILED:
        _show_failed(job)
    else:
        say_old(here, job, files[0])
        if job.cancel:
            st.warning(t("asked.stopped"), icon=":material/stop_circle:")
        state.attempt(lambda: question.answer(here, job))
        state.show_mistakes()


def found(question: Question, here: state.Work) -> Job | None:
    """The job of the address, if it is of this workspace and asks this."""
    job = state.job(question.key)
    state.show_mistakes()
    return job if job and job.payload.get("work") == here.id and job.kind == question.kind else None


def how_long(kind: str) -> str:
    """About how long such work takes here, as it took before; that it is not known yet else."""
    seconds = state.store().usual_seconds(kind)
    if seconds is None:
        return t("asked.takes_unknown")
    return t("asked.takes", minutes=max(1, round(seconds / 60)))


def _ask(question: Question, here: state.Work, files: tuple[str, ...], settings: Settings) -> None:
    """Queue the question, or join the same one."""
    more = state.attempt(settings)
    ordered = None if more is None else state.attempt(lambda: workspace.order(here.folder, files))
    if more is None or ordered is None:
        return
    asked = {"work": here.id, "scenario": ordered["scenarios"][0]}
    effort = str(state.typed(f"{question.key}-effort") or QUICK)
    made = state.submit(question.kind, {**ordered, **asked, **more, "effort": effort})
    if made:
        state.go(**{question.key: made.id})


def _watch(question: Question) -> None:
    """Where the work stands, the best so far and the way to stop; one full rerun when it ends."""

    @st.fragment(run_every=1.0)
    def look() -> None:
        job = state.job(question.key)
        if job is None or not job.state.live:
            st.rerun()
        parts.stop_button(t("asked.stop"), job)
        if not progress.show_place(job, question.part):
            return
        said = job.progress
        if said.get("cost") is not None:
            cost = parts.money(said["cost"], str(job.payload["currency"]))
            st.caption(t("asked.best", cost=cost, missing=parts.hours(said.get("missing_hours"))))
        st.caption(t("asked.leave"))

    look()


def _show_failed(job: Job) -> None:
    """Why a job has brought nothing."""
    for sentence in job.errors or (t("asked.stopped_before"),):
        st.error(plain(parts.spoken(job, sentence)), icon=":material/error:")


def say_old(here: state.Work, job: Job, file: str) -> None:
    """A banner where an answer is of another stage, or of inputs that have been changed since."""
    its = job.payload["files"][0]
    if parts.is_stale(here, job):
        st.warning(t("asked.stale"), icon=":material/history:")
    elif its != file:
        st.warning(t("asked.other_stage", stage=plain(here.names.get(its, its))), icon=":material/history:")


def stage_button(
    here: state.Work, job: Job, label: str, name: str, changes: Callable[[], Mapping[str, Any]], key: str
) -> None:
    """A button that makes an answer a new stage, and then the way to it.

    Parameters
    ----------
    name: of the new stage. changes: what it says, against the stage that was asked about.
    """
    base = job.payload["files"][0]

    def make() -> None:
        made = state.attempt(lambda: workspace.save_stage(here.folder, base, name, changes()))
        if made:
            state.keep("asked-made", (job.id, key, made))
            state.go(stage=made)

    st.button(
        label, key=f"stage-{key}", on_click=make, icon=":material/add:", disabled=base not in here.names
    )
    made = state.typed("asked-made")
    if made and made[:2] == (job.id, key) and made[2] in here.names:
        st.success(t("asked.made", stage=plain(here.names[made[2]])), icon=":material/check:")
        with st.container(horizontal=True):
            parts.link("rollout", t("asked.to_ladder"))
            parts.link("solve", t("asked.to_solve"))
