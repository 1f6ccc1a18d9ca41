"""At least so many hours of rest between two shifts, in elapsed time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import rests, short_rests, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Gap, Shape


class MinimumRest(Rule):
    """At least ``hours`` of rest between the end of a shift and the start of the next, as hours that pass.

    Where clocks go forward at night, 11 hours on the wall are 10 of rest.

    Attributes
    ----------
    hours: such as "11 h".

    Examples
    --------
    >>> str(MinimumRest(hours="11 h").explain())
    "At least 11 hours' rest between two shifts"
    """

    name: ClassVar[str] = "minimum_rest"
    unit: ClassVar[str] = "minute"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"hours": 11}, {"hours": "14 h", "penalty": 6})

    hours: Hours

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One gap between any two working duties."""
        return (Gap(self.name, WORKING, WORKING, round(self.hours * 60), self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure each rest on the UTC clock, the first one from the carried-over shifts."""
        found = rests(calendar, working(tour), working(carried))
        return short_rests(self, calendar, found, round(self.hours * 60))

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.minimum_rest", {"hours": hours_text(self.hours * 60)})
