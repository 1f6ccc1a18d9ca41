"""Carrying out one job: its files laid out, its kind's function called, what it made taken over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner._errors import PlannerError, TaskError
from planner._files import write_atomic
from planner._messages import Message, speaking
from planner._spoken import SAID_FILE, Said, remembered, said_of
from planner.tasks.interface import Working
from planner.tasks.job import Inputs, Job, JobState
from planner.tasks.kinds import KINDS, Parted
from planner.tasks.reporter import Reporter, TakenOver

_LAID_OUT = re.compile(r"""[^\s"']*/scratch/\w+-\w+/in/\d+/""")


class NothingKept(TaskError):
    """A job was stopped before there was anything to keep."""


def run_job(store: Working, worker: str, job: Job) -> bool:
    """Carry out one job; its files appear in the job's folder only when they are whole.

    Returns
    -------
    Whether it has come to its end; False when others do it in parts, and it is claimed again after them.

    Raises
    ------
    PlannerError: with mistakes for people. TakenOver: when the job is no longer this worker's. NothingKept:
        when it was stopped before any part of it was done.

    Notes
    -----
    Sentences in its files are English; ``said.json`` beside them is what they were made of.
    """
    if job.kind not in KINDS:
        known = ", ".join(sorted(KINDS))
        raise TaskError(Message("tasks.unknown_kind", {"kind": job.kind, "known": known}))
    if job.cells:
        _some_done(store, job)
    with store.scratch(job.id, worker) as scratch:
        given, made = scratch / "in", scratch / "out"
        made.mkdir()
        store.lay_out(job.inputs, given)
        payload = _located(job.payload, job.inputs, given)
        with speaking("en"), remembered() as said:
            _heard_before(store, job, said)
            try:
                parted = KINDS[job.kind](payload, made, Reporter(store, worker, job))
            except PlannerError as error:
                str(error)  # its sentences are said again in the language of whoever looks
                store.put(job.id, SAID_FILE, said.text(for_people))
                raise
        write_atomic(made / SAID_FILE, said.text(for_people))
        _name_files(made, str(given))
        if isinstance(parted, Parted):
            kept = store.part(job.id, worker, parted.kind, parted.payloads)
        else:
            kept = store.take(job.id, worker, made)
        if not kept:
            raise TakenOver(Message("tasks.taken_over", {"job": job.id}))
        return parted is None


def _heard_before(store: Working, job: Job, said: Said) -> None:
    """Remember what the parts of a job have said; it gathers their sentences."""
    for cell in store.cells(job.id) if job.cells else ():
        file = store.job_folder(cell.id) / SAID_FILE
        if file.exists():
            for text, message in said_of(file.read_text(encoding="utf-8")).messages.items():
                said.keep(message, text)


def _name_files(made: Path, given: str) -> None:
    """In what was made, files that were read have their own names, not where they were laid out."""
    for file in (file for file in made.rglob("*") if file.suffix in (".json", ".csv")):
        text = file.read_text(encoding="utf-8")
        if given in text:
            write_atomic(file, for_people(text))


def for_people(sentence: str) -> str:
    """A sentence that names files as people do, not where they were laid out.

    Examples
    --------
    >>> for_people("/data/.planner/scratch/0a1b2c3d-77aa/in/1/desk.yaml:9:9: growth is no share")
    'desk.yaml:9:9: growth is no share'
    """
    return _LAID_OUT.sub("", sentence)


def _some_done(store: Working, job: Job) -> None:
    """Refuse to gather nothing; TaskError with the reason of the first cell that has one."""
    cells = store.cells(job.id)
    if any(cell.state is JobState.DONE for cell in cells):
        return
    if job.cancel:
        raise NothingKept
    reasons = [error for cell in cells for error in cell.errors]
    raise TaskError(Message("tasks.no_cell", {"cells": len(cells), "reason": (reasons or ["–"])[0]}))


def _located(payload: Mapping[str, Any], inputs: Inputs, folder: Path) -> dict[str, Any]:
    """The payload with its paths where the files were laid out."""

    def there(value: Any) -> Any:
        if isinstance(value, list):
            return [there(each) for each in value]
        named = inputs.paths.get(value) if isinstance(value, str) else None
        return str(folder / named) if named else value

    return {name: there(value) for name, value in payload.items()}
