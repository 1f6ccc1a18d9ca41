"""team."""

import streamlit as st

from planner.ui import parts
from planner.ui.words import t

st.title(t("nav.team"))
parts.need_work()
