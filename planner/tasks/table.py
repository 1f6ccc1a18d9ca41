"""The SQLite file of the job table: its columns, older files, and its troubles in sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner._errors import TaskError
from planner._messages import Message

VERSION = 2
PATIENCE_SECONDS = 10.0
_TABLE = """
CREATE TABLE IF NOT EXISTS jobs (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL,
  payload TEXT NOT NULL, progress TEXT NOT NULL DEFAULT '{}', errors TEXT NOT NULL DEFAULT '[]',
  created REAL NOT NULL, started REAL, finished REAL, lease REAL, worker TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, cancel INTEGER NOT NULL DEFAULT 0)
"""
_LATER = {
    "begun": "INTEGER NOT NULL DEFAULT 0",
    "curve": "TEXT NOT NULL DEFAULT '[]'",
    "inputs": "TEXT NOT NULL DEFAULT '{}'",
    "number": "INTEGER NOT NULL DEFAULT 0",
    "parent": "TEXT",
    "priority": "INTEGER NOT NULL DEFAULT 0",
}
_OWNERS = """
CREATE TABLE IF NOT EXISTS owners (
  job TEXT NOT NULL, owner TEXT NOT NULL, asked REAL NOT NULL, gone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (job, owner))
"""
_INDICES = ("state", "key", "parent")
_FULL, _READ_ONLY, _CANNOT_OPEN = sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection that waits for others.

    Raises
    ------
    TaskError: with what an administrator can do about a full disk, a store that cannot be written, a lock
        that nobody gives back, or a broken file.
    """
    try:
        db = sqlite3.connect(file, timeout=PATIENCE_SECONDS, isolation_level=None)
        try:
            db.row_factory = sqlite3.Row
            yield db
        finally:
            db.close()
    except sqlite3.Error as error:
        raise TaskError(_in_words(error, file)) from error


@contextmanager
def changing(file: Path) -> Iterator[sqlite3.Connection]:
    """A transaction that is alone in writing; it happens whole or not at all."""
    with opened(file) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            if db.in_transaction:  # a full disk has taken it back already
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def prepare(file: Path) -> str:
    """Make the tables, or bring an older file up to date; returns the journal mode that the disk allows.

    Raises
    ------
    TaskError: when a later version made the file, or it cannot be used.
    """
    with opened(file) as db:
        made_by = int(db.execute("PRAGMA user_version").fetchone()[0])
        if made_by > VERSION:
            values = {"version": made_by, "known": VERSION}
            raise TaskError(Message("tasks.store_newer", values))
        mode = _journal(db)
        if made_by == VERSION:
            return mode
    with changing(file) as db:
        db.execute(_TABLE)
        known = {row["name"] for row in db.execute("PRAGMA table_info(jobs)")}
        for name in sorted(set(_LATER) - known):
            db.execute(f"ALTER TABLE jobs ADD COLUMN {name} {_LATER[name]}")
        db.execute(_OWNERS)
        db.execute("INSERT OR IGNORE INTO owners (job, owner, asked) SELECT id, owner, created FROM jobs")
        for name in _INDICES:
            db.execute(f"CREATE INDEX IF NOT EXISTS jobs_{name} ON jobs ({name})")
        db.execute(f"PRAGMA user_version={VERSION}")
    return mode


def _journal(db: sqlite3.Connection) -> str:
    """Readers that do not wait for a writer, where the file system can; some network disks cannot."""
    try:
        return str(db.execute("PRAGMA journal_mode=WAL").fetchone()[0])
    except sqlite3.OperationalError as error:
        if _code(error) in (_READ_ONLY, _CANNOT_OPEN, _FULL):
            raise
        return str(db.execute("PRAGMA journal_mode").fetchone()[0])


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _in_words(error: sqlite3.Error, file: Path) -> Message:
    code = _code(error)
    folder = str(file.parent)
    if code == _FULL:
        return Message("tasks.store_full", {"folder": folder})
    if code in (_READ_ONLY, _CANNOT_OPEN):
        return Message("tasks.store_read_only", {"folder": folder})
    if code in _BUSY:
        return Message("tasks.store_busy", {"seconds": round(PATIENCE_SECONDS)})
    return Message("tasks.store_broken", {"folder": folder, "reason": str(error)})
