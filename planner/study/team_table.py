"""People from a block of a spreadsheet or from a CSV file, as rows of the team's table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner._errors import ScenarioError
from planner._messages import LANGUAGES, Message, catalogue
from planner.rota import unguard
from planner.study.scenario.team_file import MOST_BYTES
from planner.study.team_form import COLUMNS, Row, form_of

OTHER_WORDS = {"language": "languages", "team": "teams", "channel": "channels", "hours": "weekly_hours"}
_DECIMAL = re.compile(r"\d+,\d+")
_ENCODINGS = ("utf-8-sig", "cp1252")


@dataclass(frozen=True)
class Block:
    """What was read of a block.

    Attributes
    ----------
    rows: people, cells as they were written; columns that the block does not have are not there.
    columns: of the table, in the order of the block. notices: what was left out, and why.
    """

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    notices: tuple[Message, ...] = ()


def read_block(text: str) -> Block:
    r"""People of a block: cells apart by tab, semicolon or comma, with a line of titles or without.

    Without titles, columns are taken in the order of the table. Titles are keys of a team file, or the
    titles on screen in any language. Decimal commas become points where a comma does not part cells.

    Raises
    ------
    ScenarioError: when there is nothing in it, when its titles name nobody, or when it is too large.

    Examples
    --------
    >>> block = read_block("Name\tLanguages\tHours a week\nAna\ten, pt\t37,5")
    >>> block.columns, block.rows[0]["languages"], block.rows[0]["weekly_hours"]
    (('name', 'languages', 'weekly_hours'), 'en, pt', '37.5')
    """
    if len(text.encode()) > MOST_BYTES:
        raise ScenarioError(Message("team_form.too_large"))
    lines = _lines(text)
    if not lines:
        raise ScenarioError(Message("team_form.nothing"))
    titles = [_column(cell) for cell in lines[0]]
    if not _are_titles(titles):
        return _untitled(lines)
    notices = [
        Message("team_form.left_column", {"title": cell, "known": ", ".join(COLUMNS)})
        for cell, column in zip(lines[0], titles, strict=True)
        if cell and not column
    ]
    if "name" not in titles:
        raise ScenarioError(Message("team_form.no_names", {"known": ", ".join(COLUMNS)}))
    places = {column: titles.index(column) for column in dict.fromkeys(titles) if column}
    return _block(lines[1:], places, notices)


def read_bytes(data: bytes) -> Block:
    r"""People of a file that was given, in UTF-8 or as older spreadsheets write.

    Raises
    ------
    ScenarioError: as ``read_block``, and when it is no text.

    Examples
    --------
    >>> read_bytes("name;site\nJosé;Rome".encode("cp1252")).rows[0]["name"]
    'José'
    """
    for encoding in _ENCODINGS if b"\0" not in data else ():
        try:
            return read_block(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise ScenarioError(Message("team_form.no_text"))


def added(rows: Sequence[Row], block: Block) -> tuple[Row, ...]:
    r"""Rows with those of a block: who has the same name gets the block's cells, others come after them.

    Examples
    --------
    >>> team = [{"name": "Ana", "site": "Rome"}]
    >>> [row["site"] for row in added(team, read_block("name,site\nana,Milan\nEva,Rome"))]
    ['Milan', 'Rome']
    """
    made = [dict(row) for row in rows]
    places = {_name(row): place for place, row in enumerate(made) if row.get("name")}
    for row in block.rows:
        place = places.get(_name(row))
        if place is None:
            places[_name(row)] = len(made)
            made.append(dict(row))
        else:
            kept = made[place]["name"]
            made[place] |= {**row, "name": kept}
    return _numbered(made)


def instead(block: Block) -> tuple[Row, ...]:
    """The rows of a block alone."""
    return _numbered(block.rows)


def _numbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    return form_of({column: row.get(column, "") for column in COLUMNS} for row in rows)


def _name(row: Row) -> str:
    return row.get("name", "").casefold()


def _lines(text: str) -> list[list[str]]:
    """Cells of each line that is not blank."""
    if text[:4].lower() == "sep=":  # Excel's own word for the separator
        text = text.partition("\n")[2]
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = "\t" if "\t" in first else max(";,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        cells = [[_cell(cell, delimiter) for cell in line] for line in reader]
    except csv.Error:
        raise ScenarioError(Message("team_form.no_text")) from None
    return [line for line in cells if any(line)]


def _cell(cell: str, delimiter: str) -> str:
    text = unguard(" ".join(cell.split()))
    return text.replace(",", ".") if delimiter != "," and _DECIMAL.fullmatch(text) else text


def _are_titles(columns: Sequence[str]) -> bool:
    """Whether a first line names columns: the one of the names, or two others."""
    return "name" in columns or sum(1 for column in columns if column) >= 2


def _column(cell: str) -> str:
    """Column of a title; "" if it is none."""
    word = cell.casefold().strip()
    key = "_".join(word.replace("-", " ").split())
    known = OTHER_WORDS.get(key, key.replace("e_mail", "email"))
    return known if known in COLUMNS else _titles().get(word, "")


def _titles() -> Mapping[str, str]:
    """Columns by their titles on screen, in every language."""
    words = [catalogue(language) for language in LANGUAGES]
    return {each[f"team_form.column_{key}"].casefold(): key for each in words for key in COLUMNS}


def _untitled(lines: Sequence[Sequence[str]]) -> Block:
    """Cells in the order of the table."""
    wide = max(map(len, lines))
    notices = [Message("team_form.more_cells", {"most": len(COLUMNS)})] if wide > len(COLUMNS) else []
    used = COLUMNS[:wide]
    order = Message("team_form.no_titles", {"columns": ", ".join(used)})
    return _block(lines, {column: place for place, column in enumerate(used)}, [order, *notices])


def _block(lines: Sequence[Sequence[str]], places: Mapping[str, int], notices: Sequence[Message]) -> Block:
    rows = tuple(
        {column: line[place] if place < len(line) else "" for column, place in places.items()}
        for line in lines
    )
    if not rows:
        raise ScenarioError(Message("team_form.nothing"))
    return Block(rows, tuple(places), tuple(notices))
