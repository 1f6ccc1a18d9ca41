"""The app's script: page config, language, navigation, run."""

import streamlit as st

from planner.ui import navigation, parts, printing, sign_in, state
from planner.ui.lifespan import freeze_once
from planner.ui.words import t

state.settle_language()
# No page icon: Streamlit would fetch it from the network, and nothing leaves this machine.
st.set_page_config(page_title=t("app.title"), layout="wide")
st.html(parts.STYLE + printing.STYLE)
printing.notice()
pages = navigation.pages()
chosen = st.navigation(list(pages.values()), position="hidden")
sign_in.stop_strangers()
navigation.bar(chosen.url_path or "start")
state.attempt(chosen.run)
state.show_mistakes()
freeze_once(chosen.url_path or "start")
