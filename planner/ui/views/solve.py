"""Solve: start, watch, stop and keep the best."""

import streamlit as st

from planner.study import workspace
from planner.ui import parts, progress, solved, state
from planner.ui.words import t

st.title(t("nav.solve"))
here = parts.need_work()


def solve() -> None:
    """Queue the chosen stages, or join the same solve."""
    chosen = state.typed("solve-stages") or []
    files = tuple(file for file in here.names if file in chosen)
    if not files:
        state.say_mistakes([t("solve.none_chosen")])
        return
    ordered = state.attempt(lambda: workspace.order(here.folder, files))
    if ordered is None:
        return
    how = {"effort": str(state.typed("solve-effort")), "names": [here.names[file] for file in files]}
    seconds = int(state.typed("solve-seconds") or 0)
    payload = {**ordered, **how, "work": here.id, **({"seconds": seconds} if seconds else {})}
    made = state.submit("rollout", payload)
    if made:
        state.go(job=made.id)


first = state.solve()
state.show_mistakes()
if first is not None and first.payload.get("work") != here.id:
    st.info(t("solve.other_work"), icon=":material/info:")
    first = None
live = first is not None and first.state.live
other = progress.mine() if not live else None
if other is not None:
    what = t("solve.mine", what=t(f"solve.kind_{other.kind}"))
    with st.container(border=True):
        st.markdown(what)
        with st.container(horizontal=True):
            if other.kind == "rollout":
                show = {"work": other.payload["work"], "job": other.id}
                st.button(t("solve.mine_show"), on_click=state.go, kwargs=show, icon=":material/visibility:")
            parts.stop_button(t("solve.mine_stop"), other)


@st.fragment(run_every=progress.look_every(first))
def watch() -> None:
    """The running solve; one full rerun when it ends."""
    job = state.solve() if first is not None else None
    if job is None:
        return
    if job.state.live:
        parts.stop_button(t("solve.stop"), job)
        progress.show_live(job)
    elif live:
        st.rerun()
    else:
        solved.show(job, solve)


asked = {state.stage(here), *(first.payload["files"] if first else (here.stages[0].file,))}
if state.typed("solve-stages") is None:
    state.keep("solve-stages", [file for file in here.names if file in asked])
chosen, every = st.columns([5, 1], vertical_alignment="bottom")
every.button(
    t("solve.every_stage"),
    on_click=lambda: state.keep("solve-stages", [*here.names]),
    disabled=live or len(here.names) < 2,
    width="stretch",
)
chosen.multiselect(
    t("solve.stages"),
    options=[*here.names],
    format_func=lambda file: here.names[file],
    key="solve-stages",
    disabled=live,
)
left, right = st.columns(2)
with left:
    parts.choose_effort("solve-effort", disabled=live)
right.number_input(
    t("solve.seconds"), 0, 600, 0, step=30, key="solve-seconds", help=t("solve.seconds_help"), disabled=live
)
st.button(t("solve.go"), type="primary", on_click=solve, disabled=live, icon=":material/play_arrow:")
st.caption(t("solve.hint"))
if first is not None and not live and parts.is_stale(here, first):
    st.warning(t("parts.stale"), icon=":material/history:")
watch()
