"""No shift longer than so many hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Each, Mark, Shape


class MaxShiftLength(Rule):
    """No shift of more than ``hours``.

    Attributes
    ----------
    hours: such as "10 h".
    counting: "paid": hours worked, without the unpaid break; "present": from start to end.

    Examples
    --------
    >>> str(MaxShiftLength(hours=10).explain())
    'At most 10 paid hours a shift'
    """

    name: ClassVar[str] = "max_shift_length"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": 7.5},
        {"hours": "8 h", "counting": "present", "penalty": 12},
    )

    hours: Hours
    counting: Literal["paid", "present"] = "paid"

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on longer duties."""
        limit = round(self.hours * 60)
        if self.counting == "paid":
            mark = Mark(WORKING.kinds, paid_over=limit)
        else:
            mark = Mark(WORKING.kinds, present_over=limit)
        return (Each(self.name, mark, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure each shift on the UTC clock."""
        most = round(self.hours * 60)
        broken = []
        for shift in working(tour):
            length = shift.paid_minutes if self.counting == "paid" else shift.elapsed_minutes
            if length > most:
                values = {"length": hours_text(length), "most": hours_text(most)}
                broken.append(self.found(calendar, day_of(shift, calendar), 1, values))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        return Message(f"rules.max_shift_length_{self.counting}", {"hours": hours_text(self.hours * 60)})
