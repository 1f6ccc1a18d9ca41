"""The verb that writes what-ifs, so that nobody needs YAML."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._messages import Message
from planner.cli.verb import DONE, Verb


def _whatif(args: argparse.Namespace) -> int:
    from planner.study.whatif import what_if_file

    made = what_if_file(Path(args.scenario), args.change, Path(args.out), args.name)
    for sentence in made.what_if:
        print(sentence)
    print(Message("whatif.written", {"file": args.out, "base": args.scenario}))
    return DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument(
        "--change",
        action="append",
        default=[],
        metavar="CHANGE.SETTING=VALUE",
        help='such as volume.by=+20%% or "close_channel.to={email en: 70%%}"; may be given several times',
    )
    parser.add_argument("--name", default="", help="of the new scenario; default: after its file")
    parser.add_argument("--out", required=True, help="the new file, beside the scenario")


VERBS = (
    Verb(
        "whatif",
        'SCENARIO --change "volume.by=+20%" [--change ...] [--name NAME] --out FILE',
        "a new scenario file that starts from the scenario and says only what changes",
        _arguments,
        _whatif,
    ),
)
