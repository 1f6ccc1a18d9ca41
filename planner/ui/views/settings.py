"""Settings: language, clock, colours, who is signed in, where things are kept, versions."""

import streamlit as st

from planner._messages import LANGUAGES
from planner.study.plan import versions
from planner.study.shelf import CLOCKS
from planner.ui import navigation, state, visit
from planner.ui.lifespan import store_folder
from planner.ui.words import LANGUAGE, t

st.title(t("nav.settings"))
state.show_mistakes()
st.caption(t("settings.whose_person" if visit.person() else "settings.whose_browser"))
state.keep("settings-language", state.typed(LANGUAGE))
st.segmented_control(
    t("settings.language"),
    LANGUAGES,
    required=True,
    format_func=lambda language: t(f"settings.language_{language}"),
    key="settings-language",
    on_change=lambda: state.prefer(language=state.typed("settings-language")),
)
state.keep("settings-clock", state.clock())
st.radio(
    t("settings.clock"),
    CLOCKS,
    format_func=lambda clock: t(f"settings.clock_{clock}"),
    captions=[t(f"settings.clock_{clock}_meaning") for clock in CLOCKS],
    key="settings-clock",
    on_change=lambda: state.prefer(clock=state.typed("settings-clock")),
)
st.caption(t("settings.clock_always"))
st.header(t("settings.colours"))
st.markdown(t("settings.colours_meaning"))
st.caption(t(f"settings.colours_{st.context.theme.type or 'light'}"))
st.header(t("settings.signed_in"))
if not visit.signs_in():
    st.markdown(t("settings.no_sign_in"))
else:
    st.text(t("settings.signed_in_as", name=visit.called()))
    st.button(t("settings.sign_out"), icon=":material/logout:", on_click=st.logout)
st.header(t("settings.kept"))
st.markdown(t("settings.kept_meaning"))
if not visit.signs_in():
    st.code(str(store_folder()), language=None, wrap_lines=True)
st.header(t("settings.versions"))
st.caption(" · ".join(f"{name} {version}" for name, version in versions().items()))
navigation.link("about", t("settings.about"))
