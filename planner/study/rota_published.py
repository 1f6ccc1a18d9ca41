"""The rota that people have been told: kept beside a workspace, with who told it and when."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message
from planner.rota import Rota, changes, csv_text, rota_frame
from planner.study.rota_edits import Marks

if TYPE_CHECKING:
    from planner.people import Team
    from planner.rota import PayTerms

FOLDER, ROTA, RECORD = "published", "rota.csv", "published.json"


@dataclass(frozen=True)
class Published:
    """A published rota.

    Attributes
    ----------
    version: 1 for the first of its stage, one more with every publication.
    at: when, in UTC. by: the random name of who did it. job: plan that it came from. shifts: how many.
    first_day, days: its period.
    """

    version: int
    at: str
    by: str
    job: str
    shifts: int
    first_day: str
    days: int


def published_folder(folder: Path, stage: str) -> Path:
    """Where the published rota of a stage is kept.

    Parameters
    ----------
    folder: of the workspace. stage: name of its file.
    """
    return folder / FOLDER / Path(stage).stem


def read_published(folder: Path) -> Published | None:
    """What was published last; None if nothing was, or if it cannot be read."""
    try:
        return Published(**json.loads((folder / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def publish_rota(
    folder: Path, rota: Rota, team: Team, terms: PayTerms | None, by: str, job: str, at: datetime
) -> Published:
    """Keep a rota as the one that people know; the versions before it stay beside it.

    Parameters
    ----------
    folder: of the stage's published rota. terms: what an hour costs. by, job, at: who, from which plan, when.

    Raises
    ------
    InputError: when it cannot be written.
    """
    before = read_published(folder)
    version = 1 if before is None else before.version + 1
    found = Published(
        version,
        at.astimezone(UTC).isoformat(timespec="seconds"),
        by,
        job,
        len(rota.shifts),
        rota.first_day.isoformat(),
        rota.days,
    )
    frame = rota_frame(rota, team, terms, version).assign(status="published")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if before is not None and (folder / ROTA).exists():
            os.replace(folder / ROTA, folder / f"rota-{before.version}.csv")
        write_atomic(folder / ROTA, csv_text(frame))
        write_atomic(folder / RECORD, json.dumps(asdict(found), indent=1))
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise InputError(Message("files.not_written", {"folder": FOLDER, "why": why})) from problem
    return found


def changes_since(published: Rota, shown: Rota) -> int:
    """How many shifts are not as published."""
    return len(changes(published, shown))


def with_changes(marks: Marks, published: Rota, shown: Rota) -> Marks:
    """Marks with what differs from the published rota as changed, too."""
    cells = {(change.agent, change.day) for change in changes(published, shown)}
    return Marks(marks.changed | frozenset(cells), marks.locked, marks.leave)
