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
from planner.rules.shapes import WORKING, Run, Shape
from planner.rules.telling import too_long


class MaxDaysOffInRow(Rule):
    """At most ``days`` days in a row on which no shift starts, last period's counted in.

    A working day of leave counts as a day off here; where leave is longer than the limit, leave the
    person out of the rule or give it a penalty. Where nothing of last period is known, days before the
    period are not counted.

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
        """One run of free days."""
        carried = carried_run(calendar, WORKING, off=True)
        return (Run(self.name, WORKING, off=True, most=self.days, carried=carried, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days of each block off."""
        now, earlier = (days_of(working(shifts), calendar) for shifts in (tour, carried))
        return too_long(self, calendar, blocks(calendar, now, earlier, off=True), self.days)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_days_off_in_row", {"days": self.days})
