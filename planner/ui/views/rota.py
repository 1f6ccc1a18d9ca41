"""Rota: who works when, changed by hand, solved again and published; and the cover it gives."""

import streamlit as st

from planner.study import charts
from planner.ui import parts, state, whys
from planner.ui.rota import editing, publishing, resolving, shown, views
from planner.ui.words import plain, t

st.title(t("nav.rota"))
results = parts.need_results("rota")
of = shown.shown(results)
record = of.files.record
publishing.line(of)
resolving.banner(of)
parts.outcome(record)
view = views.choose_view()
edits = of.desk.draft.edits if of.desk else ()
if view == "timeline":
    views.show_timeline(of)
elif view == "person":
    views.show_person(of)
elif view == "fairness":
    views.show_fairness(of)
elif view == "cover":
    if of.desk and edits:
        cover, counted = of.desk.cover(state.demand_and_need(of.here, of.file).need)
        views.show_cover(of, cover, counted.missing_hours)
    else:
        views.show_cover(of, of.files.cover, record["missing_hours"])
    if worth := charts.worth_queues(of.files.worth):
        with st.expander(t("rota.worth")):
            queue = str(st.selectbox(t("demand.queue"), worth, key="rota-worth"))
            chart = charts.worth_heat_map(of.files.worth, of.zone, queue, record["currency"])
            parts.wide_chart(chart, "worth")
            st.caption(t("rota.worth_meaning"))
else:
    views.show_grid(of)
    if of.solved is None:
        whys.section(results)
    else:
        resolving.why(of)
    editing.section(of)
    resolving.section(of)
    publishing.section(of)
    found = record["violations"]
    checks = record.get("checks")
    nothing = (
        t("rota.no_findings", text=parts.spoken(of.told_by, checks["no_finding"]["text"]))
        if checks
        else t("rota.no_findings_before")
    )
    with st.expander(t("rota.findings") if found else nothing, expanded=bool(found)):
        for violation in found:
            st.write(plain(parts.spoken(of.told_by, violation["text"])))
        for line in checks["not_checked"] if checks else ():
            st.caption(plain(parts.spoken(of.told_by, line["text"])))
        for notice in record["notices"]:
            st.caption(plain(parts.spoken(of.told_by, notice["text"])))
parts.next_page("service")
