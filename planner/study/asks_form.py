"""What a forecast is told, as tables of text to edit: rows of a scenario, and back to a new stage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner._errors import PlannerError, ScenarioError
from planner._messages import Message, Place
from planner.demand import Event, is_labelled

if TYPE_CHECKING:
    import pandas as pd

    from planner.demand import History, Suggestion, Volumes
    from planner.study.scenario import Scenario

Row = Mapping[str, str]
NOTHING = "none"  # takes a key back
GROWTH = ("customers", "orders", "contacts_per_order", "since", "by", "doubt")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "events": ("name", "first", "last", "queues", "factor", "doubt"),
    "self_service": ("name", "topics", "adoption", "solves", "from", "full_by", "queues", "doubt"),
    "by_hand": ("days", "hours", "queues", "change", "reason"),
    "days_off": ("day", "name"),
}
NUMBER = "row"  # of a row as it stands on screen, if a row has it
A_DAY = re.compile(r"\b(a|per)\s+day$")


@dataclass(frozen=True)
class AsksForm:
    """Everything as text.

    Attributes
    ----------
    growth: by field of ``GROWTH``; "" is not said.
    tables: rows of each of ``COLUMNS``, by column; one event of several spans of days is several rows.
    """

    growth: Row
    tables: Mapping[str, tuple[Row, ...]]


def rows_of(scenario: Scenario) -> AsksForm:
    """What a scenario tells its forecast.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> shop = Scenario.from_text("events: {name: sale, days: 2026-07-04 to 2026-07-06, factor: x3}")
    >>> list(rows_of(shop).tables["events"][0].values())
    ['sale', '2026-07-04', '2026-07-06', 'all', 'x3', '']
    """
    plain = scenario.plain
    events = [
        {**line, "first": first.isoformat(), "last": last.isoformat()}
        for line, said in zip(plain.get("events", ()), scenario.said.events, strict=True)
        for first, last in said.days
    ]
    by_hand = [{**line, "change": _either(line)} for line in plain.get("by_hand", ())]
    lines = {**plain, "events": events, "by_hand": by_hand}
    growth = plain.get("growth", {})
    return AsksForm(
        {field: str(growth.get(field, "")) for field in GROWTH},
        {table: tuple(_row(table, line) for line in lines.get(table, ())) for table in COLUMNS},
    )


def form_of(growth: Mapping[str, Any], tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> AsksForm:
    """What was typed, without blanks around it and without empty rows.

    Parameters
    ----------
    growth: by field; None is nothing.
    tables: by name; a row may have its number on screen under ``NUMBER``.
    """
    found: dict[str, tuple[Row, ...]] = {}
    for table in COLUMNS:
        numbered = enumerate(tables.get(table, ()), start=1)
        rows = [{NUMBER: _text(row.get(NUMBER, place)), **_cells(table, row)} for place, row in numbered]
        found[table] = tuple(row for row in rows if any(row[column] for column in COLUMNS[table]))
    return AsksForm({field: _text(growth.get(field)) for field in GROWTH}, found)


def changes_of(scenario: Scenario, typed: AsksForm) -> dict[str, Any]:
    """What a stage says that starts from this scenario: the keys that were changed, and only these.

    Raises
    ------
    ScenarioError: with all mistakes, each with its table, row and column.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("events: {name: sale, days: 2026-07-04, factor: x3}")
    >>> form = rows_of(desk)
    >>> changes_of(desk, form)
    {}
    >>> row = {**form.tables["events"][0], "factor": "x2"}
    >>> changes_of(desk, form_of(form.growth, {"events": [row]}))
    {'events': [{'name': 'sale', 'days': '2026-07-04', 'factor': 'x2'}]}
    """
    before = rows_of(scenario)
    growth = {field: text or NOTHING for field, text in typed.growth.items() if text != before.growth[field]}
    changed = [table for table in COLUMNS if _cleaned(before, table) != _cleaned(typed, table)]
    lines = {table: [_line(table, row) for row in _cleaned(typed, table)] for table in changed}
    changes: dict[str, Any] = {"growth": growth} if growth else {}
    try:
        scenario.replace(**changes, **{table: said or NOTHING for table, said in lines.items()})
    except PlannerError as error:
        raise ScenarioError(*(_placed(message, typed) for message in error.messages)) from None
    return {**changes, **{table: _together(said) or NOTHING for table, said in lines.items()}}


def preview(scenario: Scenario, history: History | None, changes: Mapping[str, Any]) -> Volumes:
    """The forecast with changes, on the same history; nothing is written.

    Raises
    ------
    PlannerError: what ``forecast`` raises.
    """
    from planner.study import steps  # forecasting is heavy

    return steps.forecast(history, scenario.replace(**changes))


def suggested(history: History | None, form: AsksForm) -> tuple[Suggestion, ...]:
    """Unusual days of a history that no row of the form names yet."""
    from planner.study.scenario.asks_texts import parse_span  # who only lists stages needs no scenario

    known: list[Event] = []
    for row in _cleaned(form, "events") if history is not None else ():
        line = _line("events", row)
        queues = tuple(name.strip() for name in row["queues"].split(",") if name.strip())
        # Days that cannot be read name nothing; their mistake is told when they are used.
        with suppress(PlannerError):
            known.append(Event(row["name"], *parse_span(line.get("days", "")), queues))
    if history is None:
        return ()
    return tuple(
        found
        for found in history.suggestions
        if found.kind == "event" and not is_labelled(found.first, found.last, found.queues, known)
    )


def event_row(found: Suggestion, name: str) -> Row:
    """Unusual days as a row of the events: to be learned from, under a name."""
    days = {"first": found.first.isoformat(), "last": found.last.isoformat()}
    return _row("events", {"name": name.strip(), **days, "queues": list(found.queues)})


def with_event(form: AsksForm, row: Row) -> AsksForm:
    """A form with one more event, on top."""
    return replace(form, tables={**form.tables, "events": (row, *form.tables["events"])})


def frame_of(form: AsksForm, table: str) -> pd.DataFrame:
    """Rows of a table for an editor, numbered from 1."""
    import pandas as pd

    rows = form.tables[table]
    columns = {column: [row[column] for row in rows] for column in COLUMNS[table]}
    return pd.DataFrame(columns, index=pd.RangeIndex(1, len(rows) + 1), dtype="str")


def rows_in(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of an editor with their numbers on screen; a new row may have none yet."""
    records = frame.to_dict(orient="records")
    return [
        {NUMBER: number, **{str(column): cell for column, cell in row.items()}}
        for number, row in zip(frame.index.tolist(), records, strict=True)
    ]


