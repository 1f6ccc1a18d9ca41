"""People from a spreadsheet: a block that is pasted or a file, looked at before it is taken."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.study import Scenario, team_form, team_table
from planner.ui import parts, state, undoing
from planner.ui.words import plain, t


def show(draft: undoing.Draft, scenario: Scenario) -> None:
    """A place to paste into, one for a file, and what was read of either."""
    with st.expander(t("team.paste"), icon=":material/content_paste:"):
        st.caption(t("team.paste_meaning"))
        pasted = st.text_area(
            t("team.paste_here"),
            key=draft.widget("block"),
            placeholder="name\tsite\tlanguages\tweekly_hours\tleave",
            height=140,
        )
        given = st.file_uploader(t("team.file"), type=["csv", "tsv", "txt"], key=draft.widget("file"))
        if pasted and pasted.strip():
            block = state.attempt(lambda: team_table.read_block(pasted))
        elif given is not None:
            block = state.attempt(lambda: team_table.read_bytes(given.getvalue()))
        else:
            return
        state.show_mistakes()
        if block is not None:
            _preview(draft, scenario, block)


def _preview(draft: undoing.Draft, scenario: Scenario, block: team_table.Block) -> None:
    """The rows as they were read, the cells of them that cannot be kept, and two ways to take them."""
    st.markdown(f"**{t('team.read', n=parts.number(len(block.rows)))}**")
    for message in block.notices:
        st.caption(plain(str(message)))
    new = team_table.instead(block)
    st.dataframe(
        team_form.frame_of(new)[list(block.columns)],
        column_config={column: team_form.title(column) for column in block.columns},
    )
    wrong = team_form.bad_cells(scenario, new)
    if wrong:
        lines = "\n".join(f"- {plain(str(message))}" for message in wrong)
        st.warning(f"**{t('team.read_mistakes')}**\n\n{lines}", icon=":material/error:")

    def take(rows: Sequence[team_form.Row]) -> None:
        undoing.change(draft, rows)

    with st.container(horizontal=True):
        both = team_table.added(draft.typed, block)
        st.button(t("team.take_add"), icon=":material/group_add:", on_click=take, args=(both,))
        st.button(t("team.take_instead"), icon=":material/swap_horiz:", on_click=take, args=(new,))
