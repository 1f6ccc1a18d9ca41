"""Solve: start, watch, stop and keep the best."""

import streamlit as st

from planner.study import workspace
from planner.tasks import JobState
from planner.ui import parts, progress, state
from planner.ui.words import t

st.title(t("solve.title"))
here = parts.need_work()


def solve() -> None:
    """Queue the chosen stages, or join the same solve."""
    chosen = state.typed("solve-stages") or []
    files = tuple(file for file in here.names if file in chosen)
    effort = str(state.typed("solve-effort"))
    if not files:
        state.say_mistakes([t("solve.none_chosen")])
        return
    ordered = state.attempt(lambda: workspace.order(here.folder, files))
    if ordered is None:
        return
    payload = {**ordered, "work": here.id, "effort": effort}
    made = state.submit("rollout", payload)
    if made:
        state.go(job=made.id)


first = state.job()
state.show_mistakes()
live = first is not None and first.state.live


@st.fragment(run_every=1.0 if live else None)
def watch() -> None:
    """The running solve; one full rerun when it ends."""
    job = state.job()
    if job is None:
        return
    if job.state.live:
        parts.stop_button(t("solve.stop"), job)
        progress.show_live(job)
    elif live:
        st.rerun()
    elif job.state is JobState.FAILED:
        for sentence in job.errors or (t("solve.cancelled"),):
            st.error(sentence, icon=":material/error:")
    else:
        state.attempt(lambda: progress.show_outcome(job))
        state.show_mistakes()


asked = {state.stage(here), *(first.payload["files"] if first else (here.stages[0].file,))}
st.multiselect(
    t("solve.stages"),
    options=[*here.names],
    default=[file for file in here.names if file in asked],
    format_func=lambda file: here.names[file],
    key="solve-stages",
    disabled=live,
)
parts.choose_effort("solve-effort", disabled=live)
st.button(t("solve.go"), type="primary", on_click=solve, disabled=live, icon=":material/play_arrow:")
st.caption(t("solve.hint"))
watch()
