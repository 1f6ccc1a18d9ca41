"""The verb about hours to open next."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from planner.cli.asked import add_solving, reporter, scenarios, stop_and_keep, whole_number
from planner.cli.verb import DONE, Verb

MOST = 8


def _next(args: argparse.Namespace) -> int:
    from planner.study import best_hours, next_hours_summary, refuse_folder, write_next_hours

    minutes = _minutes(args.length)
    if args.effort is None:
        args.effort = "quick"
    (scenario,) = scenarios([args.scenario], args)
    if args.out:
        refuse_folder(args.out)
    found = best_hours(
        scenario,
        minutes,
        tuple(args.queue),
        tuple(args.days),
        args.top,
        args.apart,
        reporter(scenario.currency),
        stop_and_keep(),
    )
    if args.out:
        write_next_hours(found, Path(args.out))
    for line in next_hours_summary(found):
        print(line)
    return DONE


def _minutes(text: str) -> int:
    """Minutes of a block: whole quarter-hours."""
    from planner._errors import InputError, ValueTextError
    from planner._messages import Message
    from planner._values import parse_duration

    try:
        minutes = parse_duration(text).total_seconds() / 60
    except ValueTextError as error:
        raise InputError(*error.messages) from None
    if minutes <= 0 or minutes % 15 or minutes > 12 * 60:
        raise InputError(Message("next_hours.length", {"given": text}))
    return round(minutes)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("--length", default="2 h", help="length of a block; default 2 h")
    parser.add_argument(
        "--queue",
        action="append",
        default=[],
        help='a queue, a channel such as chat, or "all" together; repeat',
    )
    parser.add_argument("--days", action="append", default=[], help='such as "mon-fri" or "sat, sun"; repeat')
    parser.add_argument(
        "--top",
        type=partial(whole_number, least=0, most=MOST),
        default=3,
        help="blocks planned for each queue, default 3, 8 in all",
    )
    parser.add_argument("--apart", action="store_true", help="also blocks that touch no open hour")
    parser.add_argument("--out")
    add_solving(parser)


VERBS = (
    Verb(
        "next",
        'SCENARIO [--length "2 h"] [--queue NAME]... [--days DAYS]... [--top N] [--apart] [--out DIR]',
        "which hours to open next, ranked: contacts, answers before and after, hires, cost, go or no-go",
        _arguments,
        _next,
    ),
)
