"""Why not? What a plan misses and why, in words; fixes are asked for here and worked out beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.tasks import Job, JobState
from planner.ui import parts, progress, state
from planner.ui.words import t

TOLD = 6
ICON = ":material/help:"


def section(results: parts.Results) -> None:
    """What the plan on screen misses and why; nothing where everything is covered."""
    record = results.files.record
    found = record.get("why")
    if not found or not (found["shortages"] or found["clashes"]):
        return
    st.subheader(t("why.title"), anchor="why-not")
    st.markdown(parts.spoken(results, found["text"]))
    show_findings(results, found)
    if found["shortages"]:
        _fixes(results)


def show_findings(results: parts.Results, found: Mapping[str, Any]) -> None:
    """Shortages with their reasons, people whose rules clash, and the stretch that must fail."""

    def say(text: str) -> str:
        return parts.spoken(results, text)

    for number, shortage in enumerate(found["shortages"][:TOLD]):
        with st.expander(say(shortage["text"]), expanded=number == 0, icon=ICON):
            if not shortage["looked_into"]:
                st.caption(t("why.not_looked"))
            for reason in shortage["reasons"]:
                st.markdown(f"- {say(reason)}")
    rest = found["shortages"][TOLD:]
    if rest:
        st.caption(t("why.more", count=len(rest), hours=parts.number(sum(one["hours"] for one in rest), 1)))
    for clash in found["clashes"]:
        st.warning(" ".join(map(say, clash["text"])), icon=":material/gavel:")
    if found["window"]:
        st.info(" ".join(map(say, found["window"]["text"])), icon=":material/timer:")


def _fixes(results: parts.Results) -> None:
    """The way to the cheapest fixes: asked for, under way, or found."""
    key = f"why-{results.job.id}-{results.number}"
    first = state.store().find(key)
    live = first is not None and first.state.live

    def ask() -> None:
        here = state.work()
        if here is None or parts.is_stale(here, results.job):
            state.say_mistakes([t("why.stale")])
            return
        payload = {
            "work": results.job.payload["work"],
            "rota": str(results.files.folder / "rota.csv"),
            "scenario": results.job.payload["scenarios"][results.number - 1],
            "effort": results.job.payload.get("effort", "stated"),
        }
        state.submit("why", payload, key)

    @st.fragment(run_every=1.0)
    def watch() -> None:
        job = state.store().find(key)
        if job is not None and job.state.live:
            parts.stop_button(t("why.stop"), job)
            progress.show_place(job, "why.of_fixes")
        else:
            st.rerun()

    if live:
        watch()
    elif first is not None and first.state is JobState.DONE:
        state.attempt(lambda: show_fixes(first))
        state.show_mistakes()
    else:
        if first is not None:
            for sentence in first.errors or (t("why.stopped"),):
                st.error(parts.spoken(first, sentence), icon=":material/error:")
        st.caption(t("why.lead"))
        st.button(t("why.go"), on_click=ask, icon=":material/build:")
    state.show_mistakes()


def show_fixes(job: Job) -> None:
    """The fixes that help, the cheapest first, each with its file."""
    record = state.why_record(job)
    folder = state.store().job_folder(job.id)
    for sentence in record["head"]:
        st.markdown(parts.spoken(job, sentence))
    for fix in record["fixes"]:
        with st.container(border=True):
            st.markdown(parts.spoken(job, fix["text"]))
            for detail in fix["details"]:
                st.caption(parts.spoken(job, detail))
            st.code(fix["paste"], language="yaml", wrap_lines=True)
            parts.download(folder / fix["file"], t("why.download", file=fix["file"]))
