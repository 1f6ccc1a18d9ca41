"""What a job is to those who ask for one, wait for one, or carry one out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class JobState(StrEnum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def live(self) -> bool:
        """Whether something may still change."""
        return self in (JobState.QUEUED, JobState.RUNNING)


class Outcome(StrEnum):
    """How a job ended."""

    WHOLE = "whole"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    FAILED = "failed"


class CurvePoint(NamedTuple):
    """What was known at a moment of a search: seconds since the job began, stage, cost and bound in money."""

    seconds: float
    stage: int
    cost: float
    bound: float | None


@dataclass(frozen=True)
class Inputs:
    """The files that a job reads, as they were when it was asked for.

    Attributes
    ----------
    files: SHA-256 by name; names are relative and made by ``snapshot``.
    paths: name by what the payload says, so that a payload means the same on any machine.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """One row of the job table.

    Attributes
    ----------
    kind: one of ``KINDS``; payload: what the kind needs, plain data.
    key: same key, same inputs; such jobs are joined.
    owner: who asked first; owners: all who asked and have not taken it back.
    progress: last sign of life, plain data; errors: sentences for people.
    attempts: workers that were lost, and the one at work; begun: how often work began, also after an orderly
        end of the server, which counts as no attempt.
    curve: how cost and bound came together, evenly thinned.
    inputs: the files it reads. parent: the job that it is a cell of.
    cells: how many jobs it was parted into; cells_done: those that have ended.
    place: jobs before it in the queue, 0 for the next; None unless queued.
    wait_seconds: about how long until it begins, from how long such jobs took; None: not known.
    """

    id: str
    kind: str
    key: str
    owner: str
    state: JobState
    payload: Mapping[str, Any]
    progress: Mapping[str, Any]
    errors: tuple[str, ...]
    created: float
    finished: float | None
    attempts: int
    cancel: bool
    place: int | None = None
    started: float | None = None
    begun: int = 0
    owners: tuple[str, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    inputs: Inputs = field(default_factory=Inputs)
    parent: str | None = None
    cells: int = 0
    cells_done: int = 0
    wait_seconds: float | None = None

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it is live.

        STOPPED has kept the best so far, CANCELLED has nothing to keep.
        """
        if self.state is JobState.DONE:
            return Outcome.STOPPED if self.cancel else Outcome.WHOLE
        if self.state is JobState.FAILED:
            return Outcome.FAILED if self.errors else Outcome.CANCELLED
        return None
