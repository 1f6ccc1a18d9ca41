"""Prices of promises and what may be published, on screen: live, and when they are worked out."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from planner.study import charts, tables
from planner.tasks import Job, JobState
from planner.ui import parts, progress, state
from planner.ui.words import t


def say_old(here: state.Work, job: Job, file: str) -> None:
    """A banner where a curve is of another stage, or of a stage that has been changed since."""
    (its,) = job.payload["files"]
    if parts.is_stale(here, job):
        st.warning(t("promise.stale"), icon=":material/history:")
    elif its != file:
        st.warning(t("promise.other_stage", stage=here.names[its]), icon=":material/history:")


def show_failed(job: Job) -> None:
    """Why a job has brought nothing."""
    for sentence in job.errors or (t("promise.stopped_before"),):
        st.error(parts.spoken(job, sentence), icon=":material/error:")


def show_curve(job: Job) -> None:
    """A finished price curve: chart, table, what it rests on, its file."""
    folder = state.store().job_folder(job.id)
    record = state.promise_record(job)
    curve = tables.read_csv(folder / "promise.csv")
    if record["cancelled"]:
        done = t("promise.cancelled", done=len(record["points"]), wanted=record["wanted"])
        st.warning(done, icon=":material/stop_circle:")
    queues = ", ".join(record["queues"])
    st.markdown(t("promise.of", scenario=record["scenario"], queues=queues))
    parts.wide_chart(charts.price_curve(curve, record["currency"]), "promise-curve")
    for tight in dict.fromkeys(point["rota_of"] for point in record["points"] if point["rota_of"]):
        served = [point["promise"] for point in record["points"] if point["rota_of"] == tight]
        st.caption(t("promise.rota_of", promises=", ".join(served), tight=tight))
    parts.wide_table(charts.promise_table(curve), "promise-table")
    values = {"hour": parts.number(record["hour_cost"], 2), "currency": record["currency"]}
    st.caption(t("promise.meaning", **values))
    st.caption(t("promise.expectations"))
    parts.download(folder / "promise.csv", t("promise.download"))


def publication(here: state.Work, file: str) -> None:
    """What the rota of a solved stage lets you publish; without one, the way to Solve."""
    solve = state.solve()
    if solve is None or solve.state is not JobState.DONE or solve.payload["work"] != here.id:
        _to_solve(t("promise.no_rota"))
        return
    record = state.attempt(lambda: state.rollout_record(solve))
    state.show_mistakes()
    if record is None:
        return
    files = tuple(solve.payload["files"])
    solved = files[: len(record["stages"])]
    if file not in solved:
        _to_solve(t("parts.not_solved", stage=here.names[file]))
    elif parts.is_stale(here, solve):
        _to_solve(t("promise.rota_stale"))
    else:
        number = solved.index(file) + 1
        parts.say_told_otherwise(parts.Results(solve, state.store().job_folder(solve.id), record, number))
        _of_rota(here, solve, number - 1)


def _to_solve(why: str) -> None:
    st.info(why, icon=":material/info:")
    parts.link("solve", t("empty.to_solve"), ":material/arrow_forward:")


def _of_rota(here: state.Work, solve: Job, number: int) -> None:
    """The publication of one stage of a solve: asked for, under way, or done."""
    key = f"publish-{solve.id}-{number + 1}"
    rota = state.store().job_folder(solve.id) / f"stage-{number + 1}"
    first = state.store().find(key)
    live = first is not None and first.state.live

    def ask() -> None:
        payload = {"work": here.id, "scenario": solve.payload["scenarios"][number], "rota": str(rota)}
        state.submit("publish", payload, key)

    @st.fragment(run_every=1.0)
    def watch() -> None:
        job = state.store().find(key)
        if job is not None and job.state.live:
            progress.show_place(job, "promise.of_rota")
        else:
            st.rerun()

    if live:
        watch()
    elif first is not None and first.state is JobState.DONE:
        state.attempt(lambda: show_publication(first))
        state.show_mistakes()
    else:
        if first is not None:
            show_failed(first)
        st.caption(t("promise.publish_lead"))
        st.button(t("promise.publish_go"), on_click=ask, icon=":material/campaign:")


def published(results: parts.Results) -> None:
    """What the rota on screen lets one publish, as it was found with the plan; else the way to Promise."""
    path = results.files.folder / "publish.csv"
    if not path.exists():
        st.caption(t("service.publish_later"))
    else:
        state.attempt(lambda: show_sentences(path))
        state.show_mistakes()
    parts.link("promise", t("service.to_promise"))


def show_publication(job: Job) -> None:
    """What a job has found that may be published."""
    show_sentences(state.store().job_folder(job.id) / "publish.csv")


def show_sentences(path: Path) -> None:
    """What may be published: a table, and sentences to copy in English and Italian."""
    found = tables.read_csv(path)
    if found[found["verdict"] == "publish"].empty:
        st.info(t("service.publish_none"), icon=":material/info:")
    else:
        st.caption(t("service.publish_where"))
    parts.wide_table(charts.publish_table(found), "publish-table")
    for zone, times in found[["zone", "replications"]].drop_duplicates().itertuples(index=False):
        st.caption(t("promise.publish_meaning", zone=zone, times=times))
    for row in found[found["verdict"] == "publish"].to_dict("records"):
        with st.container(border=True):
            st.markdown(f"**{row['queue']}** · {charts.part_in_words(row['part'])}")
            for language in ("en", "it"):
                st.code(row[f"sentence_{language}"], language=None, wrap_lines=True)
    parts.download(path, t("promise.publish_download"))
