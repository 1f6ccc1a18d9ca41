"""What a file has brought: the report, suggestions to accept or not, and the button that uses it."""

from __future__ import annotations

import streamlit as st

from planner.demand import mapping_text
from planner.study.importing import report_of
from planner.study.taking import ReadIn
from planner.ui import received, state
from planner.ui.demand import report, suggested
from planner.ui.words import t


def show(here: state.Work, file: str, found: ReadIn) -> None:
    """The report of a file that was read, and what may be done with it."""
    brought, said = found.imported, received.choices()
    assert brought.history is not None
    st.divider()
    st.header(t("import.report"))
    report.figures(report_of(brought))
    report.in_full(report_of(brought))
    if brought.history.suggestions:
        st.header(t("import.suggestions"))
        st.caption(t("import.suggestions_meaning"))
        suggested.tick(
            brought.history.suggestions, said.taken, lambda lines: received.choose(taken=tuple(lines))
        )
    st.header(t("import.use_title"))
    name = "import-name"
    state.keep(name, said.name or t("import.stage_name", file=brought.look.file.split(".")[0]))
    st.text_input(
        t("import.stage"), key=name, on_change=lambda: received.choose(name=str(state.typed(name) or ""))
    )
    with st.container(horizontal=True):
        st.button(
            t("import.use"),
            type="primary",
            icon=":material/check:",
            on_click=lambda: received.accept(here, file, str(state.typed(name) or "")),
        )
        st.download_button(
            t("import.mapping"),
            data=mapping_text(brought.mapping),
            file_name="mapping.yaml",
            mime="text/yaml",
            on_click="ignore",
            icon=":material/download:",
        )
    st.caption(t("import.kept_only"))
