"""Wishes for days or shifts, on or off, each with a price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Rule, Violation
from planner.rules.settings import Dates, Names, OptionalWeekdays, day_indices, named_days
from planner.rules.shapes import ANY_DUTY, Each, Mark, Shape


class Requests(Rule):
    """Wishes for days off or on, or for shifts, of the people it is ``for``; each costs the penalty.

    A wish for a day off (or for no such shift) is broken by each duty that starts on that day; a wish for
    a day on (or for such a shift) by a day without one, leave apart. What must hold is a fixed shift or
    leave.

    Attributes
    ----------
    want: "off" or "on".
    days: dates, such as "2026-04-03, 2026-04-05".
    weekdays: every such day of the period, such as "fri" or "public holidays".
    shifts: names of shift types; any if none is given.
    penalty: must be given.

    Examples
    --------
    >>> wish = Requests(want="off", days="2026-04-03", shifts="night", penalty=20, people="Anna")
    >>> str(wish.explain())
    'Wish: no night shift on 2026-04-03'
    >>> str(Requests(want="on", weekdays="fri", penalty=5).explain())
    'Wish: work on fri'
    """

    name: ClassVar[str] = "requests"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"want": "off", "days": ["2026-03-04", "2026-03-25"], "penalty": 20},
        {"want": "on", "weekdays": "wed, fri", "shifts": "night", "penalty": 15},
        {"want": "off", "weekdays": "fri, public holidays", "shifts": "day, late", "penalty": 8},
    )

    want: Literal["off", "on"]
    days: Dates = ()
    weekdays: OptionalWeekdays = ""
    shifts: Names = ()

    @model_validator(mode="after")
    def _priced(self) -> Self:
        if self.penalty is None:
            raise ValueError("a wish needs a penalty; what must hold is a fixed shift or a leave")
        if not self.days and not self.weekdays:
            raise ValueError("give days or weekdays")
        return self

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A price on duties of the days, or on days without one."""
        days = day_indices(calendar, self._asked(calendar))
        if not days:
            return ()
        mark = Mark(ANY_DUTY.kinds, names=frozenset(self.shifts) or None, days=days)
        return (Each(self.name, mark, force=self.want == "on", price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look up the duties of each day."""
        found = []
        for day in self._asked(calendar):
            duties = [
                shift
                for shift in tour
                if day_of(shift, calendar) == day and (not self.shifts or shift.name in self.shifts)
            ]
            if self.want == "off":
                found += [self.found(calendar, day, 1, {"shift": shift.name}) for shift in duties]
            elif not duties:
                found.append(self.found(calendar, day, 1, {}, sentence="not_met"))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        days = ", ".join([*(day.isoformat() for day in self.days), *([self.weekdays] * bool(self.weekdays))])
        code = f"rules.requests_{self.want}" + "_shifts" * bool(self.shifts)
        return Message(code, {"days": days, "shifts": ", ".join(self.shifts)})

    def _asked(self, calendar: AgentCalendar) -> list[date]:
        """Days of the period that the wish is about; nobody can be given a shift on leave."""
        days = named_days(calendar, self.days, self.weekdays)
        away = {calendar.day_at(day) for day in calendar.unavailable} if self.want == "on" else set()
        return [day for day in days if day not in away]
