"""What the forecast is told besides the history: growth, events, self-service, by hand, days off."""

from __future__ import annotations

import streamlit as st

from planner.demand import Volumes
from planner.study import asks_form
from planner.ui import drafts, state
from planner.ui.demand import previewed, saving
from planner.ui.words import t


def show(here: state.Work, file: str, worked: state.Worked, volumes: Volumes) -> None:
    """Tables to type in; then what they change, and how to keep it."""
    draft = drafts.draft_of(here, file, worked.scenario)
    st.caption(t("demand.drivers_meaning"))
    growth = _growth(draft)
    tables = {table: _table(draft, table) for table in asks_form.COLUMNS}
    typed = asks_form.form_of(growth, tables)
    drafts.keep_typed(draft, typed)
    _unusual(draft, worked, typed)
    st.divider()
    changes = state.attempt(lambda: asks_form.changes_of(worked.scenario, typed))
    saving.show(here, file, worked, draft, changes)
    state.show_mistakes()
    if changes is not None and state.typed(draft.key + "-preview"):
        previewed.show(here, file, volumes, changes)


def _growth(draft: drafts.Draft) -> dict[str, str]:
    """Fields of growth, what was typed in each."""
    st.header(asks_form.title("growth"))
    st.caption(t("demand.meaning_growth"))
    found = {}
    with st.container(horizontal=True):
        for field in asks_form.GROWTH:
            found[field] = st.text_input(
                asks_form.title("growth", field),
                value=draft.base.growth[field],
                placeholder=t(f"demand.example_{field}"),
                key=draft.widget(field),
                width=300,
            )
    return found


def _table(draft: drafts.Draft, table: str) -> list[dict[str, object]]:
    """An editor of one table. What is typed is taken as it is: mistakes are told, never dropped."""
    st.header(asks_form.title(table))
    st.caption(t(f"demand.meaning_{table}"))
    edited = st.data_editor(
        asks_form.frame_of(draft.base, table),
        num_rows="dynamic",
        hide_index=False,
        column_config={
            column: st.column_config.TextColumn(asks_form.title(table, column))
            for column in asks_form.COLUMNS[table]
        },
        key=draft.widget(table),
    )
    return asks_form.rows_in(edited)


def _unusual(draft: drafts.Draft, worked: state.Worked, typed: asks_form.AsksForm) -> None:
    """Unusual days of the history that no event names yet: one becomes an event with a click and a name."""
    found = asks_form.suggested(worked.history, typed)
    if not found:
        return
    st.header(t("demand.unusual"))
    place = st.selectbox(
        t("demand.unusual_which"),
        range(len(found)),
        format_func=lambda index: str(found[index].why),
        key="unusual",
    )
    name = st.text_input(
        t("demand.unusual_name"), key="unusual-name", placeholder=t("demand.unusual_example")
    )
    if st.button(t("demand.unusual_take"), icon=":material/add:", disabled=not name.strip()):
        drafts.start_from(draft, asks_form.with_event(typed, asks_form.event_row(found[place], name)))
        st.rerun()
