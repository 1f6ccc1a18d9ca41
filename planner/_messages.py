"""Sentences for people: a code and its values; only faces turn them into words.

Words live in ``planner/_words/<language>/<room>.yaml`` as ``code: "sentence with {value}"``.
A code starts with its room: ``clock.unknown_zone``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from numbers import Number
from types import MappingProxyType

import yaml

from planner._written import swapped, value_written

_READER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LANGUAGES = ("en", "it")
"""Languages in which everything is said."""
_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")
_HEARD: ContextVar[Callable[[Message, str], None] | None] = ContextVar("heard", default=None)
_AS_TYPED = {"file", "found", "given", "id", "known", "name", "said", "text", "value", "version"}


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
    values: what stands in its blanks: numbers, text, days, and other messages, said in the same language.
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


@contextmanager
def hearing(listener: Callable[[Message, str], None]) -> Iterator[None]:
    """Tell a listener of every sentence that is said inside, with its words."""
    before = _HEARD.set(listener)
    try:
        yield
    finally:
        _HEARD.reset(before)


@dataclass(frozen=True)
class Listed:
    """Several values in one blank of a sentence, each said in its language.

    Attributes
    ----------
    parts: the values. by: what stands between them.

    Examples
    --------
    >>> parts = (Message("errors.with_place", {"text": "one"}), "two")
    >>> str(Message("errors.with_place", {"text": Listed(parts)}))
    'one, two'
    """

    parts: tuple[object, ...]
    by: str = ", "

    def __str__(self) -> str:
        return self.by.join(spoken_value(part) if isinstance(part, str) else str(part) for part in self.parts)


@lru_cache(maxsize=8)
def _written(language: str) -> Mapping[str, str]:
    """Words of values, such as days and units: as files say them, and as the language does."""
    english, own = catalogue("en"), catalogue(language)
    return {sentence: own[code] for code, sentence in english.items() if code.startswith("written.")}


def spoken_value(text: str) -> str:
    """A number, a day, a length of time or a word of a file as the language spoken here writes it.

    Anything else, such as a name, comes back as it is.

    Examples
    --------
    >>> with speaking("it"):
    ...     spoken_value("1,234.5 h"), spoken_value("2 weeks"), spoken_value("Desk 3.5")
    ('1.234,5 h', '2 settimane', 'Desk 3.5')
    """
    language = _SPOKEN.get()
    return text if language == "en" else value_written(text, _written(language))


class _Blank:
    """A value that writes its numbers and days as the language spoken here does."""

    __slots__ = ("name", "value")

    def __init__(self, name: str, value: object) -> None:
        self.name, self.value = name, value

    def __format__(self, spec: str) -> str:
        text = format(self.value, spec)
        if isinstance(self.value, Number):
            return swapped(text)
        as_typed = self.name in _AS_TYPED or not isinstance(self.value, str)
        return text if as_typed else spoken_value(text)


def render(message: Message, language: str | None = None) -> str:
    """The sentence in words, with its place in front.

    An unknown code is an error of ours, not of the user: it raises KeyError.

    Parameters
    ----------
    language: the one spoken here if None.

    Examples
    --------
    >>> render(Message("values.share_one"), "it")
    '1 potrebbe essere 1 % o 100 %; scrivi 1% o 100%'
    """
    tongue = language or _SPOKEN.get()
    values: dict[str, object] = dict(message.values)
    if tongue != _SPOKEN.get():
        with speaking(tongue):
            return render(message)
    if tongue != "en":
        values = {name: _Blank(name, value) for name, value in values.items()}
    text = catalogue(tongue)[message.code].format_map(values)
    place = str(message.place) if message.place else ""
    text = f"{place}: {text}" if place else text
    heard = _HEARD.get()
    if heard is not None:
        heard(message, text)
    return text
