"""What a store and an executor must be able to do; nothing else may be assumed of either.

A store may be a table on another machine, and an executor may start workers anywhere: payloads are plain
data, files travel by content, and what a job has made reaches people through its store alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from planner.tasks.job import CurvePoint, Inputs, Job


class Asking(Protocol):
    """The side of a store that pages and the command line see."""

    def submit(
        self, kind: str, payload: Mapping[str, Any], *, key: str, owner: str, inputs: Inputs | None = None
    ) -> Job:
        """Queue a job, or join the live or finished one with the same key."""

    def keep_input(self, path: Path) -> str:
        """Keep a file's content for jobs to read; returns its SHA-256."""

    def get(self, job: str) -> Job:
        """A job by its id."""

    def find(self, key: str) -> Job | None:
        """The newest job with a key."""

    def cancel(self, job: str, owner: str | None = None) -> bool:
        """Take a wish back; False when others still want the job."""

    def job_folder(self, job: str) -> Path:
        """A folder of this machine with what a job has made."""


class Working(Protocol):
    """The side of a store that workers see."""

    @property
    def lease_seconds(self) -> float:
        """How long a worker may be silent."""

    def claim(self, worker: str) -> Job | None:
        """Take the next job."""

    def renew(
        self,
        job: str,
        worker: str,
        progress: Mapping[str, Any] | None = None,
        curve: Sequence[CurvePoint] | None = None,
    ) -> bool:
        """Renew the lease and say where the work stands."""

    def cancelled(self, job: str) -> bool:
        """Whether the end of the job was asked for."""

    def finish(self, job: str, worker: str, errors: tuple[str, ...] = (), cancelled: bool = False) -> bool:
        """Close a job."""

    def release(self, worker: str) -> None:
        """Give a worker's jobs back, as if they had not been begun."""

    def lost(self, worker: str) -> None:
        """Give back what a worker had that is known to be dead."""

    def part(self, job: str, worker: str, kind: str, payloads: Sequence[Mapping[str, Any]]) -> bool:
        """Part a job into cells."""

    def cells(self, job: str) -> tuple[Job, ...]:
        """The cells of a job, in their order."""

    def lay_out(self, inputs: Inputs, folder: Path) -> None:
        """Put the files that a job reads into a folder."""

    def scratch(self, job: str, worker: str) -> AbstractContextManager[Path]:
        """A folder to work in, gone afterwards."""

    def put(self, job: str, name: str, text: str) -> None:
        """Show something of a job that is still under way."""

    def take(self, job: str, worker: str, folder: Path) -> bool:
        """Take over what a worker has made; False, and nothing is taken, when the job is another's."""

    def job_folder(self, job: str) -> Path:
        """A folder of this machine with what a job has made."""

    def tidy(self) -> None:
        """Forget what is old."""


class Executor(Protocol):
    """Keeps workers alive for a store; jobs themselves are only ever read from the store."""

    def start(self) -> None:
        """Begin to work."""

    def stop(self) -> None:
        """End the workers; their jobs go back to the queue."""
