"""Telling people their rota: what was published, how far this one is from it, and publishing it."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from planner.study import rota_published, steps
from planner.ui import parts, state
from planner.ui.rota.shown import Shown
from planner.ui.words import t


def line(of: Shown) -> None:
    """What people know, and how many shifts of this rota are otherwise."""
    if of.told is None:
        st.caption(t("rota.never_published"))
        return
    values = {"version": of.told.version, "at": of.told.at[:16].replace("T", " ")}
    said = t("rota.published", **values)
    changes = of.desk.changes if of.desk else None
    if changes is None:
        st.caption(said)
    elif changes == 0:
        st.success(f"{said} {t('rota.as_published')}", icon=":material/campaign:")
    else:
        st.info(f"{said} {t('rota.draft_changes', count=changes)}", icon=":material/edit_note:")


def section(of: Shown) -> None:
    """Publish what is on screen; download what was published."""
    st.header(t("rota.publish_title"), anchor="publish")
    st.caption(t("rota.publish_lead"))
    if of.desk is not None:
        st.button(t("rota.publish"), on_click=_publish, args=(of,), icon=":material/campaign:")
    path = rota_published.published_folder(of.here.folder, of.file) / rota_published.ROTA
    if of.told is not None and path.exists():
        parts.download(path, t("rota.download_published", version=of.told.version))


def _publish(of: Shown) -> None:
    desk = of.desk
    assert desk is not None
    folder = rota_published.published_folder(of.here.folder, of.file)
    terms = steps.pay_terms(desk.scenario)
    team, by, now = desk.scenario.team, state.owner(), datetime.now(UTC)
    state.attempt(lambda: rota_published.publish_rota(folder, desk.rota, team, terms, by, of.plan, now))
