"""At most so many long shifts in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import carried_run
from planner.rules.measure import blocks, days_of, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Mark, Run, Shape
from planner.rules.telling import too_long


class MaxLongInRow(Rule):
    """At most ``days`` days in a row with a shift of more than ``hours`` from start to end.

    Attributes
    ----------
    days: at least 1.
    hours: above which a shift is long, such as "10 h".

    Examples
    --------
    >>> str(MaxLongInRow(days=3, hours=10).explain())
    'At most 3 shifts of more than 10 hours in a row'
    """

    name: ClassVar[str] = "max_long_in_row"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "lower", "hours": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days": 3, "hours": 7},
        {"days": 1, "hours": "7 h 30 min", "penalty": 10},
    )

    days: int = Field(ge=1)
    hours: Hours

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of long duties."""
        mark = Mark(WORKING.kinds, present_over=round(self.hours * 60))
        carried = carried_run(calendar, mark)
        return (Run(self.name, mark, most=self.days, carried=carried, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days of each block of long shifts."""
        now, earlier = (
            days_of((s for s in working(shifts) if s.elapsed_minutes > round(self.hours * 60)), calendar)
            for shifts in (tour, carried)
        )
        return too_long(self, calendar, blocks(calendar, now, earlier), self.days)

    def explain(self) -> Message:
        """In a sentence."""
        values = {"days": self.days, "hours": hours_text(self.hours * 60)}
        return Message("rules.max_long_in_row", values)
