"""A file on its way in: kept a day at most, with what its owner said of it, until it is used or discarded.

It lies in a folder of its own under the store. Nothing of it stays when it is used: see ``taking``.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message
from planner.demand import Look, SavedMapping, look, read_mapping, save_mapping

MAX_BYTES = 50_000_000
KEPT_SECONDS = 86_400.0
MEGABYTE = 1_000_000
FOLDER, CHOICES, MAPPINGS = "incoming", "choices.json", "mappings"
_TOKEN = re.compile(r"[0-9a-f]{32}")
_LONGEST_NAME = 80
# What is asked after the file was read: an answer does not make it read again.
_AFTERWARDS = frozenset(("taken", "name"))


@dataclass(frozen=True)
class Choices:
    """What the owner of a file has said of it so far.

    Attributes
    ----------
    profile, zone, mapping: as in ``SavedMapping``; "auto" and "": nothing said.
    accept: take a file of which 1 to 5 % of the rows cannot be read.
    queues: "scenario": those of the stage on screen; "file": one for each that the file names.
    read: the file is to be read as said.
    taken: lines of the suggestions that are accepted.
    name: of the stage that will use it.
    """

    profile: str = "auto"
    zone: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    accept: bool = False
    queues: str = "scenario"
    read: bool = False
    taken: tuple[str, ...] = ()
    name: str = ""

    def saved(self, file: str) -> SavedMapping:
        """The same as a mapping with a name: that of the file without its ending."""
        return SavedMapping(file.split(".")[0], dict(self.mapping), self.profile, self.zone or None)


def receive(root: Path, name: str, data: bytes) -> str:
    """Keep a file until it is used, discarded or a day old; returns the token by which it is known.

    Parameters
    ----------
    root: folder of the store. name: as its owner calls it. data: its bytes.

    Raises
    ------
    InputError: it is larger than 50 MB.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     token = receive(Path(folder), "../../tickets .csv", b"a,b")
    ...     file_of(Path(folder), token).name
    'tickets .csv'
    """
    clear(root)
    if len(data) > MAX_BYTES:
        values = {"size": f"{len(data) / MEGABYTE:,.0f}", "limit": MAX_BYTES // MEGABYTE}
        raise InputError(Message("incoming.too_large", values))
    token = secrets.token_hex(16)
    # Written beside it and renamed: a file is there whole or not at all.
    beside = root / FOLDER / f".{token}"
    (beside / "file").mkdir(parents=True)
    write_atomic(beside / "file" / _safe(name), data)
    beside.rename(root / FOLDER / token)
    return token


def clear(root: Path, now: float | None = None) -> None:
    """Remove files that are older than a day.

    Parameters
    ----------
    now: seconds since 1970; None: the present.
    """
    before = (time.time() if now is None else now) - KEPT_SECONDS
    for folder in (root / FOLDER).glob("*"):
        try:
            old = folder.stat().st_mtime < before
        except OSError:
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)


def file_of(root: Path, token: str) -> Path:
    """Path of a received file.

    Raises
    ------
    InputError: it is not there any more, or never was. A token never leaves the store.
    """
    folder = _folder(root, token)
    found = sorted((folder / "file").glob("*")) if folder else []
    if not found:
        raise InputError(Message("incoming.gone"))
    return found[0]


def discard(root: Path, token: str) -> None:
    """Remove a received file and what was said of it; one that is gone already is fine."""
    folder = _folder(root, token)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def choices_of(root: Path, token: str) -> Choices:
    """What was said of a file so far; nothing if it was said in a way nobody understands."""
    file = file_of(root, token).parents[1] / CHOICES
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return Choices(**{**said, "taken": tuple(said["taken"])})
    except (OSError, ValueError, TypeError, KeyError):
        return Choices()


def choose(root: Path, token: str, **said: Any) -> Choices:
    """Keep what the owner says of a file; what was read before does not hold any more.

    Parameters
    ----------
    said: attributes of ``Choices``.

    Raises
    ------
    InputError: the file is not there any more.
    """
    before = choices_of(root, token)
    again = before.read if set(said) <= _AFTERWARDS else False
    made = replace(before, **{"read": again, **said})
    write_atomic(file_of(root, token).parents[1] / CHOICES, json.dumps(asdict(made)))
    return made


def choose_mapping(root: Path, token: str, key: str, value: object, word: str = "") -> Choices:
    """Say one key of the mapping, or of a dictionary of it one word; None or "" takes it back."""
    mapping = dict(choices_of(root, token).mapping)
    if word:
        inner = {known: meaning for known, meaning in dict(mapping.get(key) or {}).items() if known != word}
        value = {**inner, word: value} if value else inner
    if value:
        mapping[key] = value
    else:
        mapping.pop(key, None)
    return choose(root, token, mapping=mapping)


def look_at(root: Path, token: str) -> Look:
    """What a received file is, read as said so far.

    Raises
    ------
    InputError: the file is not there any more.
    """
    file = file_of(root, token)
    return look(file, choices_of(root, token).saved(file.name))


def keep_mapping(folder: Path, header: tuple[str, ...], mapping: SavedMapping) -> Path:
    """Keep a mapping in a workspace for the next file with the same titles; it holds no data."""
    path = _mapping_path(folder, header)
    path.parent.mkdir(exist_ok=True)
    save_mapping(mapping, path)
    return path


def kept_mapping(folder: Path, header: tuple[str, ...]) -> SavedMapping | None:
    """The mapping with which a file of the same titles was imported; None: there was none."""
    try:
        return read_mapping(_mapping_path(folder, header))
    except InputError:
        return None


def take_mapping(root: Path, token: str, mapping: SavedMapping) -> Choices:
    """Read a file as another of the same titles was read."""
    return choose(
        root, token, profile=mapping.profile, zone=mapping.zone or "", mapping=dict(mapping.mapping)
    )


def _mapping_path(folder: Path, header: tuple[str, ...]) -> Path:
    digest = sha256("\n".join(title.strip().casefold() for title in header).encode("utf-8", "replace"))
    return folder / MAPPINGS / f"{digest.hexdigest()[:16]}.yaml"


def _folder(root: Path, token: str) -> Path | None:
    return root / FOLDER / token if _TOKEN.fullmatch(token) else None


def _safe(name: str) -> str:
    """A file name without folders and signs that mean something to a machine, with its ending."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[^\w .()+-]", "_", last).strip(" .")
    return plain[-_LONGEST_NAME:].strip(" .") or "file"
