"""The people of a scenario as a table of text to edit: rows, and back to a new stage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from planner._errors import PlannerError, ScenarioError, ValueTextError
from planner._messages import Message, Place
from planner.rota import csv_text
from planner.study.scenario.mistakes import key_names, steps_of
from planner.study.scenario.model import Scenario, as_text
from planner.study.scenario.people import AgentSaid, leave_text, parse_leave
from planner.study.scenario.sense import sense_mistakes

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, str]
COLUMNS = tuple(key_names(AgentSaid))
"""Columns of the table: those of a team file, in its order."""
NUMBER = "row"  # of a row as it stands on screen, if a row has it
NO_NAME = "\N{HORIZONTAL ELLIPSIS}"  # stands for a name that is missing while other mistakes are looked for
_ROW = re.compile(r"agents\[(\d+)\]")


def rows_of(scenario: Scenario) -> tuple[Row, ...]:
    """The people of a scenario, without those who could be hired.

    Examples
    --------
    >>> desk = Scenario.from_text("agents: [{name: Ana, languages: 'en, pt', nights: no}]")
    >>> [(row["name"], row["languages"], row["nights"], row["cost"]) for row in rows_of(desk)]
    [('Ana', 'en, pt', 'no', '')]
    """
    other = {*scenario.hires, *scenario.seats}
    people = [person for person in scenario.persons if person.name not in other]
    return tuple(_row(person.model_dump(by_alias=True, exclude_unset=True)) for person in people)


def form_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """What was typed, without blanks around it and without empty rows; each with its number on screen."""
    numbered = enumerate(rows, start=1)
    made = [{NUMBER: _text(row.get(NUMBER, place)), **_row(row)} for place, row in numbered]
    return tuple(row for row in made if any(row[column] for column in COLUMNS))


def plain_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows without the numbers that they had on screen, to be numbered anew."""
    return ({column: row.get(column, "") for column in COLUMNS} for row in rows)


def changes_of(scenario: Scenario, typed: Sequence[Row]) -> dict[str, Any]:
    """What a stage says that starts from this scenario: its people, if any of them was changed.

    Raises
    ------
    ScenarioError: with all mistakes of all rows, each with its row and column.

    Examples
    --------
    >>> desk = Scenario.from_text("people: 2")
    >>> rows = rows_of(desk)
    >>> changes_of(desk, rows)
    {}
    >>> changes_of(desk, [{**rows[0], "name": "=Ana"}])
    {'agents': [{'name': '=Ana'}]}
    """
    if _bare(typed) == _bare(rows_of(scenario)):
        return {}
    if not typed:
        raise ScenarioError(Message("team_form.nobody"))
    lines = [_line(row) for row in typed]
    mistakes = dict.fromkeys(_mistakes(scenario, lines))
    if mistakes:
        raise ScenarioError(*(_placed(message, typed) for message in mistakes))
    return {"agents": lines}


@dataclass(frozen=True)
class Judged:
    """What typing comes to.

    Attributes
    ----------
    changes: as ``changes_of`` gives them; None where there are mistakes. mistakes: all of them.
    """

    changes: dict[str, Any] | None
    mistakes: tuple[Message, ...] = ()


def judged(scenario: Scenario, typed: Sequence[Row]) -> Judged:
    """What a stage says, or everything that keeps it from being saved."""
    try:
        return Judged(changes_of(scenario, typed))
    except ScenarioError as error:
        return Judged(None, error.messages)


def bad_cells(scenario: Scenario, rows: Sequence[Row]) -> tuple[Message, ...]:
    """Cells of rows that cannot be kept, whatever else the scenario asks of its team.

    Examples
    --------
    >>> [str(line) for line in bad_cells(Scenario.from_text("people: 1"), [{"name": "Ana", "nights": "N"}])]
    ['row 1, Nights: "N" is neither; write yes or no']
    """
    found = dict.fromkeys(_mistakes(scenario, [_line(row) for row in rows]))
    return tuple(_placed(message, rows) for message in found if _cell(message)[0] is not None)


def before_solving(scenario: Scenario) -> tuple[Message, ...]:
    """What cannot work with these people, before anything is solved.

    Hours that nobody can cover, contracts that nobody can fill, shifts that no rule allows.
    """
    return sense_mistakes(scenario)


def changed(scenario: Scenario, typed: Sequence[Row]) -> int:
    """How many people are not as the scenario has them: changed, added or removed.

    Examples
    --------
    >>> desk = Scenario.from_text("people: 3")
    >>> changed(desk, rows_of(desk)[:2])
    1
    """
    before, after = _bare(rows_of(scenario)), _bare(typed)
    same = sum(1 for row in after if row in before)
    return max(len(before), len(after)) - min(same, len(before))


