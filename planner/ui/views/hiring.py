"""Hiring: which month needs whom, until when to decide, and what that rests on."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.ui import parts, state
from planner.ui.asked import hiring
from planner.ui.asked.question import Question, ask_and_show
from planner.ui.words import t

PLAN = Question("hiring_plan", "hiring", "hiring.go", "hiring.empty", "hiring.part", hiring.show_plan)
MOST_MONTHS = 48

st.title(t("nav.hiring"))
here = parts.need_work()
file = parts.choose_stage(here, "hiring")
scenario = state.attempt(lambda: state.scenario(here, file))
state.show_mistakes()
if scenario is None:
    st.stop()
zone, usual = scenario.zone, scenario.said.hiring.months
# With the stages after it, the answer says when each of them can start.
files = [*here.names]
asked_files = (file, *files[files.index(file) + 1 :])


def months(asked: Mapping[str, Any], live: bool) -> None:
    """How far ahead."""
    if state.typed("hiring-months") is None:
        state.keep("hiring-months", int(asked.get("months", usual)))
    st.number_input(t("hiring.how_far"), 1, MOST_MONTHS, key="hiring-months", disabled=live)


def settings() -> dict[str, Any]:
    """What is asked beside the stages."""
    return {"zone": zone, "months": int(state.typed("hiring-months") or usual)}


st.caption(t("hiring.lead"))
hiring.show_terms(scenario)
ask_and_show(PLAN, here, asked_files, settings, months)
parts.next_page("solve")
