"""Writing several files into a folder, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message
from planner.study.export.made import Made

_FOLDERS = {"changes.csv": "changes", "calendars.json": "calendars"}
"""Folders of files for single people, by the file that is always beside them."""


def write_made(made: Made, folder: Path | str) -> tuple[Path, ...]:
    """Write files into a folder, made if need be; returns their paths.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    return write_together(made.files, folder, "export.half_written")


def write_together(
    files: Mapping[str, bytes] | Mapping[str, str], folder: Path | str, half_written: str
) -> tuple[Path, ...]:
    """Write several files into a folder, in their order; returns their paths.

    Everything is on the disk before the first file of the folder changes, so that a full disk or a failure
    changes nothing; each is replaced as a whole.

    Parameters
    ----------
    files: content by name, relative to the folder.
    folder: made if need be.
    half_written: code of the sentence for when only some could be replaced.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    target, replaced = Path(folder), 0
    try:
        target.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".writing-", dir=target) as temporary:
            for name, content in files.items():
                aside = Path(temporary, name)
                aside.parent.mkdir(parents=True, exist_ok=True)
                write_atomic(aside, content)
            for name in files:
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(Path(temporary, name), target / name)
                replaced += 1
    except OSError as problem:
        code = half_written if replaced else "files.not_written"
        why = problem.strerror or str(problem)
        raise InputError(Message(code, {"folder": str(folder), "why": why})) from problem
    return tuple(target / name for name in files)


def left_behind(made: Made, folder: Path | str) -> tuple[str, ...]:
    """Files of earlier exports that still lie where these for single people went; nobody should send them.

    Parameters
    ----------
    made: files that were written. folder: that they were written into.
    """
    target, own = Path(folder), frozenset(made.files)
    theirs = {Path(folder) for name, folder in _FOLDERS.items() if name in own}
    beside = sorted(({Path(name).parent for name in own} | theirs) - {Path()})
    found = (path for each in beside for path in sorted((target / each).glob("*")))
    names = (path.relative_to(target).as_posix() for path in found if path.is_file())
    return tuple(name for name in names if name not in own)
