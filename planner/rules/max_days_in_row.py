"""At most so many days of work in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import carried_run
from planner.rules.measure import beyond, blocks, days_of, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Run, Shape


class MaxDaysInRow(Rule):
    """At most ``days`` days in a row on which a shift starts, last period's counted in.

    Attributes
    ----------
    days: at least 1.

    Examples
    --------
    >>> str(MaxDaysInRow(days=5).explain())
    'At most 5 days of work in a row'
    """

    name: ClassVar[str] = "max_days_in_row"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"days": 4}, {"days": 2, "penalty": 30})

    days: int = Field(ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run."""
        carried = carried_run(calendar, WORKING)
        return (Run(self.name, WORKING, most=self.days, carried=carried, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days of each block of work."""
        found = blocks(calendar, days_of(working(tour), calendar), days_of(working(carried), calendar))
        return tuple(
            self.found(
                calendar,
                block.first,
                more,
                {"length": block.before if earlier else block.length, "most": self.days},
                before_period=earlier,
            )
            for block, more, earlier in beyond(found, self.days)
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_days_in_row", {"days": self.days})
