"""Why not? What a plan misses and why, and the cheapest fixes."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._messages import Message
from planner.cli.asked import add_solving, reporter, scenarios, stop_and_keep, whole_number
from planner.cli.verb import DONE, Verb


def _why(args: argparse.Namespace) -> int:
    from planner.study import refuse_folder
    from planner.study.why.files import fix_name, write_why
    from planner.study.why.fix_words import fix_details, fix_line, fixes_head, paste_head, paste_text
    from planner.study.why.run import why
    from planner.study.why.words import summary_of

    (scenario,) = scenarios([args.scenario], args)
    if args.out:
        refuse_folder(args.out)
    made = why(scenario, args.fixes, reporter(scenario.currency), stop_and_keep())
    if args.out:
        write_why(made, scenario, Path(args.out))
    for line in summary_of(made.found, made.plan.need, scenario.zone, scenario.currency, args.shortages):
        print(line)
    for head in fixes_head(made.fixes):
        print(head)
    for rank, fix in enumerate(made.fixes.fixes, start=1):
        print(fix_line(rank, fix))
        for detail in fix_details(fix):
            print(f"   {detail}")
        if args.out:
            print(f"   {Message('why.fix_file', {'file': fix_name(rank)})}")
        print(f"   {paste_head(fix)}")
        for pasted in paste_text(fix).splitlines():
            print(f"     {pasted}")
    return DONE


def _count(text: str) -> int:
    return whole_number(text, 0, 50)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("--out", help="folder for why.csv, fixes.csv and a scenario file for each fix")
    parser.add_argument(
        "--fixes", type=_count, default=8, help="changes that are solved again; default 8, 0 for none"
    )
    parser.add_argument(
        "--shortages", type=_count, default=5, help="shortages that are told with their reasons; default 5"
    )
    add_solving(parser)


VERBS = (
    Verb(
        "why",
        "SCENARIO [--out DIR] [--fixes N]",
        "what a plan misses and which rules stop whom; the cheapest fixes, each solved again",
        _arguments,
        _why,
    ),
)
