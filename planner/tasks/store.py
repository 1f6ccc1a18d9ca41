"""The job table: one SQLite file and one folder a job; the record survives any process.

Claiming is one ``UPDATE ... RETURNING`` under ``BEGIN IMMEDIATE``, so two workers never take the same job;
a lease that is not renewed gives the job back.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from planner._errors import TaskError
from planner._messages import Message
from planner.tasks.files import JobFiles, disk
from planner.tasks.job import CurvePoint, Inputs, Job
from planner.tasks.queueing import CANCELLED, begin_next, end, insert, plain, refuse_too_many, still_wanted
from planner.tasks.rows import LIVE, ORDER, inputs_of, job_of, jobs_of, usual_seconds
from planner.tasks.table import changing, opened, prepare
from planner.tasks.tidying import Limits, tidy

LEASE_SECONDS = 8.0
MOST_CELLS = 200
CELL_PRIORITY = 10
"""Cells come after everything that a person waits for alone."""
_ID = re.compile(r"^[a-z0-9]{8,32}$")
_MINE = "id=? AND worker=? AND state='running'"


class Store:
    """All jobs of one folder; any number of processes may open it.

    Parameters
    ----------
    folder: is made if it is not there.
    lease_seconds: how long a worker may be silent before its job is given to another.
    limits: when finished jobs are forgotten.

    Raises
    ------
    TaskError: when the folder cannot be used, with what to do.

    Examples
    --------
    >>> import tempfile
    >>> store = Store(tempfile.mkdtemp())
    >>> job = store.submit("plan", {"scenario": "a.yaml"}, key="k", owner="me")
    >>> job.state, store.submit("plan", {"scenario": "a.yaml"}, key="k", owner="you").id == job.id
    (<JobState.QUEUED: 'queued'>, True)
    """

    def __init__(
        self, folder: Path | str, lease_seconds: float = LEASE_SECONDS, limits: Limits | None = None
    ) -> None:
        self.folder = Path(folder)
        self.lease_seconds = lease_seconds
        self.limits = limits or Limits()
        self._files = JobFiles(self.folder)
        self._file = self.folder / "jobs.sqlite"
        self.journal = prepare(self._file)

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._file)

    def _change(self) -> AbstractContextManager[sqlite3.Connection]:
        return changing(self._file)

    @property
    def notices(self) -> tuple[Message, ...]:
        """What an administrator should know of the disk."""
        if self.journal == "wal":
            return ()
        return (Message("tasks.no_wal", {"folder": str(self.folder), "mode": self.journal}),)

    def job_folder(self, job: str) -> Path:
        """Where a job keeps its files; an id never leaves the store."""
        if not _ID.match(job):
            raise TaskError(Message("tasks.unknown_job", {"job": job[:40]}))
        return self._files.jobs / job

    def keep_input(self, path: Path) -> str:
        """Keep a file's content for jobs to read; returns its SHA-256."""
        return self._files.keep_input(path)

    def lay_out(self, inputs: Inputs, folder: Path) -> None:
        """Put the files that a job reads into a folder; TaskError when one is gone."""
        self._files.lay_out(inputs, folder)

    def submit(
        self, kind: str, payload: Mapping[str, Any], *, key: str, owner: str, inputs: Inputs | None = None
    ) -> Job:
        """Queue a job, or join the live or finished one with the same key.

        Who joins owns the job as well: it ends early only when nobody wants it any more.

        Raises TaskError when the owner has another job under way, or the queue is full.
        """
        with self._change() as db:
            same = db.execute(
                "SELECT id FROM jobs WHERE key=? AND state IN ('queued','running','done') AND cancel=0 "
                "ORDER BY created DESC LIMIT 1",
                (key,),
            ).fetchone()
            if same:
                job = str(same["id"])
            else:
                refuse_too_many(db, owner)
                job = secrets.token_hex(8)
                insert(db, (job, kind, key, owner, plain(payload)), inputs or Inputs())
            # Who took a wish back and asks again is the last who asked.
            db.execute(
                "INSERT INTO owners (job, owner, asked) VALUES (?,?,?) "
                "ON CONFLICT (job, owner) DO UPDATE SET gone=0",
                (job, owner, time.time()),
            )
            return job_of(db, job)

    def find(self, key: str) -> Job | None:
        """The newest job with a key, whatever became of it; None if there is none."""
        with self._open() as db:
            found = "SELECT id FROM jobs WHERE key=? ORDER BY created DESC, rowid DESC LIMIT 1"
            row = db.execute(found, (key,)).fetchone()
            return job_of(db, row["id"]) if row else None

    def get(self, job: str) -> Job:
        """A job by its id; TaskError if there is none."""
        with self._open() as db:
            return job_of(db, job)

    def usual_seconds(self, kind: str) -> float | None:
        """About how long a job of a kind takes, as its last ones did; None: there was none yet."""
        with self._open() as db:
            return usual_seconds(db, kind)

    def of_owner(self, owner: str) -> tuple[Job, ...]:
        """An owner's jobs, newest first; also those joined."""
        with self._open() as db:
            mine = "SELECT id FROM jobs JOIN owners ON job=id WHERE owners.owner=? AND gone=0 "
            rows = db.execute(mine + "ORDER BY created DESC, jobs.rowid DESC", (owner,)).fetchall()
            return jobs_of(db, rows)

    def queue(self) -> tuple[Job, ...]:
        """All live jobs of people: those at work, then those that wait, in their order."""
        with self._open() as db:
            live = f"SELECT id FROM jobs WHERE {LIVE} AND parent IS NULL ORDER BY state='queued', {ORDER}"
            return jobs_of(db, db.execute(live).fetchall())

    def cells(self, job: str) -> tuple[Job, ...]:
        """The cells of a job, in their order."""
        with self._open() as db:
            return jobs_of(db, db.execute("SELECT id FROM jobs WHERE parent=? ORDER BY number", (job,)))

    def claim(self, worker: str) -> Job | None:
        """Take the next job that waits or whose worker was lost; None if there is none."""
        with self._change() as db:
            job = begin_next(db, worker, self.lease_seconds)
            return job_of(db, job) if job else None

    def renew(
        self,
        job: str,
        worker: str,
        progress: Mapping[str, Any] | None = None,
        curve: Sequence[CurvePoint] | None = None,
    ) -> bool:
        """Renew the lease and say where the work stands; False when the job is no longer this worker's."""
        said = None if progress is None else json.dumps(dict(progress))
        drawn = None if curve is None else json.dumps(list(curve))
        with self._change() as db:
            done = db.execute(
                "UPDATE jobs SET lease=?, progress=coalesce(?, progress), curve=coalesce(?, curve) "
                f"WHERE {_MINE}",
                (time.time() + self.lease_seconds, said, drawn, job, worker),
            )
            return done.rowcount == 1

    def part(self, job: str, worker: str, kind: str, payloads: Sequence[Mapping[str, Any]]) -> bool:
        """Part a job into cells that any worker takes; it is claimed again when the last of them has ended.

        So no worker waits for others. Cells read what the job reads. One that was stopped meanwhile ends.

        Raises
        ------
        TaskError: when there are too many.
        """
        if len(payloads) > MOST_CELLS:
            values = {"cells": len(payloads), "most": MOST_CELLS}
            raise TaskError(Message("tasks.too_many_cells", values))
        with self._change() as db:
            row = db.execute(f"SELECT * FROM jobs WHERE {_MINE}", (job, worker)).fetchone()
            if row is None:
                return False
            if row["cancel"] or not payloads:
                db.execute(f"UPDATE jobs SET {CANCELLED} WHERE id=?", (time.time(), job))
                return True
            for number, payload in enumerate(payloads, start=1):
                cell = secrets.token_hex(8), kind, f"{job}/{number}", row["owner"], plain(payload)
                insert(db, cell, inputs_of(row), (job, number, CELL_PRIORITY))
            waits = "state='queued', worker=NULL, lease=NULL, attempts=0"
            db.execute(f"UPDATE jobs SET {waits} WHERE id=?", (job,))
            return True

    @contextmanager
    def scratch(self, job: str, worker: str) -> Iterator[Path]:
        """A folder to work in, on the disk of the store, gone afterwards."""
        self.job_folder(job)  # the id is checked before it names anything
        folder = self._files.scratch / f"{job}-{worker}"
        with disk(self.folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, job: str, name: str, text: str) -> None:
        """Show something of a job that is still under way."""
        self._files.put(self.job_folder(job), name, text)

    def take(self, job: str, worker: str, folder: Path) -> bool:
        """Take over what a worker has made; False, and nothing is taken, when the job is another's."""
        with self._change() as db:  # nobody else can claim it while its files move
            if db.execute(f"SELECT 1 FROM jobs WHERE {_MINE}", (job, worker)).fetchone() is None:
                return False
            self._files.take(job, folder)
            return True

    def finish(self, job: str, worker: str, errors: tuple[str, ...] = (), cancelled: bool = False) -> bool:
        """Close a job as done, or failed with sentences; False when it is no longer this worker's.

        Parameters
        ----------
        cancelled: it was stopped, and has nothing to keep.
        """
        now = time.time()
        with self._change() as db:
            if cancelled and not errors:
                return (
                    db.execute(f"UPDATE jobs SET {CANCELLED} WHERE {_MINE}", (now, job, worker)).rowcount == 1
                )
            done = db.execute(
                f"UPDATE jobs SET state=?, finished=?, errors=? WHERE {_MINE}",
                ("failed" if errors else "done", now, json.dumps(list(errors)), job, worker),
            )
            return done.rowcount == 1

    def release(self, worker: str) -> None:
        """Give a worker's jobs back at once, as if they had not been begun; for an orderly end."""
        with self._change() as db:
            back = "state='queued', worker=NULL, attempts=attempts-1"
            db.execute(f"UPDATE jobs SET {back} WHERE worker=? AND state='running'", (worker,))

    def lost(self, worker: str) -> None:
        """Give back what a worker had that is known to be dead: nobody waits for its lease."""
        with self._change() as db:
            db.execute("UPDATE jobs SET lease=0 WHERE worker=? AND state='running'", (worker,))

    def cancel(self, job: str, owner: str | None = None) -> bool:
        """Ask for the end of a job and its cells; those at work keep the best answer so far.

        Parameters
        ----------
        owner: who takes the wish back; a job that somebody else has asked for as well goes on for them.
            None: for everybody.

        Returns
        -------
        False when the job goes on.
        """
        with self._change() as db:
            if owner is not None and still_wanted(db, job, owner):
                return False
            end(db, job)
            return True

    def cancelled(self, job: str) -> bool:
        """Whether somebody asked for the end of the job."""
        with self._open() as db:
            row = db.execute("SELECT cancel FROM jobs WHERE id=?", (job,)).fetchone()
            return row is None or bool(row["cancel"])

    def tidy(self) -> None:
        """Forget old jobs and what nobody needs any more; see ``Limits``."""
        tidy(self._change, self._files, self.limits)
