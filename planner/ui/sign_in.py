"""The optional sign-in: nothing is shown before it where the app's secrets ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

import streamlit as st

from planner.ui import visit
from planner.ui.words import t


def stop_strangers() -> None:
    """Where people must sign in and nobody has, show only how; else go on."""
    if not visit.signs_in() or visit.person():
        return
    st.title(t("app.title"))
    if find_spec("authlib") is None:
        st.error(t("settings.no_authlib"), icon=":material/error:")
        st.stop()
    if st.user.is_logged_in:  # an identity without a subject names nobody
        st.error(t("settings.no_subject"), icon=":material/error:")
        st.button(t("settings.sign_out"), on_click=st.logout)
        st.stop()
    st.write(t("settings.gate"))
    for provider in providers():
        label = t("settings.sign_in_with", provider=provider) if provider else t("settings.sign_in")
        key = f"sign-in-{provider or 'default'}"
        st.button(label, key=key, type="primary", on_click=st.login, args=(provider or None,))
    st.stop()


def providers() -> tuple[str, ...]:
    """Names of those who can say who somebody is; "" for the only one that has no name."""
    try:
        said = dict(st.secrets.get("auth", {}))
    except FileNotFoundError:
        said = {}
    named = tuple(name for name, value in said.items() if isinstance(value, Mapping) and "client_id" in value)
    return named or ("",)
