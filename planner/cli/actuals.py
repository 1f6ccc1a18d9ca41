"""The verb that holds a forecast against what came."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner.cli.verb import DONE, FINDINGS, Verb


def _actuals(args: argparse.Namespace) -> int:
    from planner.study import Scenario, actuals, actuals_summary, refuse_folder, write_actuals

    scenario = Scenario.load(Path(args.scenario))
    if args.out:
        refuse_folder(args.out)
    made = actuals(scenario, Path(args.history))
    for line in actuals_summary(made):
        print(line)
    if args.out:
        write_actuals(made, Path(args.out))
    return FINDINGS if made.moved else DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument(
        "history", metavar="new_history", help="a later export, laid out as the history's last file"
    )
    parser.add_argument("--out", help="folder for actuals.csv and actuals_days.csv")


VERBS = (
    Verb(
        "actuals",
        "SCENARIO NEW_HISTORY [--out DIR]",
        "the forecast against what came since: errors, bands, new hours; exit 1 if a level has moved",
        _arguments,
        _actuals,
    ),
)
