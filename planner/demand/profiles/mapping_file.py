"""A mapping that a user saves: what the columns of a file hold, with a name and without any data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message, Place
from planner._yaml import Node, dump, read
from planner.clock import zone_named
from planner.demand.intake.sources import CHOICES, DICTIONARIES, LISTS, MAPPING_KEYS
from planner.demand.intake.words import CHANNELS
from planner.demand.profiles.layout import texts
from planner.demand.profiles.profile import AUTO, MAPPING, profile_names

HEAD = ("name", "profile", "zone")
_MOST_OF_A_WORD = 200


@dataclass(frozen=True)
class SavedMapping:
    """A mapping with a name.

    Attributes
    ----------
    name: for people, such as "Our phone system".
    mapping: as ``HistorySource.mapping``.
    profile: which it builds upon: "auto", "mapping" (nothing but what it says) or that of a help desk.
    zone: of stamps without an offset; None: not said.
    """

    name: str
    mapping: Mapping[str, object] = field(default_factory=dict)
    profile: str = AUTO
    zone: str | None = None


def read_mapping(source: Path | str, name: str = "") -> SavedMapping:
    r"""Read a saved mapping.

    Parameters
    ----------
    source: a path to read, or the text itself.
    name: of the file, for messages.

    Raises
    ------
    InputError: all mistakes at once as file:line:column.

    Examples
    --------
    >>> read_mapping("name: Phones\nstamp: Start\ndefault_channel: phone").mapping
    {'stamp': 'Start', 'default_channel': 'phone'}
    >>> read_mapping("stamp: Start\nchanel: Via", "phones.yaml")
    Traceback (most recent call last):
    planner._errors.InputError: phones.yaml:2:1: chanel: unknown; did you mean channel?
    """
    node, mistakes = read(source, name)
    found = [*mistakes, *(file_mistakes(node) if not mistakes else ())]
    if found:
        raise InputError(*found)
    said = dict(node.plain())
    head = {key: said.pop(key) for key in HEAD if key in said}
    shown = head.get("name") or (source.stem if isinstance(source, Path) else "")
    return SavedMapping(shown, said, head.get("profile", AUTO), head.get("zone"))


def save_mapping(mapping: SavedMapping, path: Path) -> None:
    """Write a mapping so that a scenario can name it; nothing but titles and meanings is in it.

    Raises
    ------
    InputError: the mapping has mistakes; nothing is written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_mapping(SavedMapping("Phones", {"stamp": "Start"}), Path(folder, "phones.yaml"))
    ...     read_mapping(Path(folder, "phones.yaml"))
    SavedMapping(name='Phones', mapping={'stamp': 'Start'}, profile='auto', zone=None)
    """
    text = mapping_text(mapping)
    read_mapping(text, path.name)
    write_atomic(path, text)


def mapping_text(mapping: SavedMapping) -> str:
    """The content of the file that ``save_mapping`` writes.

    Examples
    --------
    >>> print(mapping_text(SavedMapping("Phones", {"stamp": "Start", "queues": {"EN": "phone en"}})), end="")
    name: Phones
    stamp: Start
    queues: {EN: phone en}
    """
    head: dict[str, object] = {"name": mapping.name}
    if mapping.profile != AUTO:
        head["profile"] = mapping.profile
    if mapping.zone:
        head["zone"] = mapping.zone
    known = [key for key in MAPPING_KEYS if key in mapping.mapping]
    other = [key for key in mapping.mapping if key not in MAPPING_KEYS]
    said = {**head, **{key: _plain(mapping.mapping[key]) for key in (*known, *other)}}
    return "".join(_line(key, value) for key, value in said.items())


def file_mistakes(node: Node) -> Iterator[Message]:
    """What is wrong in a mapping file, each with its place."""
    if not isinstance(node.value, dict):
        yield Message("profiles.mapping_wanted", {}, node.place)
        return
    yield from mapping_mistakes(node, HEAD)
    profile, zone = node.value.get("profile"), node.value.get("zone")
    if isinstance(profile, Node) and profile.value not in profile_names():
        yield _choice(profile, profile_names())
    if isinstance(zone, Node) and isinstance(zone.value, str):
        try:
            zone_named(zone.value)
        except InputError as error:
            yield from (Message(each.code, each.values, zone.place) for each in error.messages)
    builds = isinstance(profile, Node) and profile.value not in (AUTO, MAPPING)
    if "stamp" not in node.value and not builds:
        yield Message("profiles.stamp_wanted", {}, Place(node.place.file, node.place.line))


def mapping_mistakes(node: Node, head: Sequence[str] = ()) -> Iterator[Message]:
    """Keys nobody knows, and values of the wrong kind.

    Parameters
    ----------
    node: the mapping, in a file of its own or in a scenario.
    head: further keys that are known there.
    """
    for key, value in node.value.items() if isinstance(node.value, dict) else ():
        if key in head:
            if not isinstance(value.value, str):
                yield Message("profiles.one_value", {}, value.place)
        elif key not in MAPPING_KEYS:
            near = get_close_matches(key, (*MAPPING_KEYS, *head), n=1, cutoff=0.5)
            values = {"near": near[0]} if near else {"known": ", ".join((*head, *MAPPING_KEYS))}
            yield Message(f"profiles.unknown_key{'_near' if near else ''}", values, node.keys[key])
        else:
            yield from _value_mistakes(key, value)


def _value_mistakes(key: str, value: Node) -> Iterator[Message]:
    if key in DICTIONARIES:
        if not isinstance(value.value, dict):
            yield Message("profiles.pairs_wanted", {}, value.place)
            return
        for word, meaning in value.value.items():
            if key in ("keep", "leave_out"):
                yield from _texts_mistakes(meaning)
            elif not isinstance(meaning.value, str):
                yield Message("profiles.one_value", {}, meaning.place)
            elif key == "channels" and meaning.value not in set(CHANNELS.values()):
                yield Message("profiles.channel_meaning", {"word": word}, meaning.place)
    elif key in LISTS:
        yield from _texts_mistakes(value)
    elif not isinstance(value.value, str):
        yield Message("profiles.one_value", {}, value.place)
    elif key in CHOICES and value.value.casefold() not in CHOICES[key]:
        yield _choice(value, CHOICES[key])
    elif not value.value.strip() or len(value.value) > _MOST_OF_A_WORD:
        yield Message("profiles.title_wanted", {"most": _MOST_OF_A_WORD}, value.place)


def _texts_mistakes(value: Node) -> Iterator[Message]:
    entries = value.value if isinstance(value.value, list) else [value]
    for entry in entries:
        if not isinstance(entry.value, str):
            yield Message("profiles.one_value", {}, entry.place)


def _choice(value: Node, known: Sequence[str]) -> Message:
    given = value.value if isinstance(value.value, str) else "..."
    near = get_close_matches(given, known, n=1, cutoff=0.6)
    values = {"given": given, "known": near[0] if near else ", ".join(known)}
    return Message(f"profiles.choice{'_near' if near else ''}", values, value.place)


def _line(key: str, value: object) -> str:
    """One key a line, as people write it."""
    text = dump({key: value})
    return f"{text.strip()[1:-1]}\n" if text.startswith("{") else text


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, bool):
        return "yes" if value else "no"
    return list(texts(value)) if isinstance(value, list | tuple) else str(value)
