"""The work that is open: what it is, what it assumes, and where to go on."""

from __future__ import annotations

import streamlit as st

from planner.study import desks
from planner.ui import navigation, state
from planner.ui.lifespan import store_folder
from planner.ui.start.recent import actions
from planner.ui.words import plain, t


def show(here: state.Work) -> None:
    """A card with the ways on."""
    with st.container(border=True, key="opened"):
        desk = desks.desk(store_folder(), here.id)
        name = plain(desk.name)
        st.markdown(f":material/check: **{t('start.opened', name=name, stages=len(here.stages))}**")
        for sentence in state.assumptions(here):
            st.caption(plain(sentence))
        with st.container(horizontal=True):
            navigation.link("demand", t("start.next"), ":material/arrow_forward:")
            navigation.link("rollout", t("start.next_hours"))
            if state.ids().get("job"):
                navigation.link("results", t("start.next_answers"))
            actions(desk)
