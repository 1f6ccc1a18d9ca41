"""Start the planner in the browser: ``streamlit run app.py``."""

import streamlit as st

from planner.ui import lifespan

app = st.App("planner/ui/main.py", lifespan=lifespan)
