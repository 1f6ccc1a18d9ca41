"""At most so many days off in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import carried_run
from planner.rules.measure import blocks, days_of, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Run, Shape, Sum
from planner.rules.telling import too_long


class MaxDaysOffInRow(Rule):
    """At most ``days`` days in a row on which no shift starts, last period's counted in.

    Days of leave and outside the contract are neither on nor off: a row ends before them and begins anew
    after them. Where nothing of last period is known, days before the period are not counted.

    Attributes
    ----------
    days: at least 1.

    Examples
    --------
    >>> str(MaxDaysOffInRow(days=4).explain())
    'At most 4 days off in a row'
    """

    name: ClassVar[str] = "max_days_off_in_row"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"days": 3}, {"days": 2, "penalty": 10})

    days: int = Field(ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of free days; with leave, a duty in each window of one day more that has none of it."""
        carried = carried_run(calendar, WORKING, off=True)
        if calendar.cyclic or not calendar.unavailable:
            return (Run(self.name, WORKING, off=True, most=self.days, carried=carried, price=self.price),)
        known = -(carried or 0)
        windows = ((last - self.days, last) for last in range(calendar.days))
        return tuple(
            Sum(self.name, WORKING, "count", max(0, first), last, least=1, price=self.price)
            for first, last in windows
            if first >= known and calendar.unavailable.isdisjoint(range(first, last + 1))
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days of each block off."""
        now, earlier = (days_of(working(shifts), calendar) for shifts in (tour, carried))
        away = set() if calendar.cyclic else {calendar.day_at(day) for day in calendar.unavailable}
        return too_long(self, calendar, blocks(calendar, now | away, earlier, off=True), self.days)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_days_off_in_row", {"days": self.days})
