"""What if: changes beside the ladder, each in a file, planned together with the stage they start from."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.study import workspace
from planner.ui import parts, state
from planner.ui.asked import whatifs
from planner.ui.asked.question import Question, ask_and_show
from planner.ui.words import t

TOGETHER = Question("compare", "whatif", "whatif.go", "whatif.empty", "whatif.part", whatifs.show_comparison)

st.title(t("nav.whatif"))
here = parts.need_work()
st.caption(t("whatif.lead"))
found = state.attempt(lambda: workspace.what_ifs(here.folder)) or ()
state.show_mistakes()
whatifs.show_list(here, found)
st.header(t("whatif.new"), anchor="new")
whatifs.new(here)
st.header(t("whatif.together"), anchor="together")
file = parts.choose_stage(here, "whatif")
scenario = state.attempt(lambda: state.scenario(here, file))
state.show_mistakes()
if scenario is None:
    st.stop()
zone, names = scenario.zone, {each.file: each.name for each in found}


def choose(asked: Mapping[str, Any], live: bool) -> None:
    """Which what-ifs stand beside the stage."""
    if state.typed("whatif-chosen") is None:
        state.keep("whatif-chosen", [name for name in asked.get("files", names) if name in names])
    state.keep("whatif-chosen", [name for name in state.typed("whatif-chosen") if name in names])
    st.multiselect(
        t("whatif.chosen"), [*names], format_func=lambda name: names[name], key="whatif-chosen", disabled=live
    )


if names:
    picked = [name for name in (state.typed("whatif-chosen") or names) if name in names]
    ask_and_show(TOGETHER, here, (file, *picked), lambda: {"zone": zone}, choose)
else:
    st.caption(t("whatif.first_one"))
parts.next_page("hiring")
