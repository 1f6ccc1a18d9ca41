"""Which words of a file may be shown: shifted or wrongly named columns hold names of persons."""

from __future__ import annotations

import re
from collections.abc import Container

from planner.demand.intake.folding import plain
from planner.demand.intake.labels import channel_of, looks_like_a_label
from planner.demand.intake.words import DIRECTIONS, LANGUAGES

FEWEST_ROWS = 5
"""Rows that a name of a queue must have before it is shown."""
FEW_ROWS = 50
"""Below this a name of two capitalised words may be that of a person."""
_MOST_LETTERS = 40
_MOST_DIGITS = 5
_CODE = re.compile(r"[a-z]{1,12}(?:[_-][a-z]{1,12})?[0-9]{0,3}")
_TAGGED = re.compile(r"(?:lang|language|locale)[_-]([a-z]{2,3}(?:[-_][a-z]{2,4})?)", re.IGNORECASE | re.ASCII)
_COUNTRY = re.compile(r"\s*\([^()]*\)$")


def may_be_shown(key: str, word: str, rows: int, own: Container[str] = ()) -> bool:
    """Whether a word of a column of channels, languages, directions or queues names nobody.

    Parameters
    ----------
    key: "channel", "language", "direction" or "queue". rows: that have the word.
    own: words that the user has explained, as ``plain`` writes them; the user knows them already.

    Examples
    --------
    >>> [may_be_shown("channel", word, 9) for word in ("Phone call", "fax", "Anna", "Anna Rossi")]
    [True, True, False, False]
    >>> [may_be_shown("language", word, 9) for word in ("pt-BR", "Italiano", "Ines De Rossi")]
    [True, True, False]
    >>> [may_be_shown("queue", "Customer Care", rows) for rows in (12, 1200)]
    [False, True]
    """
    if plain(word) in own:
        return True
    if len(word) > _MOST_LETTERS or "@" in word or sum(sign.isdigit() for sign in word) > _MOST_DIGITS:
        return False
    if key == "queue":
        return rows >= FEWEST_ROWS and (rows >= FEW_ROWS or not _may_be_a_person(word))
    return _CODE.fullmatch(word) is not None or _names(key, word)


def _names(key: str, word: str) -> bool:
    """Whether the whole of a word means a direction, a language or a channel."""
    if key == "direction":
        return plain(word) in DIRECTIONS
    if key == "channel" and (channel_of(word) is not None or _numbered(word)):
        return True
    language = plain(_COUNTRY.sub("", word)) in LANGUAGES or _TAGGED.fullmatch(word) is not None
    return language or looks_like_a_label(word)


def _numbered(word: str) -> bool:
    """Whether a channel is told apart by a number, as Hotline 2."""
    parts = word.split()
    return any(map(channel_of, parts)) and all(channel_of(part) or part.isdigit() for part in parts)


def _may_be_a_person(word: str) -> bool:
    """Two or three words of letters alone, each with a capital, that are no words of queues."""
    parts = word.replace(",", " ").split()
    named = all(part[0].isupper() and part.replace("-", "").replace("'", "").isalpha() for part in parts)
    return len(parts) in (2, 3) and named and not any(_names("language", part) for part in parts)
