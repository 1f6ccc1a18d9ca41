"""Verbs that make plans."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._messages import Message
from planner.cli.asked import add_solving, reporter, scenarios, stop_and_keep
from planner.cli.verb import DONE, Verb, say


def _plan(args: argparse.Namespace) -> int:
    from planner.study import plan, refuse_folder, summary, write_plan

    (scenario,) = scenarios([args.scenario], args)
    refuse_folder(args.out)
    made = plan(scenario, reporter(scenario.currency), stop_and_keep())
    write_plan(made, Path(args.out))
    for line in summary(made):
        print(line)
    return DONE


def _rollout(args: argparse.Namespace) -> int:
    say(Message("study.reading_scenarios", {"count": len(args.scenario)}))
    from planner.study import refuse_folder, rollout, rollout_brief, rollout_summary, write_rollout

    given = scenarios(args.scenario, args)
    refuse_folder(args.out)
    later = Path(args.actuals) if args.actuals else None
    made = rollout(given, reporter(given[0].currency), stop_and_keep(), later, mend=args.mend)
    write_rollout(made, Path(args.out))
    for line in rollout_summary(made) if args.full else rollout_brief(made):
        print(line)
    return DONE


def _compare(args: argparse.Namespace) -> int:
    from planner.study import compare, in_words, refuse_folder, write_comparison
    from planner.study.compare import other_promises

    given = scenarios(args.scenario, args)
    refuse_folder(args.out)
    comparison = compare(given, reporter(given[0].currency), stop_and_keep())
    write_comparison(comparison, Path(args.out))
    for figure in comparison.figures:
        print(in_words(figure, given[0].name))
    for line in other_promises(given):
        print(line)
    done = len({figure.scenario for figure in comparison.figures})
    if done < len(given):
        print(Message("study.cancelled_at", {"stages": done}))
    return DONE


def _one(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("--out", required=True)
    add_solving(parser)


def _stages(parser: argparse.ArgumentParser) -> None:
    _many(parser)
    parser.add_argument(
        "--actuals", metavar="FILE", help="history since stages are live, for their gate actuals"
    )
    parser.add_argument(
        "--mend",
        choices=("first", "all", "none"),
        default="first",
        help="what would mend the first failing gate of each no-go stage (the default), all, or none",
    )
    parser.add_argument(
        "--full",
        action="store_true",
        help="print every gate, the cost in its parts, every change that was tried",
    )


def _many(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="+")
    parser.add_argument("--out", required=True)
    add_solving(parser)


VERBS = (
    Verb("plan", "SCENARIO --out DIR", "the whole pipeline; progress on stderr", _one, _plan),
    Verb(
        "rollout",
        "SCENARIO... --out DIR [--actuals FILE] [--mend first | all | none] [--full]",
        "stages in order, gates, comparison, what would mend a stage that is no-go",
        _stages,
        _rollout,
    ),
    Verb("compare", "SCENARIO... --out DIR", "scenarios side by side against the first", _many, _compare),
)
