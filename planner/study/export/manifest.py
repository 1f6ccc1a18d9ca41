"""``calendars.json``: what people's calendars were told of each shift, so that the next files continue it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from planner._errors import InputError
from planner._messages import Message
from planner.rota import Kind

MANIFEST_FILE = "calendars.json"
VERSION = 1

State = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar, as it was told last.

    Attributes
    ----------
    uid: of the entry; stays with scenario, person, day and number on the day.
    agent: whose. day: local day on which it starts.
    start, end: instants, UTC. zone: the person's clock. shift, kind: of duty. site: place; "" if not known.
    break_start, break_minutes: unpaid break; None and 0 without one.
    state: draft, published or withdrawn, in the words of the calendar format.
    sequence: 0 for the first telling, one more for each change.
    """

    uid: str
    agent: str
    day: date
    start: datetime
    end: datetime
    zone: str
    shift: str
    kind: Kind
    site: str
    break_start: datetime | None
    break_minutes: int
    state: State
    sequence: Annotated[int, Field(ge=0)] = 0

    def follows(self, before: Entry | None) -> Entry:
        """With its sequence: that of the entry before, one more if anything else is different."""
        if before is None:
            return replace(self, sequence=0)
        same = replace(self, sequence=before.sequence)
        return same if same == before else replace(same, sequence=before.sequence + 1)


@dataclass(frozen=True)
class Manifest:
    """All entries that were ever told.

    Attributes
    ----------
    scenario, rota_version: of the rota that was told last.
    entries: sorted by uid; withdrawn ones and those of other periods too.
    version: of the file.
    """

    scenario: str
    rota_version: int
    entries: tuple[Entry, ...]
    version: int = VERSION

    @property
    def text(self) -> str:
        """The text of ``calendars.json``; equal manifests give equal bytes."""
        plain = _plain(self) | {"entries": [_plain(entry) for entry in self.entries]}
        return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(path: Path) -> Manifest | None:
    """What was told; None if there is no such file.

    Raises
    ------
    InputError
        If the file is there but cannot be read: to begin anew would leave people with entries that nobody
        can change or withdraw any more.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise _unreadable(path, problem.strerror or str(problem)) from problem
    try:
        version = json.loads(content).get("version")
        if isinstance(version, int) and version != VERSION:
            values = {"file": path.name, "version": version, "known": VERSION}
            raise InputError(Message("calendars.other_version", values))
        found = TypeAdapter(Manifest).validate_json(content)
    except (ValueError, AttributeError, RecursionError, ValidationError) as problem:
        if isinstance(problem, InputError):
            raise
        raise _unreadable(path, str(problem).splitlines()[0]) from problem
    twice = len(found.entries) - len({entry.uid for entry in found.entries})
    if twice or any(at.tzinfo is None for entry in found.entries for at in _instants(entry)):
        raise _unreadable(path, "uid" if twice else "start, end, break_start")
    ordered = sorted((_in_utc(entry) for entry in found.entries), key=lambda entry: entry.uid)
    return replace(found, entries=tuple(ordered))


def follow(folders: Iterable[Path]) -> Manifest | None:
    """What was told by earlier exports and publications together; None if there was none.

    Where they differ in an entry, the one that was changed more often counts; where both were changed as
    often, people may have either, so the next telling has to replace both.

    Parameters
    ----------
    folders: with a ``calendars.json``, or without; the scenario's name is taken from the first that has one.

    Raises
    ------
    InputError: if one of them cannot be read.
    """
    found = [manifest for folder in folders if (manifest := read_manifest(folder / MANIFEST_FILE))]
    if not found:
        return None
    entries: dict[str, Entry] = {}
    for manifest in found:
        for entry in manifest.entries:
            entries[entry.uid] = _later(entries.get(entry.uid), entry)
    return replace(found[0], entries=tuple(entries[uid] for uid in sorted(entries)))


def _later(one: Entry | None, other: Entry) -> Entry:
    if one is None or other.sequence > one.sequence:
        return other
    differs = other.sequence == one.sequence and other != one
    return replace(other, sequence=other.sequence + 1) if differs else one


def _instants(entry: Entry) -> tuple[datetime, ...]:
    own = (entry.start, entry.end)
    return own if entry.break_start is None else (*own, entry.break_start)


def _in_utc(entry: Entry) -> Entry:
    pause = None if entry.break_start is None else entry.break_start.astimezone(UTC)
    start, end = entry.start.astimezone(UTC), entry.end.astimezone(UTC)
    return replace(entry, start=start, end=end, break_start=pause)


def _plain(noun: Entry | Manifest) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else value  # an instant is a day, too
        for name, value in vars(noun).items()
    }


def _unreadable(path: Path, why: str) -> InputError:
    return InputError(Message("calendars.unreadable", {"file": path.name, "why": why}))
