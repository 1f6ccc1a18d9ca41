"""How well such forecasts would have done on the history."""

from __future__ import annotations

import streamlit as st

from planner.ui import state
from planner.ui.words import t


def show(here: state.Work, file: str) -> None:
    """The back-test of a stage in plain sentences."""
    st.subheader(t("demand.accuracy"))
    for sentence in state.accuracy(here, file):
        st.write(sentence)
