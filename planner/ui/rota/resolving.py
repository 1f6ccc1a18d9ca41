"""Solving an edited rota again with the fewest changes: asked for, under way, and who changes and why."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from planner.study.tables import read_csv
from planner.tasks import Job, JobState
from planner.ui import parts, progress, state, whys
from planner.ui.rota.editing import draft_file_of
from planner.ui.rota.shown import Shown, solved_again
from planner.ui.words import t

COLUMNS = ("agent", "day", "change", "old_shift", "old_start_local", "new_shift", "new_start_local", "why")


def section(of: Shown) -> None:
    """The way to a rota solved again; a live one shows where it stands."""
    job = solved_again(of.results)
    if job is not None and job.state.live:
        _watch(job.id)
        return
    if job is not None and job.state is not JobState.DONE:
        for sentence in job.errors or (t("rota.stopped"),):
            st.error(parts.spoken(job, sentence), icon=":material/error:")
    if of.desk is None:
        return
    st.caption(t("rota.solve_lead"))
    st.button(t("rota.solve"), on_click=_ask, args=(of,), icon=":material/autorenew:", type="primary")
    state.show_mistakes()


def _ask(of: Shown) -> None:
    assert of.desk is not None
    known = of.solved.payload["edits"] if of.solved else []
    payload = {
        "work": of.here.id,
        "scenario": str(of.here.folder / of.file),
        "rota": draft_file_of(of),
        "held_to": str(of.files.folder / "plan.json"),
        "edits": [*known, *(edit.plain() for edit in of.desk.draft.edits)],
        "of": of.results.job.id,
        "number": of.results.number,
        "currency": of.files.record["currency"],
        "effort": of.results.job.payload.get("effort", "stated"),
    }
    job = state.submit("replan", payload)
    if job is not None:
        state.go(edit=job.id)


@st.fragment(run_every=1.0)
def _watch(number: str) -> None:
    job = state.store().get(number)
    if not job.state.live:
        st.rerun()
    parts.stop_button(t("rota.stop"), job)
    progress.show_place(job, "rota.of_again")


def banner(of: Shown) -> None:
    """That the rota on screen was solved again, who changes and why, and the way back."""
    if of.solved is None:
        return
    changes = read_csv(of.files.folder / "changes.csv")
    st.info(t("rota.solved_again", count=len(changes)), icon=":material/autorenew:")
    st.button(t("rota.back"), on_click=lambda: state.go(edit=None), icon=":material/arrow_back:")
    if len(changes):
        _changes(of.solved, changes)


def why(of: Shown) -> None:
    """What a rota solved again misses, and which rules and locks clash."""
    found = of.files.record.get("why")
    if of.solved is not None and found and (found["shortages"] or found["clashes"]):
        st.header(t("why.title"), anchor="why-not")
        st.markdown(parts.spoken(of.solved, found["text"]))
        whys.show_findings(replace(of.results, job=of.solved), found)


def _changes(job: Job, changes: pd.DataFrame) -> None:
    with st.expander(t("rota.who_changes"), expanded=True):
        table = parts.spoken_frame(job, changes, ("why",))[list(COLUMNS)]
        table = table.assign(change=[t(f"rota.change_{kind}") for kind in table["change"]])
        for side in ("old", "new"):
            names = table[f"{side}_shift"].fillna("").astype("str")
            starts = table[f"{side}_start_local"].fillna("").astype("str").str[11:16]
            table[f"{side}_shift"] = (names + " " + starts).str.strip()
        table = table.drop(columns=["old_start_local", "new_start_local"]).fillna("")
        titles = {name: t(f"rota.change_column_{name}") for name in table}
        parts.wide_table(table.rename(columns=titles), "changes")
        path = state.store().job_folder(job.id) / "changes.csv"
        parts.download(path, t("rota.download_changes"))
