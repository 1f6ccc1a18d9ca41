"""Older stores, full and odd disks, and what is forgotten."""

import os
import sqlite3
import time

import pytest

from planner._errors import TaskError
from planner.tasks import JobState, Limits, Store, ask, files, table

OLD = """
CREATE TABLE jobs (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL,
  payload TEXT NOT NULL, progress TEXT NOT NULL DEFAULT '{}', errors TEXT NOT NULL DEFAULT '[]',
  created REAL NOT NULL, started REAL, finished REAL, lease REAL, worker TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, cancel INTEGER NOT NULL DEFAULT 0)
"""


def test_a_store_of_the_last_version_opens_with_all_it_has(tmp_path):
    with sqlite3.connect(tmp_path / "jobs.sqlite") as db:
        db.execute(OLD)
        row = "INSERT INTO jobs (id, kind, key, owner, state, payload, created) VALUES (?,?,?,?,?,?,?)"
        db.execute(row, ("aaaaaaaa", "plan", "k", "me", "done", '{"scenario": "x"}', 1.0))
        db.execute(row, ("bbbbbbbb", "plan", "l", "you", "queued", "{}", 2.0))
    db.close()
    store = Store(tmp_path)
    old = store.get("aaaaaaaa")
    assert (old.state, old.payload, old.owners, old.curve) == (JobState.DONE, {"scenario": "x"}, ("me",), ())
    assert store.submit("plan", {}, key="k", owner="she").owners == ("me", "she")
    assert store.claim("w").id == "bbbbbbbb"
    assert Store(tmp_path).get("bbbbbbbb").state is JobState.RUNNING


def test_a_store_of_a_later_version_is_refused(tmp_path):
    Store(tmp_path)
    with sqlite3.connect(tmp_path / "jobs.sqlite") as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(TaskError, match="a later version"):
        Store(tmp_path)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "is full; make room"),
        (sqlite3.SQLITE_READONLY, "cannot be written"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be written"),
        (sqlite3.SQLITE_BUSY, "has been busy for 10 seconds"),
        (sqlite3.SQLITE_CORRUPT, r"cannot be used \(malformed\)"),
    ],
)
def test_troubles_are_said(tmp_path, code, words):
    error = sqlite3.OperationalError("malformed")
    error.sqlite_errorcode = code
    with pytest.raises(TaskError, match=words), table.opened(tmp_path / "jobs.sqlite"):
        raise error


def test_a_disk_that_is_full_is_said_and_nothing_is_half_written(tmp_path):
    store = Store(tmp_path)
    with table.opened(tmp_path / "jobs.sqlite") as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]

    # SQLite's own limit of a file stands for a full disk; it is kept by connection.
    def grow():
        with table.opened(tmp_path / "jobs.sqlite") as db:
            db.execute(f"PRAGMA max_page_count={pages}")
            db.execute("INSERT INTO owners (job, owner, asked) VALUES ('a', ?, 0)", ("x" * 200_000,))

    with pytest.raises(TaskError, match="is full"):
        grow()
    assert store.queue() == ()
    assert store.submit("plan", {}, key="k", owner="me").place == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_folder_is_said(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(TaskError, match="could not be read or written"):
            Store(tmp_path / "store")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "store").write_text("")
    with pytest.raises(TaskError, match="could not be read or written"):
        Store(tmp_path / "store")


def test_a_file_that_is_no_table_is_said(tmp_path):
    (tmp_path / "jobs.sqlite").write_text("no table" * 1000)
    with pytest.raises(TaskError, match="move its jobs"):
        Store(tmp_path)


def test_a_disk_without_a_log_is_used_and_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "_journal", lambda db: "delete")
    store = Store(tmp_path)
    assert "takes no write-ahead log" in str(store.notices[0])
    assert store.submit("plan", {}, key="k", owner="me").place == 0
    monkeypatch.undo()
    assert Store(tmp_path).notices == ()


def done(store, key, size=0):
    job = store.submit("plan", {}, key=key, owner=key)
    store.claim("w")
    store.put(job.id, "rota.csv", "x" * size)
    store.finish(job.id, "w")
    return job


def test_old_jobs_are_forgotten_with_their_files(tmp_path):
    store = Store(tmp_path, limits=Limits(days=1))
    old, new = done(store, "a"), done(store, "b")
    waiting = store.submit("plan", {}, key="c", owner="c")
    with store._change() as db:
        db.execute("UPDATE jobs SET finished=finished-90000, created=created-90000 WHERE id=?", (old.id,))
    store.tidy()
    assert not store.job_folder(old.id).exists()
    with pytest.raises(TaskError, match="it may have been deleted"):
        store.get(old.id)
    assert store.job_folder(new.id).exists()
    assert store.get(waiting.id).state is JobState.QUEUED


def test_newer_jobs_push_out_the_oldest(tmp_path):
    store = Store(tmp_path, limits=Limits(megabytes=0.25))
    jobs = [done(store, key, 100_000) for key in "abc"]
    store.tidy()
    assert [store.job_folder(job.id).exists() for job in jobs] == [False, True, True]
    alone = Store(tmp_path, limits=Limits(megabytes=0))
    alone.tidy()
    assert [store.job_folder(job.id).exists() for job in jobs] == [False, False, True]


def test_inputs_stay_as_long_as_a_job_names_them(tmp_path, monkeypatch):
    store = Store(tmp_path / "store", limits=Limits(days=1))
    file = tmp_path / "scenario.yaml"
    file.write_text("name: A", encoding="utf-8")
    job = ask(store, "plan", {"scenario": str(file)}, owner="me")
    stranger = store.keep_input(tmp_path / "store" / "jobs.sqlite")
    kept = tmp_path / "store" / "inputs"
    store.tidy()
    assert (kept / stranger).exists()
    monkeypatch.setattr(files, "UNUSED_SECONDS", -1.0)
    store.tidy()
    assert [path.name for path in kept.iterdir()] == list(job.inputs.files.values())
    left = tmp_path / "store" / "scratch" / f"{job.id}-gone"
    left.mkdir()
    store.tidy()
    assert not left.exists()


def test_limits_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("PLANNER_KEEP_DAYS", "7")
    monkeypatch.setenv("PLANNER_KEEP_MB", "plenty")
    assert Limits.of_environment() == Limits(days=7.0)


def test_a_lock_is_waited_for(tmp_path, monkeypatch):
    store = Store(tmp_path)
    monkeypatch.setattr(table, "PATIENCE_SECONDS", 0.2)
    with store._change():
        began = time.monotonic()
        with pytest.raises(TaskError, match="try again"):
            store.submit("plan", {}, key="k", owner="me")
        assert time.monotonic() - began >= 0.2
    assert store.submit("plan", {}, key="k", owner="me").place == 0
