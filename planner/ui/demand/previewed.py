"""The forecast with what is typed, beside the one on screen; nothing is saved."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner.demand import Volumes
from planner.study import charts, demand_view
from planner.ui import expected, parts, state
from planner.ui.words import plain, t


def show(here: state.Work, file: str, volumes: Volumes, changes: Mapping[str, object]) -> None:
    """Both waterfalls of a queue, and the difference in a sentence."""
    after = expected.preview(here, file, changes)
    state.show_mistakes()
    if after is None:
        return
    queue = expected.choose_queue(volumes.queues)
    st.markdown(f"**{plain(str(demand_view.compared(volumes, after, queue)))}**")
    waterfalls = [demand_view.steps_of(made, queue) for made in (volumes, after)]
    drawn = charts.on_one_scale([charts.demand_steps(steps, steps[0].queue) for steps in waterfalls])
    for column, figure, key in zip(st.columns(2), drawn, ("before", "after"), strict=True):
        with column:
            st.header(t(f"demand.preview_{key}"))
            parts.chart(figure, f"preview-{key}")
    for message in after.notices:
        st.caption(plain(str(message)))
