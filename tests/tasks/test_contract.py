"""What every executor must do, whatever carries the jobs out."""

import json
import runpy
import time
from itertools import pairwise
from pathlib import Path

import pytest

from planner.tasks import InlineExecutor, JobState, LocalExecutor, Outcome, ask, kinds

MADE_UP = runpy.run_path(str(Path(__file__).with_name("slow_worker.py")))["MADE_UP"]


@pytest.fixture(params=["processes", "threads"])
def start(request, bench, monkeypatch):
    """Start workers of one sort or the other."""
    started = []
    monkeypatch.setattr(kinds, "KINDS", kinds.KINDS)
    for kind, function in MADE_UP.items():
        monkeypatch.setitem(kinds.KINDS, kind, function)

    def begin(workers=1):
        if request.param == "processes":
            bench.start(workers)
        else:
            executor = InlineExecutor(bench.store, workers)
            executor.start()
            started.append(executor)

    yield begin
    for job in bench.store.queue():
        bench.store.cancel(job.id)
    for executor in started:
        executor.stop()


def test_jobs_end_with_files_or_sentences(bench, start):
    start()
    done, refused = bench.submit(key="a"), bench.submit("refuse", key="b")
    assert bench.ended(done).outcome is Outcome.WHOLE
    assert int(bench.said(done, "ticks.txt")) > 0
    assert bench.ended(refused).errors == ("nobody speaks Latin",)


def test_stopping_keeps_the_best(bench, start):
    start()
    job = bench.submit(seconds=60)
    bench.running(job)
    bench.store.cancel(job.id)
    assert bench.ended(job).outcome is Outcome.STOPPED
    assert int(bench.said(job, "ticks.txt")) > 0


def test_an_unknown_kind_is_refused_in_words(bench, start):
    start()
    assert "is nothing that is worked out" in bench.ended(bench.submit("dream")).errors[0]


def test_what_was_asked_is_worked_out_though_the_file_changes(bench, start, tmp_path):
    file = tmp_path / "scenario.yaml"
    file.write_text("as it was", encoding="utf-8")
    job = ask(bench.store, "read", {"scenario": str(file)}, owner="me")
    file.write_text("another", encoding="utf-8")
    start()
    bench.ended(job)
    assert bench.said(job, "read.txt") == "as it was"


def test_cells_are_done_side_by_side_and_gathered(bench, start):
    start(2)
    job = bench.submit("many", seconds=1.0, cells=3)
    seen = set()
    both = False
    while (now := bench.store.get(job.id)).state.live:
        seen.add((now.progress.get("phase"), now.progress.get("done"), now.cells))
        both = both or sum(cell.state is JobState.RUNNING for cell in bench.store.cells(job.id)) == 2
        time.sleep(0.03)
    assert now.outcome is Outcome.WHOLE
    assert json.loads(bench.said(job, "sum.json"))["done"] == 3
    assert both
    assert ("cells", 1, 3) in seen or ("cells", 2, 3) in seen


def test_one_worker_is_enough_for_a_job_with_cells(bench, start):
    start(1)
    job = bench.submit("many", seconds=0.1, cells=4)
    assert bench.ended(job).outcome is Outcome.WHOLE
    assert json.loads(bench.said(job, "sum.json"))["done"] == 4


def test_a_stopped_job_keeps_the_cells_that_are_done(bench, start):
    start(1)
    job = bench.submit("many", seconds=0.6, cells=30)
    cells = bench.store.cells
    while not any(cell.state is JobState.DONE for cell in cells(job.id)):
        time.sleep(0.02)
    asked = time.monotonic()
    bench.store.cancel(job.id)
    assert bench.ended(job).outcome is Outcome.STOPPED
    assert time.monotonic() - asked < 3.0
    found = json.loads(bench.said(job, "sum.json"))
    assert 1 <= found["done"] < found["of"] == 30
    ends = {cell.outcome for cell in cells(job.id)}
    assert ends == {Outcome.WHOLE, Outcome.STOPPED, Outcome.CANCELLED}


def test_a_person_is_served_before_the_rest_of_a_sweep(bench, start):
    start(1)
    sweep = bench.submit("many", key="a", seconds=0.4, cells=6)
    while not any(cell.state is JobState.RUNNING for cell in bench.store.cells(sweep.id)):
        time.sleep(0.02)
    person = bench.submit(key="b", seconds=0.1)
    done = bench.ended(person)
    cells = bench.store.cells(sweep.id)
    assert sum(cell.started is not None and cell.started < done.started for cell in cells) <= 1
    bench.store.cancel(sweep.id)
    bench.ended(sweep)


def test_jobs_begin_in_their_order(bench, start):
    jobs = [bench.submit(key=f"k{n}", seconds=0.05) for n in range(4)]
    start(1)
    began = [bench.ended(job).started for job in jobs]
    assert all(one < other for one, other in pairwise(began))


def test_executors_are_named_as_the_interface_says():
    for sort in (LocalExecutor, InlineExecutor):
        assert callable(sort.start)
        assert callable(sort.stop)
