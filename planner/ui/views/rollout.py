"""Stages: the ladder, opening hours, what each hour requires."""

import streamlit as st

from planner.study import charts, hours_added, ladder, workspace
from planner.ui import parts, state
from planner.ui.words import t

st.title(t("stages.title"))
here = parts.need_work()


def save(name: str, changes: dict[str, object] | None) -> None:
    """Write a new stage that starts from the one on screen, and show it."""
    made = changes and state.attempt(lambda: workspace.save_stage(here.folder, file, name, changes))
    if made:
        state.forget_removed()
        state.go(stage=made)


def save_hours() -> None:
    """The hours as they were typed, as a new stage."""
    typed = {i: (state.typed(f"{file}-open-{i}"), state.typed(f"{file}-close-{i}")) for i in shown}
    save(str(state.typed("stage-name")), {"opening_hours": ladder.lines_of_form(rows, typed)})


def save_earlier() -> None:
    """A new stage that opens two hours earlier."""
    changes = state.attempt(lambda: hours_added.step(scenario, "earlier"))
    save(t("stages.two_early_name", stage=here.names[file]), changes)


def remove() -> None:
    """Take the stage on screen away; Undo brings it back."""
    text = state.attempt(lambda: workspace.delete_stage(here.folder, file))
    if text is not None:
        state.keep_removed(file, text)
        state.go(stage=None)


def undo(name: str, text: str) -> None:
    """Bring the removed stage back."""
    state.attempt(lambda: workspace.restore_stage(here.folder, name, text))
    state.forget_removed()
    state.go(stage=name)


titles = {name: t(f"stages.column_{name}") for name in ("stage", "hours", "people", "starts")}
overview = state.attempt(lambda: state.ladder_table(here))
if overview is not None:
    parts.wide_table(overview.rename(columns=titles), "ladder")
gone = state.removed()
if gone:
    st.button(t("stages.undo"), on_click=undo, args=gone, icon=":material/undo:")
file = parts.choose_stage(here, "stages")
worked = state.attempt(lambda: state.demand_and_need(here, file))
state.show_mistakes()
if worked is None:
    st.stop()
scenario = worked.scenario
rows = ladder.rows_of(scenario)
shown = [i for i, row in enumerate(rows) if not row.closed]
left, right = st.columns([2, 3], gap="large")
with left:
    st.subheader(t("stages.hours"))
    st.caption(t("stages.hours_zone", zone=scenario.zone))
    with st.form("hours-form"):
        for i, row in enumerate(rows):
            st.markdown(f"**{', '.join(row.queues)}** · {row.days}{t('stages.closed') if row.closed else ''}")
            if not row.closed:
                opens, closes = st.columns(2)
                opens.text_input(t("stages.open"), value=row.open, key=f"{file}-open-{i}")
                closes.text_input(t("stages.close"), value=row.close, key=f"{file}-close-{i}")
        st.text_input(t("stages.new_name"), value=t("stages.new_name_default"), key="stage-name")
        st.form_submit_button(t("stages.save"), on_click=save_hours, type="primary", icon=":material/save:")
    st.button(t("stages.two_early"), on_click=save_earlier, icon=":material/wb_twilight:")
    st.button(t("stages.remove"), on_click=remove, icon=":material/delete:", disabled=len(here.stages) == 1)
with right:
    parts.wide_chart(charts.need_heat_map(worked.need, scenario.zone), "need-heat")
    st.caption(t("stages.requirement_meaning", zone=scenario.zone))
    if worked.need.backlogs:
        parts.wide_chart(charts.deferred_by_day(worked.need, scenario.zone), "work-bars")
        st.caption(t("stages.work_meaning"))
parts.next_page("solve")
