"""The verb that changes a rota as little as it takes."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._messages import Message
from planner.cli.asked import add_solving, reporter, scenarios, stop_and_keep
from planner.cli.verb import DONE, Verb


def _replan(args: argparse.Namespace) -> int:
    from planner._errors import InputError
    from planner.study import plan, refuse_folder, summary, write_plan

    (scenario,) = scenarios([args.scenario], args)
    said = {
        "from": args.from_day,
        "changed_shift": args.price,
        "lock": args.lock,
    }
    given = {key: value for key, value in said.items() if value is not None}
    if given or args.rota:
        scenario = scenario.replace(replan=given)
    if args.rota:
        scenario = scenario.model_copy(update={"known_rota": Path(args.rota)})
    if scenario.published is None:
        raise InputError(Message("replan.nothing_published"))
    refuse_folder(args.out)
    made = plan(scenario, reporter(scenario.currency), stop_and_keep())
    write_plan(made, Path(args.out))
    for line in summary(made):
        print(line)
    return DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument(
        "rota", nargs="?", help="CSV of the rota that people know; default: as the scenario says"
    )
    parser.add_argument("--out", required=True)
    parser.add_argument("--from", dest="from_day", metavar="DAY", help="shifts before this day stay")
    parser.add_argument(
        "--lock", action="append", metavar="WHO", help='whose shifts stay: "Anna", or "Anna 2026-04-15"'
    )
    parser.add_argument("--price", help="of every changed shift; default 50")
    add_solving(parser)


VERBS = (
    Verb(
        "replan",
        "SCENARIO [ROTA.csv] --out DIR [--from DAY] [--lock WHO]... [--price P]",
        "change a published rota as little as it takes; who changes and why",
        _arguments,
        _replan,
    ),
)
