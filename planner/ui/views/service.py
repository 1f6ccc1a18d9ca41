"""Service: what customers will see from this rota."""

import streamlit as st

from planner.study import charts
from planner.ui import parts
from planner.ui.words import t

st.title(t("service.title"))
results = parts.need_results("service")
frame, zone = results.files.service, results.files.record["period"]["zone"]
if frame.empty:
    st.info(t("service.stated_need"), icon=":material/info:")
    parts.next_page("compare")
    st.stop()
parts.wide_table(charts.service_table(frame), "service-table")
st.caption(t("service.meaning"))
queue = st.selectbox(t("demand.queue"), list(dict.fromkeys(frame["queue"])), key="service-queue")
parts.wide_chart(charts.service_by_hour(frame, str(queue), zone), "service-hours")
parts.next_page("compare")
