"""What the tickets tell: what was read and what was not, weeks and backlog, first replies, topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from planner.study import charts
from planner.study.history_view import view_of
from planner.ui import parts, state
from planner.ui.demand import suggested
from planner.ui.words import plain, t


def figures(report: Mapping[str, Any]) -> None:
    """Rows read, kept and left out."""
    read, kept, left = st.columns(3)
    read.metric(t("demand.read"), f"{report['rows_read']:,}")
    counts = report["profile"] == "counts"  # of which a row holds many contacts
    contacts = sum(report["queues"].values()) if counts else report["rows_kept"]
    kept.metric(t("demand.kept"), f"{contacts:,}")
    left.metric(t("demand.left_out"), f"{sum(report['left_out'].values()):,}")


def full_report(report: Mapping[str, Any]) -> None:
    """What became of each row of a file, with the first that cannot be read."""
    zone = report["zone"] or t("demand.history_own_offsets")
    first, last = ((at or "–")[:16].replace("T", " ") for at in (report["first"], report["last"]))
    values = {**{key: report[key] for key in ("file", "profile")}, "zone": zone, "first": first, "last": last}
    by_hand = report["profile"] == "mapping"
    st.write(plain(t("demand.history_file_by_hand" if by_hand else "demand.history_file", **values)))
    if report["left_out"]:
        reasons = {
            t("demand.history_rows"): [f"{rows:,}" for rows in report["left_out"].values()],
            t("demand.history_reason"): [t(f"demand.left_{reason}") for reason in report["left_out"]],
        }
        parts.wide_table(pd.DataFrame(reasons), "left-out")
    queues = ", ".join(f"{name} {contacts:,}" for name, contacts in report["queues"].items())
    st.write(plain(f"{t('demand.history_queues')}: {queues}"))
    for sentence in report["notices"]:
        st.markdown(f"- {plain(sentence)}")
    bad_rows(report["errors"])
    st.caption(t("demand.history_sha", sha=report["sha256"][:12]))


def bad_rows(sentences: Sequence[str]) -> None:
    """The first rows that cannot be read, each with its record and line."""
    if sentences:
        with st.expander(t("demand.history_errors", count=len(sentences))):
            for sentence in sentences:
                st.caption(plain(sentence))


def show(here: state.Work, file: str, worked: state.Worked) -> None:
    """The report, what was not seen, and the charts that the columns of the file allow."""
    history, scenario = worked.history, worked.scenario
    if history is None:
        return
    view = view_of(history, scenario, worked.volumes)
    full_report(view.report)
    if view.imported:
        st.caption(t("demand.history_counts"))
    st.subheader(t("demand.history_days"))
    for message in view.unseen:
        st.info(plain(str(message)), icon=":material/visibility_off:")
    if not history.missing:
        st.caption(t("demand.history_no_gaps"))
    suggested.show(here, file, view.suggestions)
    st.subheader(t("demand.history_weeks"))
    names = [queue.name for queue in scenario.queues]
    chosen = st.selectbox(t("demand.queue"), names, format_func=plain, key="history-queue")
    panels, queue = history.panels, next(one for one in scenario.queues if one.name == chosen)
    _place(charts.weekly_history(history, chosen, scenario.zone), "history-weeks")
    _place(
        charts.open_tickets_line(panels, chosen, scenario.zone, scenario.need_settings.open_tickets),
        "history-open",
    )
    _sentences(view.backlog, "demand.history_solved_none", panels.weeks is None)
    st.subheader(t("demand.history_service"))
    _place(charts.today_curve(panels, queue), "history-today")
    _sentences(view.service, "demand.history_service_none", panels.replies is None)
    st.subheader(t("demand.history_topics"))
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
