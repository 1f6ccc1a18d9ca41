"""What the columns of a file of nobody known may hold: a proposal to look at, never taken unasked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from planner.demand.folding import plain
from planner.demand.labels import channel_of, language_code
from planner.demand.profiles import shared_titles
from planner.demand.profiles.titles import find_all
from planner.demand.stamps import ORDERS, read_stamp
from planner.demand.words import DIRECTIONS, LANGUAGES

LOOKED_AT = 200
_MOST = 0.8
_HALF = 0.5
_MOST_QUEUES = 30
_CODES = frozenset(LANGUAGES.values())
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z]{2,4})?")


def stamps_in(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Titles of columns that hold stamps with a time of day; those called creation come first.

    Examples
    --------
    >>> stamps_in(("id", "closed", "created"), [("1", "2026-03-29 10:15", "2026-03-29 08:15")])
    ('created', 'closed')
    """
    called = find_all([title.replace("_", " ") for title in header], shared_titles()["created"])
    found = [at for at in range(len(header)) if _stamps(_cells(rows, at), at in called)]
    first = [at for at in called if at in found]
    return tuple(header[at] for at in dict.fromkeys((*first, *found)))


def guess(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, object]:
    """A mapping that the titles and the first rows suggest; without a stamp if no column holds any.

    Examples
    --------
    >>> rows = [("1", "29/03/2026 8:15", "inglese", "00:04:10")]
    >>> guess(("ID", "Creato il", "Lingua", "Durata"), rows)
    {'stamp': 'Creato il', 'id': 'ID', 'language': 'Lingua', 'aht': 'Durata'}
    """
    stamps = stamps_in(header, rows)
    if not stamps:
        return {}
    mapping: dict[str, object] = {"stamp": stamps[0]}
    tests = {
        "id": ("ticket_id", _numbers),
        "queue": ("queue", _few),
        "language": ("language", _languages),
        "channel": ("channel", _channels),
        "direction": ("direction", _directions),
        "aht": ("handle_time", _filled),
        "solved": ("solved", _stamps),
        "labels": ("tags", _filled),
    }
    for key, (titles, holds) in tests.items():
        for at in find_all([title.replace("_", " ") for title in header], shared_titles()[titles]):
            if header[at] not in mapping.values() and holds(_cells(rows, at)):
                mapping[key] = header[at]
                break
    return mapping


def meanings(key: str, words: Mapping[str, str], text: str, tag: bool = False) -> str:
    """What a cell of a channel or language column stands for; "" if nobody knows.

    Examples
    --------
    >>> meanings("channel", {"hotline 2": "phone"}, "Hotline 2"), meanings("language", {}, "sl-SI")
    ('phone', 'sl')
    >>> meanings("language", {}, "is", tag=True)
    ''
    """
    own = {plain(word): meaning for word, meaning in words.items()}.get(plain(text))
    if key == "channel":
        return channel_of(own or text) or ""
    known = language_code(own or text, _CODES)
    if known is None and not tag and (code := _CODE.fullmatch(plain(own or text))):
        return code[1]
    return known or ""


def _cells(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows[:LOOKED_AT] if at < len(row) and row[at].strip()]


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def _stamps(cells: Sequence[str], numbers: bool = False) -> bool:
    """Whether cells are stamps; plain numbers only where the title says so: ticket numbers look alike."""
    for order in ORDERS[: None if numbers else ORDERS.index("epoch seconds")]:
        known = [stamp for cell in cells if (stamp := read_stamp(cell, order)) is not None]
        timed = sum(not stamp.dated_only for stamp in known)
        if cells and len(known) >= _MOST * len(cells) and timed >= _HALF * len(cells):
            return True
    return False


def _numbers(cells: Sequence[str]) -> bool:
    return len(cells) > 0 and len(set(cells)) >= _MOST * len(cells)


def _few(cells: Sequence[str]) -> bool:
    return 0 < len(set(cells)) <= _MOST_QUEUES


def _filled(cells: Sequence[str]) -> bool:
    return bool(cells)


def _languages(cells: Sequence[str]) -> bool:
    return _share(cells, lambda cell: language_code(cell, _CODES) is not None) >= _HALF


def _channels(cells: Sequence[str]) -> bool:
    return _share(cells, lambda cell: channel_of(cell) is not None) >= _HALF


def _directions(cells: Sequence[str]) -> bool:
    return _share(cells, lambda cell: plain(cell) in DIRECTIONS) >= _HALF
