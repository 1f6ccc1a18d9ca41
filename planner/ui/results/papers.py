"""Papers that are made when somebody asks for them: the meeting report."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from planner._messages import speaking
from planner.ui.words import listen, t

REPORT = "report.html"


def report(folder: Path) -> bytes:
    """The meeting report of a finished solve in the language of this visit."""
    from planner.study.report import report_html  # reads every file: only for those who ask

    return report_html([folder]).encode()


def report_button(folder: Path) -> None:
    """A button that makes the report when it is pressed, and downloads it."""
    language = listen()

    def made() -> bytes:
        with speaking(language):
            return report(folder)

    st.download_button(
        t("results.report"),
        data=made,
        file_name=REPORT,
        mime="text/html",
        key="download-report",
        on_click="ignore",
        type="primary",
        icon=":material/print:",
    )
    st.caption(t("results.print"))
