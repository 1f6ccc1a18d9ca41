"""The few cells of a row that are read, whatever kind of file they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple

from planner.demand.profiles import Layout, filters_of, paths_of, places_of
from planner.demand.records import MAX_LINE, read_objects, read_table


class Entry(NamedTuple):
    """The mapped cells of one row; None where the file has no such column.

    problem: why the row cannot be used; dropped: why it is left out on purpose. Both "" otherwise.
    """

    record: int
    line: int
    problem: str
    dropped: str
    stamp: str
    queue: str | None = None
    language: str | None = None
    channel: str | None = None
    number: str | None = None
    contacts: str | None = None
    aht: str | None = None


def entries(
    text: IO[str], layout: Layout, name: str, chosen: frozenset[str] = frozenset()
) -> Iterator[Entry]:
    """The rows of a source, only their mapped cells.

    Parameters
    ----------
    text: the file, open.
    layout: its columns.
    name: of the file, for errors.
    chosen: keys that the user's own mapping names: those columns must exist.

    Raises
    ------
    HistoryError: header only, a named column that is not there, and all that ``read_table`` refuses.
    """
    if layout.lines:
        yield from _json_entries(text, layout, name)
        return
    table = read_table(text, name)
    places = places_of(table.header, layout, name, chosen)
    filters = filters_of(table.header, layout, name)
    order = [places.get(key) for key in ("stamp", "queue", "language", "channel", "id", "count", "aht")]
    for row in table.rows:
        if row.problem:
            yield Entry(row.record, row.line, row.problem, "", "")
            continue
        cells = row.cells
        dropped = next((one.because for at, one in filters if one.drops(cells[at])), "")
        picked = [None if at is None else cells[at] for at in order]
        yield Entry(row.record, row.line, "", dropped, picked[0] or "", *picked[1:])


def header_and_kind(text: IO[str], name: str) -> tuple[tuple[str, ...], bool]:
    """Titles of a table or paths of the first JSON object, and whether the file holds such objects."""
    first = text.readline(MAX_LINE)
    text.seek(0)
    if first.lstrip().startswith("{"):
        return paths_of(first), True
    return read_table(text, name).header, False


def _json_entries(text: IO[str], layout: Layout, name: str) -> Iterator[Entry]:
    for line, loaded in read_objects(text, name):
        ticket = loaded.get("ticket", loaded) if loaded is not None else None
        if not isinstance(ticket, dict):
            yield Entry(line, line, "bad_json", "", "")
            continue
        via = ticket.get("via")
        tags = ticket.get("tags")
        tag_text = " ".join(str(tag) for tag in tags) if isinstance(tags, list) else ""
        cells = {"status": _text(ticket.get("status")), "tags": tag_text}
        dropped = next((one.because for one in layout.filters if one.drops(cells.get(one.titles[0], ""))), "")
        yield Entry(
            line,
            line,
            "",
            dropped,
            _text(ticket.get("created_at")),
            language=tag_text,
            channel=_text(via.get("channel")) if isinstance(via, dict) else "",
            number=_text(ticket.get("id")),
        )


def _text(given: object) -> str:
    return "" if given is None else str(given)
