"""Nights: the ways to cover them side by side."""

from typing import Any

import streamlit as st

from planner.study import workspace
from planner.ui import parts, state
from planner.ui.asked import nights, partner
from planner.ui.asked.question import Question, ask_and_show
from planner.ui.words import t

NIGHTS = Question("nights", "nights", "nights.go", "nights.empty", "nights.part", nights.show_ways)

st.title(t("nav.nights"))
here = parts.need_work()
file = parts.choose_stage(here, "nights")
scenario = state.attempt(lambda: state.scenario(here, file))
state.show_mistakes()
if scenario is None:
    st.stop()
zone = scenario.zone


def settings() -> dict[str, Any]:
    """What is asked beside the stage."""
    return {"zone": zone}


def save(name: str, changes: dict[str, Any]) -> None:
    """A new stage with the partner as typed."""
    made = state.attempt(lambda: workspace.save_stage(here.folder, file, name, changes))
    if made:
        state.go(stage=made)


st.caption(t("nights.lead"))
partner.terms(scenario, file, here.names[file], save)
ask_and_show(NIGHTS, here, (file,), settings)
parts.next_page("whatif")
