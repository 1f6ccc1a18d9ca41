"""Whole workspaces: what they are called, copies, and removal with a way back."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message
from planner.study import workspace

MAX_BYTES = 300_000_000
KEPT_SECONDS = 30 * 86_400.0
LONGEST_NAME = 100
MEGABYTE = 1_000_000
REMOVED = "removed"
# In a folder of its own: it is no input of a plan, so a new name makes no plan stale.
_NAME = Path(".desk", "name.json")


@dataclass(frozen=True)
class Desk:
    """A workspace as a list shows it.

    Attributes
    ----------
    name: as it was called last; that of its first stage if nobody called it anything.
    stages: names of its stages; none if its files cannot be read.
    """

    work: str
    name: str
    stages: tuple[str, ...]


def desk(root: Path, work: str) -> Desk:
    """A workspace by its id.

    Raises
    ------
    ScenarioError: there is none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     made = workspace.open_text(Path(folder), "name: Weekdays")
    ...     before = desk(Path(folder), made).name
    ...     rename(Path(folder), made, "Spring plan")
    ...     before, desk(Path(folder), made).name
    ('Weekdays', 'Spring plan')
    """
    return _desk(workspace.folder_of(root, work), work)


def removed_desk(root: Path, work: str) -> Desk | None:
    """A workspace that was removed and can still be brought back; None if it cannot."""
    folder = root / REMOVED / workspace.checked_folder(root, work).name
    return _desk(folder, work) if folder.is_dir() else None


def _desk(folder: Path, work: str) -> Desk:
    try:
        stages = tuple(stage.name for stage in workspace.stages(folder))
    except InputError:
        stages = ()
    return Desk(work, _name(folder) or (stages[0] if stages else work), stages)


def rename(root: Path, work: str, name: str) -> None:
    """Call a workspace something else; its stages keep their names.

    Raises
    ------
    InputError: the name is empty or too long, or there is no such workspace.
    """
    folder = workspace.folder_of(root, work)
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    if not 0 < len(plain) <= LONGEST_NAME:
        raise InputError(Message("desks.name", {"most": LONGEST_NAME}))
    (folder / _NAME).parent.mkdir(exist_ok=True)
    write_atomic(folder / _NAME, json.dumps({"name": plain}))


def duplicate(root: Path, work: str, name: str) -> str:
    """Copy a workspace with all its files; returns the id of the copy.

    Parameters
    ----------
    name: of the copy.

    Raises
    ------
    InputError: it is larger than 300 MB, or there is none.
    """
    folder = workspace.folder_of(root, work)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > MAX_BYTES:
        values = {"size": f"{size / MEGABYTE:,.0f}", "limit": MAX_BYTES // MEGABYTE}
        raise InputError(Message("desks.too_large", values))
    made = secrets.token_hex(6)
    # Copied beside it and renamed: a workspace is there whole or not at all.
    beside = folder.with_name(f".{made}")
    shutil.copytree(folder, beside, symlinks=True)
    beside.rename(folder.with_name(made))
    rename(root, made, name[:LONGEST_NAME])
    return made


def remove(root: Path, work: str) -> None:
    """Move a workspace aside; it can be brought back for 30 days.

    Raises
    ------
    ScenarioError: there is none.
    """
    folder = workspace.folder_of(root, work)
    (root / REMOVED).mkdir(exist_ok=True)
    folder.rename(root / REMOVED / work)
    os.utime(root / REMOVED / work)


def restore(root: Path, work: str) -> None:
    """Bring a removed workspace back to where it was.

    Raises
    ------
    ScenarioError: it is not kept any more. An id never leaves the root.
    """
    target = workspace.checked_folder(root, work)
    if target.is_dir():
        return
    try:
        (root / REMOVED / work).rename(target)
    except OSError:
        raise InputError(Message("desks.gone", {"id": work})) from None


def clear_removed(root: Path, now: float | None = None) -> None:
    """Forget workspaces that were removed more than 30 days ago.

    Parameters
    ----------
    now: seconds since 1970; None: the present.
    """
    before = (time.time() if now is None else now) - KEPT_SECONDS
    for folder in (root / REMOVED).glob("*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


def _name(folder: Path) -> str:
    try:
        said = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return str(said["name"])[:LONGEST_NAME]
    except (OSError, ValueError, TypeError, KeyError):
        return ""
