"""What one browser, or one person who is signed in, worked on last and prefers; nobody else's list."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import LANGUAGES, Message

CLOCKS = ("team", "site", "utc")
MOST = 50
KEPT_SECONDS = 400 * 86_400.0
FOLDER = "shelves"
_OWNER = re.compile(r"[0-9a-f]{16,64}")
_CHANGING = Lock()
_ID = re.compile(r"[a-z0-9]{8,32}")


@dataclass(frozen=True)
class Recent:
    """A workspace that was open.

    Attributes
    ----------
    seen: when last, in seconds since 1970.
    job: the plan that was on screen last; "" if there was none.
    """

    work: str
    seen: float
    job: str = ""


@dataclass(frozen=True)
class Shelf:
    """Everything that is kept of one owner.

    Attributes
    ----------
    recent: workspaces, the last one first; at most 50.
    language: one of ``LANGUAGES``; "": as the browser asks.
    clock: "team" (the scenario's), "site" (each site's own) or "utc".
    removed: the workspace that was removed last and may be brought back; "" if there is none.
    """

    recent: tuple[Recent, ...] = ()
    language: str = ""
    clock: str = CLOCKS[0]
    removed: str = ""

    def seeing(self, work: str, job: str, now: float) -> Shelf:
        """With a workspace in front; a plan that was seen with it stays if none is seen now.

        Examples
        --------
        >>> shelf = Shelf().seeing("aaaaaaaa", "0011223344", 1.0).seeing("bbbbbbbb", "", 2.0)
        >>> [(each.work, each.job) for each in shelf.seeing("aaaaaaaa", "", 3.0).recent]
        [('aaaaaaaa', '0011223344'), ('bbbbbbbb', '')]
        """
        if not _ID.fullmatch(work):
            return self
        before = next((each.job for each in self.recent if each.work == work), "")
        shown = Recent(work, now, job if _ID.fullmatch(job) else before)
        return replace(self, recent=(shown, *self.without(work).recent)[:MOST])

    def without(self, work: str) -> Shelf:
        """Without a workspace."""
        return replace(self, recent=tuple(each for each in self.recent if each.work != work))


def read_shelf(root: Path, owner: str) -> Shelf:
    """What is kept of an owner; an empty shelf if nothing is, or nobody can read it.

    Raises
    ------
    InputError: the owner's name is none. A name never leaves the store.
    """
    try:
        said = json.loads(_path(root, owner).read_text(encoding="utf-8"))
        return _shelf(said)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Shelf()


def keep_shelf(root: Path, owner: str, shelf: Shelf) -> None:
    """Keep it until it changes.

    Raises
    ------
    InputError: the owner's name is none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     keep_shelf(Path(folder), "0" * 16, Shelf(language="it"))
    ...     read_shelf(Path(folder), "0" * 16).language, read_shelf(Path(folder), "1" * 16).language
    ('it', '')
    """
    path = _path(root, owner)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, json.dumps(asdict(shelf)))


def change_shelf(root: Path, owner: str, change: Callable[[Shelf], Shelf]) -> Shelf:
    """Keep what a shelf becomes; two windows that change theirs in the same instant lose nothing.

    Parameters
    ----------
    change: the new shelf from the one that is kept.

    Returns
    -------
    The new shelf.

    Raises
    ------
    InputError: the owner's name is none.
    """
    with _CHANGING:
        changed = change(read_shelf(root, owner))
        keep_shelf(root, owner, changed)
    return changed


def also_of(root: Path, work: str, owner: str) -> bool:
    """Whether somebody else has had a workspace open, too."""
    others = (path.stem for path in sorted((root / FOLDER).glob("*.json")) if path.stem != owner)
    named = (read_shelf(root, other) for other in others if _OWNER.fullmatch(other))
    return any(work == each.work for shelf in named for each in shelf.recent)


def clear_shelves(root: Path, now: float | None = None) -> None:
    """Forget owners who have not been here for 400 days, which is how long their browser knows its name.

    Parameters
    ----------
    now: seconds since 1970; None: the present.
    """
    before = (time.time() if now is None else now) - KEPT_SECONDS
    for path in (root / FOLDER).glob("*.json"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def _path(root: Path, owner: str) -> Path:
    if not _OWNER.fullmatch(owner):
        raise InputError(Message("desks.owner"))
    return root / FOLDER / f"{owner}.json"


def _shelf(said: Any) -> Shelf:
    language, clock, removed = (said.get(key) for key in ("language", "clock", "removed"))
    return Shelf(
        tuple(_recent(said.get("recent", ()))),
        language if language in LANGUAGES else "",
        clock if clock in CLOCKS else CLOCKS[0],
        removed if _ID.fullmatch(removed or "") else "",
    )


def _recent(said: Iterable[Any]) -> Iterable[Recent]:
    for each in list(said)[:MOST]:
        work, job = str(each["work"]), str(each.get("job", ""))
        if _ID.fullmatch(work):
            yield Recent(work, float(each["seen"]), job if _ID.fullmatch(job) else "")
