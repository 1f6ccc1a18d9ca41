"""No shift on leave or outside the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Rule, Violation
from planner.rules.shapes import ANY_DUTY, Each, Mark, Shape


class Unavailable(Rule):
    """No shift starts on a day of leave, or outside the contract.

    Examples
    --------
    >>> str(Unavailable().explain())
    'No shift on days of leave or outside the contract'
    """

    name: ClassVar[str] = "unavailable"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({},)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on these days."""
        if not calendar.unavailable:
            return ()
        return (Each(self.name, Mark(ANY_DUTY.kinds, days=calendar.unavailable), price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look up the local day of each shift in leave and contract."""
        last = calendar.first_day + timedelta(days=calendar.days)
        return tuple(
            self.found(calendar, day, 1, {})
            for day in sorted(day_of(shift, calendar) for shift in tour)
            if calendar.first_day <= day < last
            and (day in calendar.agent.unavailable or not calendar.agent.employed_on(day))
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.unavailable")