def with_leave(rows: Sequence[Row], place: int, first: date, last: date) -> tuple[Row, ...]:
    """Rows with more days of leave of one person; a cell that cannot be read keeps its text.

    Parameters
    ----------
    place: of the row, from 0. first, last: days, in any order.

    Examples
    --------
    >>> row = {"name": "Ana", "leave": "2026-05-04"}
    >>> with_leave([row], 0, date(2026, 5, 5), date(2026, 5, 6))[0]["leave"]
    '2026-05-04..2026-05-06'
    """
    first, last = sorted((first, last))
    span = f"{first}" if first == last else f"{first}..{last}"
    said = rows[place].get("leave", "")
    try:
        text = leave_text((parse_leave(said) if said else frozenset()) | parse_leave(span))
    except ValueTextError:
        text = f"{said}; {span}"
    return tuple({**row, "leave": text} if index == place else row for index, row in enumerate(rows))


def frame_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Rows for an editor, numbered from 1."""
    import pandas as pd

    columns = {column: [row.get(column, "") for row in rows] for column in COLUMNS}
    return pd.DataFrame(columns, index=pd.RangeIndex(1, len(rows) + 1), dtype="str")


def rows_in(frame: pd.DataFrame) -> tuple[Row, ...]:
    """Rows of an editor as ``form_of`` gives them, with their numbers on screen."""
    numbers, records = frame.index.tolist(), frame.to_dict(orient="records")
    pairs = zip(numbers, records, strict=True)
    return form_of({NUMBER: number, **{str(key): cell for key, cell in row.items()}} for number, row in pairs)


def file_of(rows: Sequence[Row]) -> str:
    """The people as a team file; no cell of it is run by a spreadsheet.

    Examples
    --------
    >>> file_of([{"name": "=1+1", "site": "Rome"}]).splitlines()[1][:11]
    "'=1+1,Rome,"
    """
    return csv_text(frame_of(rows))


def title(column: str) -> str:
    """Heading of a column."""
    return str(Message(f"team_form.column_{column}"))


def _row(said: Mapping[str, Any]) -> dict[str, str]:
    """A person as cells; whether they work at night is always said."""
    cells = {column: _text(said.get(column)) for column in COLUMNS}
    if cells["name"] and not cells["nights"]:
        cells["nights"] = "yes"
    return cells


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None or value != value else " ".join(str(as_text(value)).split())


def _bare(rows: Sequence[Row]) -> list[dict[str, str]]:
    return [{column: row.get(column, "") for column in COLUMNS} for row in rows]


def _line(row: Row) -> dict[str, str]:
    """A row as a scenario says it; what goes without saying is left out."""
    usual = {"nights": "yes", "night_crew": "no"}
    said = {column: row.get(column, "") for column in COLUMNS}
    return {key: text for key, text in said.items() if text and usual.get(key) != text.lower()}


def _mistakes(scenario: Scenario, lines: Sequence[dict[str, str]]) -> Iterator[Message]:
    """Mistakes of cells, then those that only show once the cells can be read: unknown sites, names twice."""
    lines = [dict(line) for line in lines]
    for _ in range(3):
        try:
            scenario.replace(agents=lines)
        except PlannerError as error:
            yield from error.messages
            if not _without(lines, error.messages):
                return
        else:
            return


def _without(lines: Sequence[dict[str, str]], messages: Iterable[Message]) -> bool:
    """Take out cells that were told, so that others can be looked at; whether there was any."""
    found = False
    for message in messages:
        index, column = _cell(message)
        if index is None or index >= len(lines):
            continue
        if column == "name" or not column:
            lines[index]["name"] = f"{NO_NAME}{index + 1}"
            found = True
        elif lines[index].pop(column, None) is not None:
            found = True
    return found


def _cell(message: Message) -> tuple[int | None, str]:
    """Row, from 0, and column of a path such as agents[3].leave."""
    steps = steps_of(message.place.path) if message.place else ()
    if len(steps) < 2 or steps[0] != "agents" or not isinstance(steps[1], int):
        return None, ""
    return steps[1], str(steps[2]) if len(steps) > 2 else ""


def _placed(message: Message, typed: Sequence[Row]) -> Message:
    """A mistake with its row and column in words instead of a path."""
    index, column = _cell(message)
    values = {key: _in_words(value, typed) for key, value in message.values.items()}
    if index is None or index >= len(typed):
        return replace(message, values=values)
    row = typed[index].get(NUMBER) or index + 1
    if column not in COLUMNS:
        # A person without a name is told at the row: the key is not there.
        place = Message("team_form.row", {"row": row})
    else:
        place = Message("team_form.cell", {"row": row, "column": title(column)})
    return replace(message, values=values, place=Place(path=str(place)))


def _in_words(value: object, typed: Sequence[Row]) -> object:
    """A path to another row, as the number that the row has on screen."""
    found = _ROW.match(value) if isinstance(value, str) else None
    if not found or int(found[1]) >= len(typed):
        return value
    row = typed[int(found[1])].get(NUMBER) or int(found[1]) + 1
    return str(Message("team_form.row", {"row": row}))
