"""The meeting report: one file to print or send, answer first, every figure from the files of a rollout."""

from planner.study.report.meeting import report_html, write_report

__all__ = ["report_html", "write_report"]
