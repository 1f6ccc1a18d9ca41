"""What decides the need, typed on its page and kept as a new stage."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from planner.study import Scenario, need_form, workspace
from planner.ui import state
from planner.ui.words import t


def change(here: state.Work, file: str, scenario: Scenario) -> None:
    """A form of promises, people on duty at least, and time that is not for customers."""
    now = need_form.form_of(scenario)

    def key(part: str, name: str) -> str:
        return f"need-{file}-{part}-{name}"

    def typed(part: str, names: Iterable[str]) -> dict[str, str]:
        return {name: str(state.typed(key(part, name)) or "") for name in names}

    def save() -> None:
        found = need_form.NeedForm(
            typed("promise", now.promises), typed("least", now.least), typed("field", now.fields)
        )
        changes = need_form.changes_of(scenario, found)
        if not changes:
            state.say_mistakes([t("requirement.unchanged")])
            return
        name = str(state.typed(key("name", "")) or "")
        made = state.attempt(lambda: workspace.save_stage(here.folder, file, name, changes))
        if made:
            state.go(stage=made)

    with st.form(f"need-form-{file}"):
        if not scenario.fixed_need:
            st.markdown(f"**{t('requirement.promises')}**")
            st.caption(t("requirement.promises_meaning"))
            with st.container(horizontal=True):
                for name, text in now.promises.items():
                    st.text_input(name, value=text, key=key("promise", name), width=280)
        st.markdown(f"**{t('requirement.least')}**")
        st.caption(t("requirement.least_meaning"))
        with st.container(horizontal=True):
            for name, text in now.least.items():
                label = t("requirement.all") if name == need_form.ALL else name
                st.text_input(label, value=text, key=key("least", name), width=160)
        st.markdown(f"**{t('requirement.time')}**")
        with st.container(horizontal=True):
            for name, text in now.fields.items():
                st.text_input(t(f"requirement.field_{name}"), value=text, key=key("field", name), width=280)
        default = t("requirement.stage_name", stage=here.names[file])
        st.text_input(t("stages.new_name"), value=default, key=key("name", ""))
        st.form_submit_button(t("stages.save"), on_click=save, type="primary", icon=":material/save:")
