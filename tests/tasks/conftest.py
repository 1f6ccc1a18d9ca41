"""Stores, and workers of jobs that are made up."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

import pytest

from planner.tasks import JobState, LocalExecutor, Store

PROGRAM = (sys.executable, str(Path(__file__).with_name("slow_worker.py")))
LEASE_SECONDS = 1.5


class Bench:
    """A store and what tests do with its jobs."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder, lease_seconds=LEASE_SECONDS)
        self.started: list[LocalExecutor] = []

    def start(self, workers=1):
        """Worker processes."""
        executor = LocalExecutor(self.store, workers, PROGRAM)
        executor.start()
        self.started.append(executor)
        return executor

    def submit(self, kind="count", key="k", owner="", **payload):
        given = {"seconds": 0.3, **payload}
        return self.store.submit(kind, given, key=key, owner=owner or key)

    def ended(self, job, seconds=25.0):
        return wait_for(lambda: not (now := self.store.get(job.id)).state.live and now, seconds)

    def running(self, job):
        return wait_for(lambda: self.store.get(job.id).progress.get("phase") == "improving" and job)

    def said(self, job, name):
        return (self.store.job_folder(job.id) / name).read_text(encoding="utf-8")

    def worker_of(self, job):
        """Process id of the worker that has a job; its name stands in its command line."""
        with self.store._open() as db:
            name = db.execute("SELECT worker FROM jobs WHERE id=?", (job.id,)).fetchone()[0]
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if name.encode() in entry.read_bytes().split(b"\0"):
                    return int(entry.parent.name)
        raise AssertionError(f"no worker {name}")


def wait_for(what, seconds=25.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] == "Z"


@pytest.fixture
def bench(tmp_path):
    """A store whose lost jobs come back soon, and its workers."""
    made = Bench(tmp_path / "store")
    yield made
    for executor in made.started:
        executor.stop()
    assert all(job.state in JobState for job in made.store.queue())
