"""Service: what customers will see from this rota."""

import streamlit as st

from planner.study import charts
from planner.ui import parts, stress
from planner.ui.words import t

st.title(t("service.title"))
results = parts.need_results("service")
files, record = results.files, results.files.record
frame, zone, said = files.service, record["period"]["zone"], record.get("service")
if frame.empty:
    st.info(t("service.stated_need"), icon=":material/info:")
    parts.next_page("promise")
    st.stop()
queues = {each["queue"]: each for each in said["queues"]} if said else {}
promises = {name: each["promise"] for name, each in queues.items()}
parts.wide_table(charts.service_table(frame, promises or None), "service-table")
st.caption(t("service.meaning"))
if said:
    for definition in sorted({each["definition"] for each in queues.values()}):
        named = ", ".join(name for name, each in queues.items() if each["definition"] == definition)
        st.caption(t(f"service.definition_{definition}", queues=named))
    st.caption(t("service.fewer" if said["fewer"] else "service.lives", count=said["replications"]))
queue = str(st.selectbox(t("demand.queue"), list(dict.fromkeys(frame["queue"])), key="service-queue"))
own = queues.get(queue)
if own:
    st.subheader(t("service.worst"))
    if own["worst_hours"]:
        if own["worst_hours"][0]["kept_share"] >= own["share"]:
            st.write(t("service.worst_fine"))
        parts.wide_table(charts.worst_hours_table(own), "service-worst")
    else:
        st.write(t("service.no_worst"))
    if own["quiet_hours"]:
        st.caption(t("service.quiet", count=own["quiet_hours"]))
    curve = charts.share_curve(files.service_curve, queue, (own["within_seconds"], own["share"]))
    if curve is None:
        st.info(t("service.few"), icon=":material/info:")
    else:
        parts.wide_chart(curve, "service-curve")
parts.wide_chart(charts.service_by_hour(frame, queue, zone), "service-hours")
if not files.backlog.empty:
    parts.wide_chart(charts.backlog_line(files.backlog, queue, zone), "service-backlog")
if said:
    with st.expander(t("service.response")):
        parts.wide_table(charts.response_table(said["queues"]), "service-response")
if not files.occupancy.empty:
    st.subheader(t("service.busy"))
    sites = files.occupancy[files.occupancy["agent"].fillna("") == ""]
    for site, column in zip(sites.to_dict("records"), st.columns(len(sites)), strict=True):
        column.metric(t("service.site", site=site["site"]), f"{100 * site['occupancy']:.0f} %")
    parts.wide_chart(charts.occupancy_bars(files.occupancy), "service-busy")
for role in said["escalations"] if said else ():
    values = {"mean": f"{role['mean']:.1f}", "most": f"{role['most']:.1f}"}
    busy = f"{100 * role['busy_chance']:.0f}"
    st.write(t("service.escalations", **{**role, **values}, busy=busy))
st.subheader(t("stress.title"))
st.write(t("stress.lead"))
stress.ask(results)
stress.watch(results)
parts.next_page("promise")
