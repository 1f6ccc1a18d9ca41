"""The import of a history of one's own: give a file, answer what it leaves open, read it, use it."""

from __future__ import annotations

import streamlit as st

from planner.study import Scenario
from planner.study.doubts import doubts_of, rows_apart, said_of_profile, usual_queues
from planner.ui import received, state
from planner.ui.demand import asking, imported, report
from planner.ui.words import plain, t


def wanted() -> bool:
    """Whether the address asks for the import."""
    return state.ids().get("part") == received.PART


def way_in() -> None:
    """The button that leads here; to a file on its way in, if there is one."""
    label = t("import.go_on" if received.token() else "import.start")
    st.button(label, icon=":material/upload_file:", on_click=lambda: state.go(part=received.PART))


def show(here: state.Work, file: str, scenario: Scenario) -> None:
    """The step at which the import stands."""
    st.header(t("import.title"))
    st.button(t("import.back"), icon=":material/arrow_back:", on_click=lambda: state.go(part=None))
    if not received.token():
        return _give(scenario)
    seen = received.look()
    state.show_mistakes()
    if seen is None:
        st.button(t("import.another"), on_click=lambda: state.go(file=None), type="primary")
        return None
    said = received.choices()
    asking.what_it_is(seen, said_of_profile(seen))
    asking.offer_kept(here, seen, said)
    found = None
    if said.read and not seen.mistakes and not seen.zone_needed:
        with st.spinner(t("import.reading"), show_time=True):
            found = received.read(here, file)
    mistakes = (*seen.mistakes, *(found.imported.mistakes if found else ()))
    doubts = doubts_of(seen, said, scenario.queues, mistakes)
    asking.ask(seen, doubts, said, scenario)
    whole, rows = rows_apart(mistakes)
    for message in whole:
        st.error(plain(str(message)), icon=":material/error:")
    report.bad_rows([str(message) for message in rows])
    if found and found.can_wait:
        key = "import-accept"
        state.keep(key, said.accept)
        st.checkbox(
            t("import.accept_bad"),
            key=key,
            on_change=lambda: received.choose(accept=bool(state.typed(key)), read=True),
        )
    with st.container(horizontal=True):
        if found is None or mistakes:
            st.button(
                t("import.read"),
                icon=":material/play_arrow:",
                type="primary",
                disabled=not doubts.ready,
                on_click=lambda: received.choose(read=True),
            )
        st.button(t("import.discard"), icon=":material/delete:", on_click=received.discard)
    if seen.zone_needed:
        st.caption(t("import.zone_first"))
    if found and found.imported.history:
        imported.show(here, file, found)
    return None


def _give(scenario: Scenario) -> None:
    """Where a file is dropped."""

    def take() -> None:
        given = state.typed("import-file")
        if given is not None:
            received.receive(given.name, given.getvalue(), usual_queues(scenario))

    received.clear()
    st.file_uploader(t("import.give"), key="import-file", on_change=take)
    st.caption(t("import.privacy"))
    st.caption(t("import.kinds"))
