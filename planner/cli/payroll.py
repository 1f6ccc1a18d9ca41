"""The verb that adds up hours for payroll."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import InputError
from planner._messages import LANGUAGES, Message
from planner.cli.export import DIALECT_NAMES, add_people, complete, deliver, refuse_plan, say_unjudged
from planner.cli.verb import Verb, say

if TYPE_CHECKING:
    from planner.study.export import Dossier


def _payroll(args: argparse.Namespace) -> int:
    from planner.study import refuse_folder
    from planner.study.export.pay_formats import HOURS, idle_dialect, paid_files
    from planner.study.export.pay_month import PayMonth

    if args.rota and len(args.plan) > 1:
        raise InputError(Message("payroll.one_rota", {"option": "--rota"}))
    PayMonth.parse(args.month)  # said before anything is read
    names, out = args.format or [HOURS], Path(args.out or Path(args.plan[-1], "export"))
    refuse_folder(out)
    refuse_plan(out)
    dossiers = _on_terms(complete(_opened(args), args.people), args)
    say_unjudged(dossiers)
    for line in idle_dialect(names, args.dialect):
        say(line)
    made = paid_files(dossiers, names, PayMonth.parse(args.month, dossiers[0].payroll), args.dialect)
    return deliver(made, out, args.rest)


def _opened(args: argparse.Namespace) -> list[Dossier]:
    """All plans, or what is wrong with any of them."""
    from planner.study.export import open_dossier

    found: list[Dossier] = []
    wrong: list[Message] = []
    for folder in dict.fromkeys(args.plan):
        try:
            found.append(open_dossier(Path(folder), Path(args.rota) if args.rota else None))
        except InputError as error:
            wrong += error.messages
    if wrong:
        raise InputError(*wrong)
    return found


def _on_terms(dossiers: list[Dossier], args: argparse.Namespace) -> list[Dossier]:
    """All plans on the payroll terms that are asked for here, where any are."""
    from planner.study.scenario.payroll_said import other_terms

    said = args.month_from_day, args.overtime_above
    return [replace(of, payroll=other_terms(of.payroll, *said)) for of in dossiers]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", nargs="+", help="folders of plans that together have the month")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="payroll month, such as 2026-04")
    parser.add_argument(
        "--format",
        action="append",
        metavar="NAME",
        help="hours (default), payroll-lines, or a template's file with rows: pay; repeatable",
    )
    parser.add_argument("--out", metavar="DIR", help="default: export/ in the last plan's folder")
    parser.add_argument(
        "--rota", metavar="FILE", help="another rota of the one plan: published or edited by hand"
    )
    parser.add_argument("--dialect", choices=DIALECT_NAMES, default="plain", help="Excel's in a language")
    parser.add_argument(
        "--month-from-day", default="", metavar="DAY", help="months begin on it, 1 to 28; default: as planned"
    )
    parser.add_argument(
        "--overtime-above",
        default="",
        metavar="HOURS",
        help="of a week, such as 40 h, full time, contract or none; default: as planned",
    )
    add_people(parser)
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of messages")
    parser.add_argument("--rest", action="store_true", help="leave out people of whom something is missing")


VERBS = (
    Verb(
        "payroll",
        "PLAN... --month 2026-04 [--format NAME]... [--out DIR] [--dialect it] [--people FILE] [--rest]",
        "hours.csv for payroll: hours of a month by person that add up, across plans; cost by grade; lines",
        _arguments,
        _payroll,
    ),
)
