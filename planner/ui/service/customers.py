"""What customers see of all queues: shares, waits, definitions, and the same by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.study import charts
from planner.ui import parts
from planner.ui.words import t


def totals(results: parts.Results, said: Mapping[str, Any] | None) -> None:
    """A line for each queue, how shares are defined, and how often the period was simulated."""
    queues = {each["queue"]: each for each in said["queues"]} if said else {}
    promises = {name: each["promise"] for name, each in queues.items()}
    parts.wide_table(charts.service_table(results.files.service, promises or None), "service-table")
    st.caption(t("service.meaning"))
    if not said:
        return
    for definition in sorted({each["definition"] for each in queues.values()}):
        named = ", ".join(name for name, each in queues.items() if each["definition"] == definition)
        st.caption(t(f"service.definition_{definition}", queues=named))
    st.caption(t("service.fewer" if said["fewer"] else "service.lives", count=said["replications"]))
    languages = {name: each["language"] for name, each in queues.items() if each.get("language")}
    if len(set(languages.values())) > 1:
        st.header(t("service.by_language"))
        parts.wide_table(charts.language_table(results.files.service, languages), "service-languages")
        st.caption(t("service.language_meaning"))


def response(said: Mapping[str, Any]) -> None:
    """Response times of every queue on both clocks."""
    with st.expander(t("service.response")):
        parts.wide_table(charts.response_table(said["queues"]), "service-response")


def busy(results: parts.Results, said: Mapping[str, Any] | None) -> None:
    """How busy sites, people and roles are."""
    occupancy = results.files.occupancy
    if not occupancy.empty:
        st.header(t("service.busy"))
        sites = occupancy[occupancy["agent"].fillna("") == ""]
        for site, column in zip(sites.to_dict("records"), st.columns(len(sites)), strict=True):
            column.metric(t("service.site", site=site["site"]), f"{100 * site['occupancy']:.0f} %")
        parts.wide_chart(charts.occupancy_bars(occupancy), "service-busy")
    for role in said["escalations"] if said else ():
        values = {name: parts.number(role[name], 1) for name in ("mean", "most")}
        busy_for = parts.number(100 * role["busy_chance"])
        st.write(t("service.escalations", **{**role, **values}, busy=busy_for))
