"""The ladder: stages in order, the hours of one of them to paint on, its gates."""

from functools import partial

import streamlit as st

from planner.study import charts, hours_cells
from planner.ui import parts, state
from planner.ui.ladder import arranging, cards, gates, kept, painting
from planner.ui.words import t

st.title(t("nav.rollout"))
here = parts.need_work()
ladder = state.attempt(lambda: kept.ladder(here))
file = state.stage(here)
if ladder is None:
    parts.choose_stage(here, "stages")
else:
    found = kept.solved(here)
    cards.show(here, ladder, file, found)
arranging.undo(here)
scenario = state.attempt(lambda: state.scenario(here, file))
state.show_mistakes()
if scenario is None:
    arranging.show(here, file)
    st.stop()
st.header(here.names[file], divider="gray")
worked = state.attempt(lambda: state.demand_and_need(here, file))
needed = partial(hours_cells.people_by_hour, worked.need, scenario.zone) if worked is not None else None
painting.show(here, file, scenario, needed)
st.header(t("rollout.next_hours"))
painting.adds(here, file, scenario)
if ladder is not None:
    gates.show(here, file, scenario, found)
arranging.show(here, file)
if worked is not None:
    with st.expander(t("rollout.need"), icon=":material/groups:"):
        parts.wide_chart(charts.need_heat_map(worked.need, scenario.zone), "need-heat")
        st.caption(t("stages.requirement_meaning", zone=scenario.zone))
        if worked.need.backlogs:
            parts.wide_chart(charts.deferred_by_day(worked.need, scenario.zone), "work-bars")
            st.caption(t("stages.work_meaning"))
state.show_mistakes()
parts.next_page("solve")
