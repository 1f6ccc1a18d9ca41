"""Need: how many people must be on duty, when, and what decides it."""

import streamlit as st

from planner.study import charts, need_lines, need_view
from planner.study.steps import planned_of
from planner.ui import needed, parts, state
from planner.ui.words import t

st.title(t("nav.requirement"))
here = parts.need_work()
file = parts.choose_stage(here, "need")
worked = state.attempt(lambda: state.demand_and_need(here, file))
state.show_mistakes()
if worked is None:
    st.stop()
scenario, need, volumes, zone = worked.scenario, worked.need, worked.volumes, worked.scenario.zone
only = st.selectbox(
    t("need.set"),
    ("", *need_view.sets_of(need)),
    format_func=lambda name: name or t("need.everybody"),
    key="need-set",
)
parts.wide_chart(charts.need_heat_map(need, zone, only), "need-people")
st.caption(t("need.meaning"))
for line in need_lines.set_lines(need, volumes, only, zone):
    st.markdown(f"* {line}")
with st.expander(t("requirement.change"), icon=":material/edit:"):
    needed.change(here, file, scenario)
if volumes is None:
    st.info(t("need.stated"), icon=":material/info:")
else:
    st.header(t("need.queues"))
    columns = {name: t(f"need.column_{name}") for name in ("queue", "promise", "because", "method")}
    parts.wide_table(need_view.queue_table(scenario, need).rename(columns=columns), "need-queues")
    st.header(t("need.why"))
    parts.wide_chart(charts.reason_bars(need_view.reason_table(need)), "need-reasons")
    st.caption(t("need.why_meaning"))
    parts.link("promise", t("requirement.price"))
if need.backlogs:
    parts.wide_chart(charts.deferred_by_day(need, zone), "need-work")
    st.caption(t("stages.work_meaning"))
st.header(t("need.away"))
full_time = need_lines.full_time_hours(scenario.team)
for line in need_lines.shrinkage_lines(need, scenario.need_settings, full_time, only):
    st.markdown(f"* {line}")
work = state.attempt(lambda: planned_of(scenario, volumes))
if work:
    planned = need_view.planned_table(work, zone)
    st.header(t("need.planned"))
    columns = {name: t(f"need.column_{name}") for name in planned.columns}
    parts.wide_table(planned.rename(columns=columns), "need-planned")
record = state.plan_record(here, file)
if record and record["rounds"]:
    rounds = need_view.round_table(record["rounds"])
    st.header(t("need.rounds"))
    columns = {name: t(f"need.column_{name}") for name in rounds.columns}
    parts.wide_table(rounds.rename(columns=columns), "need-rounds")
    st.caption(t("need.rounds_meaning"))
parts.next_page("rollout")
