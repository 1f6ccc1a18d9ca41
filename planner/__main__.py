"""python -m planner <verb>: parse, call, print.

Exit 0: done, 1: findings, 2: something to mend first, 3: an error of ours.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import InputError, PlannerError, ScenarioError
from planner._messages import Message, Place
from planner._values import parse_duration

if TYPE_CHECKING:
    from planner.study import PlanProgress, Scenario

FINDINGS, MISTAKES, OURS = 1, 2, 3
# Set to anything: errors of ours end in a traceback.
TRACEBACK = "PLANNER_TRACEBACK"

# The table of verbs: name, arguments in words, what it does. The README repeats it, a test holds it to that.
VERBS: dict[str, tuple[str, str]] = {
    "check": ("SCENARIO...", "every mistake as file:line:column; exit 2"),
    "forecast": ("SCENARIO [--out DIR]", "the forecast and how well it would have done"),
    "plan": ("SCENARIO --out DIR", "the whole pipeline; progress on stderr"),
    "rollout": ("SCENARIO... --out DIR", "stages in order, gates, comparison"),
    "compare": ("SCENARIO... --out DIR", "scenarios side by side against the first"),
    "audit": ("SCENARIO ROTA.csv", "judge any rota, hand-made ones too; exit 1 on violations"),
    "rules": ("", "every rule, its settings, its sentence"),
    "erlang": ("--arrivals N --per 1h --aht S --agents N --within S", "one queue, exactly"),
    "new": (
        '"9 people, 40 h, English, about 100 tickets a weekday" --out FILE',
        "a scenario from a sentence",
    ),
}


def verbs_table() -> str:
    """The verbs as a Markdown table for the README.

    Examples
    --------
    >>> print(verbs_table().splitlines()[2])
    | `python -m planner check SCENARIO...` | every mistake as file:line:column; exit 2 |
    """
    rows = [
        f"| `{' '.join(('python -m planner', name, given)).strip()}` | {what} |"
        for name, (given, what) in VERBS.items()
    ]
    return "\n".join(["| verb | what it does |", "| --- | --- |", *rows])


def _say(message: object) -> None:
    print(message, file=sys.stderr, flush=True)


def _check(args: argparse.Namespace) -> int:
    from planner.study import findings

    found = findings([Path(path) for path in args.scenario])
    for message in found.mistakes:
        print(message)
    for message in found.notices:
        print(Message("study.notice", {"text": str(message)}))
    if not found.mistakes:
        print(Message("study.check_clean", {"files": len(args.scenario)}))
    return MISTAKES if found.mistakes else 0


def _forecast(args: argparse.Namespace) -> int:
    from planner.study import Scenario, forecast_report

    report = forecast_report(Scenario.load(Path(args.scenario)))
    for line in report.sentences:
        print(line)
    if args.out:
        report.write(Path(args.out))
    return 0


def _plan(args: argparse.Namespace) -> int:
    from planner.study import plan, refuse_folder, summary, write_plan

    (scenario,) = _scenarios([args.scenario], args)
    refuse_folder(args.out)
    made = plan(scenario, _reporter(), _stop_and_keep())
    write_plan(made, Path(args.out))
    for line in summary(made):
        print(line)
    return 0


def _rollout(args: argparse.Namespace) -> int:
    from planner.study import refuse_folder, rollout, rollout_summary, write_rollout

    scenarios = _scenarios(args.scenario, args)
    refuse_folder(args.out)
    made = rollout(scenarios, _reporter(), _stop_and_keep())
    write_rollout(made, Path(args.out))
    for line in rollout_summary(made):
        print(line)
    return 0


def _compare(args: argparse.Namespace) -> int:
    from planner.study import compare, in_words, refuse_folder, write_comparison

    scenarios = _scenarios(args.scenario, args)
    refuse_folder(args.out)
    comparison = compare(scenarios, _reporter(), _stop_and_keep())
    write_comparison(comparison, Path(args.out))
    for figure in comparison.figures:
        print(in_words(figure, scenarios[0].name))
    done = len({figure.scenario for figure in comparison.figures})
    if done < len(scenarios):
        print(Message("study.cancelled_at", {"stages": done}))
    return 0


def _audit(args: argparse.Namespace) -> int:
    from planner.study import Scenario, audit, not_checked

    scenario = Scenario.load(Path(args.scenario))
    found = audit(Path(args.rota), scenario)
    for violation in found:
        print(violation.message)
    if not found:
        print(Message("study.audit_clean"))
    for line in not_checked(scenario):
        print(line)
    return FINDINGS if found else 0


def _rules(_args: argparse.Namespace) -> int:
    from planner.rules import rules_table

    print(rules_table())
    return 0


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
    )
    if args.json:
        print(json.dumps(report))
    else:
        for name, value in report.items():
            print(f"{name:24} {value}")
    return 0


def _new(args: argparse.Namespace) -> int:
    from planner._files import write_atomic
    from planner.study import Scenario
    from planner.study.scenario.files import file_mistake

    scenario = Scenario.quick(args.sentence)
    out = Path(args.out)
    if out.exists():
        raise InputError(Message("study.exists", {"file": args.out}))
    if wrong := file_mistake(out, out.parent, Place(args.out)):
        raise InputError(wrong)
    write_atomic(Path(args.out), scenario.dump())
    for assumption in scenario.assumptions:
        print(assumption)
    return 0


def _scenarios(paths: Sequence[str], args: argparse.Namespace) -> list[Scenario]:
    """Scenarios with what the command line says about solving them; mistakes of all files at once."""
    from planner.study import Scenario

    given = {key: getattr(args, key) for key in ("engine", "effort", "seed")}
    changes = {key: value for key, value in given.items() if value is not None}
    found: list[Scenario] = []
    mistakes: list[Message] = []
    for path in paths:
        try:
            scenario = Scenario.load(Path(path))
            found.append(scenario.replace(solve=changes) if changes else scenario)
        except PlannerError as error:
            mistakes += error.messages
    if mistakes:
        raise ScenarioError(*dict.fromkeys(mistakes))
    return found


def _stop_and_keep() -> Callable[[], bool]:
    """Ctrl+C once: stop and keep the best so far; a second time: stop at once."""
    stopped: list[bool] = []

    def stop(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stopped.append(True)
        _say(Message("study.stopping"))

    signal.signal(signal.SIGINT, stop)
    return lambda: bool(stopped)


def _reporter() -> Callable[[PlanProgress], None]:
    """Progress in one line each, only when something is new."""
    last: list[object] = [None]

    def say(progress: PlanProgress) -> None:
        key = (progress.stage, progress.round, progress.phase, progress.cost_cents, progress.bound_cents)
        if key != last[0]:
            last[0] = key
            _say(progress.line())

    return say


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m planner", description="24/7 shift coverage planner")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    made = {name: verbs.add_parser(name, help=what) for name, (_, what) in VERBS.items()}
    for name in ("forecast", "plan", "audit"):
        made[name].add_argument("scenario")
    for name in ("check", "rollout", "compare"):
        made[name].add_argument("scenario", nargs="+")
    for name in ("plan", "rollout", "compare", "new"):
        made[name].add_argument("--out", required=True)
    made["forecast"].add_argument("--out")
    for name in ("plan", "rollout", "compare"):
        made[name].add_argument("--engine", choices=("search", "cp-sat"))
        made[name].add_argument("--effort", choices=("quick", "normal", "thorough"))
        made[name].add_argument("--seed", type=int)
    made["audit"].add_argument("rota")
    made["new"].add_argument("sentence")
    erlang = made["erlang"]
    erlang.add_argument("--arrivals", type=float, required=True, help="contacts in the time given by --per")
    erlang.add_argument("--per", default="1h", help="such as 1h or 30 min")
    erlang.add_argument("--aht", type=float, required=True, help="handle time in seconds")
    erlang.add_argument("--agents", type=int, required=True)
    erlang.add_argument("--within", type=float, required=True, help="acceptable wait in seconds")
    erlang.add_argument("--patience", type=float, help="mean patience in seconds; none: nobody hangs up")
    erlang.add_argument("--target", type=float, help="share to be answered within; gives required_agents")
    erlang.add_argument("--json", action="store_true")
    return parser


_ALL = (_check, _forecast, _plan, _rollout, _compare, _audit, _rules, _erlang, _new)
_RUN: dict[str, Callable[[argparse.Namespace], int]] = {run.__name__.removeprefix("_"): run for run in _ALL}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; mistakes are sentences on stderr and exit code 2, errors of ours exit code 3."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    args = _parser().parse_args(argv)
    try:
        code = _RUN[args.verb](args)
        sys.stdout.flush()
        return code
    except PlannerError as error:
        for message in error.messages:
            _say(message)
        return MISTAKES
    except BrokenPipeError:
        # Whoever read our output has seen enough (| head); Python must not complain when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        values = {"file": str(error.filename or args.verb), "reason": error.strerror or str(error)}
        _say(Message("study.no_file", values))
        return MISTAKES
    except KeyboardInterrupt:
        _say(Message("study.interrupted"))
        return MISTAKES
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        values = {"kind": type(error).__name__, "where": where, "variable": TRACEBACK}
        _say(Message("study.our_error", values))
        return OURS


if __name__ == "__main__":
    sys.exit(main())
