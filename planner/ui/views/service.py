"""Service: what customers will see from this rota."""

import streamlit as st

from planner.ui import parts, promises, stress
from planner.ui.service import customers, queue
from planner.ui.words import t

st.title(t("nav.service"))
results = parts.need_results("service")
parts.say_told_otherwise(results)
record = results.files.record
zone, said = record["period"]["zone"], record.get("service")
if results.files.service.empty:
    st.info(t("service.stated_need"), icon=":material/info:")
    parts.next_page("promise")
    st.stop()
customers.totals(results, said)
chosen = queue.choose(list(dict.fromkeys(results.files.service["queue"])))
own = next((each for each in said["queues"] if each["queue"] == chosen), None) if said else None
if own:
    queue.worst(own)
    queue.curve(results, chosen, own)
queue.hours(results, chosen, zone)
if said:
    customers.response(said)
customers.busy(results, said)
st.header(t("service.publish"))
promises.published(results)
st.header(t("stress.title"))
st.write(t("stress.lead"))
stress.ask(results)
stress.watch(results)
parts.next_page("promise")
