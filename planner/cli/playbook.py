"""The verb that prints a stage's playbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._messages import Message
from planner.cli.verb import DONE, Verb


def _playbook(args: argparse.Namespace) -> int:
    from planner.rota import read_rota
    from planner.study import Scenario, refuse_folder
    from planner.study.playbook import playbook
    from planner.study.playbook.sheet import write_playbook

    scenario = Scenario.load(Path(args.scenario))
    refuse_folder(args.out)
    period = scenario.first_day, scenario.days
    rota = read_rota(Path(args.rota), scenario.team, scenario.shift_types, *period)
    for path in write_playbook(playbook(scenario, rota), Path(args.out)):
        print(Message("playbook.written", {"file": str(path)}))
    return DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("rota", help="rota.csv of a plan of this scenario")
    parser.add_argument("--out", required=True, help="folder for playbook.html")


VERBS = (
    Verb(
        "playbook",
        "SCENARIO ROTA.csv --out DIR",
        "one printable page for the desk: who covers which hours, whom to call, handovers, what waits",
        _arguments,
        _playbook,
    ),
)
