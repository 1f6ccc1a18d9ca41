"""Demand: what was read, what is expected, when it comes, and how sure that is."""

import streamlit as st

from planner.study.history_view import report_shown
from planner.ui import parts, state
from planner.ui.demand import accuracy, drivers, forecast, history, importing, report
from planner.ui.words import t

st.title(t("nav.demand"))
here = parts.need_work()
file = parts.choose_stage(here, "demand")
if importing.wanted():
    base = state.attempt(lambda: state.scenario(here, file))
    state.show_mistakes()
    if base is not None:
        importing.show(here, file, base)
    st.stop()
worked = state.attempt(lambda: state.demand_and_need(here, file))
state.show_mistakes()
if worked is None:
    importing.way_in()
    st.stop()
if worked.volumes is None:
    st.info(t("demand.stated_need"), icon=":material/info:")
    importing.way_in()
    parts.next_page("requirement")
    st.stop()
SECTIONS = ("forecast", *(("history",) if worked.history else ()), "accuracy", "drivers")
if worked.history is None:
    st.info(t("demand.no_history"), icon=":material/info:")
else:
    report.figures(report_shown(worked.history, worked.scenario))
importing.way_in()
part = parts.choose_part(SECTIONS, "demand")
if part == "history" and worked.history:
    history.show(here, file, worked)
elif part == "accuracy":
    accuracy.show(here, file, worked.scenario.zone)
elif part == "drivers":
    drivers.show(here, file, worked, worked.volumes)
else:
    forecast.show(here, file, worked, worked.volumes)
parts.next_page("requirement")
