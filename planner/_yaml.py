"""YAML with places: every scalar is text, every node knows where it stands, nothing else is let in.

Read from the parser's events, so that a deep or self-referring document never builds anything:
no tags, no anchors, at most 40 levels and 1 MB, and a key that stands twice is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from planner._errors import InputError
from planner._messages import Message, Place

MOST_BYTES = 1_000_000
MOST_LEVELS = 40

# Any depth of lists, mappings and text. (A recursive alias would be clearer, but mypy and pydantic
# read such aliases differently.)
Plain = Any

_READER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a document and where it stands.

    Attributes
    ----------
    value: text, a list of nodes, or a mapping of nodes.
    place: file, line, column and path of the value.
    keys: for a mapping, the place of each key.
    """

    value: str | list[Node] | dict[str, Node]
    place: Place
    keys: Mapping[str, Place]

    def plain(self) -> Plain:
        """The same without places: text, lists and dicts.

        Examples
        --------
        >>> load("open: 09:00", name="a.yaml").plain()
        {'open': '09:00'}
        """
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: Sequence[str | int]) -> Node:
        """The node that a path of keys and list positions leads to, or the last one on the way."""
        node = self
        for step in path:
            below: Node | None = None
            if isinstance(node.value, dict):
                below = node.value.get(str(step))
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                below = node.value[step]
            if below is None:
                return node
            node = below
        return node


def load(source: Path | str, name: str = "") -> Node:
    r"""Read a document.

    Parameters
    ----------
    source: a path to read, or the text itself.
    name: file name to show in messages; the path itself by default.

    Raises
    ------
    InputError: all mistakes at once, each with its place.

    Examples
    --------
    >>> load("a: 1\na: 2", name="x.yaml")
    Traceback (most recent call last):
    planner._errors.InputError: x.yaml:2:1: a: stands twice, first in line 1 column 1; keep one of them
    """
    node, mistakes = read(source, name)
    if mistakes:
        raise InputError(*mistakes)
    return node


