"""At most so many weekends with work in a row: every n-th weekend is free."""

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
from planner.rules.shapes import WORKING, Run, Shape
from planner.rules.telling import too_long, weeks_in_row


class MaxWeekendsInRow(Rule):
    """At most ``weekends`` weekends in a row on whose Saturday or Sunday a shift starts.

    Two keep every third weekend free. Last period's weekends count.

    Attributes
    ----------
    weekends: at least 1.

    Examples
    --------
    >>> str(MaxWeekendsInRow(weekends=2).explain())
    'At most 2 weekends with work in a row'
    """

    name: ClassVar[str] = "max_weekends_in_row"
    unit: ClassVar[str] = "weekend"
    stricter: ClassVar[dict[str, Stricter]] = {"weekends": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"weekends": 2}, {"weekends": 1, "penalty": 30})

    weekends: int = Field(ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of weekends."""
        carried = carried_run(calendar, WORKING, unit="weekend")
        most = self.weekends
        return (Run(self.name, WORKING, most=most, carried=carried, price=self.price, unit="weekend"),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the weekends of each block."""
        now, earlier = (days_of(working(shifts), calendar) for shifts in (tour, carried))
        return too_long(self, calendar, weeks_in_row(calendar, now, earlier, since=5), self.weekends)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_weekends_in_row", {"weekends": self.weekends})
