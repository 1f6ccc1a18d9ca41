"""Work comes at least so many days at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import run_before
from planner.rules.measure import blocks, days_of, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Run, Shape
from planner.rules.telling import too_short


class MinDaysInRow(Rule):
    """Days of work between two days off: at least ``days`` in a row, last period's counted in.

    Blocks that touch an edge behind which nothing is known are not judged, nor one that was carried over
    and that leave cuts off.

    Attributes
    ----------
    days: at least 2.

    Examples
    --------
    >>> str(MinDaysInRow(days=2).explain())
    'Days of work come at least 2 in a row'
    """

    name: ClassVar[str] = "min_days_in_row"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"days": 2}, {"days": 3, "penalty": 20})

    days: int = Field(ge=2)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run."""
        carried = run_before(calendar, WORKING, self.days)
        return (Run(self.name, WORKING, least=self.days, carried=carried, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days of each block of work that is known from end to end."""
        found = blocks(calendar, days_of(working(tour), calendar), days_of(working(carried), calendar))
        return too_short(self, calendar, found, self.days)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.min_days_in_row", {"days": self.days})
