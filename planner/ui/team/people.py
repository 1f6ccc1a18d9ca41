"""The table of people: typed in as text, so that no cell is dropped; mistakes are listed beside it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from planner.study import Scenario, team_form
from planner.ui import parts, state, undoing
from planner.ui.words import plain, t

EDITOR = "people"


def edit(draft: undoing.Draft) -> undoing.Draft:
    """The editor of everybody; what it holds is kept at once."""
    edited = st.data_editor(
        team_form.frame_of(draft.base),
        num_rows="dynamic",
        hide_index=False,
        column_config={
            column: st.column_config.TextColumn(
                team_form.title(column),
                help=t(f"team.help_{column}"),
                default="",
                width="medium" if column in ("name", "languages", "leave") else None,
            )
            for column in team_form.COLUMNS
        },
        key=draft.widget(EDITOR),
    )
    return undoing.keep_typed(draft, team_form.rows_in(edited))


def say(found: team_form.Judged) -> None:
    """Every mistake at once; the cells keep what was typed."""
    if not found.mistakes:
        return
    lines = "\n".join(f"- {plain(str(message))}" for message in found.mistakes)
    title = t("team.mistakes", n=parts.number(len(found.mistakes)))
    st.error(f"**{title}**\n\n{lines}", icon=":material/error:")


def give_leave(draft: undoing.Draft, scenario: Scenario) -> None:
    """Days off of one person, from and to; never a reason."""
    with st.expander(t("team.leave"), icon=":material/event_busy:"):
        st.caption(t("team.leave_meaning"))
        rows = draft.typed
        with st.container(horizontal=True, vertical_alignment="bottom"):
            place = st.selectbox(
                t("team.leave_who"),
                range(len(rows)),
                index=None,
                format_func=lambda index: rows[index]["name"] or f"… {index + 1}",
                key=draft.widget("leave-who"),
                placeholder=t("team.leave_choose"),
                width=260,
            )
            first = _day(draft, "leave-first", t("team.leave_first"), scenario.first_day)
            last = _day(draft, "leave-last", t("team.leave_last"), first)

        def give() -> None:
            now = state.typed(draft.key)
            if isinstance(now, undoing.Draft) and place is not None and place < len(now.typed):
                given = team_form.with_leave(now.typed, place, first, last)
                undoing.change(now, team_form.form_of(team_form.plain_rows(given)))

        st.button(t("team.leave_give"), icon=":material/add:", disabled=place is None, on_click=give)


def _day(draft: undoing.Draft, name: str, label: str, usual: date) -> date:
    found = st.date_input(label, value=usual, format="YYYY-MM-DD", key=draft.widget(name), width=160)
    return found if isinstance(found, date) else usual
