"""Scenario files of somebody's own: one file, or the ZIP of a folder; opened whole or not at all."""

from __future__ import annotations

import io
import re
import secrets
import shutil
import stat
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from planner import _yaml
from planner._errors import InputError, ScenarioError
from planner._files import write_atomic
from planner._messages import Message, Place
from planner.study import workspace

MEGABYTE = 1_000_000
MAX_BYTES = 50 * MEGABYTE
MAX_MEMBERS = 200
MAX_UNPACKED_BYTES = 300 * MEGABYTE
MAX_RATIO = 200
SCENARIO, TICKETS = "scenario", "tickets"
_LONGEST = 200
_ZIP = b"PK\x03\x04"
_YAML = (".yaml", ".yml")
_KINDS = (*_YAML, ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".gz", ".xlsx", ".md")
_DRIVE = re.compile(r"[A-Za-z]:")
_ONE = "scenario.yaml"


def kind_of(name: str, data: bytes) -> str:
    """What a file is taken for: "scenario" (YAML, or a ZIP that is no workbook) or "tickets".

    Examples
    --------
    >>> kind_of("desk.yaml", b"name: Desk"), kind_of("tickets.csv", b"id,created")
    ('scenario', 'tickets')
    """
    if data[:4] == _ZIP:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return TICKETS if "[Content_Types].xml" in archive.namelist() else SCENARIO
        except Exception:  # zipfile meets bent archives with a dozen kinds of errors
            return SCENARIO
    return SCENARIO if name.lower().endswith((*_YAML, ".zip")) else TICKETS


def open_files(root: Path, name: str, data: bytes) -> str:
    """A new workspace from a scenario file, or from the ZIP of a scenario folder; returns its id.

    Parameters
    ----------
    name: of the file as its owner calls it; mistakes name it.

    Raises
    ------
    InputError: it is too large, no archive, an archive that unpacks to too much or out of its folder, or
        scenario files have mistakes: all of them, each with its place. Nothing is kept then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     open_files(Path(folder), "desk.yaml", b"opn: 3")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.ScenarioError: desk.yaml:1:1: opn: unknown; known here: ...
    """
    place = Place(file=re.split(r"[\\/]", name)[-1][-80:])
    if len(data) > MAX_BYTES:
        values = {"size": f"{len(data) / MEGABYTE:,.0f}", "limit": MAX_BYTES // MEGABYTE}
        raise InputError(Message("incoming.too_large", values, place))
    if not data.strip():
        raise InputError(Message("desks.empty", {}, place))
    packed = data[:4] == _ZIP or name.lower().endswith(".zip")
    files = _unpacked(data, place) if packed else {_ONE: data}
    work = secrets.token_hex(6)
    target = workspace.checked_folder(root, work)
    beside = target.with_name(f".{work}")
    beside.mkdir(parents=True)
    try:
        _write(beside, files, place)
        _check(beside, "" if packed else place.file)
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return work


def _write(folder: Path, files: Mapping[str, bytes], place: Place) -> None:
    try:
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            write_atomic(folder / path, content)
    except OSError:  # a file where a folder must be, or a name that no disk takes
        raise InputError(Message("desks.broken_zip", {}, place)) from None


def _check(folder: Path, name: str) -> None:
    """Every scenario of a folder loads; ``name``: of the one file, as its owner calls it."""
    from planner.study.scenario import Scenario  # listing files needs no scenario

    mistakes: list[Message] = []
    for file in sorted(path.name for path in folder.glob("*.yaml")):
        try:
            _yaml.load(folder / file, name=name or file)
            text = (folder / file).read_text(encoding="utf-8")
            Scenario.from_text(text, name=name or file, folder=folder)
        except InputError as error:
            mistakes += [each for each in error.messages if each not in mistakes]
    if mistakes:
        raise ScenarioError(*mistakes)


def _unpacked(data: bytes, place: Place) -> dict[str, bytes]:
    """The files of an archive by their paths in the scenario folder; nothing is written."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_members(members, len(data), place)
            wanted = {path: member for member in members if (path := _path(member, place))}
            inside = _folder(wanted, place)
            return {
                str(path.relative_to(inside)): _read(archive, member, place)
                for path, member in wanted.items()
                if path.is_relative_to(inside)
            }
    except InputError:
        raise
    except Exception:  # zipfile meets bent archives with a dozen kinds of errors
        raise InputError(Message("desks.broken_zip", {}, place)) from None


def _check_members(members: Sequence[zipfile.ZipInfo], size: int, place: Place) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > min(MAX_UNPACKED_BYTES, MAX_RATIO * size):
        values = {"limit": MAX_UNPACKED_BYTES // MEGABYTE, "ratio": MAX_RATIO, "members": MAX_MEMBERS}
        raise InputError(Message("desks.zip_bomb", values, place))
    if any(member.flag_bits & 1 for member in members):
        raise InputError(Message("desks.zip_password", {}, place))


def _path(member: zipfile.ZipInfo, place: Place) -> PurePosixPath | None:
    """Where a member belongs; None if it is nothing that a scenario is made of."""
    name = member.orig_filename
    path = PurePosixPath(name)
    link = stat.S_ISLNK(member.external_attr >> 16)
    if link or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or _DRIVE.match(name):
        raise InputError(Message("desks.zip_leaves", {"name": name[:_LONGEST]}, place))
    hidden = any(part.startswith((".", "__")) for part in path.parts)
    return None if hidden or path.suffix.lower() not in _KINDS else path


def _folder(paths: Iterable[PurePosixPath], place: Place) -> PurePosixPath:
    """The folder that holds the scenario files; that of the fewest levels if there are several."""
    scenarios = [path for path in paths if path.suffix.lower() in _YAML]
    if not scenarios:
        raise InputError(Message("desks.no_scenario", {}, place))
    folder = min((path.parent for path in scenarios), key=lambda each: (len(each.parts), str(each)))
    names = [path.name for path in scenarios if path.parent == folder]
    wrong = [name for name in names if not workspace.is_stage_name(name)]
    if wrong:
        mistakes = (Message("desks.stage_name", {"name": name[:_LONGEST]}, place) for name in sorted(wrong))
        raise InputError(*mistakes)
    return folder


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Place) -> bytes:
    """What a member holds; one byte more than it says is refused before it fills the memory."""
    with archive.open(member) as source:
        content = source.read(member.file_size + 1)
    if len(content) > member.file_size:
        raise InputError(Message("desks.broken_zip", {}, place))
    return content
