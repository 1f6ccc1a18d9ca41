"""Best next hours: which two hours to open next, and how far today's team goes without a hire."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.ui import parts, state
from planner.ui.asked import hours
from planner.ui.asked.question import Question, ask_and_show
from planner.ui.words import t

NEXT = Question("next_hours", "next", "hours.go", "hours.empty", "hours.part", hours.show_blocks)
REACH = Question(
    "reach", "reach", "hours.reach_go", "hours.reach_empty", "hours.reach_part", hours.show_reach
)
LENGTHS = (60, 120, 180, 240)

st.title(t("nav.hours"))
here = parts.need_work()
file = parts.choose_stage(here, "hours")
scenario = state.attempt(lambda: state.scenario(here, file))
state.show_mistakes()
if scenario is None:
    st.stop()
zone, names = scenario.zone, [queue.name for queue in scenario.queues]


def blocks(asked: Mapping[str, Any], live: bool) -> None:
    """How long a block is, and of which queues."""
    state.keep("next-minutes", state.typed("next-minutes") or asked.get("minutes", 120))
    length, queues = st.columns([1, 3])
    length.selectbox(
        t("hours.length"),
        LENGTHS,
        format_func=lambda minutes: t("hours.length_hours", hours=minutes // 60),
        key="next-minutes",
        disabled=live,
    )
    key = f"next-queues-{file}"
    if state.typed(key) is None:
        state.keep(key, [name for name in asked.get("queues", ()) if name in names])
    queues.multiselect(t("hours.queues"), names, key=key, disabled=live, placeholder=t("hours.queues_all"))


def block_settings() -> dict[str, Any]:
    """What is asked of the blocks."""
    chosen = list(state.typed(f"next-queues-{file}") or ())
    return {"zone": zone, "minutes": int(state.typed("next-minutes") or 120), "queues": chosen}


st.caption(t("hours.lead"))
ask_and_show(NEXT, here, (file,), block_settings, blocks)
st.header(t("hours.reach_title"), anchor="reach")
st.caption(t("hours.reach_lead"))
ask_and_show(REACH, here, (file,), lambda: {"zone": zone})
parts.next_page("nights")
