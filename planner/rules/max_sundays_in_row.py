"""At most so many Sundays with work in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import carried_run
from planner.rules.measure import days_of, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Mark, Run, Shape
from planner.rules.telling import too_long, weeks_in_row


class MaxSundaysInRow(Rule):
    """At most ``sundays`` Sundays in a row on which a shift starts.

    Two keep every third Sunday free. Last period's Sundays count.

    Attributes
    ----------
    sundays: at least 1.

    Examples
    --------
    >>> str(MaxSundaysInRow(sundays=2).explain())
    'At most 2 Sundays with work in a row'
    """

    name: ClassVar[str] = "max_sundays_in_row"
    unit: ClassVar[str] = "weekend"
    stricter: ClassVar[dict[str, Stricter]] = {"sundays": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"sundays": 2}, {"sundays": 1, "penalty": 30})

    sundays: int = Field(ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of weekends of which only Sundays count."""
        back = min((duty.day for duty in calendar.carried), default=0)
        sundays = frozenset(day for day in range(back, calendar.days) if calendar.weekday(day) == 6)
        mark = Mark(WORKING.kinds, days=sundays)
        carried = carried_run(calendar, mark, unit="weekend")
        return (Run(self.name, mark, most=self.sundays, carried=carried, price=self.price, unit="weekend"),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the Sundays of each block."""
        now, earlier = (
            {day for day in days_of(working(shifts), calendar) if day.weekday() == 6}
            for shifts in (tour, carried)
        )
        return too_long(self, calendar, weeks_in_row(calendar, now, earlier, since=6), self.sundays)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_sundays_in_row", {"sundays": self.sundays})
