"""At least so many Sundays off in each month or over the period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import carried_since
from planner.rules.measure import days_of, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Mark, Shape, Sum
from planner.rules.windows import Window, windows


class FreeSundays(Rule):
    """At least ``sundays`` Sundays on which no shift starts, in each calendar month or over the period.

    Of a month that the period cuts off, its share by days is asked, rounded down, of the Sundays that are
    known. Where fewer Sundays lie in it, all of them are asked.

    Attributes
    ----------
    sundays: at least 1.
    per: "period" or "month".

    Examples
    --------
    >>> str(FreeSundays(sundays=2, per="month").explain())
    'At least 2 Sundays off in each month'
    """

    name: ClassVar[str] = "free_sundays"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"sundays": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"sundays": 1},
        {"sundays": 4, "per": "month", "penalty": 40},
    )

    sundays: int = Field(ge=1)
    per: Literal["period", "month"] = "period"

    def most(self, calendar: AgentCalendar, window: Window) -> int:
        """Sundays that may be worked in a window."""
        there = sum(calendar.weekday(day) == 6 for day in range(window.first, window.last + 1))
        asked = self.sundays * (window.last - window.first + 1) // window.length
        return max(0, there - asked)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A count of Sundays worked per window."""
        found = []
        for window in windows(calendar, self.per):
            sundays = frozenset(
                day for day in range(window.first, window.last + 1) if calendar.weekday(day) == 6
            )
            mark = Mark(WORKING.kinds, days=sundays)
            begun = len({duty.day for duty in carried_since(calendar, mark, window.first)})
            most = self.most(calendar, window)
            first, last = window.begins, window.last
            found.append(
                Sum(self.name, mark, "weekends", first, last, most=most, carried=begun, price=self.price)
            )
        return tuple(found)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Collect the Sundays with a shift in each window."""
        worked = sorted(day for day in days_of(working([*carried, *tour]), calendar) if day.weekday() == 6)
        found = []
        for window in windows(calendar, self.per):
            first, last = calendar.day_at(window.first), calendar.day_at(window.last)
            inside = [day for day in worked if first <= day <= last]
            begun = sum(day < calendar.first_day for day in inside)
            most = self.most(calendar, window)
            if begun > most:
                values = {"count": begun, "most": most}
                day = max(inside[most], calendar.first_day)
                found.append(self.found(calendar, day, begun - most, values, before_period=True))
            if len(inside) > max(most, begun):
                values = {"count": len(inside), "most": most}
                day = inside[max(most, begun)]
                found.append(self.found(calendar, day, len(inside) - max(most, begun), values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        return Message(f"rules.free_sundays_{self.per}", {"sundays": self.sundays})
