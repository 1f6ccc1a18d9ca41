"""Reading people: a team file, or the people that a scenario holds itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from planner._messages import Message, Place
from planner._yaml import Node
from planner.rota import unguard
from planner.study.scenario.mistakes import key_names, messages_of, place_of
from planner.study.scenario.people import AgentSaid

MOST_PEOPLE = 500
MOST_BYTES = 5_000_000
_OTHER_WORDS = {"e-mail": "email", "language": "languages", "team": "teams", "channel": "channels"}


@dataclass(frozen=True)
class People:
    """People as they are said, and where.

    Attributes
    ----------
    said: in the order of the file. node: list of mappings, one each. path: of the list in the scenario;
        empty for a team file, whose places show the column.
    """

    said: tuple[AgentSaid, ...] = ()
    node: Node = field(default_factory=lambda: Node([], Place(), {}))
    path: tuple[str, ...] = ()

    def place(self, index: int, key: str = "") -> Place:
        """Where a value of one person stands."""
        steps = (index, key) if key else (index,)
        place = place_of(self.node, steps)
        if self.path:
            return replace(place, path=f"{self.path[0]}[{index}]" + (f".{key}" if key else ""))
        return replace(place, path=key)


def read_team_file(path: Path, shown: str) -> tuple[People, tuple[Message, ...]]:
    """People of a CSV file, with all mistakes of all rows, as ``people_in`` reads it."""
    try:
        return people_in(path.read_bytes(), shown)
    except OSError as error:
        return People(), (Message("scenario.team_unreadable", {"why": error.strerror or "?"}, Place(shown)),)


def people_in(data: bytes, shown: str) -> tuple[People, tuple[Message, ...]]:
    """People of the bytes of a CSV file, with all mistakes of all rows.

    Parameters
    ----------
    data: UTF-8, comma, semicolon or tab, one header line; columns as ``AgentSaid`` has keys, in any order.
    shown: file name in messages.
    """
    if len(data) > MOST_BYTES:
        return People(), (Message("scenario.team_too_large", {}, Place(shown)),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return People(), (
            Message("scenario.team_not_utf8", {"byte": f"{data[error.start]:02x}"}, Place(shown, line)),
        )
    mistakes: list[Message] = []
    rows = list(_rows(text, shown, mistakes))
    if not rows:
        return People(), tuple(mistakes or [Message("scenario.team_empty", {}, Place(shown))])
    columns, unknown = _columns(rows[0][1], Place(shown, rows[0][0]))
    mistakes += unknown
    people: list[tuple[AgentSaid, Node]] = []
    for line, cells in rows[1:]:
        if len(cells) != len(columns):
            values = {"cells": len(cells), "columns": len(columns)}
            mistakes.append(Message("scenario.team_ragged", values, Place(shown, line)))
            continue
        node = _row_node(columns, cells, Place(shown, line))
        try:
            people.append((AgentSaid.model_validate(node.plain()), node))
        except ValidationError as error:
            mistakes += messages_of(error, node, AgentSaid)
    if not people and not mistakes:
        mistakes.append(Message("scenario.team_empty", {}, Place(shown)))
    found = People(tuple(said for said, _ in people), Node([node for _, node in people], Place(shown), {}))
    return found, (*mistakes, *same_names(found))


def _rows(text: str, shown: str, mistakes: list[Message]) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not blank."""
    line = 1
    if text[:4].lower() == "sep=":  # Excel's own word for the separator
        text, line = text.partition("\n")[2], 2
    above = line - 1
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [_decimal(unguard(cell.strip()), delimiter) for cell in cells]
            line = above + reader.line_num + 1
    except csv.Error:
        mistakes.append(Message("scenario.team_quote", {}, Place(shown, line)))


def _decimal(cell: str, delimiter: str) -> str:
    """A number with the decimal comma of spreadsheets that separate cells otherwise; other cells stay."""
    return cell.replace(",", ".") if delimiter != "," and re.fullmatch(r"\d+,\d+", cell) else cell


def _columns(header: Sequence[str], place: Place) -> tuple[list[str], list[Message]]:
    known = key_names(AgentSaid)
    columns, mistakes = [], []
    for title in header:
        word = "_".join(title.lower().split())
        word = _OTHER_WORDS.get(word, word)
        if word not in known:
            near = get_close_matches(word, known, n=1, cutoff=0.5)
            code = "scenario.unknown_near" if near else "scenario.unknown"
            values = {"near": near[0]} if near else {"known": ", ".join(known)}
            mistakes.append(Message(code, values, replace(place, path=title)))
        elif word in columns:
            mistakes.append(Message("scenario.column_twice", {}, replace(place, path=title)))
        columns.append(word)
    if "name" not in columns:
        mistakes.append(Message("scenario.no_name_column", {"known": ", ".join(known)}, place))
    return columns, mistakes


def _row_node(columns: Sequence[str], cells: Sequence[str], place: Place) -> Node:
    """A row as a mapping; empty cells say nothing, except that nobody's languages are none."""
    known = set(key_names(AgentSaid))
    said = {
        column: Node(cell or "none", replace(place, path=column), {})
        for column, cell in zip(columns, cells, strict=True)
        if column in known and (cell or column == "languages")
    }
    return Node(said, place, {column: node.place for column, node in said.items()})


def same_names(people: People) -> Iterator[Message]:
    """People who stand twice, with both places; and too many people."""
    first: dict[str, int] = {}
    for index, said in enumerate(people.said):
        name = " ".join(said.name.casefold().split())
        if name in first:
            place = people.place(first[name], "name")
            where = f"{place.file}:{place.line}" if place.line else place.path
            yield Message(
                "scenario.person_twice", {"name": said.name, "first": where}, people.place(index, "name")
            )
        else:
            first[name] = index
    if len(people.said) > MOST_PEOPLE:
        values = {"given": len(people.said), "most": MOST_PEOPLE}
        yield Message(
            "scenario.too_many_people", values, replace(people.node.place, path=".".join(people.path))
        )
