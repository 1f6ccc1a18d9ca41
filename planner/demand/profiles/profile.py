"""What is known of help desks' exports: one file of data per vendor beside this module.

A new vendor is one new file; nothing else is edited. Titles are written as the vendor writes them, in all its
languages, parted by ``|``; ``*`` stands for any text; ``@created`` for a line of ``_titles.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from planner._messages import Message
from planner._yaml import load
from planner.demand.intake.folding import plain

ZoneRule = Literal["ask", "header", "written"]
AUTO = "auto"
MAPPING = "mapping"
_SHARED = "_titles.yaml"


@dataclass(frozen=True)
class Filter:
    """Rows that a profile leaves out, or of a direction the only ones that it keeps.

    titles: of the column. values: folded. because: "spam", "deleted", "merged", "automated" or "outbound".
    """

    titles: tuple[str, ...]
    values: frozenset[str]
    because: str


@dataclass(frozen=True)
class Profile:
    """How one kind of export is laid out.

    Attributes
    ----------
    name: as a scenario writes it. vendor, what: for people.
    columns: titles by mapping key, the vendor's own first.
    marks: titles that hardly anybody else writes; each is one title in its languages.
    usual: titles that it has and others have too. against: titles that tell it from a near relative.
    must: titles of which a file has at least one, where marks are shared with a near relative.
    enough: so many marks are as good as all.
    zone: of stamps without an offset: "ask" the user; named in the "header"; "written": they carry their
        offset, so the question does not come up.
    hint: zone that such stamps most probably are in, to propose; "" if nothing is known.
    lines: one JSON object a line; titles are paths in it.
    leave_out, only: rows that are no new contact of a customer.
    channels, languages: what its own words and numbers stand for.
    default_channel: of all its rows, "" if they say it.
    aht_unit, reply_unit: of plain numbers, "" if the cells say it.
    needed: keys whose columns it must have beside the stamp.
    beware: codes of sentences for people, in profiles.yaml of the catalogue.
    """

    name: str
    vendor: str
    what: str
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: tuple[tuple[str, ...], ...] = ()
    usual: tuple[tuple[str, ...], ...] = ()
    against: tuple[tuple[str, ...], ...] = ()
    must: tuple[str, ...] = ()
    enough: int = 4
    zone: ZoneRule = "ask"
    hint: str = ""
    lines: bool = False
    leave_out: tuple[Filter, ...] = ()
    only: tuple[Filter, ...] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    inbound: frozenset[str] = frozenset()
    outbound: frozenset[str] = frozenset()
    default_channel: str = ""
    aht_unit: str = ""
    reply_unit: str = ""
    needed: tuple[str, ...] = ()
    beware: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[Message, ...]:
        """What to beware of, in sentences."""
        return tuple(Message(f"profiles.beware_{code}") for code in self.beware)


@lru_cache(maxsize=1)
def known_profiles() -> Mapping[str, Profile]:
    """All profiles by name, in the order of their names.

    Examples
    --------
    >>> known_profiles()["aircall"].columns["stamp"]
    ('datetime (utc)',)
    """
    folder = files("planner.demand.profiles")
    written = {
        entry.name: load(entry.read_text(encoding="utf-8"), name=entry.name).plain()
        for entry in sorted(folder.iterdir(), key=lambda item: item.name)
        if entry.name.endswith(".yaml") and entry.name != _SHARED
    }
    shared = shared_titles()
    found = [
        profile_of(name, vendor["vendor"], said, shared)
        for vendor in written.values()
        for name, said in vendor["profiles"].items()
    ]
    return {profile.name: profile for profile in sorted(found, key=lambda each: each.name)}


@lru_cache(maxsize=1)
def shared_titles() -> Mapping[str, tuple[str, ...]]:
    """Titles that all help desks have, in all languages, by what they hold.

    Examples
    --------
    >>> "Creada" in shared_titles()["created"]
    True
    """
    text = files("planner.demand.profiles").joinpath(_SHARED).read_text(encoding="utf-8")
    return {name: _titles(titles, {}) for name, titles in load(text, name=_SHARED).plain().items()}


@lru_cache(maxsize=1)
def tag_titles() -> frozenset[str]:
    """Titles of columns of tags, as ``plain`` writes them."""
    return frozenset(map(plain, shared_titles()["tags"]))


def profile_names() -> tuple[str, ...]:
    """Everything that may stand after ``profile:``.

    Examples
    --------
    >>> "zendesk" in profile_names(), profile_names()[0]
    (True, 'auto')
    """
    return (AUTO, *known_profiles(), MAPPING)


def profile_of(name: str, vendor: str, said: Mapping[str, Any], shared: Mapping[str, Any]) -> Profile:
    """One profile as its file says it."""
    return Profile(
        name=name,
        vendor=vendor,
        what=said["what"],
        columns={key: _titles(titles, shared) for key, titles in said["columns"].items()},
        marks=tuple(_titles(line, shared) for line in said.get("marks", ())),
        usual=tuple(_titles(line, shared) for line in said.get("usual", ())),
        against=tuple(_titles(line, shared) for line in said.get("against", ())),
        must=_titles(said["must"], shared) if "must" in said else (),
        enough=int(said.get("enough", 4)),
        zone=said.get("zone", "ask"),
        hint=said.get("hint", ""),
        lines=said.get("lines") == "yes",
        leave_out=tuple(_filters(said.get("leave_out", ()), shared)),
        only=tuple(_filters(said.get("only", ()), shared)),
        channels=said.get("channels", {}),
        languages=said.get("languages", {}),
        inbound=_values(said.get("inbound", ())),
        outbound=_values(said.get("outbound", ())),
        default_channel=said.get("default_channel", ""),
        aht_unit=said.get("aht_unit", ""),
        reply_unit=said.get("reply_unit", ""),
        needed=tuple(said.get("needed", ())),
        beware=tuple(said.get("beware", ())),
    )


def _titles(line: str, shared: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    titles: list[str] = []
    for title in (part.strip() for part in line.split("|")):
        titles += shared[title[1:]] if title.startswith("@") else [title]
    return tuple(dict.fromkeys(titles))


def _filters(said: Any, shared: Mapping[str, tuple[str, ...]]) -> Iterator[Filter]:
    for line in said:
        yield Filter(_titles(line["column"], shared), _values(line["values"]), line["because"])


def _values(said: Any) -> frozenset[str]:
    return frozenset(plain(str(value)) for value in said)
