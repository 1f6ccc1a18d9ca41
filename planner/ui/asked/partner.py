"""What a partner asks for, stated or assumed, and a form that states it in a new stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from planner.study import Scenario, asked_view
from planner.ui import state
from planner.ui.words import plain, t

Save = Callable[[str, dict[str, Any]], None]


def terms(scenario: Scenario, file: str, stage: str, save: Save) -> None:
    """Each term with its value and whether it is assumed; saved as a new stage that states it."""
    found = asked_view.partner_terms(scenario)
    assumed = [term for term in found if not term.stated]
    known = scenario.said.outsource is not None
    with st.expander(
        t("nights.partner_stated" if known else "nights.partner_none"), icon=":material/handshake:"
    ):
        st.caption(t("nights.partner_lead", currency=scenario.currency, zone=scenario.zone))

        def keep() -> None:
            typed = {term.key: str(state.typed(f"{file}-partner-{term.key}") or "") for term in found}
            said = {key: text.strip() for key, text in typed.items() if text.strip()}
            save(t("nights.partner_name", stage=stage), {"outsource": said})

        with st.form(f"partner-{file}", border=False):
            for start in range(0, len(found), 4):
                for column, term in zip(st.columns(4), found[start : start + 4], strict=False):
                    sure = t("nights.assumed" if term in assumed else "nights.stated")
                    column.text_input(
                        f"{t(f'nights.partner_{term.key}')} ({plain(sure)})",
                        value=term.text,
                        key=f"{file}-partner-{term.key}",
                    )
            st.form_submit_button(t("nights.partner_save"), on_click=keep, icon=":material/save:")
