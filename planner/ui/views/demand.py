"""Demand: what was read, what is expected, when it comes."""

import streamlit as st

from planner.study import charts
from planner.ui import parts, state
from planner.ui.words import t

st.title(t("demand.title"))
here = parts.need_work()
file = parts.choose_stage(here, "demand")
worked = state.attempt(lambda: state.demand_and_need(here, file))
state.show_mistakes()
if worked is None:
    st.stop()
zone, volumes, history = worked.scenario.zone, worked.volumes, worked.history
if volumes is None:
    st.info(t("demand.stated_need"), icon=":material/info:")
    parts.next_page("need")
    st.stop()
if history is None:
    st.info(t("demand.no_history"), icon=":material/info:")
else:
    report = history.report
    read, kept, left = st.columns(3)
    read.metric(t("demand.read"), f"{report.rows_read:,}")
    kept.metric(t("demand.kept"), f"{report.rows_kept:,}")
    left.metric(t("demand.left_out"), f"{sum(report.left_out.values()):,}")
    with st.expander(t("demand.report")):
        st.write(t("demand.file", source=report.source, zone=report.zone or t("demand.offsets")))
        for reason, count in report.left_out.items():
            st.write(t("demand.left_line", count=f"{count:,}", reason=t(f"demand.left_{reason}")))
        for message in (*report.notices, *report.errors):
            st.write(str(message))
queue = st.selectbox(t("demand.queue"), volumes.queues, key="demand-queue")
st.plotly_chart(charts.forecast_band(volumes, str(queue), zone), key="demand-band")
st.caption(t("demand.band_meaning"))
parts.wide_chart(charts.arrivals_heat_map(volumes, str(queue), zone), "demand-heat")
for message in volumes.notices:
    st.caption(str(message))
if history is not None:
    with st.expander(t("demand.accuracy"), expanded=True):
        for sentence in state.accuracy(here, file):
            st.write(sentence)
parts.next_page("need")
