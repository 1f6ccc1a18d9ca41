"""Start the planner in the browser: ``streamlit run app.py``."""

import streamlit as st
from starlette.middleware import Middleware

from planner.ui import NamedBrowsers, lifespan

app = st.App("planner/ui/main.py", lifespan=lifespan, middleware=[Middleware(NamedBrowsers)])
