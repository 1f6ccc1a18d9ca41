"""What the columns of a file of nobody known may hold: a proposal to look at, never taken unasked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from planner.demand.intake.apart import clock_in
from planner.demand.intake.folding import plain
from planner.demand.intake.labels import channel_of, language_code
from planner.demand.intake.stamps import ORDERS, read_stamp
from planner.demand.intake.words import DIRECTIONS, LANGUAGES
from planner.demand.profiles import shared_titles
from planner.demand.profiles.titles import find_all

LOOKED_AT = 200
_ENOUGH = 2
_MOST = 0.8
_HALF = 0.5
_MOST_QUEUES = 30
_ON_GRID = re.compile(r"[0-9]{1,2}[:.][0-5][05](?:[:.]00)?(?: ?[AaPp]\.?[Mm]\.?|Z|[+-][0-9:]{4,6})?$")
_COUNT = re.compile(r"[0-9]{1,6}(?:[.,]0+)?|[0-9]{1,3}(?:[.,' ][0-9]{3})+")
_CODES = frozenset(LANGUAGES.values())
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z]{2,4})?")


def stamps_in(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Titles of columns that hold stamps with a time of day; those called creation come first.

    Examples
    --------
    >>> stamps_in(("id", "closed", "created"), [("1", "2026-03-29 10:15", "2026-03-29 08:15")])
    ('created', 'closed')
    """
    return tuple(header[at] for at in _stamped(header, rows, timed=True))


def guess(
    header: Sequence[str], rows: Sequence[Sequence[str]], said: Mapping[str, object] | None = None
) -> dict[str, object]:
    """A mapping that the titles and the first rows suggest; empty if no column holds stamps.

    Parameters
    ----------
    header: titles; a column whose title is empty or not the only one cannot be named.
    rows: the first ones.
    said: what the user has said already; it stands.

    Examples
    --------
    >>> rows = [("1", "29/03/2026 8:15", "inglese", "00:04:10")]
    >>> guess(("ID", "Creato il", "Lingua", "Durata"), rows)
    {'stamp': 'Creato il', 'id': 'ID', 'language': 'Lingua', 'aht': 'Durata'}
    >>> guess(("Data", "Ora", "Chiamate"), [("13/10/2025", "9:00", "4"), ("13/10/2025", "9:30", "11")])
    {'stamp': 'Data', 'time': 'Ora', 'count': 'Chiamate', 'default_channel': 'phone'}
    """
    own = dict(said or {})
    mapping = _when(header, rows)
    if not mapping:
        return {}
    if (counted := _counted(header, rows, mapping)) is not None:
        mapping["count"] = counted
    persons = [at for titles in _OF_PERSONS for at in _called(header, titles)]
    for key, (titles, holds, by_cells) in _TESTS.items():
        if key in own or (key == "id" and "count" in mapping):
            continue
        called = _called(header, titles)
        others = [at for at in range(len(header)) if at not in (*called, *persons)] if by_cells else []
        taken = {*mapping.values(), *_texts_of(own)}
        for at in (*called, *others):
            cells = _cells(rows, at)
            filled = len(cells) >= _HALF * min(len(rows), LOOKED_AT)
            told = at in called or (filled and by_cells is not None and by_cells(cells))
            if told and header[at] not in taken and _nameable(header, at) and holds(cells):
                mapping[key] = header[at]
                break
    by_phone = "direction" in mapping or "direction" in own or _called(header, "call")
    if by_phone and "channel" not in mapping and not {"channel", "default_channel", "queue"} & own.keys():
        mapping["default_channel"] = "phone"
    return {**mapping, **own}


def looks_like_contacts(header: Sequence[str], mapping: Mapping[str, object]) -> bool:
    """Whether rows of a file of nobody known may be counted as contacts without asking.

    Parameters
    ----------
    header: its titles. mapping: what ``guess`` says.

    Examples
    --------
    >>> looks_like_contacts(("ID", "Cognome", "E-mail", "Creato il"), {"stamp": "Creato il", "id": "ID"})
    False
    >>> looks_like_contacts(("N.", "Oggetto", "Stato", "Creato il"), {"stamp": "Creato il"})
    True
    """
    told = sum(_TELLING.get(key, 0) for key in mapping)
    named = sum(bool(_called(header, titles)) for titles in _ALSO_THERE)
    own = 2 * bool(_called(header, "call")) + bool(_called(header, "ticket"))
    foreign = sum(header[at] not in mapping.values() for at in _called(header, "foreign"))
    return told + named + own - 2 * foreign >= _ENOUGH


