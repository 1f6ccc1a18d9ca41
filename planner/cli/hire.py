"""Verbs about people who are not there: whom to hire, how far today's team reaches, how to staff nights."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from planner.cli.asked import add_solving, reporter, scenarios, stop_and_keep
from planner.cli.verb import DONE, Verb


def _hire(args: argparse.Namespace) -> int:
    from planner.study import hire, hiring_summary, refuse_folder, write_hiring

    (scenario,) = scenarios([args.scenario], args)
    decided = _day(args.decided)
    if args.out:
        refuse_folder(args.out)
    found = hire(scenario, "fewest" if args.fewest else "cheapest", reporter(), stop_and_keep())
    if args.out:
        write_hiring(found, Path(args.out), decided)
    for line in hiring_summary(found, decided):
        print(line)
    return DONE


def _day(text: str | None) -> date | None:
    from planner._errors import InputError, ValueTextError
    from planner.study.scenario.texts import day_of

    try:
        return day_of(text) if text else None
    except ValueTextError as error:
        raise InputError(*error.messages) from None


def _hire_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--fewest", action="store_true", help="as few hires as leave nobody missing")
    how.add_argument("--cheapest", action="store_true", help="the cheapest mix with a partner; the default")
    parser.add_argument("--decided", help="day of the decision, such as 2026-01-15, for the earliest start")
    parser.add_argument("--out")
    add_solving(parser)


VERBS = (
    Verb(
        "hire",
        "SCENARIO [--fewest | --cheapest] [--decided DAY] [--out DIR]",
        "whom to hire and what to give to a partner, with the plan, its cost, and when to decide",
        _hire_arguments,
        _hire,
    ),
)
