import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.tasks import JobState, LocalExecutor, Store

PROGRAM = (sys.executable, str(Path(__file__).with_name("slow_worker.py")))
LEASE_SECONDS = 1.5


@pytest.fixture
def store(tmp_path):
    """A store whose lost jobs come back soon."""
    return Store(tmp_path / "store", lease_seconds=LEASE_SECONDS)


@pytest.fixture
def workers(store):
    """One worker process that counts."""
    executor = LocalExecutor(store, workers=1, program=PROGRAM)
    executor.start()
    yield executor
    executor.stop()


def submit(store, kind="count", seconds=0.3, key="k"):
    return store.submit(kind, {"seconds": seconds}, key=key, owner=key)


def wait_for(what, seconds=25.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.03)
    raise AssertionError("it did not happen in time")


def ended(store, job):
    return wait_for(lambda: (now := store.get(job.id)).state in (JobState.DONE, JobState.FAILED) and now)


def running(store, job):
    return wait_for(lambda: store.get(job.id).progress.get("phase") == "improving" and store.get(job.id))


def worker_of(store, job):
    """Process id of the worker that has a job; its name stands in its command line."""
    with store._open() as db:
        name = db.execute("SELECT worker FROM jobs WHERE id=?", (job.id,)).fetchone()[0]
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if name.encode() in entry.read_bytes().split(b"\0"):
                return int(entry.parent.name)
    raise AssertionError(f"no worker {name}")


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] == "Z"


def test_a_job_runs_in_another_process_and_says_where_it_stands(store, workers):
    job = submit(store, seconds=1.0)
    seen = running(store, job)
    assert seen.progress["cost"] < 100
    assert worker_of(store, job) != os.getpid()
    assert ended(store, job).state is JobState.DONE
    assert int((store.job_folder(job.id) / "ticks.txt").read_text()) > 3


def test_mistakes_and_failures_come_back_as_sentences(store, workers):
    mistake, failure = submit(store, "refuse", key="a"), submit(store, "stumble", key="b")
    assert ended(store, mistake).errors == ("nobody speaks Latin",)
    found = ended(store, failure)
    assert found.state is JobState.FAILED
    assert "an error of ours (ZeroDivisionError)" in found.errors[0]
    assert "secret" not in found.errors[0]


def test_stopping_keeps_the_best_so_far(store, workers):
    job = submit(store, seconds=60)
    running(store, job)
    asked = time.monotonic()
    store.cancel(job.id)
    assert ended(store, job).state is JobState.DONE
    assert time.monotonic() - asked < 3.0
    assert (store.job_folder(job.id) / "ticks.txt").exists()


def test_a_killed_worker_is_replaced_and_its_job_done_again(store, workers):
    job = submit(store, seconds=2.5)
    running(store, job)
    os.kill(worker_of(store, job), signal.SIGKILL)
    found = ended(store, job)
    assert (found.state, found.attempts) == (JobState.DONE, 2)


def test_an_orderly_stop_gives_the_job_back_at_once(store):
    first = LocalExecutor(store, program=PROGRAM)
    first.start()
    job = submit(store, seconds=1.0)
    running(store, job)
    worker = worker_of(store, job)
    first.stop()
    assert gone(worker)
    assert store.get(job.id).state is JobState.QUEUED
    second = LocalExecutor(store, program=PROGRAM)
    second.start()
    try:
        assert ended(store, job).attempts == 1
    finally:
        second.stop()


LAUNCHER = """
import sys, time
from planner.tasks import LocalExecutor, Store
LocalExecutor(Store(sys.argv[1], float(sys.argv[2])), program=sys.argv[3:]).start()
print("started", flush=True)
time.sleep(600)
"""


def test_a_killed_launcher_takes_its_worker_with_it_and_the_next_one_goes_on(store):
    command = [sys.executable, "-c", LAUNCHER, str(store.folder), str(LEASE_SECONDS), *PROGRAM]
    launcher = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert launcher.stdout.readline() == b"started\n"
        job = submit(store, seconds=2.0)
        running(store, job)
        worker = worker_of(store, job)
    finally:
        launcher.kill()
        launcher.wait()
        launcher.stdout.close()
    wait_for(lambda: gone(worker), seconds=5)
    assert store.get(job.id).state is JobState.QUEUED
    following = LocalExecutor(store, program=PROGRAM)
    following.start()
    try:
        assert ended(store, job).state is JobState.DONE
    finally:
        following.stop()


def test_a_program_that_cannot_start_does_not_block_the_end(store):
    executor = LocalExecutor(store, program=(sys.executable, "-c", "raise SystemExit(3)"))
    executor.start()
    time.sleep(0.3)
    executor.stop()
    assert not any(thread.is_alive() for thread in executor._threads)