def title(table: str, column: str = "") -> str:
    """Heading of a table or of one of its columns."""
    return str(Message(f"asks_form.{table}_{column}" if column else f"asks_form.table_{table}"))


def _row(table: str, line: Mapping[str, Any]) -> Row:
    """A line of a scenario as cells."""
    usual = {"queues": str(Message("asks_form.everybody")), "factor": str(Message("asks_form.learn"))}
    return {column: _text(line.get(column)) or usual.get(column, "") for column in COLUMNS[table]}


def _cells(table: str, row: Mapping[str, Any]) -> Row:
    return {column: _text(row.get(column)) for column in COLUMNS[table]}


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None or value != value else " ".join(str(value).split())


def _either(line: Mapping[str, Any]) -> str:
    return str(line.get("factor") or line.get("contacts") or "")


def _cleaned(form: AsksForm, table: str) -> list[Row]:
    """Rows with what stands for nothing left out, so that rows that say the same are equal."""
    usual = {"queues": Message("asks_form.everybody"), "factor": Message("asks_form.learn")}
    return [
        {
            column: "" if column in usual and row[column].lower() == str(usual[column]) else row[column]
            for column in COLUMNS[table]
        }
        for row in (_cells(table, row) for row in form.tables[table])
    ]


def _line(table: str, row: Row) -> dict[str, str]:
    """A row as a scenario says it."""
    said = dict(row)
    if table == "events":
        first, last = said.pop("first"), said.pop("last")
        days = f"{first} to {last}" if first and last and first != last else first or last
        said = {"name": said.pop("name"), "days": days, **said}
    if table == "by_hand":
        change = said.pop("change")
        said["contacts" if A_DAY.search(change) else "factor"] = change
    return {key: text for key, text in said.items() if text}


def _together(lines: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Neighbours that differ only in their days, as one line."""
    found: list[dict[str, str]] = []
    for line in lines:
        last = found[-1] if found else {}
        if "name" in line and {**last, "days": ""} == {**line, "days": ""} and "days" in line:
            found[-1] = {**last, "days": f"{last['days']}, {line['days']}"}
        else:
            found.append(line)
    return found


def _placed(message: Message, typed: AsksForm) -> Message:
    """A mistake with its table, row and column in words instead of a path."""
    table, row, key = _steps(message.place)
    if table == "growth" and key in GROWTH:
        field = Message("asks_form.field", {"table": title(table), "column": title(table, key)})
        return replace(message, place=Place(path=str(field)))
    if table not in COLUMNS or row is None or row >= len(typed.tables[table]):
        return message
    cells = typed.tables[table][row]
    column = _column(table, key, message, cells)
    values: dict[str, object] = {"table": title(table), "row": cells.get(NUMBER) or row + 1}
    if not column:
        return replace(message, place=Place(path=str(Message("asks_form.row", values))))
    place = Message("asks_form.cell", {**values, "column": title(table, column)})
    return replace(message, place=Place(path=str(place)))


def _steps(place: Place | None) -> tuple[str, int | None, str]:
    """Table, row and key of a path such as events[3].days."""
    found = re.match(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?", place.path if place else "")
    if not found:
        return "", None, ""
    return found[1], int(found[2]) if found[2] else None, found[3] or ""


def _column(table: str, key: str, message: Message, cells: Row) -> str:
    """The column that a key of a line was typed in."""
    if table == "events" and key == "days":
        is_last = message.values.get("given", message.values.get("last")) == cells["last"] != cells["first"]
        return "last" if is_last else "first"
    if table == "by_hand" and key in ("factor", "contacts"):
        return "change"
    return key if key in COLUMNS[table] else ""