def read(source: Path | str | bytes, name: str = "") -> tuple[Node, tuple[Message, ...]]:
    """Read a document as far as it can be read, with its mistakes; bytes as those of a file.

    Duplicate keys (the first one stays), tags and anchors leave the rest readable; other mistakes
    give an empty mapping.
    """
    shown = name or (str(source) if isinstance(source, Path) else "")
    top = Place(shown, 1, 1)
    empty = Node({}, top, {})
    try:
        if isinstance(source, bytes):
            data = source
        else:
            data = (
                source.read_bytes() if isinstance(source, Path) else source.encode("utf-8", "surrogatepass")
            )
    except OSError as error:
        return empty, (Message("yaml.unreadable", {"why": error.strerror or "?"}, Place(shown)),)
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1_000_000:.1f}"
        return empty, (Message("yaml.too_large", {"megabytes": size}, Place(shown)),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return empty, (Message("yaml.not_utf8", {"byte": f"{data[error.start]:02x}"}, Place(shown, line)),)
    reading = _Reading(shown)
    try:
        node = reading.document(yaml.parse(text, Loader=_READER))
    except InputError as error:
        reading.mistakes.extend(error.messages)
        node = None
    except yaml.MarkedYAMLError as error:
        reading.mistakes.append(_syntax_message(error, shown, text))
        node = None
    except yaml.reader.ReaderError as error:
        # The pure reader counts characters, the compiled one bytes; both are good enough for a line.
        line = text.count("\n", 0, error.position) + 1
        reading.mistakes.append(Message("yaml.bad_character", {}, Place(shown, line)))
        node = None
    return node or empty, tuple(reading.mistakes)


class _Reading:
    """One pass over the events of a document."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Message] = []

    def document(self, events: Iterator[Event]) -> Node | None:
        documents, node = 0, None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise InputError(Message("yaml.two_documents", {}, self.place(event, "")))
            elif isinstance(event, NodeEvent):
                node = self.node(event, events, "", 1)
        return node

    def place(self, event: Event, path: str) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1, path) if mark else Place(self.file, path=path)

    def node(self, event: Event, events: Iterator[Event], path: str, level: int) -> Node:
        place = self.place(event, path)
        if level > MOST_LEVELS:
            raise InputError(Message("yaml.too_deep", {"most": MOST_LEVELS}, place))
        self.refuse_marks(event, place)
        if isinstance(event, MappingStartEvent):
            return self.mapping(place, events, level)
        if isinstance(event, SequenceStartEvent):
            nodes: list[Node] = []
            while not isinstance(inner := next(events), SequenceEndEvent):
                nodes.append(self.node(inner, events, f"{path}[{len(nodes)}]", level + 1))
            return Node(nodes, place, {})
        return Node(event.value if isinstance(event, ScalarEvent) else "", place, {})

    def refuse_marks(self, event: Event, place: Place) -> None:
        if tag := getattr(event, "tag", None):
            self.mistakes.append(Message("yaml.tag", {"tag": tag}, place))
        if getattr(event, "anchor", None):
            self.mistakes.append(Message("yaml.anchor", {}, place))

    def mapping(self, place: Place, events: Iterator[Event], level: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise InputError(Message("yaml.key_not_text", {}, self.place(event, place.path)))
            key = event.value
            path = f"{place.path}.{key}" if place.path else key
            at = self.place(event, path)
            if event.tag or event.anchor:
                self.mistakes.append(
                    Message("yaml.anchor" if event.anchor else "yaml.tag", {"tag": event.tag}, at)
                )
            node = self.node(next(events), events, path, level + 1)
            if key in keys:
                first = {"line": keys[key].line, "column": keys[key].column}
                self.mistakes.append(Message("yaml.duplicate_key", first, at))
            else:
                values[key], keys[key] = node, at
        return Node(values, place, keys)


# What the parser says, and what a manager can do about it.
_SYNTAX = (
    (r"could not find expected ':'", "no_colon"),
    (r"mapping values are not allowed", "colon_in_value"),
    (r"character '\\?\\t' that cannot start|contains tabs|tab character", "tab"),
    (r"expected <block end>|did not find expected (key|'-' indicator)", "indent"),
    (r"expected ',' or '\]'|did not find expected ',' or '\]'", "no_bracket"),
    (r"expected ',' or '\}'|did not find expected ',' or '\}'", "no_brace"),
    (r"unexpected end of stream|end of stream", "open_end"),
    (r"cannot start any token|node content|scanning an (alias|anchor)", "bad_start"),
    (r"sequence entries are not allowed", "dash_in_value"),
)


def _syntax_message(error: yaml.MarkedYAMLError, file: str, text: str) -> Message:
    said = " ".join(part for part in (error.context, error.problem) if part)
    code = next((code for pattern, code in _SYNTAX if re.search(pattern, said)), "syntax")
    at = error.problem_mark
    if "node content" in said and at and not "".join(text.split("\n")[at.line :])[at.column :].strip():
        code = "no_end"
    # A key without its colon is noticed on the next line; the key itself is what to mend.
    mark = (error.context_mark if code == "no_colon" else None) or error.problem_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    return Message(f"yaml.{code}", {"said": said}, place)


def merge(base: Node, over: Node) -> Node:
    """Lay one document over another: mappings are merged, lists and text replaced; places are kept.

    Examples
    --------
    >>> base, over = load("a: {b: 1, c: [1, 2]}"), load("a: {c: [3]}")
    >>> merge(base, over).plain()
    {'a': {'b': '1', 'c': ['3']}}
    """
    if not (isinstance(base.value, dict) and isinstance(over.value, dict)):
        return over
    values = dict(base.value)
    for key, node in over.value.items():
        values[key] = merge(values[key], node) if key in values else node
    return Node(values, over.place, {**base.keys, **over.keys})


def tree(plain: Plain, name: str = "", path: str = "") -> Node:
    """Nodes for values that come from no file, with paths only."""
    place = Place(name, 0, 0, path)
    if isinstance(plain, Mapping):
        paths = {str(key): f"{path}.{key}" if path else str(key) for key in plain}
        values = {str(key): tree(value, name, paths[str(key)]) for key, value in plain.items()}
        return Node(values, place, {key: Place(name, 0, 0, inner) for key, inner in paths.items()})
    if isinstance(plain, list | tuple):
        return Node([tree(item, name, f"{path}[{n}]") for n, item in enumerate(plain)], place, {})
    return Node(str(plain), place, {})


class _Writer(yaml.SafeDumper):
    """Plain text only: no anchors, and 22:00 needs no quotes because we read every scalar as text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML declares it

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    # These break lines for some readers; only the quoted style writes them as escapes.
    style = '"' if any(mark in text for mark in "\r\x85\u2028\u2029") else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _represent_text)


def dump(plain: Plain) -> str:
    """Write text, lists and mappings of text as YAML that ``load`` reads back as the same.

    Examples
    --------
    >>> print(dump({"open": "09:00", "days": ["mon", "tue"]}), end="")
    open: 09:00
    days: [mon, tue]
    """
    text: str = yaml.dump(
        plain, Dumper=_Writer, sort_keys=False, allow_unicode=True, default_flow_style=None, width=140
    )
    return text
