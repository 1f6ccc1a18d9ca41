"""The files for one reader, and everything in one ZIP."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner.study.bundle import size_of
from planner.study.export import Dossier, Wanted
from planner.study.rota_published import Told
from planner.ui import state
from planner.ui.results import against, exports, glances, handed, papers
from planner.ui.rota.shown import Shown
from planner.ui.words import t

READERS = tuple(handed.GROUPS)
Rotas = Mapping[str, Told | None]


def section(reader: str, of: Shown, rota: str, among: Rotas, dossier: Dossier) -> None:
    """One format of a reader's group: options, who is left out, downloads, and how it begins."""
    name = handed.choose(reader)
    if name == "ics" and against.is_earlier(rota, among):
        st.info(t("export.calendars_of_now"), icon=":material/info:")
        return
    handed.options(name, dossier)
    before = state.attempt(lambda: against.choose(of, rota, among)) if name == "changes" else None
    made = handed.made(name, dossier, _wanted(of, before))
    state.show_mistakes()
    if made is not None:
        handed.hand_on(name, made)
        if made.files:
            state.attempt(lambda: glances.show(name, made, dossier))
            state.show_mistakes()


def everything(of: Shown, rota: str, among: Rotas, dossier: Dossier | None) -> None:
    """All files in one ZIP, unless they are too much for one."""
    st.caption(t("export.everything_meaning"))
    rest = st.checkbox(t("export.everything_rest"), key="export-rest-everything")
    folder = of.results.folder
    fits = state.attempt(lambda: size_of(folder)) is not None
    before = state.attempt(lambda: against.usual(of, rota, among))
    state.show_mistakes()
    if fits:
        papers.everything_button(of.results.job, of.results.number, dossier, _wanted(of, before), rest)


def plan(of: Shown) -> None:
    """Report and playbook of the plan as it was solved."""
    papers.report_button(of.results.folder)
    papers.playbook_button(of.results.job, of.results.number)
    st.caption(t("export.playbook"))


def _wanted(of: Shown, before: Dossier | None) -> Wanted:
    follows = (exports.told_folder(of),) if of.told else ()
    return handed.wanted(Wanted(follows=follows, against=before))
