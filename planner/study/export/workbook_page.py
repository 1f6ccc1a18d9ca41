"""What all sheets of a rota share: paper, margins, foot, heads; and what is told above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planner._messages import Message, spoken_value
from planner.clock import PublicHolidays, zone_named
from planner.people import Agent
from planner.rota import rota_frame
from planner.study.export.dossier import Dossier
from planner.study.export.workbook_ink import Ink, put_text
from planner.study.export.workbook_marks import Marks, marks_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
MARGINS = {"left": 0.3, "right": 0.3, "top": 0.4, "bottom": 0.55}  # inches
_LONGEST_IN_FOOT = 80  # characters: a foot holds 255 with its codes
OFF, HOLIDAY, HEAD = "#E9E9E9", "#DDD2EA", "#F3F3F3"
LINE = "#B0B0B0"


def say(code: str, **values: object) -> str:
    """A word or sentence of the workbook.

    Examples
    --------
    >>> say("person")
    'Person'
    """
    return str(Message(f"workbook.{code}", values))


def day_text(day: date, year: bool = False) -> str:
    """A day in words: 'Mon 30 Mar', with the year if asked.

    Examples
    --------
    >>> day_text(date(2026, 3, 30))
    'Mon 30 Mar'
    """
    return spoken_value(f"{day:%a %d %b %Y}" if year else f"{day:%a %d %b}")


@dataclass(frozen=True, eq=False)
class Sheets:
    """A workbook being written, and what its sheets are made from.

    Attributes
    ----------
    of: the rota. book: the workbook. ink: its looks. marks: letters and colours.
    """

    of: Dossier
    book: Workbook
    ink: Ink
    marks: Marks

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Rows of ``rota.csv``, without pay."""
        frame = rota_frame(self.of.rota, self.of.team, None, self.of.rota_version)
        return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The period."""
        return tuple(self.of.rota.first_day + timedelta(days=i) for i in range(self.of.rota.days))

    @cached_property
    def holidays(self) -> Mapping[str, Mapping[date, str]]:
        """Public holidays of the period by site, for sites where somebody works."""
        used = {agent.site for agent in self.of.team.agents}
        return {
            site.name: PublicHolidays(site.public_holidays).days_between(self.days[0], self.days[-1])
            for site in self.of.team.sites
            if site.name in used
        }

    @cached_property
    def zones(self) -> Mapping[str, str]:
        """Clock of each person by name."""
        return {agent.name: agent.zone for agent in self.of.team.agents}

    @property
    def sited(self) -> bool:
        """Whether people work at more than one site."""
        return len(self.holidays) > 1

    def shade(self, day: date, agent: Agent | None = None) -> str:
        """Colour behind a day: of one person, or of anybody."""
        sites = self.holidays.values() if agent is None else (self.holidays[agent.site],)
        if any(day in named for named in sites):
            return HOLIDAY
        return OFF if day.weekday() >= 5 else ""

    def title(self, days: Sequence[date]) -> str:
        """What is shown, from when to when."""
        first, last = day_text(days[0], year=True), day_text(days[-1], year=True)
        return say("title", scenario=self.of.scenario, first=first, last=last)

    def version(self) -> str:
        """Version and whether people were told."""
        if self.of.published_at is None:
            return say("draft", version=self.of.rota_version)
        at = self.of.published_at.astimezone(zone_named(self.of.zone))
        when = f"{spoken_value(f'{at:%d %b %Y}')}, {at:%H:%M}"
        return say("published", version=self.of.rota_version, when=when, zone=self.of.zone)

    def clocks(self) -> str:
        """On whose clock times are."""
        zones = sorted(set(self.zones.values()))
        if len(zones) > 1:
            return say("own_clock", zones=", ".join(zones))
        return say("clock", zone="".join(zones))

    def sheet(self, name: str, upright: bool = False) -> Worksheet:
        """A new sheet for A4 paper on its side, one page wide, with a foot."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        if not upright:
            sheet.set_landscape()
        sheet.set_margins(**MARGINS)
        sheet.fit_to_pages(1, 0)
        shown = _in_foot(f"{self.of.scenario} · {name}")
        pages = _in_foot(say("page", page="\0P", pages="\0N")).replace("\0", "&")
        sheet.set_footer(f"&L&8{shown}&C&8{pages}&R&8{_in_foot(self._foot())}", {"margin": 0.25})
        return sheet

    def _foot(self) -> str:
        """The version in a few words."""
        kind = "foot_draft" if self.of.published_at is None else "foot_published"
        return say(kind, version=self.of.rota_version)

    def head(self, sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
        """A row of column heads."""
        look = self.ink.look(
            bold=True, text_wrap=True, bg_color=HEAD, border=1, border_color=LINE, align="center"
        )
        for column, text in enumerate(heads):
            put_text(sheet, row, column, text, look)


def sheets_of(of: Dossier, book: Workbook) -> Sheets:
    """A workbook about to be written."""
    return Sheets(of, book, Ink(book), marks_of(of.rota.shifts))


def _in_foot(text: str) -> str:
    """Text for a page's foot, where an ampersand begins a code and a digit would join the size before it."""
    told = " ".join(text.split())[:_LONGEST_IN_FOOT].replace("&", "&&")
    return f" {told}" if told[:1].isdigit() else told
