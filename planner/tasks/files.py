"""Files of a store on a disk: what jobs read, by content, and what they have made, by job."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from planner._errors import TaskError
from planner._files import write_atomic
from planner._messages import Message
from planner.tasks.job import Inputs

_CHUNK = 1 << 20
UNUSED_SECONDS = 3600.0
"""An input that no job names yet may belong to one that is being asked for."""


@contextmanager
def disk(folder: Path) -> Iterator[None]:
    """A disk that is full or cannot be written, said in a sentence.

    Raises
    ------
    TaskError: instead of an OSError.
    """
    try:
        yield
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or type(error).__name__}
        raise TaskError(Message("tasks.disk", values)) from error


class JobFiles:
    """Files beside a job table.

    Parameters
    ----------
    folder: of the store; ``inputs`` in it holds what jobs read, ``jobs`` what they made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.jobs, self.inputs, self.scratch = folder / "jobs", folder / "inputs", folder / "scratch"
        with disk(folder):
            for each in (self.jobs, self.inputs, self.scratch):
                each.mkdir(parents=True, exist_ok=True)

    def keep_input(self, path: Path) -> str:
        """Keep the content of a file; returns its SHA-256. A content is kept once."""
        beside = self.inputs / f".{secrets.token_hex(8)}"
        digest = hashlib.sha256()
        with disk(self.folder):
            try:
                with open(path, "rb") as source, open(beside, "xb") as copy:
                    while chunk := source.read(_CHUNK):
                        digest.update(chunk)
                        copy.write(chunk)
                kept = self.inputs / digest.hexdigest()
                if kept.exists():
                    os.utime(kept)
                    beside.unlink()
                else:
                    beside.chmod(0o444)
                    beside.rename(kept)
            finally:
                beside.unlink(missing_ok=True)
        return digest.hexdigest()

    def lay_out(self, inputs: Inputs, folder: Path) -> None:
        """Put inputs into a folder under their names."""
        with disk(self.folder):
            for name, digest in sorted(inputs.files.items()):
                parts = PurePosixPath(name).parts
                target = folder.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                kept = self.inputs / digest
                if not kept.is_file():
                    raise TaskError(Message("tasks.input_gone", {"name": parts[-1]}))
                try:
                    os.link(kept, target)
                except OSError:  # a disk without links
                    shutil.copyfile(kept, target)

    def put(self, home: Path, name: str, text: str) -> None:
        """Write a file into the folder of a job."""
        with disk(self.folder):
            home.mkdir(exist_ok=True)
            write_atomic(home / name, text)

    def take(self, job: str, folder: Path) -> None:
        """Move what a job has made to where it is found; earlier files of the same names are replaced."""
        with disk(self.folder):
            home = self.jobs / job
            home.mkdir(exist_ok=True)
            for made in sorted(folder.iterdir()):
                target = home / made.name
                if target.is_dir():
                    shutil.rmtree(target)
                made.replace(target)

    def clear_scratch(self, working: Collection[str]) -> None:
        """Remove what workers left that are gone.

        Parameters
        ----------
        working: names of folders that are in use.
        """
        for left in self.scratch.iterdir():
            if left.name not in working:
                shutil.rmtree(left, ignore_errors=True)

    def size(self, job: str) -> int:
        """Bytes of what a job has made."""
        found = 0
        for file in (self.jobs / job).rglob("*"):
            with suppress(OSError):
                found += file.stat().st_size
        return found

    def strangers(self, known: Collection[str]) -> list[str]:
        """Folders of jobs that are not in the table any more."""
        return sorted(path.name for path in self.jobs.iterdir() if path.name not in known)

    def drop(self, job: str) -> None:
        """Remove what a job has made."""
        shutil.rmtree(self.jobs / job, ignore_errors=True)

    def drop_inputs(self, used: Collection[str]) -> None:
        """Remove inputs that no job names, but not the newest."""
        before = time.time() - UNUSED_SECONDS
        for kept in self.inputs.iterdir():
            with suppress(OSError):
                if kept.name not in used and kept.stat().st_mtime < before:
                    kept.unlink()
