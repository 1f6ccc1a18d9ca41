"""At most so many weekends with work in the period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import days_of, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Shape, Sum


class MaxWeekends(Rule):
    """At most ``weekends`` weekends of the period on whose Saturday or Sunday a shift starts.

    Attributes
    ----------
    weekends: 0 or more.

    Examples
    --------
    >>> str(MaxWeekends(weekends=2).explain())
    'At most 2 weekends with work in the period'
    """

    name: ClassVar[str] = "max_weekends"
    unit: ClassVar[str] = "weekend"
    stricter: ClassVar[dict[str, Stricter]] = {"weekends": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"weekends": 0}, {"weekends": 1, "penalty": 60})

    weekends: int = Field(ge=0)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One sum of weekends."""
        last = calendar.days - 1
        return (Sum(self.name, WORKING, "weekends", 0, last, most=self.weekends, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Collect the Saturdays of the weekends with a shift."""
        end = calendar.first_day + timedelta(days=calendar.days)
        worked = (day for day in days_of(working(tour), calendar) if calendar.first_day <= day < end)
        saturdays = sorted({day - timedelta(days=day.weekday() - 5) for day in worked if day.weekday() >= 5})
        more = len(saturdays) - self.weekends
        if more <= 0:
            return ()
        day = max(saturdays[self.weekends], calendar.first_day)
        return (self.found(calendar, day, more, {"count": len(saturdays), "most": self.weekends}),)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_weekends", {"weekends": self.weekends})
