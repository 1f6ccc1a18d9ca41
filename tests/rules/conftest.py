"""One minimal person and week, made anew for each rule test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.clock import to_utc
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, ShiftType, options_for, shift_of
from planner.rules import AgentCalendar, Rule, Violation, amounts, calendars

MONDAY = date(2026, 3, 2)
DAY = ShiftType("day", (480,), 480)  # 08:00 to 16:00
LATE = ShiftType("late", (840,), 480)  # 14:00 to 22:00
NIGHT = ShiftType("night", (1320,), 480)  # 22:00 to 06:00
CALL = ShiftType("on call day", (420,), 720, kind="on_call", pay_share=0.15, counted=False)
CALL_NIGHT = ShiftType("on call night", (1140,), 720, kind="on_call", pay_share=0.15, counted=False)
PAUSE = ShiftType("long day", (540,), 540, break_minutes=60)  # 09:00 to 18:00, an hour of it off
SHORT = ShiftType("short day", (360,), 360)  # 06:00 to 12:00
TYPES = (DAY, LATE, NIGHT, CALL, CALL_NIGHT)
LETTERS = {"D": DAY, "L": LATE, "N": NIGHT, "C": CALL, "K": CALL_NIGHT, "P": PAUSE, "S": SHORT}


@dataclass(frozen=True)
class Person:
    """Anna, her calendar, and short ways to give her shifts.

    ``tour("DD-N")`` starts on the first day: D day, L late, N night, - free, and B both day and late;
    C on call from 07:00 to 19:00, K from 19:00 to 07:00; P long day with a break, S short day.
    """

    agent: Agent
    team: Team
    first_day: date
    days: int
    carried: tuple[Shift, ...] | None = None
    cyclic: bool = False
    types: tuple[ShiftType, ...] = TYPES

    @property
    def calendar(self) -> AgentCalendar:
        return calendars(self.team, self.types, self.first_day, self.days, self.carried, self.cyclic)["Anna"]

    def shift(self, letter: str, day: date) -> Shift:
        return shift_of(options_for(self.agent, [LETTERS[letter]], day, 1)[0][0], self.agent, None, day)

    def tour(self, letters: str, first_day: date | None = None) -> tuple[Shift, ...]:
        start = first_day or self.first_day
        return tuple(
            self.shift(letter, start + timedelta(days=index))
            for index, both in enumerate(letters)
            for letter in both.replace("B", "DL").replace("-", "")
        )

    def check(self, rule: Rule, shifts: Iterable[Shift]) -> tuple[Violation, ...]:
        return rule.check(self.calendar, tuple(shifts), self.carried or ())

    def broken(self, rule: Rule, letters: str) -> list[int]:
        """Amounts of the judge for a tour in letters."""
        return [violation.amount for violation in self.check(rule, self.tour(letters))]

    def read(self, rule: Rule, shifts: Iterable[Shift]) -> int:
        """Amount of the same tour by the reader of shapes."""
        from planner.rota import option_of

        options = [option_of(shift, self.first_day) for shift in shifts]
        return sum(amounts(shape, self.calendar, options) for shape in rule.shapes(self.calendar))

    def rota(self, letters: str) -> Rota:
        return Rota("test", self.first_day, self.days, ("Anna",), tuple(sorted(self.tour(letters))))


@pytest.fixture
def person() -> Callable[..., Person]:
    """Make a person: ``person(days=7, first_day=..., carried="DDDD---", zone=..., **agent)``.

    ``carried`` are letters for the days that end right before the period; None: not known.
    ``closed`` are days on which no shift is given.
    """

    def make(
        days: int = 7,
        first_day: date = MONDAY,
        carried: str | None = None,
        zone: str = "Europe/Rome",
        holidays: str = "",
        cyclic: bool = False,
        closed: Iterable[date] = (),
        **agent: object,
    ) -> Person:
        anna = Agent("Anna", "Rome", zone, {"it": None}, **agent)  # type: ignore[arg-type]
        site = Site("Rome", zone, holidays, night=(1320, 360))
        off = frozenset((zone, day) for day in closed)
        types = tuple(replace(kind, not_on=off) for kind in TYPES)
        made = Person(anna, Team((anna,), (site,)), first_day, days, None, cyclic, types)
        if carried is None:
            return made
        earlier = made.tour(carried, first_day - timedelta(days=len(carried)))
        return replace(made, carried=earlier)

    return make


def at(day: str, wall: str, zone: str = "Europe/Rome") -> datetime:
    """An instant from a local day and wall time."""
    return to_utc(day, wall, zone)


@pytest.fixture
def shift_at() -> Callable[..., Shift]:
    """A shift of Anna from two local stamps "2026-03-28 20:30"."""

    def make(start: str, end: str, zone: str = "Europe/Rome", **more: object) -> Shift:
        first, last = (at(*stamp.split(" "), zone).astimezone(UTC) for stamp in (start, end))
        return Shift(first, "Anna", last, date.fromisoformat(start.split(" ")[0]), "made", zone, **more)  # type: ignore[arg-type]

    return make
