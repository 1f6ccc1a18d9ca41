"""Everything that is wrong with scenario files, without solving anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from planner._errors import InputError, ScenarioError
from planner._messages import Message, Place
from planner.study.scenario.mistakes import in_order, place_of
from planner.study.scenario.model import Scenario
from planner.study.scenario.sense import sense_mistakes


@dataclass(frozen=True)
class Findings:
    """What a check found.

    Attributes
    ----------
    mistakes: what must be mended. notices: what is worth knowing, and what was assumed.
    scenarios: those that could be read, in the order of their files.
    """

    mistakes: tuple[Message, ...]
    notices: tuple[Message, ...]
    scenarios: tuple[Scenario, ...]


def findings(paths: Sequence[Path | str]) -> Findings:
    """Check scenario files, in the order of their stages; never raises for what stands in them.

    Parameters
    ----------
    paths: of the files.
    """
    mistakes: list[Message] = []
    notices: list[Message] = []
    scenarios: list[Scenario] = []
    for path in paths:
        try:
            scenario = Scenario.load(path)
        except ScenarioError as error:
            mistakes += error.messages
            continue
        scenarios.append(scenario)
        shown = Path(path).as_posix()
        try:
            wrong = sense_mistakes(scenario)
            mistakes += (_placed(message, shown) for message in wrong)
            if not wrong:
                notices += (_placed(m, shown) for m in (*scenario.notices, *scenario.assumptions))
        except InputError as error:
            mistakes += (_placed(message, shown) for message in error.messages)
    mistakes += _out_of_order(scenarios)
    return Findings(in_order(mistakes), tuple(dict.fromkeys(notices)), tuple(scenarios))


def check(paths: Sequence[Path | str]) -> tuple[Message, ...]:
    """Mistakes and then notices of scenario files; imports no solver.

    Parameters
    ----------
    paths: of the files, in the order of their stages.
    """
    found = findings(paths)
    return (*found.mistakes, *found.notices)


def _placed(message: Message, shown: str) -> Message:
    """A sentence about a whole scenario names its file."""
    if message.place is None or not message.place.file:
        inner = message.place.path if message.place else ""
        return replace(message, place=Place(shown, path=inner))
    return message


def _out_of_order(scenarios: Sequence[Scenario]) -> list[Message]:
    """Stages that start before an earlier one."""
    mistakes = []
    dated = [scenario for scenario in scenarios if scenario.starts is not None]
    for before, stage in pairwise(dated):
        if before.starts and stage.starts and stage.starts < before.starts:
            values = {
                "stage": stage.name,
                "day": stage.starts.isoformat(),
                "before": before.name,
                "before_day": before.starts.isoformat(),
            }
            mistakes.append(
                Message("scenario.stages_out_of_order", values, place_of(stage.node, ("starts",)))
            )
    return mistakes
