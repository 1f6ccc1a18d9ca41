"""What is expected and when it comes, for one queue."""

from __future__ import annotations

import streamlit as st

from planner.demand import Volumes
from planner.study import charts
from planner.ui import parts
from planner.ui.words import t


def show(volumes: Volumes, zone: str) -> None:
    """The forecast of a queue with its band, and by hour of the week."""
    queue = st.selectbox(t("demand.queue"), volumes.queues, key="demand-queue")
    st.plotly_chart(charts.forecast_band(volumes, str(queue), zone), key="demand-band")
    st.caption(t("demand.band_meaning"))
    parts.wide_chart(charts.arrivals_heat_map(volumes, str(queue), zone), "demand-heat")
    for message in volumes.notices:
        st.caption(str(message))
