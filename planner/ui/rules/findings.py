"""Rules in force, where they come from, what of them nobody checks, and what cannot hold together."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.study import Scenario, rules_view
from planner.ui import parts, state, undoing
from planner.ui.words import listen, plain, t


def bullets(title: str, lines: Sequence[object]) -> str:
    """A title over lines, as text of a box."""
    return f"**{title}**\n\n" + "\n".join(f"- {plain(str(line))}" for line in lines)


def in_force(scenario: Scenario, lines: Sequence[rules_view.Line]) -> None:
    """Every rule as its sentence."""
    st.header(t("rules.in_force"))
    parts.wide_table(rules_view.lines_table(scenario, lines), "rules-lines")


def contradictions(here: state.Work, file: str, draft: undoing.Draft, scenario: Scenario) -> None:
    """What cannot hold together: at once as far as that is quick, whole people on demand."""
    st.header(t("rules.contradictions"))
    known = rules_view.contradictions(scenario)
    if known:
        st.warning(bullets(t("rules.cannot_work"), known), icon=":material/rule:")
    key = f"{draft.key}-clashes"
    asked = (draft.typed, listen())
    if st.button(t("rules.check"), icon=":material/gavel:", help=t("rules.check_meaning")):
        worked = state.attempt(lambda: state.demand_and_need(here, file))
        if worked is not None:
            with st.spinner(t("rules.checking"), show_time=True):
                state.keep(key, (asked, rules_view.clashes(scenario, worked.need)))
        state.show_mistakes()
    of, found = state.typed(key) or (None, ())
    if of != asked:
        st.caption(t("rules.not_looked"))
    elif found:
        st.error(bullets(t("rules.clash"), found), icon=":material/gavel:")
    else:
        st.success(t("rules.no_clash"), icon=":material/check_circle:")


def sources(scenario: Scenario) -> None:
    """Packs with their day and sites, and what is not checked."""
    st.header(t("rules.packs"))
    table = rules_view.packs_table(scenario)
    if len(table):
        parts.wide_table(table, "rules-packs")
    else:
        st.info(t("rules.no_packs"), icon=":material/info:")
    for message in rules_view.unchecked(scenario):
        st.caption(plain(str(message)))
    st.caption(t("rules.no_advice"))


def hours(scenario: Scenario) -> None:
    """Opening hours in words, and the way to where they are painted."""
    st.header(t("rules.hours"))
    st.write(plain(rules_view.hours_lines(scenario)))
    st.caption(t("rules.hours_zone", zone=scenario.zone))
    parts.link("rollout", t("rules.to_ladder"))
