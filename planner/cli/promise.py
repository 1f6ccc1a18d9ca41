"""Verbs about promises: what each would take, and what may be published."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._errors import InputError, ValueTextError
from planner._messages import Message
from planner.cli.asked import add_solving, reporter, scenarios, stop_and_keep
from planner.cli.verb import DONE, Verb, say


def _promise(args: argparse.Namespace) -> int:
    from planner.study import promise, promise_summary, refuse_folder, write_promise

    (scenario,) = scenarios([args.scenario], args)
    if args.out:
        refuse_folder(args.out)
    curve = promise(scenario, args.goals.split(","), args.queue, reporter(scenario.currency), stop_and_keep())
    if args.out:
        write_promise(curve, Path(args.out))
    for line in promise_summary(curve):
        print(line)
    return DONE


def _publish(args: argparse.Namespace) -> int:
    from planner.study import publish, publish_summary, refuse_folder, write_publication

    share, confidence = _shares(args.share, args.confidence)
    (scenario,) = scenarios([args.scenario], args)
    if args.out:
        refuse_folder(args.out)
    found = publish(scenario, args.rota, share, confidence, reporter(scenario.currency), stop_and_keep())
    if args.out:
        write_publication(found, Path(args.out))
    for line in publish_summary(found):
        print(line)
    if not args.rota:
        say(Message("publish.planned_first", {"scenario": scenario.name}))
    return DONE


def _shares(*texts: str) -> list[float]:
    """Shares as they are written; mistakes of all of them at once."""
    from planner._values import parse_share

    found: list[float] = []
    mistakes: list[Message] = []
    for text in texts:
        try:
            found.append(parse_share(text))
        except ValueTextError as error:
            mistakes += error.messages
    if mistakes:
        raise InputError(*mistakes)
    return found


def _promise_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument(
        "--goals", required=True, help='"15 min, 1 h, 2 h, 4 h", or whole promises: "80%% within 15 min"'
    )
    parser.add_argument("--queue", action="append", default=[], help="once for each; default: deferred ones")
    parser.add_argument("--out")
    add_solving(parser)


def _publish_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("rota", nargs="?", help="CSV, or the folder of a plan; none: the scenario is planned")
    parser.add_argument("--share", default="90%", help="share of contacts to promise; default 90%%")
    parser.add_argument(
        "--confidence", default="90%", help="share of periods in which it must hold; default 90%%"
    )
    parser.add_argument("--out")
    add_solving(parser)


VERBS = (
    Verb(
        "promise",
        'SCENARIO --goals "15 min, 1 h, 2 h, 4 h" [--queue NAME] [--out DIR]',
        "what each promise would take: people, hours, cost, and how much of it is kept",
        _promise_arguments,
        _promise,
    ),
    Verb(
        "publish",
        "SCENARIO [ROTA.csv] [--share 90%] [--confidence 90%] [--out DIR]",
        "what a rota lets you publish, with sentences to paste in English and Italian",
        _publish_arguments,
        _publish,
    ),
)
