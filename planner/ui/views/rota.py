"""Rota: who works when, and the cover it gives."""

import streamlit as st

from planner.study import charts, grid
from planner.ui import parts, whys
from planner.ui.words import t

st.title(t("rota.title"))
results = parts.need_results("rota")
files = results.files
record, zone = files.record, files.record["period"]["zone"]
parts.outcome(record)
caption = t("rota.caption")
st.html(grid.of_frame(files.rota, results.people, record["period"], caption, results.holidays))
parts.wide_chart(charts.cover_heat_map(files.cover, zone), "cover-heat")
st.caption(t("rota.cover_meaning"))
missing, extra = st.columns(2)
missing.metric(t("rota.missing"), parts.hours(record["missing_hours"]))
extra.metric(t("rota.extra"), parts.hours(charts.spare_hours(files.cover)))
whys.section(results)
if worth := charts.worth_queues(files.worth):
    with st.expander(t("rota.worth")):
        queue = str(st.selectbox(t("demand.queue"), worth, key="rota-worth"))
        chart = charts.worth_heat_map(files.worth, zone, queue, record["currency"])
        parts.wide_chart(chart, "worth")
        st.caption(t("rota.worth_meaning"))
with st.expander(t("rota.fairness")):
    table = grid.per_person(files.rota, results.people)
    table = grid.so_far(table, files.ledger, record["period"]["first_day"])
    titles = {name: t(f"rota.column_{name}") for name in table.columns}
    parts.wide_table(table.rename(columns=titles), "fairness")
    if "nights_so_far" not in table:
        st.caption(t("rota.no_ledger_before"))
found = record["violations"]
checks = record.get("checks")
nothing = t("rota.no_findings", text=checks["no_finding"]["text"]) if checks else t("rota.no_findings_before")
with st.expander(t("rota.findings") if found else nothing, expanded=bool(found)):
    for violation in found:
        st.write(violation["text"])
    for line in checks["not_checked"] if checks else ():
        st.caption(line["text"])
    for notice in record["notices"]:
        st.caption(notice["text"])
parts.next_page("service")
