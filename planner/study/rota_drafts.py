"""Drafts of a rota: edits under way with undo and redo, kept on the disk for one owner and one plan."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from planner._errors import PlannerError
from planner._files import write_atomic
from planner.study.rota_edits import Edit

MOST_STEPS = 200
"""Steps that can be taken back."""
_PLAN = re.compile(r"^[a-z0-9-]{1,64}$")
Edits = tuple[Edit, ...]


@dataclass(frozen=True)
class Draft:
    """Edits under way, and every list of them that there was on the way.

    Attributes
    ----------
    steps: the lists, the first without an edit. at: which of them holds.

    Examples
    --------
    >>> draft = Draft().add(Edit("lock", "Ana")).add(Edit("lock", "Bo"))
    >>> len(draft.edits), len(draft.undo().edits), draft.undo().redo() == draft
    (2, 1, True)
    >>> [edit.agent for edit in draft.without(0).edits], len(draft.without(0).undo().edits)
    (['Bo'], 2)
    """

    steps: tuple[Edits, ...] = ((),)
    at: int = 0

    @property
    def edits(self) -> Edits:
        """The edits that hold."""
        return self.steps[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be done again."""
        return self.at < len(self.steps) - 1

    def add(self, edit: Edit) -> Draft:
        """One edit more; steps that were taken back are forgotten."""
        return self._then((*self.edits, edit))

    def without(self, number: int) -> Draft:
        """The same without one edit, counted from 0; taking it out is a step of its own."""
        return self._then((*self.edits[:number], *self.edits[number + 1 :]))

    def emptied(self) -> Draft:
        """No edits, as a step of its own."""
        return self._then(())

    def undo(self) -> Draft:
        """One step back, if there is one."""
        return Draft(self.steps, max(0, self.at - 1))

    def redo(self) -> Draft:
        """One step forward again, if one was taken back."""
        return Draft(self.steps, min(len(self.steps) - 1, self.at + 1))

    def _then(self, edits: Edits) -> Draft:
        steps = (*self.steps[: self.at + 1], edits)[-MOST_STEPS:]
        return Draft(steps, len(steps) - 1)


def draft_file(store: Path, owner: str, plan: str) -> Path:
    """Where the draft of an owner and a plan is kept; neither of them ever leads out of the folder.

    Raises
    ------
    ValueError: a plan's id that is none.
    """
    if not _PLAN.fullmatch(plan):
        raise ValueError(plan)
    return store / "drafts" / sha256(owner.encode()).hexdigest()[:24] / f"{plan}.json"


def read_draft(file: Path) -> Draft:
    """The draft that is kept; an empty one where there is none, or where it cannot be read."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        steps = tuple(tuple(Edit.read(edit) for edit in step) for step in said["steps"])
        return Draft(steps, min(max(0, int(said["at"])), len(steps) - 1)) if steps else Draft()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, PlannerError):
        return Draft()


def write_draft(file: Path, draft: Draft) -> None:
    """Keep a draft; one without a step is removed.

    Raises
    ------
    OSError: a disk that is full or cannot be written.
    """
    if len(draft.steps) == 1:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(file, json.dumps({"at": draft.at, "steps": [list(_plain(step)) for step in draft.steps]}))


def _plain(edits: Edits) -> Iterator[dict[str, str]]:
    for edit in edits:
        yield edit.plain()
