"""What the tickets tell: what was not seen, weeks and backlog, first replies, topics."""

from __future__ import annotations

from typing import Any

import streamlit as st

from planner.study import charts
from planner.study.history_view import view_of
from planner.ui import parts, state
from planner.ui.demand import report, suggested
from planner.ui.words import plain, t


def show(here: state.Work, file: str, worked: state.Worked) -> None:
    """The report, what was not seen, and the charts that the columns of the file allow."""
    history, scenario = worked.history, worked.scenario
    if history is None:
        return
    view = view_of(history, scenario, worked.volumes)
    report.in_full(view.report)
    if view.imported:
        st.caption(t("demand.history_counts"))
    st.header(t("demand.history_days"))
    for message in view.unseen:
        st.info(plain(str(message)), icon=":material/visibility_off:")
    if not history.missing:
        st.caption(t("demand.history_no_gaps"))
    suggested.show(here, file, view.suggestions)
    st.header(t("demand.history_weeks"))
    names = [queue.name for queue in scenario.queues]
    chosen = st.selectbox(t("demand.queue"), names, format_func=plain, key="history-queue")
    panels, queue = history.panels, next(one for one in scenario.queues if one.name == chosen)
    _place(charts.weekly_history(history, chosen, scenario.zone), "history-weeks")
    _place(
        charts.open_tickets_line(panels, chosen, scenario.zone, scenario.need_settings.open_tickets),
        "history-open",
    )
    _sentences(view.backlog, "demand.history_solved_none", panels.weeks is None)
    st.header(t("demand.history_service"))
    _place(charts.today_curve(panels, queue), "history-today")
    _sentences(view.service, "demand.history_service_none", panels.replies is None)
    st.header(t("demand.history_topics"))
    _place(charts.topic_trend(panels, scenario.zone), "history-topics")
    table = charts.topics_table(panels)
    if table is not None:
        parts.wide_table(table.map(lambda cell: plain(str(cell))), "topics")
    _sentences(view.topics, "demand.history_topics_none", panels.topics is None)


def _place(figure: Any, key: str) -> None:
    if figure is not None:
        parts.wide_chart(figure, key)


def _sentences(found: tuple[Any, ...], none: str, unknown: bool) -> None:
    """What was found in words, or why nothing can be said."""
    for message in found:
        st.markdown(f"- {plain(str(message))}")
    if unknown:
        st.caption(t(none))
