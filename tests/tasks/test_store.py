import multiprocessing
import time

import pytest

from planner._errors import TaskError
from planner.tasks import CurvePoint, JobState, Outcome, Store, queueing
from planner.tasks.rows import thinned


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


def test_the_last_owner_ends_a_job(store):
    job = submit(store, owner="me")
    assert submit(store, owner="you").owners == ("me", "you")
    assert not store.cancel(job.id, "me")
    assert store.get(job.id).state is JobState.QUEUED
    assert store.get(job.id).owners == ("you",)
    submit(store, "another", "me")
    assert store.cancel(job.id, "you")
    assert store.get(job.id).outcome is Outcome.CANCELLED


def test_who_asks_again_owns_again(store):
    job = submit(store, owner="me")
    submit(store, owner="you")
    assert not store.cancel(job.id, "me")
    assert submit(store, owner="me").owners == ("me", "you")
    assert not store.cancel(job.id, "you")
    assert store.cancel(job.id, "me")


def test_a_link_stops_the_job_of_one_not_of_several(store):
    job = submit(store, owner="me")
    submit(store, owner="you")
    assert not store.cancel(job.id, "stranger")
    assert not store.cancel(job.id, "you")
    assert store.cancel(job.id, "stranger")


def test_a_joined_job_counts_for_those_who_joined(store):
    submit(store, owner="me")
    joined = submit(store, owner="you")
    with pytest.raises(TaskError, match="one of your solves is under way"):
        submit(store, "b", "you")
    assert [job.id for job in store.of_owner("you")] == [joined.id]


def test_a_full_queue_names_its_numbers(store):
    for number in range(queueing.MOST_WAITING):
        submit(store, str(number), str(number))
    with pytest.raises(TaskError, match="20 of at most 20 solves are waiting already; the queue is full"):
        submit(store, "more", "more")
    assert submit(store, "3", "joins").place == 3
    assert len(store.queue()) == 20


def test_the_wait_is_told_from_how_long_such_jobs_took(store):
    for key, took in (("a", 60.0), ("b", 100.0), ("c", 80.0)):
        job = submit(store, key, key)
        store.claim("w")
        store.finish(job.id, "w")
        with store._change() as db:
            db.execute("UPDATE jobs SET started=finished-? WHERE id=?", (took, job.id))
    working = submit(store, "d", "d")
    store.claim("w")
    waiting = [submit(store, key, key) for key in "ef"]
    assert store.get(working.id).wait_seconds is None
    assert store.get(waiting[0].id).wait_seconds == pytest.approx(80.0, abs=1.0)
    assert store.get(waiting[1].id).wait_seconds == pytest.approx(160.0, abs=1.0)


def test_nobody_guesses_a_wait_for_work_that_was_never_done(store):
    submit(store, "a", "a")
    second = submit(store, "b", "b")
    assert store.get(second.id).wait_seconds is None


def test_what_a_dead_worker_had_is_taken_at_once(store):
    job = submit(store)
    store.claim("dead")
    assert store.claim("w") is None
    store.lost("dead")
    assert store.claim("w").id == job.id
    assert store.get(job.id).attempts == 2


def test_only_who_has_a_job_hands_its_files_in(store):
    job = submit(store)
    store.claim("w")
    with store.scratch(job.id, "other") as folder:
        (folder / "rota.csv").write_text("late")
        assert not store.take(job.id, "other", folder)
    with store.scratch(job.id, "w") as folder:
        (folder / "rota.csv").write_text("good")
        assert store.take(job.id, "w", folder)
    assert (store.job_folder(job.id) / "rota.csv").read_text() == "good"


def test_too_many_cells_are_refused(store):
    job = submit(store)
    store.claim("w")
    with pytest.raises(TaskError, match="201 cases are more than the 200"):
        store.part(job.id, "w", "plan", [{}] * 201)
    assert not store.part(job.id, "other", "plan", [{}])
    assert store.cells(job.id) == ()


def test_the_curve_stays_short(store):
    points = [CurvePoint(float(n), 1, 1000.0 - n, 10.0) for n in range(1001)]
    kept = thinned(points)
    assert len(kept) <= 200
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    job = submit(store)
    store.claim("w")
    assert store.renew(job.id, "w", {"phase": "improving"}, kept)
    assert store.get(job.id).curve == tuple(kept)


def test_what_was_stopped_is_not_parted_any_more(store):
    job = submit(store)
    store.claim("w")
    store.cancel(job.id)
    assert store.part(job.id, "w", "plan", [{}])
    assert store.get(job.id).outcome is Outcome.CANCELLED
    assert store.cells(job.id) == ()
