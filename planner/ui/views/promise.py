"""Promise: what each would cost, and what this rota lets you publish."""

import streamlit as st

from planner.study import goals, workspace
from planner.tasks import JobState
from planner.ui import parts, progress, promises, state
from planner.ui.words import t

st.title(t("nav.promise"))
here = parts.need_work()
file = parts.choose_stage(here, "promise")
scenario = state.attempt(lambda: state.scenario(here, file))
curve = state.job("promise")
if curve is not None and curve.payload["work"] != here.id:
    curve = None
state.show_mistakes()
if scenario is None:
    st.stop()
if scenario.fixed_need:
    st.info(t("promise.stated_need"), icon=":material/info:")
    parts.next_page("compare")
    st.stop()


desk = scenario


def price() -> None:
    """Queue the promises that are asked about, or join the same question."""
    asked = [text.strip() for text in str(state.typed("promise-goals")).split(",") if text.strip()]
    queues, effort = [*(state.typed(f"promise-queues-{file}") or [])], str(state.typed("promise-effort"))
    ordered = state.attempt(lambda: workspace.order(here.folder, (file,)))
    if ordered is None or state.attempt(lambda: goals.asked(desk, asked, queues)) is None:
        return
    what = {"goals": asked, "queues": queues, "effort": effort, "work": here.id}
    payload = {**ordered, **what, "scenario": ordered["scenarios"][0]}
    made = state.submit("promise", payload)
    if made:
        state.go(promise=made.id)


live = curve is not None and curve.state.live
st.caption(t("promise.lead"))
said = curve.payload if curve else {}
goals_said = ", ".join(said["goals"]) if said else t("promise.goals_default")
st.text_input(t("promise.goals"), value=goals_said, key="promise-goals", disabled=live)
known = [queue.name for queue in scenario.queues]
usual = said.get("queues") or [queue.name for queue in goals.usual_queues(scenario)]
st.multiselect(
    t("promise.queues"),
    options=known,
    default=[name for name in usual if name in known],
    key=f"promise-queues-{file}",
    disabled=live,
)
parts.choose_effort("promise-effort", disabled=live)
st.button(t("promise.go"), type="primary", on_click=price, disabled=live, icon=":material/play_arrow:")


@st.fragment(run_every=1.0 if live else None)
def watch() -> None:
    """The curve under way; one full rerun when it ends."""
    job = state.job("promise") if curve else None
    if job is None:
        st.info(t("promise.empty"), icon=":material/info:")
    elif job.state.live:
        parts.stop_button(t("promise.stop"), job)
        progress.show_place(job, "promise.of_promises")
    elif live:
        st.rerun()
    elif job.state is JobState.FAILED:
        promises.show_failed(job)
    else:
        promises.say_old(here, job, file)
        state.attempt(lambda: promises.show_curve(job))
        state.show_mistakes()


watch()
st.header(t("promise.publish"))
promises.publication(here, file)
parts.next_page("compare")
