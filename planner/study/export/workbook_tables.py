"""Hours, fairness and shifts as tables: numbers as numbers, dates as dates, ids as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from statistics import fmean
from typing import TYPE_CHECKING, Any

from planner._messages import spoken_value
from planner.people import Agent
from planner.rota import fairness
from planner.rules import calendars
from planner.study.export.pay_credits import owed_on, summed
from planner.study.export.workbook_ink import lines, pixels, put_across, put_moment, put_number, put_text
from planner.study.export.workbook_page import HEAD, LINE, Sheets, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HOURS, WHOLE = "#,##0.00", "0"
DAY, MOMENT = "ddd dd mmm yyyy", "ddd dd mmm yyyy hh:mm"

# What stands in which column of the sheet of shifts: word of its head, column of rota.csv, width, format.
_SHIFTS = (
    ("person", "agent", 140, ""),
    ("site", "site", 70, ""),
    ("day", "day", 112, DAY),
    ("shift", "shift", 90, ""),
    ("kind", "kind", 70, ""),
    ("start", "start_local", 152, MOMENT),
    ("end", "end_local", 152, MOMENT),
    ("break_start", "break", 60, "hh:mm"),
    ("break_minutes", "break_minutes", 50, WHOLE),
    ("elapsed", "elapsed_hours", 60, HOURS),
    ("paid", "paid_hours", 55, HOURS),
    ("night", "night_hours", 55, HOURS),
    ("sunday", "sunday_hours", 66, HOURS),
    ("holiday", "holiday_hours", 60, HOURS),
    ("holiday_name", "holiday", 110, ""),
    ("status", "status", 66, ""),
    ("note", "note", 80, ""),
    ("shift_id", "shift_id", 110, ""),
    ("payroll_id", "payroll_id", 80, ""),
    ("zone", "zone", 110, ""),
    ("start_utc", "start_utc", 152, MOMENT),
    ("end_utc", "end_utc", 152, MOMENT),
    ("languages", "languages", 80, ""),
    ("team", "team", 80, ""),
)
_PRINTED = 17  # columns on paper: up to the note


def write_hours(sheets: Sheets) -> None:
    """Hours of each person: paid, by class, and against the contract."""
    sums = _sums(sheets)
    columns = ("paid", "night", "sunday", "holiday", "on_call", "contract", "rostered", "idle", "above")
    sheet = sheets.sheet(say("sheet_hours"))
    table: list[tuple[Agent, list[float]]] = []
    contracts = contract_hours(sheets)
    for agent in sheets.of.team.agents:
        own = sums[agent.name]
        own["contract"] = contracts[agent.name]
        own["idle"] = max(0.0, own["contract"] - own["rostered"])
        own["above"] = max(0.0, own["rostered"] - own["contract"])
        table.append((agent, [own["shifts"], *(own[column] for column in columns)]))
    heads = [say("shifts_of"), *(say(column) for column in columns)]
    row = _people_table(sheets, sheet, heads, table, (WHOLE, *[HOURS] * len(columns)))
    totals = [sum(own[i] for _, own in table) for i in range(len(heads))]
    _foot(sheets, sheet, row, say("total"), totals, (WHOLE, *[HOURS] * len(columns)))
    _note(sheets, sheet, row + 2, say("hours_note"))


def _sums(sheets: Sheets) -> Mapping[str, dict[str, float]]:
    """Hours of each person by class; on call in its own only."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in sheets.rows:
        own = found[row["agent"]]
        if row["kind"] == "on_call":
            own["on_call"] += row["elapsed_hours"]
        else:
            own["shifts"] += 1
            for name in ("paid", "night", "sunday", "holiday"):
                own[name] += row[f"{name}_hours"]
    for shift in sheets.of.rota.shifts:
        if shift.counted:
            found[shift.agent]["rostered"] += shift.paid_minutes / 60
    return found


def contract_hours(sheets: Sheets) -> Mapping[str, float]:
    """Hours that each contract asks of the period, less what leave and public holidays count, by name."""
    of = sheets.of
    found = {}
    for name, calendar in calendars(of.team, of.shift_types, of.rota.first_day, of.rota.days).items():
        owed = summed(owed_on(calendar, day) for day in sheets.days)
        found[name] = max(0, owed.contract - owed.leave - owed.holiday) / 60
    return found


def write_fairness(sheets: Sheets) -> None:
    """What each person carries, and least, mean and most of the team."""
    names = ("shifts", "paid_hours", "nights", "weekends", "sundays", "holidays", "on_call")
    heads = ("shifts_of", "paid", "nights", "weekends", "sundays", "holidays", "on_calls")
    sheet = sheets.sheet(say("sheet_fairness"))
    found = fairness(sheets.of.rota, sheets.of.team).to_dict("records")
    table = [
        (agent, [float(row[name]) for name in names])
        for agent, row in zip(sheets.of.team.agents, found, strict=True)
    ]
    formats = [HOURS if name == "paid_hours" else WHOLE for name in names]
    row = _people_table(sheets, sheet, [say(head) for head in heads], table, formats)
    own = [figures for agent, figures in table if not agent.outside]
    if own:
        summaries: dict[str, Callable[[list[float]], float]] = {"least": min, "mean": fmean, "most": max}
        for more, (word, of) in enumerate(summaries.items()):
            figures = [round(of([line[i] for line in own]), 4) for i in range(len(names))]
            _foot(
                sheets,
                sheet,
                row + more,
                say(word),
                figures,
                [HOURS] * len(names) if word == "mean" else formats,
            )
    _note(sheets, sheet, row + 4, say("fairness_note"))


