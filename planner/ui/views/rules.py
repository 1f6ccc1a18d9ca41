"""rules."""

import streamlit as st

from planner.ui import parts
from planner.ui.words import t

st.title(t("nav.rules"))
parts.need_work()
