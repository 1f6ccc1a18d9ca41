"""The version before, which changes are told against."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner.study.export import Dossier
from planner.study.rota_published import Told
from planner.ui import state
from planner.ui.results import exports
from planner.ui.rota.shown import Shown
from planner.ui.words import t

KEY = "export-against"


def choose(of: Shown, chosen: str, among: Mapping[str, Told | None]) -> Dossier | None:
    """The choice of the version before; None where there is no other rota.

    Raises
    ------
    PlannerError: when it cannot be read.
    """
    others = _others(chosen, among)
    if not others:
        return None
    kept = state.typed(f"kept-{KEY}")
    state.keep(KEY, kept if kept in others else others[0])
    st.selectbox(
        t("export.against"),
        others,
        format_func=lambda name: exports.label(name, among),
        key=KEY,
        on_change=lambda: state.keep(f"kept-{KEY}", state.typed(KEY)),
    )
    return exports.dossier(of, str(state.typed(KEY)), among)


def usual(of: Shown, chosen: str, among: Mapping[str, Told | None]) -> Dossier | None:
    """The version that people knew before; None where there is none.

    Raises
    ------
    PlannerError: when it cannot be read.
    """
    before = [name for name in _others(chosen, among) if among[name]]
    return exports.dossier(of, before[0], among) if before else None


def is_earlier(chosen: str, among: Mapping[str, Told | None]) -> bool:
    """Whether a rota is one that people knew before the one that counts."""
    return among[chosen] is not None and chosen != next(iter(among))


def _others(chosen: str, among: Mapping[str, Told | None]) -> list[str]:
    """What a rota can be held against: published versions before it first, then the rest."""
    mine = among[chosen]
    older = [name for name, told in among.items() if told and (mine is None or told.version < mine.version)]
    return [*older, *(name for name in among if name not in (*older, chosen))]
