import multiprocessing
import time

import pytest

from planner._errors import TaskError
from planner.tasks import JobState, Store, queueing


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    return Store(tmp_path / "store")


def submit(store, key="k", owner="me"):
    return store.submit("plan", {"scenario": "x.yaml"}, key=key, owner=owner)


def test_oldest_job_is_claimed_first_and_once(store):
    first, second = submit(store, "a", "me"), submit(store, "b", "you")
    assert store.get(first.id).place == 0
    assert store.get(second.id).place == 1
    assert store.claim("w1").id == first.id
    assert store.claim("w2").id == second.id
    assert store.claim("w3") is None


def test_same_inputs_are_joined_while_live_and_when_done(store):
    job = submit(store)
    assert submit(store, owner="you").id == job.id
    store.claim("w")
    store.finish(job.id, "w")
    assert submit(store, owner="you").id == job.id


def test_failed_job_is_not_joined(store):
    job = submit(store)
    store.claim("w")
    store.finish(job.id, "w", errors=("no",))
    assert store.get(job.id).state is JobState.FAILED
    assert submit(store).id != job.id


def test_one_job_under_way_each(store):
    submit(store, "a")
    with pytest.raises(TaskError, match="one of your solves is under way"):
        submit(store, "b")


def test_full_queue_says_so(store, monkeypatch):
    monkeypatch.setattr(queueing, "MOST_WAITING", 2)
    submit(store, "a", "1")
    submit(store, "b", "2")
    with pytest.raises(TaskError, match="the queue is full"):
        submit(store, "c", "3")


def test_lost_worker_gives_the_job_back_then_gives_up(tmp_path):
    store = Store(tmp_path, lease_seconds=0.01)
    job = submit(store)
    for attempt in range(1, queueing.MOST_ATTEMPTS + 1):
        assert store.claim(f"w{attempt}").attempts == attempt
        time.sleep(0.02)
    assert store.claim("w9") is None
    assert "given up" in store.get(job.id).errors[0]


def test_a_worker_that_lost_its_job_cannot_close_it(tmp_path):
    store = Store(tmp_path, lease_seconds=0.01)
    job = submit(store)
    store.claim("slow")
    time.sleep(0.02)
    Store(tmp_path).claim("new")
    assert not store.renew(job.id, "slow", {"phase": "late"})
    assert not store.finish(job.id, "slow")
    assert store.finish(job.id, "new")


def test_a_released_job_waits_again_as_if_not_begun(store):
    job = submit(store)
    store.claim("w")
    store.release("w")
    assert store.get(job.id).state is JobState.QUEUED
    assert store.claim("v").attempts == 1


def test_a_stopped_solve_does_not_stand_in_the_way_of_the_next(store):
    stopped = submit(store, "a")
    store.claim("w")
    store.cancel(stopped.id)
    again = submit(store, "a")
    assert again.id != stopped.id
    assert store.get(stopped.id).state is JobState.RUNNING


def test_jobs_of_an_owner_come_newest_first(store):
    first = submit(store, "a", "me")
    store.claim("w")
    store.finish(first.id, "w")
    second = submit(store, "b", "me")
    submit(store, "c", "you")
    assert [job.id for job in store.of_owner("me")] == [second.id, first.id]


def test_progress_and_cancel_are_seen(store):
    job = submit(store)
    store.claim("w")
    assert store.renew(job.id, "w", {"phase": "improving", "cost": 12.5})
    assert store.get(job.id).progress["cost"] == 12.5
    assert not store.cancelled(job.id)
    store.cancel(job.id)
    assert store.cancelled(job.id)
    assert store.get(job.id).state is JobState.RUNNING


def test_cancelled_while_waiting_never_runs(store):
    job = submit(store)
    store.cancel(job.id)
    assert store.get(job.id).state is JobState.FAILED
    assert store.get(job.id).progress["phase"] == "cancelled"
    assert store.claim("w") is None


@pytest.mark.parametrize("bad", ["../../etc", "a/b", "", "ABCDEFGH", "abc"])
def test_ids_cannot_leave_the_store(store, bad):
    with pytest.raises(TaskError, match="there is no solve"):
        store.job_folder(bad)


def _claim_all(folder, results):
    mine = []
    store = Store(folder)
    while job := store.claim("w"):
        mine.append(job.id)
    results.put(mine)


def test_processes_never_share_a_job(store):
    jobs = {submit(store, str(i), str(i)).id for i in range(12)}
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=_claim_all, args=(store.folder, results)) for _ in range(2)]
    for worker in workers:
        worker.start()
    claimed = results.get(timeout=30) + results.get(timeout=30)
    for worker in workers:
        worker.join()
    assert len(claimed) == 12
    assert set(claimed) == jobs


def test_the_newest_job_of_a_key_is_found_whatever_became_of_it(store):
    assert store.find("k") is None
    first = submit(store)
    store.claim("w")
    store.finish(first.id, "w", ("no luck",))
    assert store.find("k").errors == ("no luck",)
    assert store.find("k").id != submit(store).id
    assert store.find("k").state is JobState.QUEUED
