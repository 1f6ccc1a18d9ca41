"""Changes of the queue, each inside a transaction of the store."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from typing import Any

from planner._errors import TaskError
from planner._messages import Message
from planner.tasks.job import Inputs
from planner.tasks.rows import CLAIMABLE, LIVE, ORDER, text_of

MOST_WAITING = 20
MOST_ATTEMPTS = 3
CANCELLED = "state='failed', finished=?, errors='[]', progress='{\"phase\": \"cancelled\"}'"


def refuse_too_many(db: sqlite3.Connection, owner: str) -> None:
    """One job under way for each owner, and so many that wait in all; TaskError beyond."""
    live = f"SELECT count(*) FROM jobs JOIN owners ON job=id WHERE {LIVE} AND cancel=0 AND parent IS NULL "
    if db.execute(live + "AND gone=0 AND owners.owner=?", (owner,)).fetchone()[0]:
        raise TaskError(Message("tasks.one_each"))
    counted = "SELECT count(*) FROM jobs WHERE state='queued' AND begun=0 AND parent IS NULL"
    waiting = db.execute(counted).fetchone()[0]
    if waiting >= MOST_WAITING:
        raise TaskError(Message("tasks.queue_full", {"waiting": waiting, "most": MOST_WAITING}))


def insert(
    db: sqlite3.Connection,
    job: tuple[str, str, str, str, str],
    inputs: Inputs,
    cell: tuple[str | None, int, int] = (None, 0, 0),
) -> None:
    """Queue a job: id, kind, key, owner, payload; of a cell its parent, number and priority."""
    db.execute(
        "INSERT INTO jobs (id, kind, key, owner, payload, state, created, inputs, parent, number, priority) "
        "VALUES (?,?,?,?,?,'queued',?,?,?,?,?)",
        (*job, time.time(), text_of(inputs), *cell),
    )


def begin_next(db: sqlite3.Connection, worker: str, lease_seconds: float) -> str | None:
    """Give a worker the next job that waits or whose worker was lost; its id."""
    now = time.time()
    lost = json.dumps([str(Message("tasks.worker_lost", {"attempts": MOST_ATTEMPTS}))])
    db.execute(
        "UPDATE jobs SET state='failed', finished=?, errors=? "
        "WHERE state='running' AND lease<? AND attempts>=?",
        (now, lost, now, MOST_ATTEMPTS),
    )
    # One that was begun has something to keep: it is claimed again, and ends at once.
    never = "WHERE state='queued' AND cancel=1 AND begun=0"
    db.execute(f"UPDATE jobs SET {CANCELLED} {never}", (now,))
    rows = db.execute(
        "UPDATE jobs SET state='running', worker=?, lease=?, started=coalesce(started, ?), "
        "attempts=attempts+1, begun=begun+1 "
        "WHERE id=(SELECT id FROM jobs WHERE (state='queued' OR (state='running' AND lease<?)) "
        f"AND {CLAIMABLE} ORDER BY {ORDER} LIMIT 1) RETURNING id",
        (worker, now + lease_seconds, now, now),
    ).fetchall()
    return str(rows[0]["id"]) if rows else None


def still_wanted(db: sqlite3.Connection, job: str, owner: str) -> bool:
    """Take an owner's wish back; whether somebody else still wants the job.

    Somebody who has the link alone may stop the job of one person, not of several.
    """
    asked = db.execute("UPDATE owners SET gone=1 WHERE job=? AND owner=?", (job, owner)).rowcount
    others = "SELECT count(*) FROM owners WHERE job=? AND gone=0"
    return bool(db.execute(others, (job,)).fetchone()[0] > (0 if asked else 1))


def end(db: sqlite3.Connection, job: str) -> None:
    """Ask for the end of a job and its cells; those that were never begun end at once."""
    family = f"(id=? OR parent=?) AND {LIVE}"
    db.execute(f"UPDATE jobs SET cancel=1 WHERE {family}", (job, job))
    never = f"{family} AND state='queued' AND begun=0"
    db.execute(f"UPDATE jobs SET {CANCELLED} WHERE {never}", (time.time(), job, job))


def plain(payload: Mapping[str, Any]) -> str:
    """A payload as it stands in a row."""
    return json.dumps(dict(payload), sort_keys=True)
