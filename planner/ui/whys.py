"""Why not? What a plan misses and why, in words; fixes are asked for here and worked out beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from planner.study.why.applying import earliest_of, save_fix
from planner.tasks import Job, JobState
from planner.ui import parts, progress, state
from planner.ui.words import plain, t

if TYPE_CHECKING:
    from planner.study.growing import Earliest

TOLD = 6
ICON = ":material/help:"


def section(results: parts.Results) -> None:
    """What the plan on screen misses and why; nothing where everything is covered."""
    record = results.files.record
    found = record.get("why")
    if not found or not (found["shortages"] or found["clashes"]):
        return
    st.header(t("why.title"), anchor="why-not")
    st.markdown(plain(parts.spoken(results, found["text"])))
    show_findings(results, found)
    if found["shortages"]:
        _fixes(results)


def show_findings(results: parts.Results, found: Mapping[str, Any]) -> None:
    """Shortages with their reasons, people whose rules clash, and the stretch that must fail."""

    def say(text: str) -> str:
        return plain(parts.spoken(results, text))

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
        state.attempt(lambda: show_fixes(first, results))
        state.show_mistakes()
    else:
        if first is not None:
            for sentence in first.errors or (t("why.stopped"),):
                st.error(plain(parts.spoken(first, sentence)), icon=":material/error:")
        st.caption(t("why.lead"))
        st.button(t("why.go"), on_click=ask, icon=":material/build:")
    state.show_mistakes()


def show_fixes(job: Job, results: parts.Results) -> None:
    """The fixes that help, the cheapest first, each with the ways to apply it."""
    record = state.why_record(job)
    for sentence in record["head"]:
        st.markdown(plain(parts.spoken(job, sentence)))
    if record["fixes"]:
        st.caption(t("why.checked"))
    for fix in record["fixes"]:
        with st.container(border=True):
            _fix(job, results, fix)


def _fix(job: Job, results: parts.Results, fix: Mapping[str, Any]) -> None:
    """One fix: what it brings and costs, when it can begin, and one click to apply it."""
    st.markdown(plain(parts.spoken(job, fix["text"])))
    for detail in fix["details"]:
        st.caption(plain(parts.spoken(job, detail)))
    here, path = state.work(), state.store().job_folder(job.id) / fix["file"]
    base = results.job.payload["files"][results.number - 1]
    if here is None or base not in here.names:
        return
    scenario = state.attempt(lambda: state.scenario(here, base))
    if scenario is not None:
        st.caption(earliest_words(earliest_of(scenario, fix["kind"])))
    key, name = (
        f"{job.id}-{fix['rank']}",
        t(f"why.name_{fix['kind'].replace(' ', '_')}", stage=here.names[base]),
    )

    def apply(what_if: bool) -> None:
        if parts.is_stale(here, results.job):
            state.say_mistakes([t("why.stale")])
            return
        made = state.attempt(lambda: save_fix(here.folder, base, name, path, what_if))
        if made:
            state.keep(f"fix-made-{key}", (what_if, made))

    with st.container(horizontal=True):
        words = {
            False: (t("why.as_stage"), ":material/add:"),
            True: (t("why.as_what_if"), ":material/help_center:"),
        }
        for what_if, (label, icon) in words.items():
            st.button(label, key=f"fix-{key}-{what_if}", icon=icon, on_click=apply, args=(what_if,))
    what_if, made = state.typed(f"fix-made-{key}") or (False, "")
    if made and what_if:
        st.success(t("why.kept", name=name), icon=":material/check:")
        parts.link("whatif", t("why.to_what_ifs"))
    elif made:
        state.keep(f"fix-made-{key}", None)
        st.switch_page("views/rollout.py", query_params={**state.ids(), "stage": made})
    with st.expander(t("why.lines")):
        st.code(fix["paste"], language="yaml", wrap_lines=True)
        parts.download(path, t("why.download", file=fix["file"]))


def earliest_words(found: Earliest) -> str:
    """When something can begin, and what takes the time."""
    reasons = "; ".join(str(reason) for reason in found.reasons)
    if found.day is None:
        return t("why.earliest", weeks=found.weeks, reasons=reasons)
    return t("why.earliest_day", day=found.day.isoformat(), weeks=found.weeks, reasons=reasons)
