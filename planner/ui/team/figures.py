"""The team in figures: sites with their holidays and payroll, languages, queues, days off."""

from __future__ import annotations

import streamlit as st

from planner._messages import Message
from planner.study import Scenario, team_summary
from planner.ui import parts
from planner.ui.words import plain, t


def whole(scenario: Scenario) -> None:
    """Everybody in a sentence, and what should be seen at once."""
    st.markdown(f"**{plain(str(team_summary.whole_of(scenario)))}**")
    for message in team_summary.notices_of(scenario):
        st.caption(plain(str(message)))


def show(scenario: Scenario, first_findings: tuple[Message, ...]) -> None:
    """Tables of what stands in the editor, as far as it can be read."""
    if first_findings:
        lines = "\n".join(f"- {plain(str(message))}" for message in first_findings)
        st.warning(f"**{t('team.before_solving')}**\n\n{lines}", icon=":material/rule:")
    st.header(t("team.sites"))
    parts.wide_table(team_summary.sites_table(scenario), "team-sites")
    for message in team_summary.holidays_of(scenario):
        st.caption(plain(str(message)))
    st.caption(t("team.sites_meaning"))
    st.header(t("team.languages"))
    parts.wide_table(team_summary.languages_table(scenario), "team-languages")
    st.header(t("team.queues"))
    parts.wide_table(team_summary.queues_table(scenario), "team-queues")
    st.caption(t("team.queues_meaning"))
    away = team_summary.leave_of(scenario)
    st.header(t("team.away"))
    st.markdown("\n".join(f"- {plain(str(line))}" for line in away) if away else t("team.nobody_away"))
