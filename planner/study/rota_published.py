"""The rota that people have been told: kept beside a workspace, with who told it and when."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message
from planner.rota import Rota, changes, rota_frame
from planner.study.export.entries import continued
from planner.study.export.manifest import MANIFEST_FILE, Manifest, read_manifest
from planner.study.rota_edits import Marks
from planner.study.tables import csv_text

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
    return _record(folder / RECORD)


def _record(path: Path) -> Published | None:
    try:
        return Published(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@dataclass(frozen=True)
class Told:
    """One version of a rota that people were told.

    Attributes
    ----------
    version: 1 for the first. path: its file. at: when it was published, UTC; None: not known.
    """

    version: int
    path: Path
    at: datetime | None


def told_versions(folder: Path) -> tuple[Told, ...]:
    """Every published version of a rota that is kept, the one that counts first.

    Parameters
    ----------
    folder: of the stage's published rota.
    """
    last = read_published(folder)
    if last is None:
        return ()
    older = ((each, _kept(folder / ROTA, each)) for each in range(last.version - 1, 0, -1))
    found = [(last.version, folder / ROTA, last)]
    found += [(each, path, _record(_kept(folder / RECORD, each)) or last) for each, path in older]
    return tuple(
        Told(version, path, _moment(record) if record.version == version else None)
        for version, path, record in found
        if path.exists()
    )


def _moment(record: Published) -> datetime | None:
    """When something was published; None where its record does not say an instant."""
    try:
        at = datetime.fromisoformat(record.at)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def publish_rota(
    folder: Path, rota: Rota, team: Team, terms: PayTerms | None, by: str, job: str, at: datetime
) -> Published:
    """Keep a rota as the one that people know; the versions before it stay beside it.

    With it goes ``calendars.json``: what this publication tells people's calendars, after what those before
    told them. The record is written last: until then the publication before counts, and its files are kept.

    Parameters
    ----------
    folder: of the stage's published rota. terms: what an hour costs. by, job, at: who, from which plan, when.

    Raises
    ------
    InputError: when it cannot be written, or when what calendars were told cannot be read.
    """
    before = read_published(folder)
    version = 1 if before is None else before.version + 1
    calendars = continued(_own(rota), team, published_calendars(folder), version, told=True)
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
        if before is not None:
            _keep(folder, before)
        write_atomic(folder / MANIFEST_FILE, calendars.text)
        write_atomic(folder / ROTA, csv_text(ROTA, frame))
        write_atomic(folder / RECORD, json.dumps(asdict(found), indent=1))
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise InputError(Message("files.not_written", {"folder": FOLDER, "why": why})) from problem
    return found


def published_calendars(folder: Path) -> Manifest | None:
    """What people's calendars were told by the publication that counts; None if by none.

    Parameters
    ----------
    folder: of the stage's published rota.

    Raises
    ------
    InputError: when it cannot be read.
    """
    told, last = read_published(folder), read_manifest(folder / MANIFEST_FILE)
    if told is None or last is None or last.rota_version == told.version:
        return last
    # The publication after it was cut off.
    return read_manifest(_kept(folder / MANIFEST_FILE, told.version)) or last


def _keep(folder: Path, before: Published) -> None:
    """Copy the files of the version before; after a publication that was cut off the copies are there."""
    last = read_manifest(folder / MANIFEST_FILE)
    if last is not None and last.rota_version != before.version:
        return
    for path in (folder / ROTA, folder / MANIFEST_FILE, folder / RECORD):
        if path.exists():
            write_atomic(_kept(path, before.version), path.read_bytes())


def _kept(path: Path, version: int) -> Path:
    return path.with_name(f"{path.stem}-{version}{path.suffix}")


def _own(rota: Rota) -> Rota:
    """A rota without what the period before left to it."""
    return replace(rota, shifts=tuple(shift for shift in rota.shifts if shift.status != "carried"))


def told_otherwise(folder: Path, solved: Path) -> int | None:
    """The version that people were told, if its shifts are not those of a rota as it was solved.

    Parameters
    ----------
    folder: of the published rota of a stage. solved: ``rota.csv`` of a plan.
    """
    told = read_published(folder)
    try:
        same = told is None or _duties(folder / ROTA) == _duties(solved)
    except (OSError, ValueError, KeyError, csv.Error):
        return None
    return None if told is None or same else told.version


def _duties(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source)
        return sorted(tuple(row[name] for name in ("agent", "start_utc", "end_utc", "shift")) for row in rows)


def changes_since(published: Rota, shown: Rota) -> int:
    """How many shifts are not as published."""
    return len(changes(published, shown))


def with_changes(marks: Marks, published: Rota, shown: Rota) -> Marks:
    """Marks with what differs from the published rota as changed, too."""
    cells = {(change.agent, change.day) for change in changes(published, shown)}
    return Marks(marks.changed | frozenset(cells), marks.locked, marks.leave)
