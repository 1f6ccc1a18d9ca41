"""Days off come at least so many at a time."""

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


class DaysOffInRow(Rule):
    """Free days between two days of work: at least ``days`` in a row, last period's counted in.

    Blocks that touch an edge behind which nothing is known are not judged.

    Attributes
    ----------
    days: at least 1.

    Examples
    --------
    >>> str(DaysOffInRow(days=2).explain())
    'Days off come at least 2 in a row'
    """

    name: ClassVar[str] = "days_off_in_row"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"days": 2}, {"days": 3, "penalty": 25})

    days: int = Field(ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of free days."""
        carried = carried_run(calendar, WORKING, off=True)
        return (Run(self.name, WORKING, off=True, least=self.days, carried=carried, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days of each block off that is known from end to end."""
        worked, worked_before = (days_of(working(shifts), calendar) for shifts in (tour, carried))
        return tuple(
            self.found(
                calendar, block.first, self.days - block.length, {"length": block.length, "least": self.days}
            )
            for block in blocks(calendar, worked, worked_before, off=True)
            if block.opened and block.closed and block.length < self.days
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.days_off_in_row", {"days": self.days})
