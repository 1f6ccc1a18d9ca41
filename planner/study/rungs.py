"""The ladder of stages: what each opens against the one before, with whom and from when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.study.hours_matrix import masks_of
from planner.study.hours_words import change_text, scenario_hours
from planner.study.workspace import load, stages

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class Rung:
    """One stage of the ladder.

    Attributes
    ----------
    number: from 1. starts_from: name of the stage that it starts from; "" of none.
    hours: when its queues are open, in words. change: what opens and closes against the stage before it in
        the ladder; "" of the first, or where hours stay.
    people: with a contract. starts: planned first day, if any. gates: how many it is asked.
    """

    number: int
    file: str
    name: str
    starts_from: str
    hours: str
    change: str
    people: int
    starts: date | None
    gates: int


def rungs(folder: Path, read: Callable[[str], Scenario] | None = None) -> tuple[Rung, ...]:
    """All stages of a folder in order, in the language spoken here.

    Parameters
    ----------
    read: gives the stage of a file, such as one that is kept; None: it is loaded.

    Raises
    ------
    ScenarioError: when a stage has mistakes.
    """
    listed = stages(folder)
    names = {stage.file: stage.name for stage in listed}
    found: list[Rung] = []
    before: Scenario | None = None
    for number, stage in enumerate(listed, start=1):
        scenario = load(folder, stage.file) if read is None else read(stage.file)
        change = change_text(masks_of(before), masks_of(scenario)) if before is not None else ""
        people = sum(agent.weekly_minutes > 0 for agent in scenario.team.agents)
        start = names.get(stage.starts_from or "", "")
        hours, gates = scenario_hours(scenario), len(scenario.gates)
        found.append(
            Rung(number, stage.file, stage.name, start, hours, change, people, scenario.starts, gates)
        )
        before = scenario
    return tuple(found)


def unsolved(reason: str) -> str:
    """Why a stage has no answer yet, in words.

    Parameters
    ----------
    reason: "none", "live", "stale" or "beside".

    Examples
    --------
    >>> unsolved("none")
    'not solved yet'
    """
    return str(Message(f"ladder.unsolved_{reason}"))
