"""Work under way on screen: its place in the queue, and where it stands."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import streamlit as st

from planner.study import charts, grid
from planner.tasks import MOST_WAITING, Job, JobState
from planner.ui import parts, state
from planner.ui.words import listen, t

LOOK_SECONDS, LOOK_SOON_SECONDS = 1.0, 0.4
DRAW_EVERY_SECONDS = 5.0


def look_every(job: Job | None) -> float | None:
    """Seconds between two looks at a job: sooner where its end was asked for; None when it has ended."""
    if job is None or not job.state.live:
        return None
    return LOOK_SOON_SECONDS if job.cancel else LOOK_SECONDS


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
    part = t(where, stage=said.get("stage", 1), stages=said.get("stages", 1), name=_name(job))
    if said.get("round", 1) > 1:
        part += f" · {t('solve.round', round=said['round'])}"
    st.progress(share_done(said), text=f"**{words}** · {part}")
    if said.get("again"):
        st.caption(parts.spoken(job, str(said["again"])))
    return True


def show_live(job: Job) -> None:
    """Phase, best cost, bound, gap and people missing of a live solve, its curve, its best rota so far."""
    if not show_place(job, "solve.stage_named" if _name(job) else "solve.stage_of"):
        show_queue()
        return
    said = job.progress
    best, bound, missing = st.columns(3)
    currency = str(job.payload["currency"])
    best.metric(t("solve.best"), parts.money(said.get("cost"), currency))
    bound.metric(t("solve.bound"), parts.money(said.get("bound"), currency))
    missing.metric(t("solve.missing"), parts.hours(said.get("missing_hours")))
    since = t("solve.working", seconds=max(0, round(time.time() - (job.started or job.created))))
    gap = said.get("gap")
    st.caption(since if gap is None else f"{since} · {t('solve.gap', percent=parts.number(100 * gap, 1))}")
    show_curve(job)
    draft = state.store().job_folder(job.id) / "best.csv"
    with suppress(FileNotFoundError):  # the first one is not there yet
        st.html(_draft(job.id, draft.stat().st_mtime_ns, listen(), draft))


def show_curve(job: Job) -> None:
    """How cost and bound came together."""
    until = None
    if job.state.live:
        seconds = time.time() - (job.started or job.created)
        until = DRAW_EVERY_SECONDS * math.ceil(seconds / DRAW_EVERY_SECONDS)
    drawn = _curve(job.id, job.curve, until, listen(), job)
    if drawn is not None:
        parts.chart(drawn, "solve-curve")


@st.cache_resource(max_entries=64, show_spinner=False)
def _draft(job: str, written: int, language: str, _path: Path) -> str:
    del job, written, language
    return grid.of_draft(_path, t("solve.best_rota"))


# Everybody who looks at a solve sees the same curve: it is drawn once for all of them.
@st.cache_resource(max_entries=64, show_spinner=False)
def _curve(job: str, curve: tuple[Any, ...], until: float | None, language: str, _job: Job) -> Any:
    del job, language
    names = _job.payload.get("names") or [str(number) for number, _ in enumerate(_job.payload["files"], 1)]
    return charts.search_curve(curve, names, str(_job.payload["currency"]), until)


def show_queue() -> None:
    """How many jobs of everybody are at work, and how many wait."""
    live = state.attempt(state.store().queue) or ()
    working = sum(job.state is JobState.RUNNING for job in live)
    values = {"working": working, "waiting": len(live) - working, "most": MOST_WAITING}
    if live:
        st.caption(t("solve.at_work", **values))


def mine() -> Job | None:
    """What this browser has asked for and is still under way, whichever page asked; None if there is none."""
    owner = state.owner()
    live = state.attempt(state.store().queue) or ()
    return next((job for job in live if owner in job.owners and not job.cancel), None)


def share_done(said: Mapping[str, Any]) -> float:
    """How far a rollout is: stages done, and half of the one under way."""
    return min(1.0, (int(said.get("stage", 1)) - 0.5) / max(1, int(said.get("stages", 1))))


def _name(job: Job) -> str:
    """Name of the stage under way; "" where it is not known."""
    names, stage = job.payload.get("names") or [], int(job.progress.get("stage", 1))
    return str(names[stage - 1]) if 0 < stage <= len(names) else ""
