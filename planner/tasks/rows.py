"""Rows of the job table as jobs, with their place in the queue and how long that may take."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from planner._errors import TaskError
from planner._messages import Message
from planner.tasks.job import CurvePoint, Inputs, Job, JobState

LIVE = "state IN ('queued','running')"
CLAIMABLE = (
    "NOT EXISTS (SELECT 1 FROM jobs AS cell WHERE cell.parent=jobs.id AND cell.state IN ('queued','running'))"
)
ORDER = "priority, created, number, id"
CELLS = "cells"
MOST_POINTS = 200
_RECENT = 20


def job_of(db: sqlite3.Connection, job: str) -> Job:
    """A job by its id; TaskError if there is none."""
    row = db.execute("SELECT * FROM jobs WHERE id=?", (job,)).fetchone()
    if row is None:
        raise TaskError(Message("tasks.unknown_job", {"job": job[:40]}))
    cells = _cells(db, job)
    ended = sum(count for state, count in cells.items() if not JobState(state).live)
    state, progress = JobState(row["state"]), json.loads(row["progress"])
    whole = sum(cells.values())
    if state is JobState.QUEUED and ended < whole:
        # It waits for its cells, not for a worker: what they have done is what it has done.
        if set(cells) != {"queued"}:
            state = JobState.RUNNING
        progress = {"phase": CELLS, "stage": ended + 1, "stages": whole, "done": ended}
    place = wait = None
    if state is JobState.QUEUED:
        ahead = _ahead(db, row)
        place, wait = len(ahead), _wait(db, ahead)
    owners = "SELECT owner FROM owners WHERE job=? AND gone=0 ORDER BY asked, owner"
    return Job(
        id=row["id"],
        kind=row["kind"],
        key=row["key"],
        owner=row["owner"],
        state=state,
        payload=json.loads(row["payload"]),
        progress=progress,
        errors=tuple(json.loads(row["errors"])),
        created=row["created"],
        finished=row["finished"],
        attempts=row["attempts"],
        cancel=bool(row["cancel"]),
        place=place,
        started=row["started"],
        begun=row["begun"],
        owners=tuple(each["owner"] for each in db.execute(owners, (job,))),
        curve=tuple(CurvePoint(*point) for point in json.loads(row["curve"])),
        inputs=inputs_of(row),
        parent=row["parent"],
        cells=whole,
        cells_done=ended,
        wait_seconds=wait,
    )


def jobs_of(db: sqlite3.Connection, ids: Iterable[sqlite3.Row]) -> tuple[Job, ...]:
    """The jobs of rows that carry an id."""
    return tuple(job_of(db, row["id"]) for row in ids)


def text_of(inputs: Inputs) -> str:
    """Inputs as they stand in a row."""
    return json.dumps({"files": dict(inputs.files), "paths": dict(inputs.paths)}, sort_keys=True)


def inputs_of(row: sqlite3.Row) -> Inputs:
    """The files that the job of a row reads."""
    said = json.loads(row["inputs"])
    return Inputs(said.get("files", {}), said.get("paths", {}))


def thinned(curve: Sequence[CurvePoint], most: int = MOST_POINTS) -> list[CurvePoint]:
    """At most so many points: every other one is left out, never the first or the last.

    Examples
    --------
    >>> points = [CurvePoint(float(k), 1, 10.0 - k, None) for k in range(6)]
    >>> [int(point.seconds) for point in thinned(points, 5)]
    [0, 2, 4, 5]
    """
    kept = list(curve)
    while len(kept) > most:
        kept = [*kept[:-1:2], kept[-1]]
    return kept


def _cells(db: sqlite3.Connection, job: str) -> Mapping[str, int]:
    counted = "SELECT state, count(*) AS n FROM jobs WHERE parent=? GROUP BY state"
    return {row["state"]: int(row["n"]) for row in db.execute(counted, (job,))}


def _ahead(db: sqlite3.Connection, row: sqlite3.Row) -> list[str]:
    """Kinds of the jobs that are taken before this one."""
    earlier = (
        f"SELECT kind FROM jobs WHERE state='queued' AND {CLAIMABLE} "
        f"AND (priority, created, number, id) < (?, ?, ?, ?) ORDER BY {ORDER}"
    )
    here: tuple[Any, ...] = (row["priority"], row["created"], row["number"], row["id"])
    return [each["kind"] for each in db.execute(earlier, here)]


def _wait(db: sqlite3.Connection, ahead: Sequence[str]) -> float | None:
    """Seconds until those at work and those before are through, as the usual ones of their kinds were."""
    working = db.execute("SELECT kind, started FROM jobs WHERE state='running'").fetchall()
    usual = {kind: usual_seconds(db, kind) for kind in sorted({*ahead, *(row["kind"] for row in working)})}
    if any(seconds is None for seconds in usual.values()):
        return None
    now = time.time()
    left = [max(0.0, (usual[row["kind"]] or 0.0) - (now - (row["started"] or now))) for row in working]
    before = sum(usual[kind] or 0.0 for kind in ahead)
    return (min(left) if left else 0.0) + before / max(1, len(working))


def usual_seconds(db: sqlite3.Connection, kind: str) -> float | None:
    """How long the last jobs of a kind took, the middle one; None: there is none yet."""
    recent = "SELECT finished-started AS took FROM jobs WHERE kind=? AND state='done' AND cancel=0 "
    took = db.execute(recent + "AND started IS NOT NULL ORDER BY finished DESC LIMIT ?", (kind, _RECENT))
    seconds = [row["took"] for row in took]
    return median(seconds) if seconds else None
