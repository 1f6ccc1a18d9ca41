"""The app's script: page config, navigation, run."""

import streamlit as st

from planner.ui import parts, state
from planner.ui.words import t

# No page icon: Streamlit would fetch it from the network, and nothing leaves this machine.
st.set_page_config(page_title=t("app.title"), layout="wide")
st.html(parts.STYLE)
pages = {
    name: st.Page(f"views/{name}.py", title=t(f"{name}.title"), url_path=name, default=name == "start")
    for name in parts.CHAIN
}
# Our own links, because those of the framework would lose the ids in the address; in a row that wraps,
# because a side bar stays open over a phone's page.
chosen = st.navigation(list(pages.values()), position="hidden")
with st.container(horizontal=True, gap="xsmall", key="pages"):
    for name in parts.CHAIN:
        parts.link(name, pages[name].title)
state.attempt(chosen.run)
state.show_mistakes()
