"""Forgetting: finished jobs go when they are old, or when newer ones need the room."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from planner.tasks.files import JobFiles

DAYS_VARIABLE = "PLANNER_KEEP_DAYS"
MEGABYTES_VARIABLE = "PLANNER_KEEP_MB"
_DAY = 86_400.0


@dataclass(frozen=True)
class Limits:
    """How long finished jobs are kept.

    Attributes
    ----------
    days: since they ended. megabytes: of what they have made, all together; the oldest go first.
    """

    days: float = 90.0
    megabytes: float = 2000.0

    @classmethod
    def of_environment(cls) -> Limits:
        """As ``PLANNER_KEEP_DAYS`` and ``PLANNER_KEEP_MB`` say; the defaults where they say no number."""

        def said(variable: str, otherwise: float) -> float:
            try:
                return float(os.environ.get(variable, otherwise))
            except ValueError:
                return otherwise

        return cls(said(DAYS_VARIABLE, cls.days), said(MEGABYTES_VARIABLE, cls.megabytes))


def tidy(
    change: Callable[[], AbstractContextManager[sqlite3.Connection]], files: JobFiles, limits: Limits
) -> None:
    """Forget what is beyond the limits, and what no job names any more."""
    with change() as db:
        for job in _old(db, files, limits):
            cells = [row["id"] for row in db.execute("SELECT id FROM jobs WHERE parent=?", (job,))]
            for each in (job, *cells):
                db.execute("DELETE FROM jobs WHERE id=?", (each,))
                db.execute("DELETE FROM owners WHERE job=?", (each,))
        rows = db.execute("SELECT id, state, worker, inputs FROM jobs").fetchall()
        # No job begins and none is asked for while this transaction lasts.
        used = {each for row in rows for each in json.loads(row["inputs"]).get("files", {}).values()}
        files.drop_inputs(used)
        files.clear_scratch({f"{row['id']}-{row['worker']}" for row in rows if row["state"] == "running"})
        for stranger in files.strangers({row["id"] for row in rows}):
            files.drop(stranger)


def _old(db: sqlite3.Connection, files: JobFiles, limits: Limits) -> list[str]:
    """Finished jobs of people that are too old, or too much; the newest is always kept."""
    ended = "SELECT id, finished FROM jobs WHERE state IN ('done','failed') AND parent IS NULL "
    rows = db.execute(ended + "ORDER BY finished DESC, rowid DESC").fetchall()
    before, room = time.time() - limits.days * _DAY, limits.megabytes * 1e6
    gone = []
    for number, row in enumerate(rows):
        cells = [cell["id"] for cell in db.execute("SELECT id FROM jobs WHERE parent=?", (row["id"],))]
        room -= sum(files.size(each) for each in (row["id"], *cells))
        if (row["finished"] or 0.0) < before or (room < 0 and number):
            gone.append(str(row["id"]))
    return gone
