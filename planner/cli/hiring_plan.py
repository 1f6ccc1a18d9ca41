"""Verb hiring-plan: whom to hire when, and when a backlog is gone."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.cli.asked import add_solving, scenarios, stop_and_keep, whole_number
from planner.cli.verb import DONE, Verb, say

if TYPE_CHECKING:
    from planner.study.growing import Anchor


def _hiring_plan(args: argparse.Namespace) -> int:
    from planner.study import refuse_folder
    from planner.study.growing import (
        hiring_plan,
        hiring_plan_summary,
        projections,
        stage_starts,
        with_goal,
        write_hiring_plan,
    )

    args.effort = args.effort or "quick"  # many teams are solved; more search adds little to each
    given = scenarios(args.scenario, args)
    if args.out:
        refuse_folder(args.out)
    if args.goal:
        given = [with_goal(scenario, args.goal) for scenario in given]
    plan = hiring_plan(given[0], args.months, _tell, stop_and_keep())
    backlogs = projections(given, plan)
    stages = stage_starts(given)
    if args.out:
        write_hiring_plan(plan, Path(args.out), backlogs, stages, args.goal or "")
    for line in hiring_plan_summary(plan, backlogs, stages):
        print(line)
    return DONE


def _tell(anchor: Anchor) -> None:
    team = " ".join(f"{count:+d}" for count in anchor.more)
    say(Message("growing.team_done", {"team": team, "keeps": f"{anchor.keeps:.2f}"}))


def _months(text: str) -> int:
    return whole_number(text, 1, 48)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="+")
    parser.add_argument("--months", type=_months, help="months ahead, 1 to 48; default: as the scenario says")
    parser.add_argument("--goal", help='promise of e-mail and social instead, such as "90%% within 2 h"')
    parser.add_argument("--out")
    add_solving(parser)


VERBS = (
    Verb(
        "hiring-plan",
        'SCENARIO... [--months 24] [--goal "90% within 2 h"] [--out DIR]',
        "whom to hire when for months ahead, what it costs, when stages can start, when a backlog is gone",
        _arguments,
        _hiring_plan,
    ),
)
