"""What customers see of one queue: worst hours, waits, hours of the week or of a day, contacts that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from planner._messages import spoken_value
from planner.study import charts
from planner.ui import parts, state
from planner.ui.words import listen, t

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = "week"


def choose(queues: Sequence[str]) -> str:
    """The queue on screen; it stands in the address, so a link shows the same."""
    asked = state.ids().get("queue", "")
    state.keep("service-queue", asked if asked in queues else queues[0])
    return str(
        st.selectbox(
            t("demand.queue"),
            queues,
            key="service-queue",
            on_change=lambda: state.go(queue=state.typed("service-queue")),
        )
    )


def worst(own: Mapping[str, Any]) -> None:
    """The worst hours of the week."""
    st.header(t("service.worst"))
    if own["worst_hours"]:
        if own["worst_hours"][0]["kept_share"] >= own["share"]:
            st.write(t("service.worst_fine"))
        parts.wide_table(charts.worst_hours_table(own), "service-worst")
    else:
        st.write(t("service.no_worst"))
    if own["quiet_hours"]:
        st.caption(t("service.quiet", count=own["quiet_hours"]))


def curve(results: parts.Results, queue: str, own: Mapping[str, Any]) -> None:
    """Share answered within any time; a sentence where too few contacts come."""
    promise = own["within_seconds"], own["share"]
    drawn = charts.share_curve(results.files.service_curve, queue, promise)
    if drawn is None:
        st.info(t("service.few"), icon=":material/info:")
    else:
        parts.wide_chart(drawn, "service-curve")


def hours(results: parts.Results, queue: str, zone: str) -> None:
    """Share kept by hour of the week, or of one weekday; and the contacts that wait over the period."""
    asked = state.ids().get("view", "")
    shown = asked if asked in DAYS else WEEK
    state.keep("service-day", shown)
    listen()
    st.segmented_control(
        t("service.days"),
        (WEEK, *DAYS),
        required=True,
        format_func=lambda day: t("service.day_all") if day == WEEK else spoken_value(day.capitalize()),
        key="service-day",
        on_change=lambda: state.go(view=state.typed("service-day")),
    )
    day = DAYS.index(shown) if shown in DAYS else None
    parts.wide_chart(charts.service_by_hour(results.files.service, queue, zone, day), "service-hours")
    st.caption(t("service.hours_zone", zone=zone))
    if not results.files.backlog.empty:
        parts.wide_chart(charts.backlog_line(results.files.backlog, queue, zone), "service-backlog")
