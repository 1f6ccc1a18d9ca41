"""What was said once, said again in another language.

Files hold sentences in English. Beside them stands what each sentence was made of, so that a page can say
it in the language of its visit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from planner._messages import (
    Listed,
    Message,
    Place,
    catalogue,
    hearing,
    render,
    spoken_language,
    spoken_value,
)

SAID_FILE = "said.json"
"""File with the sentences of a job, beside what it has made."""
MOST_SENTENCES, MOST_CHARACTERS = 20_000, 6_000_000
_DEEPEST = 6
_BETWEEN = re.compile(r"\n\n|\n- |\n|; | · |, | – |\. | ")


@dataclass
class Said:
    """Sentences by their English words; the oldest are forgotten where there are too many.

    Examples
    --------
    >>> with remembered() as said:
    ...     text = str(Message("values.share_one"))
    >>> said.messages[text].code
    'values.share_one'
    """

    messages: dict[str, Message] = field(default_factory=dict)
    _begun: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def keep(self, message: Message, text: str) -> None:
        """Remember one sentence; one that only repeats another text is none."""
        if spoken_language() != "en" or any(text == value for value in message.values.values()):
            return
        self.messages.pop(text, None)
        self.messages[text] = message
        if len(self.messages) > MOST_SENTENCES:
            del self.messages[next(iter(self.messages))]

    def again(self, text: str, deep: int = 0) -> str:
        """A text in the language spoken here; as it is where nobody knows what it was made of."""
        if spoken_language() == "en" or deep > _DEEPEST or not text:
            return text
        known = self.messages.get(text)
        return self._in_words(known, deep) if known else self._parts(text, deep)

    def _in_words(self, message: Message, deep: int) -> str:
        values = {name: self._value(value, deep + 1) for name, value in message.values.items()}
        return render(Message(message.code, values, message.place))

    def _value(self, value: object, deep: int) -> object:
        if isinstance(value, str):
            return self.again(value, deep)
        if isinstance(value, Listed):
            return Listed(tuple(self._value(part, deep) for part in value.parts), value.by)
        return value

    def _parts(self, text: str, deep: int) -> str:
        """A join of known sentences, each said again; the text itself where most of it is unknown."""
        told: list[str] = []
        at, known = 0, 0
        while at < len(text):
            found = self._longest(text, at)
            if found:
                told.append(self._in_words(self.messages[found], deep))
                at, known = at + len(found), known + len(found)
            else:
                step = _BETWEEN.search(text, at)
                end = max(at + 1, step.start() if step else len(text))
                told.append(spoken_value(text[at:end]))
                at = end
            step = _BETWEEN.match(text, at)
            if step:
                told.append(step[0])
                at = step.end()
        return "".join(told) if 2 * known >= len(text) else spoken_value(text)

    def _longest(self, text: str, at: int) -> str | None:
        """The longest known sentence that stands at a place of a text."""
        for each in self._starting(text[at : at + 4]):
            end = at + len(each)
            if text.startswith(each, at) and (end == len(text) or _BETWEEN.match(text, end)):
                return each
        return None

    def _starting(self, first: str) -> list[str]:
        if not self._begun:
            for each in sorted(self.messages, key=len, reverse=True):
                self._begun.setdefault(each[:4], []).append(each)
        return self._begun.get(first, [])

    def text(self, tidied: Callable[[str], str] = str) -> str:
        """JSON of everything said.

        Parameters
        ----------
        tidied: makes each sentence what stands in the files.
        """
        rows: list[str] = []
        left = MOST_CHARACTERS
        for text, message in reversed(self.messages.items()):
            values = {name: plain_value(value) for name, value in message.values.items()}
            row = json.dumps([tidied(text), message.code, values, _plain_place(message.place, tidied)])
            left -= len(row)
            if left < 0:
                break
            rows.append(row)
        return '{"schema_version": 1, "said": [\n' + ",\n".join(reversed(rows)) + "\n]}\n"


@contextmanager
def remembered() -> Iterator[Said]:
    """Remember every English sentence that is said inside."""
    said = Said()
    with hearing(said.keep):
        yield said


def said_of(text: str) -> Said:
    """What was remembered, read again; nothing where the text is none of ours.

    Examples
    --------
    >>> with remembered() as said:
    ...     _ = str(Message("values.count_most", {"given": 3, "most": 2}))
    >>> said_of(said.text()).messages == said.messages
    True
    >>> said_of("{}").messages
    {}
    """
    try:
        rows = json.loads(text)["said"]
        made = {row[0]: Message(row[1], _made(row[2]), _place(row[3])) for row in rows}
    except (ValueError, LookupError, TypeError):
        return Said()
    known = catalogue("en")
    return Said({text: message for text, message in made.items() if message.code in known})


def said_beside(folder: Path) -> Said:
    """What was said while the files of a folder, or of the folder above it, were made."""
    for file in (folder / SAID_FILE, folder.parent / SAID_FILE):
        if file.is_file():
            return _read(file, file.stat().st_mtime_ns)
    return Said()


@lru_cache(maxsize=16)
def _read(file: Path, changed: int) -> Said:
    del changed
    return said_of(file.read_text(encoding="utf-8"))


def plain_value(value: object) -> Any:
    """A value of a sentence as JSON, and what it was.

    Examples
    --------
    >>> plain_value(Listed((Message("values.share_one"), "two")))
    {'listed': [{'message': 'values.share_one', 'values': {}}, 'two'], 'by': ', '}
    >>> value_of({"date": "2026-03-30"})
    datetime.date(2026, 3, 30)
    """
    if hasattr(value, "item"):  # a number of numpy
        return value.item()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Message):
        return {
            "message": value.code,
            "values": {name: plain_value(each) for name, each in value.values.items()},
        }
    if isinstance(value, Listed):
        return {"listed": [plain_value(part) for part in value.parts], "by": value.by}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return str(value)


def value_of(value: Any) -> object:
    """A value of a sentence from what ``plain_value`` made of it."""
    if not isinstance(value, Mapping):
        return value
    if "message" in value:
        return Message(value["message"], _made(value["values"]))
    if "listed" in value:
        return Listed(tuple(value_of(part) for part in value["listed"]), value["by"])
    if "datetime" in value:
        return datetime.fromisoformat(value["datetime"])
    return date.fromisoformat(value["date"])


def _made(values: Mapping[str, Any]) -> dict[str, object]:
    return {name: value_of(value) for name, value in values.items()}


def _plain_place(place: Place | None, tidied: Callable[[str], str]) -> list[Any] | None:
    return [tidied(place.file), place.line, place.column, place.path] if place else None


def _place(row: list[Any] | None) -> Place | None:
    return Place(*row) if row else None
