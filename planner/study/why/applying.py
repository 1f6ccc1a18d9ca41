"""Applying a fix that was found: a new stage of the ladder, or a what-if beside it, with what it changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner import _yaml
from planner._errors import InputError
from planner._messages import Message
from planner.study import workspace

if TYPE_CHECKING:
    from planner.study.growing import Earliest
    from planner.study.scenario import Scenario

OWN = ("starts_from", "name")


def fix_changes(path: Path) -> dict[str, Any]:
    """What the file of a fix says on top of the scenario that it was found for.

    Raises
    ------
    InputError: when the file is gone.
    """
    if not path.is_file():
        raise InputError(Message("why.fix_gone", {"file": path.name}))
    said = _yaml.load(path).plain()
    assert isinstance(said, dict), "written by write_why"
    return {key: value for key, value in said.items() if key not in OWN}


def save_fix(folder: Path, base: str, name: str, path: Path, what_if: bool = False) -> str:
    """Write a fix as a stage file that starts from ``base``; returns its file name.

    Parameters
    ----------
    folder: of the workspace. path: file of the fix.
    what_if: beside the ladder instead of on it.

    Raises
    ------
    ScenarioError: when it does not fit what ``base`` says now; nothing is written then.
    """
    changes = fix_changes(path)
    return workspace.save_stage(folder, base, name, {**changes, "what_if": []} if what_if else changes)


def earliest_of(scenario: Scenario, kind: str) -> Earliest:
    """When a fix can begin: a hire takes lead time and training, everything else the notice of a new rota.

    Parameters
    ----------
    kind: of the fix, as ``why.json`` has it.
    """
    from planner.study.growing import earliest  # only where fixes are shown

    return earliest(scenario, 1 if kind == "hire" else 0)