def _people_table(
    sheets: Sheets,
    sheet: Worksheet,
    heads: Sequence[str],
    table: Sequence[tuple[Agent, Sequence[float]]],
    formats: Sequence[str],
) -> int:
    """A line for each person under a title; returns the row after the last."""
    look = sheets.ink.look
    first = ("person", "payroll_id", "site")
    _title(sheets, sheet)
    sheets.head(sheet, 3, [*(say(word) for word in first), *heads])
    sheet.set_row(3, 28)
    widths = (max([110, *(min(220, pixels(agent.name) * 1.1 + 10) for agent, _ in table)]), 80, 80)
    for column, width in enumerate(widths):
        sheet.set_column_pixels(column, column, round(width))
    sheet.set_column_pixels(3, 2 + len(heads), 74)
    text = look(border=1, border_color=LINE, text_wrap=True)
    for row, (agent, figures) in enumerate(table, 4):
        name = say("outside", name=agent.name) if agent.outside else agent.name
        for column, told in enumerate((name, agent.payroll_id, agent.site)):
            put_text(sheet, row, column, told, text)
        for column, (figure, shown) in enumerate(zip(figures, formats, strict=True), 3):
            number = look(border=1, border_color=LINE, num_format=shown)
            put_number(sheet, row, column, round(figure, 4), number)
        sheet.set_row(row, 11.5 * lines(name, widths[0] * 0.95) + 3.5)
    sheet.freeze_panes(4, 1)
    sheet.repeat_rows(0, 3)
    return 4 + len(table)


def _title(sheets: Sheets, sheet: Worksheet) -> None:
    put_text(sheet, 0, 0, sheets.title(sheets.days), sheets.ink.look(bold=True, font_size=13))
    put_text(sheet, 1, 0, sheets.version(), sheets.ink.look())


def _foot(
    sheets: Sheets, sheet: Worksheet, row: int, word: str, figures: Sequence[float], formats: Sequence[str]
) -> None:
    """A line of totals."""
    common: dict[str, Any] = {"bold": True, "bg_color": HEAD, "border": 1, "border_color": LINE}
    for column, text in enumerate((word, "", "")):
        put_text(sheet, row, column, text, sheets.ink.look(**common))
    for column, (figure, shown) in enumerate(zip(figures, formats, strict=True), 3):
        number = sheets.ink.look(num_format=shown, **common)
        put_number(sheet, row, column, round(figure, 4), number)


def _note(sheets: Sheets, sheet: Worksheet, row: int, text: str) -> None:
    put_across(sheet, row, (0, 9), text, sheets.ink.look(text_wrap=True, valign="top", font_color="#333333"))
    sheet.set_row(row, 11.5 * lines(text, 700) + 6)


def write_shifts(sheets: Sheets) -> None:
    """One row for each shift, with what ``rota.csv`` says of it."""
    sheet = sheets.sheet(say("sheet_shifts"))
    _title(sheets, sheet)
    heads = [say(head) for head, _, _, _ in _SHIFTS]
    sheets.head(sheet, 3, heads)
    sheet.set_row(3, 28)
    looks = []
    for column, (_, _, width, shown) in enumerate(_SHIFTS):
        sheet.set_column_pixels(column, column, width)
        more = {"num_format": shown, "align": "right"} if shown else {"text_wrap": True}
        looks.append(sheets.ink.look(border=1, border_color=LINE, **more))
    for row, told in enumerate(sheets.rows, 4):
        for column, ((_, name, _, shown), look) in enumerate(zip(_SHIFTS, looks, strict=True)):
            _cell(sheet, row, column, _value(told, name), shown, look)
    last = 3 + max(len(sheets.rows), 1)
    sheet.autofilter(3, 0, last, len(_SHIFTS) - 1)
    sheet.freeze_panes(4, 1)
    sheet.repeat_rows(3)
    sheet.print_area(0, 0, last, _PRINTED - 1)


def _value(row: Mapping[str, Any], name: str) -> Any:
    """A value of a row: words in the language spoken here, stamps as moments."""
    if name in {"kind", "status"}:
        return say(f"{name}_{row[name]}")
    if name == "day":
        return date.fromisoformat(row["day"])
    if name.endswith(("_local", "_utc")):
        return datetime.fromisoformat(row[name])
    if name == "break":
        return _break(row)
    if name == "holiday":
        return "; ".join(spoken_value(each) for each in row[name].split("; "))
    return row[name]


def _break(row: Mapping[str, Any]) -> Any:
    """Start of the break on the person's clock, or nothing."""
    from planner.clock import zone_named

    if not row["break_starts_utc"]:
        return ""
    return datetime.fromisoformat(row["break_starts_utc"]).astimezone(zone_named(row["zone"]))


def _cell(sheet: Worksheet, row: int, column: int, value: Any, shown: str, look: Any) -> None:
    if not shown or value == "":
        put_text(sheet, row, column, str(value), look)
    elif isinstance(value, datetime):
        put_moment(sheet, row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    else:
        put_number(sheet, row, column, value, look)