def _when(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, object]:
    """The column of stamps, or one of dates and one of times of day."""
    timed = _stamped(header, rows, timed=True)
    if timed:
        return {"stamp": header[timed[0]]}
    dated = _stamped(header, rows, timed=False)
    for at in _called(header, "time_of_day") if dated else ():
        if at != dated[0] and _nameable(header, at) and _share(_cells(rows, at), clock_in) >= _MOST:
            return {"stamp": header[dated[0]], "time": header[at]}
    return {}


def _stamped(header: Sequence[str], rows: Sequence[Sequence[str]], timed: bool) -> list[int]:
    """Columns of stamps: those called creation, then those of any name, then those of the end."""
    called = [*_called(header, "created"), *_called(header, "started")]
    last = {*_called(header, "solved"), *_called(header, "updated")}
    found = [at for at in range(len(header)) if _nameable(header, at)]
    found = [at for at in found if _stamps(_cells(rows, at), at in called, timed)]
    after = len(header)
    return sorted(found, key=lambda at: called.index(at) if at in called else after * (1 + (at in last)))


def _counted(
    header: Sequence[str], rows: Sequence[Sequence[str]], mapping: Mapping[str, object]
) -> str | None:
    """The column of contacts of a file that holds intervals: whole numbers beside stamps of a grid."""
    if "time" in mapping:
        at = header.index(str(mapping["time"]))
        clocks = [clock_in(cell) for cell in _cells(rows, at)]
    else:
        at = header.index(str(mapping["stamp"]))
        clocks = [cell.replace("T", " ").rpartition(" ")[2] for cell in _cells(rows, at)]
    if not clocks or not all(_ON_GRID.search(clock) for clock in clocks):
        return None
    for place in _called(header, "contacts"):
        free = _nameable(header, place) and header[place] not in mapping.values()
        if free and _share(_cells(rows, place), _small) == 1.0:
            return header[place]
    return None


def _called(header: Sequence[str], titles: str) -> list[int]:
    return find_all([title.replace("_", " ") for title in header], shared_titles()[titles])


def _nameable(header: Sequence[str], at: int) -> bool:
    return bool(header[at].strip()) and list(header).count(header[at]) == 1


def _texts_of(mapping: Mapping[str, object]) -> set[str]:
    """Titles that the user gave to other keys."""
    return {value for value in mapping.values() if isinstance(value, str)}


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


def _share(cells: Sequence[str], holds: Callable[[str], object]) -> float:
    return sum(map(bool, map(holds, cells))) / len(cells) if cells else 0.0


def _stamps(cells: Sequence[str], numbers: bool = False, timed: bool = True) -> bool:
    """Whether cells are stamps; plain numbers only where the title says so: ticket numbers look alike.

    With ``timed`` at least half of them must have a time of day.
    """
    for order in ORDERS[: None if numbers else ORDERS.index("epoch seconds")]:
        known = [stamp for cell in cells if (stamp := read_stamp(cell, order)) is not None]
        clocks = sum(not stamp.dated_only and stamp.second > 0 for stamp in known)
        if cells and len(known) >= _MOST * len(cells) and (not timed or clocks >= _HALF * len(cells)):
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


def _small(cell: str) -> bool:
    return _COUNT.fullmatch(cell) is not None


def _directions(cells: Sequence[str]) -> bool:
    return _share(cells, lambda cell: plain(cell) in DIRECTIONS) >= _HALF


_TESTS: Mapping[str, tuple[str, Callable[[Sequence[str]], bool], Callable[[Sequence[str]], bool] | None]] = {
    "id": ("ticket_id", _numbers, None),
    "queue": ("queue", _few, None),
    "language": ("language", _languages, None),
    "channel": ("channel", _channels, _few),
    "direction": ("direction", _directions, _few),
    "aht": ("handle_time", _filled, None),
    "solved": ("solved", _stamps, None),
    "labels": ("tags", _filled, None),
}
"""What a column is called, what its cells must hold, and where that is enough whatever it is called."""
_OF_PERSONS = ("subject", "description", "requester", "assignee")
_TELLING = {"channel": 1, "language": 1, "queue": 1, "direction": 2, "aht": 1, "count": 2}
_ALSO_THERE = ("subject", "status", "priority", "assignee", "requester", "solved")
