"""The rota to print and pin up: people by days, up to four weeks a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from planner._messages import spoken_value
from planner.people import Agent
from planner.rota import Shift
from planner.study.export.workbook_ink import LINE as LINE_POINTS
from planner.study.export.workbook_ink import PAGE_PIXELS, lines, pixels, put_across, put_number, put_text
from planner.study.export.workbook_marks import AROUND
from planner.study.export.workbook_notices import change_days, changes_of, holidays_told
from planner.study.export.workbook_page import HEAD, LINE, Sheets, say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

WEEKS_A_SHEET = 4
_TOTAL_PIXELS = 46
_SMALL = 8  # points of heads
_LEAST_SCALE = 0.65  # of print; below it, starts stand above ends
_WIDEST_DAY = 110


def bands(days: Sequence[date]) -> list[tuple[date, ...]]:
    """Days of each sheet: whole weeks, as many on each as on the others, at most four.

    Examples
    --------
    >>> from datetime import timedelta
    >>> first = date(2026, 3, 2)
    >>> [len(band) for band in bands([first + timedelta(days=i) for i in range(35)])]
    [21, 14]
    """
    weeks = -(-len(days) // 7)
    sheets = -(-weeks // WEEKS_A_SHEET)
    each, more = divmod(weeks, sheets)
    edges = [0]
    for number in range(sheets):
        edges.append(edges[-1] + 7 * (each + (number < more)))
    return [tuple(days[a:b]) for a, b in pairwise(edges)]


def write_grids(sheets: Sheets) -> None:
    """A sheet for each band of the period."""
    parts = bands(sheets.days)
    for part in parts:
        first = spoken_value(f"{part[0]:%d %b}")
        name = say("sheet_rota") if len(parts) == 1 else say("sheet_rota_from", day=first)
        _Grid(sheets, part, name).write()


@dataclass(frozen=True, eq=False)
class _Grid:
    """One sheet of the rota.

    Attributes
    ----------
    days: its columns. name: of the sheet.
    """

    sheets: Sheets
    days: tuple[date, ...]
    name: str

    @cached_property
    def duties(self) -> Mapping[tuple[str, date], list[Shift]]:
        """Duties of the sheet by person and day, in order."""
        found: dict[tuple[str, date], list[Shift]] = defaultdict(list)
        inside = set(self.days)
        in_order = sorted(self.sheets.of.rota.shifts, key=lambda shift: (shift.start, shift.end, shift.name))
        for shift in in_order:
            if shift.day in inside:
                found[shift.agent, shift.day].append(shift)
        return found

    @cached_property
    def first(self) -> int:
        """Column of the first day."""
        return 2 if self.sheets.sited else 1

    @cached_property
    def widths(self) -> tuple[int, int]:
        """Pixels of names and of sites (0 if there is one only)."""
        agents = self.sheets.of.team.agents
        names = max((pixels(agent.name) for agent in agents), default=0)
        sites = max((pixels(agent.site) for agent in agents), default=0)
        return round(min(max(names + 10, 80), 170)), round(min(sites + 10, 90)) * self.sheets.sited

    @cached_property
    def day_width(self) -> tuple[int, bool]:
        """Pixels of a day, and whether ends stand below starts."""
        texts = [self.sheets.marks.text(shift) for found in self.duties.values() for shift in found]
        whole = max(map(pixels, texts), default=0) + 8
        hours = max((pixels(text.split(" ")[1]) for text in texts), default=0) + 8
        half = max((pixels(part) for text in texts for part in text.split(" ")[1].split("-")), default=0) + 14
        heads = max(pixels(_date_head(day) + "°", _SMALL) for day in self.days) + 7
        others = sum(self.widths) + 2 * _TOTAL_PIXELS
        free = (PAGE_PIXELS - others) / len(self.days)
        upright = hours * len(self.days) + others > PAGE_PIXELS / _LEAST_SCALE
        need = max(half if upright else hours, heads, min(whole, free))
        return round(max(need, min(free, _WIDEST_DAY))), upright

    def write(self) -> None:
        """The sheet."""
        sheet = self.sheets.sheet(self.name)
        self._columns(sheet)
        row = self._top(sheet)
        self._heads(sheet, row)
        body = row + 3
        for number, agent in enumerate(self.sheets.of.team.agents):
            self._person(sheet, body + number, agent)
        last = self._totals(sheet, body + len(self.sheets.of.team.agents))
        sheet.freeze_panes(body, self.first)
        sheet.repeat_rows(0, body - 1)
        sheet.repeat_columns(0, self.first - 1)
        sheet.print_area(0, 0, last, self.first + len(self.days) + 1)

    def _columns(self, sheet: Worksheet) -> None:
        after = self.first + len(self.days)
        for column, width in enumerate(self.widths[: self.first]):
            sheet.set_column_pixels(column, column, width)
        sheet.set_column_pixels(self.first, after - 1, self.day_width[0])
        sheet.set_column_pixels(after, after + 1, _TOTAL_PIXELS)

    def _top(self, sheet: Worksheet) -> int:
        """Title, version, clock, and what letters and signs mean; returns the next row."""
        ink, last = self.sheets.ink, self.first + len(self.days) + 1
        wide = sum(self.widths) + self.day_width[0] * len(self.days) + 2 * _TOTAL_PIXELS
        special = (*holidays_told(self.sheets, self.days), *changes_of(self.sheets, self.days))
        told: tuple[tuple[str, int, dict[str, Any]], ...] = (
            (self.sheets.title(self.days), 13, {"bold": True}),
            (f"{self.sheets.version()} · {self.sheets.clocks()}", 9, {}),
            (self._signs(), 9, {}),
            (" · ".join(special), 9, {}),
        )
        row = 0
        for text, points, more in told:
            if text:
                look = ink.look(font_size=points, text_wrap=True, **more)
                put_across(sheet, row, (0, last), text, look)
                sheet.set_row(row, lines(text, wide * 0.97, points) * points * 1.28 + 4)
                row += 1
        return row

    def _signs(self) -> str:
        """Letters, signs and shades of this sheet in one line."""
        marks = self.sheets.marks
        here = {shift.name: shift for found in self.duties.values() for shift in found}
        told = []
        for name in sorted(here):
            opens, closes = AROUND[here[name].kind]
            kind = "" if here[name].kind == "work" else f" ({say(f'kind_{here[name].kind}')})"
            told.append(f"{opens}{marks.letter[name]}{closes} = {name}{kind if kind[2:-1] != name else ''}")
        if any(day.weekday() >= 5 for day in self.days):
            told.append(say("shade_weekend"))
        if any(day in named for named in self.sheets.holidays.values() for day in self.days):
            told.append(say("shade_holiday"))
        return " · ".join(told)

    def _heads(self, sheet: Worksheet, row: int) -> None:
        """Weeks, weekdays and dates."""
        look = self.sheets.ink.look
        plain: dict[str, Any] = {"bold": True, "border": 1, "border_color": LINE, "font_size": _SMALL}
        across = (say("person"), say("site"))[: self.first]
        for column, text in enumerate(across):
            for above in (row, row + 1):
                put_text(sheet, above, column, "", look(bg_color=HEAD, **plain))
            put_text(sheet, row + 2, column, text, look(bg_color=HEAD, **plain))
        at = self.first
        for week, group in groupby(self.days, lambda day: day.isocalendar().week):
            many = len(list(group))
            text = say("week" if many > 1 else "week_short", week=week)
            week_look = look(bg_color=HEAD, left=2, align="center", **plain)
            put_across(sheet, row, (at, at + many - 1), text, week_look)
            at += many
        changed = {day for day, _, _ in self._changed}
        for column, day in enumerate(self.days, self.first):
            colour = self.sheets.shade(day) or HEAD
            shade = look(**plain, **self._of_day(day), align="center", bg_color=colour)
            named = any(day in found for found in self.sheets.holidays.values())
            put_text(sheet, row + 1, column, spoken_value(f"{day:%a}"), shade)
            put_text(sheet, row + 2, column, _date_head(day) + "*" * named + "°" * (day in changed), shade)
        for column, text in enumerate((say("shifts_of"), say("paid_of")), self.first + len(self.days)):
            for above in (row, row + 1):
                put_text(sheet, above, column, "", look(bg_color=HEAD, **plain))
            put_text(sheet, row + 2, column, text, look(bg_color=HEAD, align="center", **plain))

    @cached_property
    def _changed(self) -> list[tuple[date, str, float]]:
        return change_days(self.sheets, self.days)

    def _of_day(self, day: date) -> dict[str, Any]:
        """A line between weeks."""
        return {"left": 2} if day.weekday() == 0 or day == self.days[0] else {}

    def _person(self, sheet: Worksheet, row: int, agent: Agent) -> None:
        look = self.sheets.ink.look
        named = look(bold=True, text_wrap=True, border=1, border_color=LINE)
        put_text(sheet, row, 0, agent.name, named)
        tallest = lines(agent.name, self.widths[0] * 0.93)
        if self.sheets.sited:
            placed = look(text_wrap=True, border=1, border_color=LINE, font_size=_SMALL)
            put_text(sheet, row, 1, agent.site, placed)
            tallest = max(tallest, lines(agent.site, self.widths[1], _SMALL))
        width, upright = self.day_width
        tour: list[Shift] = []
        for column, day in enumerate(self.days, self.first):
            duties = self.duties.get((agent.name, day), [])
            told = [_broken(self.sheets.marks.text(shift, upright), width) for shift in duties]
            text = "\n".join(told + self._absence(agent, day))
            put_text(sheet, row, column, text, self._cell_look(agent, day, duties))
            tallest = max(tallest, lines(text, width) if text else 1)
            tour += duties
        worked = [shift for shift in tour if shift.kind != "on_call"]
        number = look(border=1, border_color=LINE, align="right", num_format="0")
        put_number(sheet, row, self.first + len(self.days), len(worked), number)
        paid = look(border=1, border_color=LINE, align="right", num_format="0.0#")
        hours = sum(shift.paid_minutes for shift in worked) / 60
        put_number(sheet, row, self.first + len(self.days) + 1, round(hours, 4), paid)
        sheet.set_row(row, tallest * LINE_POINTS + 3.5)

    def _absence(self, agent: Agent, day: date) -> list[str]:
        if not agent.employed_on(day):
            return [say("not_employed")]
        return [say("away")] if day in agent.unavailable else []

    def _cell_look(self, agent: Agent, day: date, duties: Sequence[Shift]) -> Format:
        shade = self.sheets.marks.colour[duties[0].name] if duties else self.sheets.shade(day, agent)
        more: dict[str, Any] = {"bg_color": shade} if shade else {}
        if duties and all(shift.kind != "work" for shift in duties):
            more["italic"] = True
        if not duties and (day in agent.unavailable or not agent.employed_on(day)):
            more |= {"font_size": 7, "font_color": "#444444"}
        common = {"border": 1, "border_color": LINE, "align": "center", "text_wrap": True}
        return self.sheets.ink.look(**common, **more, **self._of_day(day))

    def _totals(self, sheet: Worksheet, row: int) -> int:
        """People of each day, then duties of each kind; returns the last row."""
        counts: list[tuple[str, str, list[int]]] = []
        people = []
        for day in self.days:
            on = [found for (_, when), found in self.duties.items() if when == day]
            people.append(sum(any(shift.kind != "on_call" for shift in found) for found in on))
        counts.append((say("people"), HEAD, people))
        marks = self.sheets.marks
        for name in sorted({shift.name for found in self.duties.values() for shift in found}):
            by_day: dict[date, int] = defaultdict(int)
            for (_, day), found in self.duties.items():
                by_day[day] += sum(shift.name == name for shift in found)
            text = f"{marks.letter[name]} {name}"
            counts.append((text, marks.colour[name], [by_day[day] for day in self.days]))
        for number, (text, colour, figures) in enumerate(counts):
            self._total(sheet, row + number, text, colour, figures, bold=number == 0)
        return row + len(counts) - 1

    def _total(
        self, sheet: Worksheet, row: int, text: str, colour: str, figures: Sequence[int], bold: bool
    ) -> None:
        look = self.sheets.ink.look
        common = {"border": 1, "border_color": LINE, "bold": bold}
        put_text(sheet, row, 0, text, look(bg_color=colour, text_wrap=True, **common))
        if self.first == 2:
            put_text(sheet, row, 1, "", look(bg_color=colour, **common))
        for column, (day, figure) in enumerate(zip(self.days, figures, strict=True), self.first):
            shade = {"bg_color": self.sheets.shade(day)} if self.sheets.shade(day) else {}
            cell = look(align="center", num_format="0", **common, **shade, **self._of_day(day))
            put_number(sheet, row, column, figure, cell)
        total = look(align="right", num_format="0", **common)
        put_number(sheet, row, self.first + len(self.days), sum(figures), total)
        sheet.set_row(row, lines(text, self.widths[0] * 0.93) * LINE_POINTS + 3.5)


def _broken(text: str, width: float) -> str:
    """A duty that is too wide, broken after its letter: office programs would break it at the hyphen."""
    return text if "\n" in text or lines(text, width) == 1 else text.replace(" ", "\n", 1)


def _date_head(day: date) -> str:
    """'30 Mar' in the language spoken here."""
    return spoken_value(f"{day:%d %b}")
