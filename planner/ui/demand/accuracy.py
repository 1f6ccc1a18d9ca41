"""How well such forecasts would have done on the history."""

from __future__ import annotations

import streamlit as st

from planner.demand import AccuracyReport
from planner.study import charts
from planner.study.accuracy import accuracy_frame
from planner.ui import expected, parts, state
from planner.ui.words import plain, t

WARNED = ("worse than naive", "short history", "level shift", "band too narrow")


def show(here: state.Work, file: str, zone: str) -> None:
    """The back-test of a stage: a table, plain sentences, charts of the queue that is chosen."""
    st.header(t("demand.accuracy"))
    report = expected.accuracy(here, file)
    state.show_mistakes()
    if report is None:
        return
    if len(report.summary):
        table = accuracy_frame(report)
        titles = {name: t(f"demand.column_{name}") for name in table.columns}
        parts.wide_table(table.rename(columns=titles), "accuracy")
        st.caption(t("demand.accuracy_meaning"))
    _sentences(report)
    tested = tuple(report.summary["queue"]) if len(report.summary) else ()
    if tested:
        _charts(report, tested, zone)
    st.caption(t("demand.actuals"))
    st.code(f"python -m planner actuals {file} NEW_HISTORY", language="bash", wrap_lines=True)


def _sentences(report: AccuracyReport) -> None:
    """All of it in words; what needs a second look stands out."""
    kinds = {finding.message: finding.kind for finding in report.findings}
    for message in report.sentences:
        kind = kinds.get(message)
        if kind in WARNED:
            st.warning(plain(str(message)), icon=":material/warning:")
        elif kind == "assumption":
            st.info(plain(str(message)), icon=":material/info:")
        else:
            st.markdown(plain(str(message)))


def _charts(report: AccuracyReport, tested: tuple[str, ...], zone: str) -> None:
    """Forecast and what came, by grain, by weeks ahead, and how often the bands held."""
    left, right = st.columns([3, 2])
    with left:
        queue = expected.choose_tested(tested)
    grain = right.segmented_control(
        t("demand.grain"),
        ("day", "week"),
        default="day",
        required=True,
        format_func=lambda one: t(f"demand.grain_{one}"),
        key="accuracy-grain",
    )
    parts.chart(charts.forecast_and_actual(report, queue, zone, str(grain)), "accuracy-trace")
    by_grain, ahead = st.columns(2)
    with by_grain:
        parts.chart(charts.error_by_grain(report, queue), "accuracy-grains")
    with ahead:
        parts.chart(charts.error_by_horizon(report, queue, str(grain)), "accuracy-ahead")
    parts.chart(charts.coverage_bars(report, queue), "accuracy-bands")
