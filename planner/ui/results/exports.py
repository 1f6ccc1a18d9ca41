"""Which rota the files are made of: what people know, this visitor's draft, or the plan as it was solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from planner.study.export import Dossier, Staff, dossier_of, open_dossier, staff_of
from planner.study.export.staff import STAFF
from planner.study.rota_published import Told, published_folder, told_versions
from planner.ui import parts, state
from planner.ui.results import papers
from planner.ui.rota.shown import Shown
from planner.ui.words import t

PLAN, DRAFT = "plan", "draft"


def told_folder(of: Shown) -> Path:
    """Where the published rota of the stage on screen is kept."""
    return published_folder(of.here.folder, of.file)


def rotas(of: Shown) -> dict[str, Told | None]:
    """The rotas that can be handed on, by what stands in the address; what people know comes first."""
    found: dict[str, Told | None] = {f"v{told.version}": told for told in told_versions(told_folder(of))}
    if of.desk is not None and of.desk.draft.edits:
        found[DRAFT] = None
    return {**found, PLAN: None}


def choose(of: Shown, among: Mapping[str, Told | None]) -> str:
    """The choice among them, kept in the address, and what it is in a sentence."""
    asked, key = state.ids().get("rota", ""), "export-rota"
    chosen = asked if asked in among else next(iter(among))
    state.keep(key, chosen)
    st.selectbox(
        t("export.which"),
        [*among],
        format_func=lambda name: label(name, among),
        key=key,
        on_change=lambda: state.go(rota=state.typed(key)),
    )
    told = among[chosen]
    if told is None:
        st.caption(t(f"export.which_{chosen}", version=_next(among)))
        parts.link("rota", t("export.to_publish"), ":material/campaign:")
    elif chosen != next(iter(among)):
        st.warning(t("export.which_earlier", version=told.version), icon=":material/history:")
    else:
        st.caption(t("export.which_told", version=told.version))
    return chosen


def label(name: str, among: Mapping[str, Told | None]) -> str:
    """What a rota is called, with version and date."""
    told = among[name]
    if told is None:
        return t(f"export.rota_{name}")
    at = told.at.strftime("%Y-%m-%d %H:%M") if told.at else "–"
    return t("export.rota_told", version=told.version, at=at)


def dossier(of: Shown, name: str, among: Mapping[str, Told | None]) -> Dossier:
    """A rota with all that its files are made from.

    Raises
    ------
    PlannerError: when the plan or the rota cannot be read.
    """
    told, folder = among[name], of.files.folder
    if name == DRAFT and of.desk is not None:
        return dossier_of(of.desk.scenario, of.desk.rota, _next(among))
    made = open_dossier(folder, told.path if told else None, _staff(of))
    return made if told else replace(made, rota_version=_next(among))


def _next(among: Mapping[str, Told | None]) -> int:
    """The version that a draft becomes once it is published."""
    return 1 + max((told.version for told in among.values() if told), default=0)


def _staff(of: Shown) -> Staff | None:
    """Who a plan was made for that is older than its ``staff.json``; None where that file is there."""
    if (of.files.folder / STAFF).exists():
        return None
    return staff_of(papers.scenario(state.store(), of.results.job, of.results.number))
