"""The staffing formulas on the command line."""

from __future__ import annotations

import argparse
import json

from planner._values import parse_duration
from planner.cli.verb import DONE, Verb


def _erlang(args: argparse.Namespace) -> int:
    from planner.requirement import erlang_report

    report = erlang_report(
        arrivals=args.arrivals,
        per_seconds=parse_duration(args.per).total_seconds(),
        aht_seconds=args.aht,
        agents=args.agents,
        within_seconds=args.within,
        patience_seconds=args.patience,
        target=args.target,
        max_occupancy=args.busy_at_most,
        max_abandon=args.abandoned_at_most,
        definition=args.of,
    )
    if args.json:
        print(json.dumps(report))
    else:
        for name, value in report.items():
            print(f"{name:24} {value}")
    return DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--arrivals", type=float, required=True, help="contacts in the time given by --per")
    parser.add_argument("--per", default="1h", help="such as 1h or 30 min")
    parser.add_argument("--aht", type=float, required=True, help="handle time in seconds")
    parser.add_argument("--agents", type=int, required=True)
    parser.add_argument("--within", type=float, required=True, help="acceptable wait in seconds")
    parser.add_argument("--patience", type=float, help="mean patience in seconds; none: nobody hangs up")
    parser.add_argument("--target", type=float, help="share to be answered within; gives required_agents")
    parser.add_argument(
        "--of",
        choices=("offered", "answered", "gone"),
        default="offered",
        help="what the target is a share of: answered of all, of the answered, or answered and gone of all",
    )
    parser.add_argument("--busy-at-most", type=float, help="share of their time that people may be busy")
    parser.add_argument("--abandoned-at-most", type=float, help="share of callers who may hang up")
    parser.add_argument("--json", action="store_true")


VERBS = (
    Verb(
        "erlang",
        "--arrivals N --per 1h --aht S --agents N --within S",
        "one queue, exactly",
        _arguments,
        _erlang,
    ),
)
