"""A file with what is missing about people: e-mails, payroll ids, grades; kept while the window is open."""

from __future__ import annotations

import streamlit as st

from planner.study.export import Dossier
from planner.study.export.completed import completed
from planner.ui import parts, state
from planner.ui.words import listen, plain, t

KEPT, ROUND = "kept-export-people", "export-people-round"
"""The file's name and bytes; how often one was forgotten, for an uploader that is empty again."""


def complete(of: Dossier) -> Dossier:
    """The rota with people as the file given here says; as it is while there is none, or a wrong one."""
    kept = state.typed(KEPT)
    with st.expander(t("export.complete"), icon=":material/badge:", expanded=kept is not None):
        st.caption(t("export.complete_meaning"))
        st.file_uploader(t("export.complete_file"), type=["csv"], key=_widget(), on_change=_taken)
        if kept is None:
            parts.link("team", t("export.to_team"), ":material/badge:")
            return of
        name, data = kept
        listen()
        found = state.attempt(lambda: completed([of], data, name))
        state.show_mistakes()
        if found is not None:
            (of,), notices = found
            st.success(t("export.completed", file=plain(name)), icon=":material/check:")
            for notice in notices:
                st.caption(plain(str(notice)))
        st.button(t("export.forget", file=plain(name)), key="export-forget", on_click=_forget)
    return of


def _widget() -> str:
    return f"export-people-{state.typed(ROUND) or 0}"


def _taken() -> None:
    given = state.typed(_widget())
    state.keep(KEPT, None if given is None else (given.name, given.getvalue()))


def _forget() -> None:
    state.keep(KEPT, None)
    state.keep(ROUND, (state.typed(ROUND) or 0) + 1)
