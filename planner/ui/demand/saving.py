"""What is typed of the forecast: look at it first, keep it as a new stage, or start again."""

from __future__ import annotations

import streamlit as st

from planner.study import asks_form, workspace
from planner.ui import drafts, state
from planner.ui.words import t


def show(
    here: state.Work, file: str, worked: state.Worked, draft: drafts.Draft, changes: dict[str, object] | None
) -> None:
    """See what it changes, keep it as a new stage, or start again."""
    name = st.text_input(t("stages.new_name"), value=t("demand.stage_name"), key="asks-name")
    with st.container(horizontal=True):
        st.toggle(t("demand.preview"), key=draft.key + "-preview")
        save = st.button(t("stages.save"), type="primary", icon=":material/save:", disabled=not changes)
        reset = st.button(t("demand.reset"), icon=":material/undo:")
    if changes is not None and not changes:
        st.caption(t("demand.unchanged"))
    if reset:
        drafts.start_from(draft, asks_form.rows_of(worked.scenario))
        st.rerun()
    made = save and changes and state.attempt(lambda: workspace.save_stage(here.folder, file, name, changes))
    if made:
        drafts.forget(draft)
        state.go(stage=made)
        st.rerun()
