import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.tasks import JobState, LocalExecutor, Outcome, usual_workers

PROGRAM = (sys.executable, str(Path(__file__).with_name("slow_worker.py")))
LEASE_SECONDS = 1.5


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


def test_a_job_runs_in_another_process_and_says_where_it_stands(bench):
    bench.start()
    job = bench.submit(seconds=1.0)
    bench.running(job)
    assert bench.store.get(job.id).progress["cost"] < 1000
    assert bench.worker_of(job) != os.getpid()
    found = bench.ended(job)
    assert found.outcome is Outcome.WHOLE
    assert int(bench.said(job, "ticks.txt")) > 3
    costs = [point.cost for point in found.curve]
    assert costs == sorted(costs, reverse=True)
    assert len(costs) >= 2
    assert {point.bound for point in found.curve} == {500.0}
    assert found.progress["gap"] == pytest.approx(1 - 500 / found.progress["cost"], abs=1e-5)


def test_mistakes_and_failures_come_back_as_sentences(bench):
    bench.start()
    mistake, failure, full = (bench.submit(kind, key=kind) for kind in ("refuse", "stumble", "fill"))
    assert bench.ended(mistake).errors == ("nobody speaks Latin",)
    found = bench.ended(failure)
    assert found.outcome is Outcome.FAILED
    assert "an error of ours (ZeroDivisionError)" in found.errors[0]
    assert "secret" not in found.errors[0]
    assert "No space left on device" in bench.ended(full).errors[0]


def test_stopping_keeps_the_best_so_far(bench):
    bench.start()
    job = bench.submit(seconds=60)
    bench.running(job)
    asked = time.monotonic()
    assert bench.store.cancel(job.id)
    assert bench.ended(job).outcome is Outcome.STOPPED
    assert time.monotonic() - asked < 2.0
    assert int(bench.said(job, "ticks.txt")) > 0


def test_a_killed_worker_is_replaced_and_its_job_goes_on_from_the_best(bench):
    bench.start()
    job = bench.submit(seconds=2.0)
    bench.running(job)
    wait_for(lambda: (bench.store.job_folder(job.id) / "best-1.csv").exists())
    first = bench.worker_of(job)
    os.kill(first, signal.SIGKILL)
    again = wait_for(lambda: (now := bench.store.get(job.id)).progress.get("again") and now)
    assert again.progress["again"] == "begun again from the best rota so far, attempt 2"
    assert bench.worker_of(job) != first
    found = bench.ended(job)
    assert (found.state, found.attempts, found.begun) == (JobState.DONE, 2, 2)
    assert int(bench.said(job, "first.txt")) >= 10


def test_a_job_that_kills_its_workers_is_given_up_and_others_go_on(bench):
    bench.start()
    deadly, other = bench.submit("die", key="a"), bench.submit(key="b")
    found = bench.ended(deadly)
    assert found.outcome is Outcome.FAILED
    assert found.attempts == 3
    assert found.errors == ("the solve was interrupted 3 times and given up; start it again",)
    assert bench.ended(other).state is JobState.DONE


def test_a_stuck_worker_loses_its_job_when_the_lease_runs_out(bench):
    bench.start(2)
    job = bench.submit(seconds=2.0)
    bench.running(job)
    first = bench.worker_of(job)
    os.kill(first, signal.SIGSTOP)
    try:
        wait_for(lambda: bench.store.get(job.id).begun == 2)
        assert bench.worker_of(job) != first
        found = bench.ended(job)
        assert (found.outcome, found.attempts) == (Outcome.WHOLE, 2)
        ticks = bench.said(job, "ticks.txt")
    finally:
        os.kill(first, signal.SIGCONT)
    time.sleep(1.0)
    assert bench.said(job, "ticks.txt") == ticks
    assert bench.store.get(job.id).state is JobState.DONE


def test_an_orderly_stop_gives_the_job_back_at_once(bench):
    first = bench.start()
    job = bench.submit(seconds=1.0)
    bench.running(job)
    worker = bench.worker_of(job)
    first.stop()
    assert gone(worker)
    assert bench.store.get(job.id).state is JobState.QUEUED
    bench.start()
    assert bench.ended(job).attempts == 1


def test_what_was_stopped_before_an_orderly_end_still_keeps_its_best(bench):
    first = bench.start()
    job = bench.submit(seconds=60)
    bench.running(job)
    first.stop()
    bench.store.cancel(job.id)
    assert bench.store.get(job.id).state is JobState.QUEUED
    bench.start()
    assert bench.ended(job).outcome is Outcome.STOPPED
    assert bench.said(job, "ticks.txt")


LAUNCHER = """
import sys, time
from planner.tasks import LocalExecutor, Store
LocalExecutor(Store(sys.argv[1], float(sys.argv[2])), workers=1, program=sys.argv[3:]).start()
print("started", flush=True)
time.sleep(600)
"""


def test_a_killed_launcher_takes_its_worker_with_it_and_the_next_one_goes_on(bench):
    command = [sys.executable, "-c", LAUNCHER, str(bench.store.folder), str(LEASE_SECONDS), *PROGRAM]
    launcher = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert launcher.stdout.readline() == b"started\n"
        job = bench.submit(seconds=2.0)
        bench.running(job)
        worker = bench.worker_of(job)
    finally:
        launcher.kill()
        launcher.wait()
        launcher.stdout.close()
    wait_for(lambda: gone(worker), seconds=5)
    assert bench.store.get(job.id).state is JobState.QUEUED
    bench.start()
    assert bench.ended(job).state is JobState.DONE


def test_a_program_that_cannot_start_does_not_block_the_end(bench):
    executor = LocalExecutor(bench.store, 1, (sys.executable, "-c", "raise SystemExit(3)"))
    executor.start()
    time.sleep(0.3)
    executor.stop()
    assert not any(thread.is_alive() for thread in executor._threads)


@pytest.mark.parametrize(("said", "expected"), [("3", 3), ("0", 1), ("", None), ("many", None)])
def test_workers_are_as_many_as_cores_unless_said(monkeypatch, said, expected):
    monkeypatch.setenv("PLANNER_WORKERS", said)
    assert usual_workers() == (expected or min(4, len(os.sched_getaffinity(0))))
