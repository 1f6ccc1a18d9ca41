"""Writing files that were made into a folder."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from planner._errors import InputError
from planner._messages import Message
from planner.study.export.made import Made


def write_made(made: Made, folder: Path | str) -> tuple[Path, ...]:
    """Write files into a folder, made if need be; returns their paths.

    Everything is on the disk before the first file of the folder changes; each is replaced as a whole.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    target, replaced = Path(folder), 0
    try:
        target.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".writing-", dir=target) as temporary:
            for name, content in made.files.items():
                aside = Path(temporary, name)
                aside.parent.mkdir(parents=True, exist_ok=True)
                aside.write_bytes(content)
            for name in made.files:
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(Path(temporary, name), target / name)
                replaced += 1
    except OSError as problem:
        code = "export.half_written" if replaced else "files.not_written"
        why = problem.strerror or str(problem)
        raise InputError(Message(code, {"folder": str(folder), "why": why})) from problem
    return tuple(target / name for name in made.files)


def left_behind(made: Made, folder: Path | str) -> tuple[str, ...]:
    """Files of earlier exports that still lie where these for single people went; nobody should send them.

    Parameters
    ----------
    made: files that were written. folder: that they were written into.
    """
    target, own = Path(folder), frozenset(made.files)
    beside = sorted({Path(name).parent for name in own} - {Path()})
    found = (path for each in beside for path in sorted((target / each).glob("*")))
    names = (path.relative_to(target).as_posix() for path in found if path.is_file())
    return tuple(name for name in names if name not in own)
