"""The verb that makes a rotation: a cycle of weeks that everyone walks through."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.cli.asked import add_solving, scenarios, stop_and_keep, whole_number
from planner.cli.verb import DONE, FINDINGS, Verb, say

if TYPE_CHECKING:
    from planner.scheduling.rotation import RotationProgress


def _rotation(args: argparse.Namespace) -> int:
    from planner.study import refuse_folder
    from planner.study.rotation import rotation
    from planner.study.rotation_beside import beside, beside_words
    from planner.study.rotation_words import rotation_words, write_rotation

    (scenario,) = scenarios([args.scenario], args)
    if args.out:
        refuse_folder(args.out)
    stop = stop_and_keep()
    made = rotation(scenario, args.weeks, args.smallest, _tell, stop)
    if args.out:
        write_rotation(made, Path(args.out))
    for line in rotation_words(made, args.smallest):
        print(line)
    if args.beside and (found := beside(made, None, stop)):
        for line in beside_words(found, made):
            print(line)
    return DONE if made.rotation is not None else FINDINGS


def _tell(progress: RotationProgress) -> None:
    code = "trying" if progress.points is None else "points_so_far"
    say(Message(f"rotation.{code}", {"weeks": progress.weeks, "points": progress.points}))


def _weeks(text: str) -> int:
    return whole_number(text, 1, 520)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--weeks", type=_weeks, help="of the cycle; default: one for each person")
    length.add_argument("--smallest", action="store_true", help="fewest people, proved where time allows")
    parser.add_argument("--beside", action="store_true", help="with a dated rota for the same need")
    parser.add_argument("--out", help="folder for rotation.csv and the dated rota.csv")
    add_solving(parser)


VERBS = (
    Verb(
        "rotation",
        "SCENARIO [--weeks W] [--smallest] [--beside] [--out DIR]",
        "a cycle of weeks that everyone walks through, dated and beside a dated rota; the smallest team; "
        "exit 1 if there is none",
        _arguments,
        _rotation,
    ),
)
