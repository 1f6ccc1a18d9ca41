"""The few cells of a row that are read, in columns, whatever kind of file they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, compress, islice
from operator import itemgetter
from typing import NamedTuple

from planner.demand.intake.apart import stamps_of
from planner.demand.intake.gate import MAX_LINE, Examined, open_text
from planner.demand.intake.heading import Wanted
from planner.demand.intake.records import BATCH, Problem, Rows, read_objects
from planner.demand.intake.sources import HistorySource
from planner.demand.intake.tables import open_table
from planner.demand.profiles import (
    Layout,
    RowFilter,
    certain,
    detect,
    filters_of,
    known_profiles,
    label_places_of,
    paths_of,
    places_of,
)
from planner.demand.profiles.titles import find_all

_MOST_REMEMBERED = 100_000


class Batch(NamedTuple):
    """Mapped cells of some records that follow each other.

    record: number of the first. lines: where each starts. cells: by mapping key, of each record; a key is not
    there if the file has no such column. problems: by index, why a row cannot be used. dropped: by index, why
    it is left out on purpose.
    """

    record: int
    lines: list[int]
    cells: Mapping[str, list[str]]
    problems: Mapping[int, Problem]
    dropped: Mapping[int, str]


class Sieve(dict[str, bool]):
    """A filter of rows that asks about each different cell once: whether a row with it is left out."""

    def __init__(self, one: RowFilter) -> None:
        super().__init__()
        self.because = one.because
        self._drops = one.drops

    def __missing__(self, cell: str) -> bool:
        answer = self._drops(cell)
        if len(self) < _MOST_REMEMBERED:
            self[cell] = answer
        return answer


def titles_of(examined: Examined, source: HistorySource) -> tuple[tuple[str, ...], bool]:
    """Titles of a table or paths of the first JSON objects, and whether the file holds such objects.

    Of a workbook it is the first sheet with a column that the mapping names for the creation stamp, that the
    profile knows, or, where neither is given, of a profile that is recognised.
    """
    if not examined.workbook:
        with open_text(examined) as text:
            first = text.readline(MAX_LINE)
            if first.lstrip("\ufeff \t").startswith("{"):
                return paths_of(chain((first,), iter(lambda: text.readline(MAX_LINE), ""))), True
    with open_table(examined, wanted_by(source), _sheet(source)) as table:
        return table.header, False


def wanted_by(source: HistorySource) -> Wanted:
    """What tells the header of a source from other rows."""
    stamp = (source.mapping or {}).get("stamp")
    profile = known_profiles().get(source.profile)
    titles = (str(stamp),) if stamp else profile.columns.get("stamp", ()) if profile else ()

    def wanted(header: tuple[str, ...]) -> bool:
        return bool(find_all(header, titles)) if titles else certain(detect(header)) is not None

    return wanted


def _sheet(source: HistorySource) -> str:
    return str((source.mapping or {}).get("sheet") or "")


def batches(examined: Examined, layout: Layout, chosen: frozenset[str] = frozenset()) -> Iterator[Batch]:
    """The rows of a source, only their mapped cells.

    Parameters
    ----------
    examined: the file.
    layout: its columns.
    chosen: keys that the user's own mapping names: those columns must exist.

    Raises
    ------
    HistoryError: a named column that is not there, and all that opening and reading a table refuses.
    """
    if layout.lines:
        yield from _object_batches(examined, layout)
        return

    def wanted(header: tuple[str, ...]) -> bool:
        return bool(find_all(header, layout.columns["stamp"]))

    with open_table(examined, wanted, layout.sheet) as table:
        name = examined.name
        places: dict[str, tuple[int, ...]] = {
            key: (at,) for key, at in places_of(table.header, layout, name, chosen).items()
        }
        if "labels" in places:
            places["labels"] = label_places_of(table.header, layout)
        sieves = [(at, Sieve(one)) for at, one in filters_of(table.header, layout, name)]
        for rows in table.batches:
            yield _batch(rows, places, sieves)


def _batch(rows: Rows, places: Mapping[str, tuple[int, ...]], sieves: Sequence[tuple[int, Sieve]]) -> Batch:
    cells = {}
    for key, columns in places.items():
        if len(columns) == 1:
            cells[key] = list(map(itemgetter(columns[0]), rows.cells))
        else:
            cells[key] = [", ".join(row[at] for at in columns if row[at]) for row in rows.cells]
    _put_together(cells)
    dropped: dict[int, str] = {}
    for at, sieve in sieves:
        verdicts = list(map(sieve.__getitem__, map(itemgetter(at), rows.cells)))
        if True in verdicts:
            for index in compress(range(len(verdicts)), verdicts):
                dropped.setdefault(index, sieve.because)
    return Batch(rows.record, rows.lines, cells, rows.problems, dropped)


def _put_together(cells: dict[str, list[str]]) -> None:
    """Make one stamp of a date and a time of day that stand apart."""
    if "time" in cells:
        cells["stamp"] = stamps_of(cells["stamp"], cells.pop("time"))


def _object_batches(examined: Examined, layout: Layout) -> Iterator[Batch]:
    sieves = [(one.titles[0], Sieve(one)) for one in layout.filters]
    record = 1
    with open_text(examined) as text:
        objects = read_objects(text, examined.name)
        while some := list(islice(objects, BATCH)):
            yield _object_batch(some, record, layout.fields, sieves)
            record += len(some)


def _object_batch(
    some: Sequence[tuple[int, dict[str, object] | None]],
    record: int,
    fields: Mapping[str, str],
    sieves: Sequence[tuple[str, Sieve]],
) -> Batch:
    problems: dict[int, Problem] = {}
    dropped: dict[int, str] = {}
    tickets: list[Mapping[str, object]] = []
    for index, (_, loaded) in enumerate(some):
        ticket = loaded.get("ticket", loaded) if loaded is not None else None
        if not isinstance(ticket, dict):
            problems[index] = Problem("bad_json")
            ticket = {}
        for path, sieve in sieves:
            if index not in problems and sieve[value_at(ticket, path)]:
                dropped.setdefault(index, sieve.because)
        tickets.append(ticket)
    cells = {key: [value_at(ticket, path) for ticket in tickets] for key, path in fields.items()}
    _put_together(cells)
    return Batch(record, [line for line, _ in some], cells, problems, dropped)


def value_at(ticket: Mapping[str, object], path: str) -> str:
    """What stands at a dotted path of an object, as text; "" for nothing. Tags are parted by blanks.

    Examples
    --------
    >>> value_at({"via": {"channel": "web"}, "tags": ["it", "vip"], "id": 7}, "via.channel")
    'web'
    >>> value_at({"tags": ["it", "vip"]}, "tags"), value_at({"via": None}, "via.channel")
    ('it vip', '')
    """
    given: object = ticket
    for part in path.split("."):
        given = given.get(part) if isinstance(given, Mapping) else None
    if isinstance(given, list):
        return " ".join(str(one).replace(" ", "_") for one in given)
    return "" if given is None or isinstance(given, Mapping) else str(given)
