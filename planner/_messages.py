"""Sentences for people: a code and its values; only faces turn them into words.

Words live in ``planner/_words/<language>/<room>.yaml`` as ``code: "sentence with {value}"``.
A code starts with its room: ``clock.unknown_zone``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import yaml

_READER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LANGUAGES = ("en", "it")
"""Languages in which everything is said."""
_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands.

    Attributes
    ----------
    file: name as the user gave it; "" if there is no file.
    line, column: counted from 1; 0 if unknown.
    path: path inside the document, such as ``agents[3].languages``; "" at the top.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f":{self.line}"
            if self.column:
                where += f":{self.column}"
        if self.path:
            where += f": {self.path}" if where else self.path
        return where


@dataclass(frozen=True)
class Message:
    """A sentence for people, before it has words.

    Attributes
    ----------
    code: key of the sentence, ``room.name``.
    values: what stands in its blanks; plain numbers and text.
    place: where it applies, or None.

    Examples
    --------
    >>> str(Message("errors.with_place", {"text": "a file is missing"}))
    'a file is missing'
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __str__(self) -> str:
        return render(self)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((k, str(v)) for k, v in self.values.items())), self.place))

    def __reduce__(self) -> tuple[object, ...]:
        return (Message, (self.code, dict(self.values), self.place))


@lru_cache(maxsize=8)
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of a language, by code ("en" always exists)."""
    words: dict[str, str] = {}
    folder = files("planner").joinpath("_words", language)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yaml"):
            room = entry.name.removesuffix(".yaml")
            loaded = yaml.load(entry.read_text(encoding="utf-8"), Loader=_READER) or {}
            words.update({f"{room}.{code}": sentence for code, sentence in loaded.items()})
    return MappingProxyType(words)


def speak(language: str) -> None:
    """Say everything in a language from now on, in this thread or task."""
    _SPOKEN.set(language if language in LANGUAGES else "en")


def spoken_language() -> str:
    """The language in which things are said here."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything inside in a language.

    Examples
    --------
    >>> with speaking("it"):
    ...     spoken_language()
    'it'
    >>> spoken_language()
    'en'
    """
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def render(message: Message, language: str | None = None) -> str:
    """The sentence in words, with its place in front.

    An unknown code is an error of ours, not of the user: it raises KeyError.

    Parameters
    ----------
    language: the one spoken here if None.
    """
    with speaking(language or _SPOKEN.get()):
        text = catalogue(_SPOKEN.get())[message.code].format_map(dict(message.values))
    place = str(message.place) if message.place else ""
    return f"{place}: {text}" if place else text
