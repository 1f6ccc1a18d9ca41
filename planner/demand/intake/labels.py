"""Which queue a row belongs to, from what an export writes about language and channel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from planner.demand.intake.folding import plain
from planner.demand.intake.words import CHANNELS, LANGUAGES
from planner.demand.queue import Queue

_MOST_REMEMBERED = 100_000
_CODE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE | re.ASCII)
_VARIANT = re.compile(r"\s*\([^()]*\)$")  # the country in: English (United States)
_TAG_STARTS = ("lang_", "language_", "locale_", "lang-", "language-")


def language_code(text: str, known: frozenset[str]) -> str | None:
    """The language a cell or a list of tags names, as one of the known codes; None if it names none.

    Examples
    --------
    >>> language_code("en-US", frozenset({"en", "it"}))
    'en'
    >>> language_code("payout italiano", frozenset({"en", "it"}))
    'it'
    >>> language_code("Français (France)", frozenset({"en", "fr"}))
    'fr'
    """
    # Several tags are no language; only a name with its country has a blank: English (United States).
    whole = _one_language(text, known) if " " not in text.strip() or "(" in text else None
    if whole is not None:
        return whole
    found = {code for word in re.split(r"[\s,;|]+", text) if (code := _one_language(word, known)) is not None}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=64)
def _by_fold(known: frozenset[str]) -> Mapping[str, str]:
    return {code.casefold(): code for code in known}


@lru_cache(maxsize=32_768)
def _one_language(text: str, known: frozenset[str]) -> str | None:
    word = text.strip().casefold()
    for start in _TAG_STARTS:
        word = word.removeprefix(start)
    word = _VARIANT.sub("", word) or word
    word = LANGUAGES.get(plain(word), word).replace("_", "-")
    by_fold = _by_fold(known)
    return by_fold.get(word) or by_fold.get(word.split("-")[0])


def channel_of(text: str) -> str | None:
    """The channel that a word names, or None.

    Examples
    --------
    >>> channel_of("E-mail"), channel_of("Phone call (incoming)"), channel_of("carrier pigeon")
    ('email', 'phone', None)
    """
    word = plain(text.replace("_", " "))
    return CHANNELS.get(word) or CHANNELS.get(_VARIANT.sub("", word))


_CALLS = frozenset(
    ("call", "calls", "callback", "callbacks", "call-back", "call-backs", "inbound", "outbound")
)
"""Words that name a queue of calls beside its language and channel."""


def looks_like_a_label(text: str) -> bool:
    """Whether an unknown cell is a language code or a channel word: only those may be shown."""
    return _CODE.fullmatch(text.strip()) is not None or channel_of(text) is not None


def looks_like_a_queue(text: str) -> bool:
    """Whether an unknown name of a queue is made of such words and of words for calls alone.

    Examples
    --------
    >>> looks_like_a_queue("outbound en"), looks_like_a_queue("Maria Silva")
    (True, False)
    """
    words = text.split()
    return bool(words) and all(word.casefold() in _CALLS or looks_like_a_label(word) for word in words)


class QueueFinder:
    """Finds the queue of a row; answers are remembered, so a long file costs a look-up a row.

    Parameters
    ----------
    queues: of the scenario.
    queue_words, language_words, channel_words: the user's dictionaries, as written in the file -> ours.
    default_language: of rows that name none; "": such rows may be of any.
    tagged: the language stands among other tags, so words nobody knows say nothing.
    default_channel: of rows that name none; "": such rows may be of any.
    """

    def __init__(
        self,
        queues: Sequence[Queue],
        queue_words: Mapping[str, str],
        language_words: Mapping[str, str],
        channel_words: Mapping[str, str],
        default_language: str = "",
        tagged: bool = False,
        default_channel: str = "",
    ) -> None:
        self._queues = tuple(queues)
        self._names = {queue.name.casefold(): index for index, queue in enumerate(queues)}
        spoken = frozenset(queue.language for queue in queues)
        self._codes_known = spoken | frozenset(LANGUAGES.values()) if tagged else spoken
        self._codes: dict[str, str | None] = {}
        self._queue_words = {key.casefold(): value for key, value in queue_words.items()}
        self._language_words = {key.casefold(): value for key, value in language_words.items()}
        self._channel_words = {key.casefold(): value for key, value in channel_words.items()}
        self._default_language = default_language
        self._tagged = tagged
        self._default_channel = default_channel
        self._known: dict[tuple[str | None, str | None, str | None], int | str] = {}

    def find(self, queue: str | None, language: str | None, channel: str | None) -> int | str:
        """Index of the queue, or the reason why there is none: ``no_queue`` or ``several_queues``.

        None means that the file has no such column. A named queue decides; otherwise language and channel
        together must fit exactly one queue. An empty cell fits any; a word nobody knows fits none.
        """
        key = (queue, language, channel)
        answer = self._known.get(key)
        if answer is None:
            answer = self._look(queue, language, channel)
            if len(self._known) < _MOST_REMEMBERED:
                self._known[key] = answer
        return answer

    def _look(self, queue: str | None, language: str | None, channel: str | None) -> int | str:
        if queue is not None and queue.strip():
            word = queue.strip().casefold()
            index = self._names.get(self._queue_words.get(word, word).casefold())
            if index is not None:
                return index
            if language is None and channel is None:
                return "no_queue"
        code, wanted = self._code_of(language), self._channel_of(channel)
        fitting = [
            index
            for index, candidate in enumerate(self._queues)
            if code in ("", candidate.language) and wanted in ("", candidate.channel)
        ]
        if len(fitting) == 1:
            return fitting[0]
        return "several_queues" if fitting else "no_queue"

    def _code_of(self, language: str | None) -> str | None:
        """Language of a cell; "": any; None: one that no queue speaks. Asked once of each cell."""
        word = (language or "").strip()
        if not word:
            return self._default_language
        if word not in self._codes:
            code = language_code(self._translated(word), self._codes_known)
            if len(self._codes) >= _MOST_REMEMBERED:
                self._codes.clear()
            self._codes[word] = code or (self._default_language if self._tagged else None)
        return self._codes[word]

    def _translated(self, text: str) -> str:
        """The user's words put in place of those of the file, the whole cell first, else tag by tag."""
        whole = self._language_words.get(text.casefold())
        if whole is not None or not self._tagged:
            return whole or text
        return " ".join(self._language_words.get(word, word) for word in text.casefold().split())

    def _channel_of(self, channel: str | None) -> str | None:
        """Channel of a cell; "": any; None: none that is known."""
        if channel is None or not channel.strip():
            return self._default_channel
        word = " ".join(channel.split()).casefold()
        return channel_of(self._channel_words.get(word, word))
