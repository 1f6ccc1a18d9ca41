"""The staffing formulas on the command line."""

from __future__ import annotations

import argparse
import json

from planner._errors import ValueTextError
from planner._messages import Message
from planner._values import parse_duration, parse_share
from planner.cli.verb import DONE, Verb


def _erlang(args: argparse.Namespace) -> int:
    from planner.requirement import erlang_report

    def report(agents: int) -> dict[str, float | int | None]:
        return erlang_report(
            arrivals=args.arrivals,
            per_seconds=parse_duration(args.per).total_seconds(),
            aht_seconds=args.aht,
            agents=agents,
            within_seconds=args.within,
            patience_seconds=args.patience,
            target=args.target,
            max_occupancy=args.busy_at_most,
            max_abandon=args.abandoned_at_most,
            definition=args.of,
        )

    if args.agents is not None:
        found = report(args.agents)
    elif args.target is None and args.busy_at_most is None and args.abandoned_at_most is None:
        raise ValueTextError(Message("formulas.agents_or_goal"))
    else:  # the measures are those of the people whom the goals ask for
        found = report(int(report(0)["required_agents"] or 0))
    if args.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:24} {_figure(value):>12}  {Message(f'formulas.{name}')}")
    return DONE


def _figure(value: float | int | None) -> str:
    """Six digits; a wait without an end has none.

    Examples
    --------
    >>> _figure(0.17458192373801307), _figure(14), _figure(None)
    ('0.174582', '14', 'no end')
    """
    return "no end" if value is None else f"{value:.6g}"


def _share(text: str) -> float:
    """A share with or without a per cent sign; whether it makes sense is said with the other mistakes."""
    if "%" not in text:
        return float(text)
    try:
        return parse_share(text)
    except ValueTextError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--arrivals", type=float, required=True, help="contacts in the time given by --per")
    parser.add_argument("--per", default="1h", help="such as 1h or 30 min")
    parser.add_argument("--aht", type=float, required=True, help="handle time in seconds")
    parser.add_argument("--agents", type=int, help="people answering; left out: as many as the goals need")
    parser.add_argument("--within", type=float, required=True, help="acceptable wait in seconds")
    parser.add_argument("--patience", type=float, help="mean patience in seconds; none: nobody hangs up")
    parser.add_argument(
        "--target", type=_share, help="share to be answered within, such as 80%%; gives required_agents"
    )
    parser.add_argument(
        "--of",
        choices=("offered", "answered", "gone"),
        default="offered",
        help="what the target is a share of: answered of all, of the answered, or answered and gone of all",
    )
    parser.add_argument("--busy-at-most", type=_share, help="share of their time that people may be busy")
    parser.add_argument("--abandoned-at-most", type=_share, help="share of callers who may hang up")
    parser.add_argument("--json", action="store_true")


VERBS = (
    Verb(
        "erlang",
        "--arrivals N --per 1h --aht S --within S [--agents N] [--target 80%]",
        "one queue, exactly: what so many people give, or how many a goal needs",
        _arguments,
        _erlang,
    ),
)
