"""At least so many hours between two duties on call, in elapsed time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import on_call, rests, short_rests
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import ON_CALL, Gap, Shape


class OnCallRest(Rule):
    """At least ``hours`` between the end of a duty on call and the start of the next, as hours that pass.

    Nobody is then on call for a night and the day after it. Shifts of work do not matter here.

    Attributes
    ----------
    hours: such as "12 h".

    Examples
    --------
    >>> str(OnCallRest(hours="12 h").explain())
    'At least 12 hours between two duties on call'
    """

    name: ClassVar[str] = "on_call_rest"
    unit: ClassVar[str] = "minute"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"hours": "12 h"}, {"hours": 30, "penalty": 6})

    hours: Hours

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One gap between any two duties on call."""
        return (Gap(self.name, ON_CALL, ON_CALL, round(self.hours * 60), self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure each time between on the UTC clock, the first one from the carried-over duties."""
        found = rests(calendar, on_call(tour), on_call(carried))
        return short_rests(self, calendar, found, round(self.hours * 60))

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.on_call_rest", {"hours": hours_text(self.hours * 60)})
