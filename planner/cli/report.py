"""The verb that writes the meeting report."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._messages import Message
from planner.cli.verb import DONE, Verb


def _report(args: argparse.Namespace) -> int:
    from planner.study.report import write_report

    path = write_report([Path(folder) for folder in args.folder], Path(args.out), args.title)
    print(Message("report.written", {"file": str(path)}))
    return DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="+", help="a rollout or plan first, then folders of other verbs")
    parser.add_argument("--out", default="report.html", help="the file; default report.html")
    parser.add_argument("--title", default="", help="of the meeting")


VERBS = (
    Verb(
        "report",
        "DIR... [--out FILE] [--title TEXT]",
        "the meeting report of a rollout in one file: answers first, charts, assumptions, appendix",
        _arguments,
        _report,
    ),
)
