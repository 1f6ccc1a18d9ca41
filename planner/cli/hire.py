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
    found = hire(
        scenario, "fewest" if args.fewest else "cheapest", reporter(scenario.currency), stop_and_keep()
    )
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


def _reach(args: argparse.Namespace) -> int:
    from planner.study import reach, reach_summary, refuse_folder, write_reach

    if args.frontier or args.people:
        return _frontier(args)
    step, may_miss = _step(args.step), _length(args.may_miss) / 60
    (scenario,) = scenarios([args.scenario], args)
    if args.out:
        refuse_folder(args.out)
    found = reach(scenario, step, args.order, reporter(scenario.currency), stop_and_keep(), may_miss)
    if args.out:
        write_reach(found, Path(args.out))
    for line in reach_summary(found):
        print(line)
    return DONE


def _frontier(args: argparse.Namespace) -> int:
    from planner.study import frontier, frontier_summary, refuse_folder, write_frontier
    from planner.study.frontier import parse_changes

    step, changes = _step(args.step), parse_changes(args.people or "-2..+4")
    if args.effort is None:
        args.effort = "quick"
    (scenario,) = scenarios([args.scenario], args)
    if args.out:
        refuse_folder(args.out)
    found = frontier(scenario, changes, step, args.order, reporter(scenario.currency), stop_and_keep())
    if args.out:
        write_frontier(found, Path(args.out))
    for line in frontier_summary(found):
        print(line)
    return DONE


def _nights(args: argparse.Namespace) -> int:
    from planner.study import nights, nights_summary, refuse_folder, write_nights

    (scenario,) = scenarios([args.scenario], args)
    if args.out:
        refuse_folder(args.out)
    found = nights(scenario, reporter(scenario.currency), stop_and_keep())
    if args.out:
        write_nights(found, Path(args.out))
    for line in nights_summary(found):
        print(line)
    return DONE


def _step(text: str) -> int:
    """Minutes of a block: whole quarter-hours."""
    from planner._errors import InputError
    from planner._messages import Message

    minutes = _length(text)
    if minutes <= 0 or minutes % 15 or minutes > 12 * 60:
        raise InputError(Message("reach.step", {"given": text}))
    return round(minutes)


def _length(text: str) -> float:
    """Minutes of a duration."""
    from planner._errors import InputError, ValueTextError
    from planner._values import parse_duration

    try:
        return parse_duration(text).total_seconds() / 60
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


def _reach_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("--step", default="1 h", help="length of a block; default 1 h")
    parser.add_argument(
        "--order", default="", help='such as "mon-fri later, sat"; default: all, most contacts first'
    )
    parser.add_argument(
        "--frontier", action="store_true", help="widest hours for teams of several sizes, quick effort"
    )
    parser.add_argument(
        "--people", help='sizes against today, such as --people "-2 to +4"; the default of --frontier'
    )
    parser.add_argument(
        "--may-miss", default="0 h", help="person-hours of the period that may be missing beyond today's"
    )
    parser.add_argument("--out")
    add_solving(parser)


def _nights_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
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
    Verb(
        "reach",
        'SCENARIO [--step "1 h"] [--order "mon-fri later, sat"] [--may-miss "2 h"] '
        '[--frontier] [--people "-2 to +4"] [--out DIR]',
        "the longest opening hours that today's team covers at the promise with no hire, and what fails "
        "next; --frontier: hours against people",
        _reach_arguments,
        _reach,
    ),
    Verb(
        "nights",
        "SCENARIO [--out DIR]",
        "ways to cover nights: rotation, crew, hires, partner, on call, closed: cost, nights, waits, risks",
        _nights_arguments,
        _nights,
    ),
)
