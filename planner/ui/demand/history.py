"""What was read of the tickets, what was left out, and why."""

from __future__ import annotations

import streamlit as st

from planner.demand import History, ImportReport
from planner.ui.words import t


def figures(report: ImportReport) -> None:
    """Rows read, kept and left out."""
    read, kept, left = st.columns(3)
    read.metric(t("demand.read"), f"{report.rows_read:,}")
    kept.metric(t("demand.kept"), f"{report.rows_kept:,}")
    left.metric(t("demand.left_out"), f"{sum(report.left_out.values()):,}")


def show(history: History) -> None:
    """The import report in full."""
    report = history.report
    st.write(t("demand.file", source=report.source, zone=report.zone or t("demand.offsets")))
    for reason, count in report.left_out.items():
        st.write(t("demand.left_line", count=f"{count:,}", reason=t(f"demand.left_{reason}")))
    for message in (*report.notices, *report.errors):
        st.write(str(message))
