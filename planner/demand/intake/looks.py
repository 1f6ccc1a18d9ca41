"""What a first look at a file finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner._messages import Message
from planner.demand.profiles import Detected, SavedMapping


@dataclass(frozen=True)
class Sampled:
    """A mapped column: its key, its title, and up to 5 of its values; none of tags, which may name people."""

    key: str
    title: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Met:
    """A word of a mapped column, how many of the rows have it, and what it stands for; "" if nobody knows.

    The word is "" where several that may not be shown, since they may name people, mean the same.
    """

    key: str
    word: str
    rows: int
    meaning: str = ""


@dataclass(frozen=True)
class Look:
    """What a file is and how it would be read.

    Attributes
    ----------
    file: its name. kind: "table", "workbook", "lines" or "" if it cannot be opened.
    header: its titles, or of JSON lines the paths in the first object.
    candidates: profiles it may have, best first. stamps: titles of columns that hold stamps, if none is sure.
    mapping: what is proposed; with its profile "auto" resolved. certain: nothing has to be chosen.
    columns: the mapped columns with samples. words: their channels, languages, queues and directions.
    zone: of the stamps: given, named in the header, or proposed by the profile. zone_needed: stamps say no
        zone and it has to be chosen. offsets: the stamps carry their offset.
    order: how stamps are written, such as "day first"; "" if not settled.
    first, last: stamps, as they are written. rows: how many were looked at; whole: these are all.
    left_out: of these rows, by reason (spam, deleted, outbound, ...).
    notices: what was assumed. mistakes: why it cannot be read yet. doubts: why a guess should not be taken
    before somebody has looked at it.
    """

    file: str
    kind: str = ""
    encoding: str = ""
    delimiter: str = ""
    sha256: str = ""
    header: tuple[str, ...] = ()
    candidates: tuple[Detected, ...] = ()
    stamps: tuple[str, ...] = ()
    mapping: SavedMapping = field(default_factory=lambda: SavedMapping(""))
    certain: bool = False
    columns: tuple[Sampled, ...] = ()
    words: tuple[Met, ...] = ()
    zone: str | None = None
    zone_needed: bool = False
    offsets: bool = False
    order: str = ""
    first: str = ""
    last: str = ""
    rows: int = 0
    whole: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[Message, ...] = ()
    mistakes: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()
