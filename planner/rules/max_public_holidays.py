"""At most so many public holidays with work in the period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Mark, Shape, Sum


class MaxPublicHolidays(Rule):
    """At most ``holidays`` shifts of the period start on a public holiday of the person's site.

    Attributes
    ----------
    holidays: 0 or more; 0 gives all of them off.

    Examples
    --------
    >>> str(MaxPublicHolidays(holidays=1).explain())
    'At most 1 public holiday with work in the period'
    >>> str(MaxPublicHolidays(holidays=2).explain())
    'At most 2 public holidays with work in the period'
    """

    name: ClassVar[str] = "max_public_holidays"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"holidays": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"holidays": 1}, {"holidays": 0, "penalty": 60})

    holidays: int = Field(ge=0)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One count over the period."""
        mark = Mark(WORKING.kinds, days=calendar.holidays)
        return (Sum(self.name, mark, "count", 0, calendar.days - 1, most=self.holidays, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the shifts that start on public holidays."""
        feasts = {calendar.day_at(day) for day in calendar.holidays}
        worked = [day for shift in working(tour) if (day := day_of(shift, calendar)) in feasts]
        more = len(worked) - self.holidays
        if more <= 0:
            return ()
        values = {"count": len(worked), "most": self.holidays}
        return (self.found(calendar, worked[self.holidays], more, values),)

    def explain(self) -> Message:
        """In a sentence."""
        code = "rules.max_public_holidays" + "_one" * (self.holidays == 1)
        return Message(code, {"holidays": self.holidays})
