"""The job table: one SQLite file and one folder a job; the record survives any process.

Claiming is one ``UPDATE ... RETURNING`` under ``BEGIN IMMEDIATE``, so two workers never take the same job;
a lease that is not renewed gives the job back.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from planner._errors import TaskError
from planner._messages import Message

LEASE_SECONDS = 8.0
MOST_WAITING = 20
MOST_ATTEMPTS = 3
_ID = re.compile(r"^[a-z0-9]{8,32}$")
_TABLE = """
CREATE TABLE IF NOT EXISTS jobs (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL,
  payload TEXT NOT NULL, progress TEXT NOT NULL DEFAULT '{}', errors TEXT NOT NULL DEFAULT '[]',
  created REAL NOT NULL, started REAL, finished REAL, lease REAL, worker TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, cancel INTEGER NOT NULL DEFAULT 0)
"""


class JobState(StrEnum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def live(self) -> bool:
        """Whether something may still change."""
        return self in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class Job:
    """One row of the job table.

    Attributes
    ----------
    kind: "plan", "rollout", "stress", "promise" or "publish"; payload: what the kind needs, plain data.
    key: same key, same inputs; such jobs are joined.
    progress: last sign of life, plain data; errors: sentences for people.
    place: jobs before it in the queue, 0 for the next; None unless queued.
    """

    id: str
    kind: str
    key: str
    owner: str
    state: JobState
    payload: Mapping[str, Any]
    progress: Mapping[str, Any]
    errors: tuple[str, ...]
    created: float
    finished: float | None
    attempts: int
    cancel: bool
    place: int | None = None


class Store:
    """All jobs of one folder; any number of processes may open it.

    Parameters
    ----------
    folder: is made if it is not there.
    lease_seconds: how long a worker may be silent before its job is given to another.

    Examples
    --------
    >>> import tempfile
    >>> store = Store(tempfile.mkdtemp())
    >>> job = store.submit("plan", {"scenario": "a.yaml"}, key="k", owner="me")
    >>> job.state, store.submit("plan", {"scenario": "a.yaml"}, key="k", owner="you").id == job.id
    (<JobState.QUEUED: 'queued'>, True)
    """

    def __init__(self, folder: Path | str, lease_seconds: float = LEASE_SECONDS) -> None:
        self.folder = Path(folder)
        self.lease_seconds = lease_seconds
        (self.folder / "jobs").mkdir(parents=True, exist_ok=True)
        with self._open() as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute(_TABLE)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.folder / "jobs.sqlite", timeout=10.0, isolation_level=None)
        db.row_factory = sqlite3.Row
        try:
            yield db
        finally:
            db.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def job_folder(self, job: str) -> Path:
        """Where a job keeps its files; an id never leaves the store."""
        if not _ID.match(job):
            raise TaskError(Message("tasks.unknown_job", {"job": job[:40]}))
        return self.folder / "jobs" / job

    def submit(self, kind: str, payload: Mapping[str, Any], *, key: str, owner: str) -> Job:
        """Queue a job, or join the live or finished one with the same key.

        Raises TaskError when the owner has another job under way, or the queue is full.
        """
        with self._change() as db:
            same = db.execute(
                "SELECT id FROM jobs WHERE key=? AND state IN ('queued','running','done') AND cancel=0 "
                "ORDER BY created DESC LIMIT 1",
                (key,),
            ).fetchone()
            if same:
                return self._job(db, same["id"])
            self._refuse_too_many(db, owner)
            job = secrets.token_hex(8)
            db.execute(
                "INSERT INTO jobs (id, kind, key, owner, state, payload, created) "
                "VALUES (?,?,?,?,'queued',?,?)",
                (job, kind, key, owner, json.dumps(dict(payload), sort_keys=True), time.time()),
            )
            return self._job(db, job)

    def find(self, key: str) -> Job | None:
        """The newest job with a key, whatever became of it; None if there is none."""
        with self._open() as db:
            found = "SELECT id FROM jobs WHERE key=? ORDER BY created DESC, rowid DESC LIMIT 1"
            row = db.execute(found, (key,)).fetchone()
            return self._job(db, row["id"]) if row else None

    def _refuse_too_many(self, db: sqlite3.Connection, owner: str) -> None:
        live = "SELECT count(*) FROM jobs WHERE state IN ('queued','running') AND cancel=0"
        if db.execute(live + " AND owner=?", (owner,)).fetchone()[0]:
            raise TaskError(Message("tasks.one_each"))
        waiting = db.execute("SELECT count(*) FROM jobs WHERE state='queued'").fetchone()[0]
        if waiting >= MOST_WAITING:
            raise TaskError(Message("tasks.queue_full", {"waiting": waiting}))

    def get(self, job: str) -> Job:
        """A job by its id; TaskError if there is none."""
        with self._open() as db:
            return self._job(db, job)

    def of_owner(self, owner: str) -> tuple[Job, ...]:
        """An owner's jobs, newest first."""
        with self._open() as db:
            rows = db.execute("SELECT id FROM jobs WHERE owner=? ORDER BY created DESC", (owner,)).fetchall()
            return tuple(self._job(db, row["id"]) for row in rows)

    def _job(self, db: sqlite3.Connection, job: str) -> Job:
        row = db.execute("SELECT * FROM jobs WHERE id=?", (job,)).fetchone()
        if row is None:
            raise TaskError(Message("tasks.unknown_job", {"job": job[:40]}))
        place = None
        if row["state"] == "queued":
            earlier = "SELECT count(*) FROM jobs WHERE state='queued' AND (created, id) < (?, ?)"
            place = int(db.execute(earlier, (row["created"], job)).fetchone()[0])
        return Job(
            id=row["id"],
            kind=row["kind"],
            key=row["key"],
            owner=row["owner"],
            state=JobState(row["state"]),
            payload=json.loads(row["payload"]),
            progress=json.loads(row["progress"]),
            errors=tuple(json.loads(row["errors"])),
            created=row["created"],
            finished=row["finished"],
            attempts=row["attempts"],
            cancel=bool(row["cancel"]),
            place=place,
        )

    def claim(self, worker: str) -> Job | None:
        """Take the oldest job that waits or whose worker was lost; None if there is none."""
        now = time.time()
        lost = json.dumps([str(Message("tasks.worker_lost", {"attempts": MOST_ATTEMPTS}))])
        with self._change() as db:
            db.execute(
                "UPDATE jobs SET state='failed', finished=?, errors=? "
                "WHERE state='running' AND lease<? AND attempts>=?",
                (now, lost, now, MOST_ATTEMPTS),
            )
            db.execute(
                "UPDATE jobs SET state='failed', finished=?, progress='{\"phase\": \"cancelled\"}' "
                "WHERE state='queued' AND cancel=1",
                (now,),
            )
            row = db.execute(
                "UPDATE jobs SET state='running', worker=?, lease=?, started=coalesce(started, ?), "
                "attempts=attempts+1 "
                "WHERE id=(SELECT id FROM jobs WHERE state='queued' OR (state='running' AND lease<?) "
                "ORDER BY created, id LIMIT 1) RETURNING id",
                (worker, now + self.lease_seconds, now, now),
            ).fetchall()
            return self._job(db, row[0]["id"]) if row else None

    def renew(self, job: str, worker: str, progress: Mapping[str, Any] | None = None) -> bool:
        """Renew the lease and say where the work stands; False when the job is no longer this worker's."""
        said = json.dumps(dict(progress)) if progress is not None else None
        with self._change() as db:
            done = db.execute(
                "UPDATE jobs SET lease=?, progress=coalesce(?, progress) "
                "WHERE id=? AND worker=? AND state='running'",
                (time.time() + self.lease_seconds, said, job, worker),
            )
            return done.rowcount == 1

    def finish(self, job: str, worker: str, errors: tuple[str, ...] = ()) -> bool:
        """Close a job as done, or failed with sentences; False when it is no longer this worker's."""
        state = "failed" if errors else "done"
        with self._change() as db:
            done = db.execute(
                "UPDATE jobs SET state=?, finished=?, errors=? WHERE id=? AND worker=? AND state='running'",
                (state, time.time(), json.dumps(list(errors)), job, worker),
            )
            return done.rowcount == 1

    def release(self, worker: str) -> None:
        """Give a worker's jobs back at once, as if they had not been begun; for an orderly end."""
        with self._change() as db:
            db.execute(
                "UPDATE jobs SET state='queued', worker=NULL, attempts=attempts-1 "
                "WHERE worker=? AND state='running'",
                (worker,),
            )

    def cancel(self, job: str) -> None:
        """Ask for the end of a job; a running one keeps the best answer so far."""
        with self._change() as db:
            db.execute("UPDATE jobs SET cancel=1 WHERE id=? AND state IN ('queued','running')", (job,))
            db.execute(
                "UPDATE jobs SET state='failed', finished=?, progress='{\"phase\": \"cancelled\"}' "
                "WHERE id=? AND state='queued'",
                (time.time(), job),
            )

    def cancelled(self, job: str) -> bool:
        """Whether somebody asked for the end of the job."""
        with self._open() as db:
            row = db.execute("SELECT cancel FROM jobs WHERE id=?", (job,)).fetchone()
            return row is None or bool(row["cancel"])
