"""What verbs that solve have in common: their scenarios, progress, and stopping."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import PlannerError, ScenarioError
from planner._messages import Message
from planner.cli.verb import say

if TYPE_CHECKING:
    from planner.study import PlanProgress, Scenario


def add_solving(parser: argparse.ArgumentParser) -> None:
    """Arguments that change how a scenario is solved."""
    parser.add_argument("--engine", choices=("search", "cp-sat"))
    parser.add_argument("--effort", choices=("quick", "normal", "thorough"))
    parser.add_argument("--seed", type=int)


def scenarios(paths: Sequence[str], args: argparse.Namespace) -> list[Scenario]:
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


def stop_and_keep() -> Callable[[], bool]:
    """Ctrl+C once: stop and keep the best so far; a second time: stop at once."""
    stopped: list[bool] = []

    def stop(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stopped.append(True)
        say(Message("study.stopping"))

    signal.signal(signal.SIGINT, stop)
    return lambda: bool(stopped)


def whole_number(text: str, least: int, most: int) -> int:
    """A number of an argument, or what to write instead."""
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"write a number from {least} to {most}")
    return int(text)


def reporter(currency: str) -> Callable[[PlanProgress], None]:
    """Progress in one line each, only when something is new."""
    last: list[object] = [None]

    def tell(progress: PlanProgress) -> None:
        key = (progress.stage, progress.round, progress.phase, progress.cost_cents, progress.bound_cents)
        if key != last[0]:
            last[0] = key
            say(progress.line(currency))

    return tell
