"""A person works only inside, or only outside, a daily window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from pydantic import model_validator

from planner._messages import Message
from planner._values import parse_window
from planner.clock import to_utc
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Rule, Violation
from planner.rules.settings import Weekdays, Window, day_indices, named_days
from planner.rules.shapes import ANY_DUTY, Each, Mark, Shape


class WorkingWindow(Rule):
    """Shifts that start on some days lie inside, or outside, a daily window on the wall clock of the person.

    It says when somebody is available. A shift belongs to the day on which it starts: a night from Monday
    22:00 to Tuesday 06:00 is held against the windows of its whole length if Monday is one of the days.

    Attributes
    ----------
    inside: window that holds all of each shift, such as "07:00-19:00".
    outside: window of which no minute is worked; one of the two must be given.
    weekdays: days on which the shifts start; all by default.

    Examples
    --------
    >>> str(WorkingWindow(inside="07:00-19:00", people="Anna").explain())
    'Shifts lie between 07:00-19:00'
    >>> str(WorkingWindow(outside="16:00-18:00", weekdays="tue, thu", people="Bo").explain())
    'No work between 16:00-18:00 in shifts that start on tue, thu'
    """

    name: ClassVar[str] = "working_window"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"inside": "07:00-19:00"},
        {"outside": "04:00-08:30", "weekdays": "tue-sat", "penalty": 12},
    )

    inside: Window | None = None
    outside: Window | None = None
    weekdays: Weekdays = "all"

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.inside is None) == (self.outside is None):
            raise ValueError("give inside or outside")
        opens, closes = parse_window(self.inside or self.outside or "")
        if (closes - opens) % 1440 == 0:
            raise ValueError("a window of the whole day says nothing")
        return self

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on duties that touch the window, or what it leaves free."""
        opens, closes = parse_window(self.inside or self.outside or "")
        window = (opens, closes) if self.inside is None else (closes % 1440, opens)
        days = day_indices(calendar, named_days(calendar, (), self.weekdays))
        return (Each(self.name, Mark(ANY_DUTY.kinds, window=window, days=days), price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Hold each shift against the windows around it, resolved to instants."""
        days = named_days(calendar, (), self.weekdays)
        sentence = "broken" if self.inside is None else "leaves"
        values = {"window": self.inside or self.outside}
        return tuple(
            self.found(calendar, day_of(shift, calendar), 1, values, sentence=sentence)
            for shift in sorted(tour)
            if day_of(shift, calendar) in days and self._breaks(shift, day_of(shift, calendar), calendar)
        )

    def explain(self) -> Message:
        """In a sentence."""
        side = "inside" if self.inside is not None else "outside"
        code = f"rules.working_window_{side}" + "_days" * (self.weekdays != "all")
        return Message(code, {"window": self.inside or self.outside, "days": self.weekdays})

    def _breaks(self, shift: Shift, day: date, calendar: AgentCalendar) -> bool:
        """Whether a shift leaves the window it must lie in, or touches the one it must not."""
        opens, closes = parse_window(self.inside or self.outside or "")
        closes += 1440 if closes <= opens else 0
        days, zone = (day + timedelta(days=more) for more in (-1, 0, 1, 2)), calendar.agent.zone
        around = [(to_utc(each, opens, zone), to_utc(each, closes, zone)) for each in days]
        if self.inside is not None:
            return not any(begin <= shift.start and shift.end <= end for begin, end in around)
        return any(max(shift.start, begin) < min(shift.end, end) for begin, end in around)
