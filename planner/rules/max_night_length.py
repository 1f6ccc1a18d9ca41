"""No night shift longer than so many hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Literal

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import night
from planner.rules.measure import day_of
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import Each, Shape
from planner.rules.telling import nights_of


class MaxNightLength(Rule):
    """No night shift of more than ``hours``; where the clocks go back, an 8-hour night is one of 9.

    Attributes
    ----------
    hours: such as "9 h".
    counting: "paid": hours worked, without the unpaid break; "present": from start to end.
    night_means: hours in the site's night window that make a shift a night shift; default 3.

    Examples
    --------
    >>> str(MaxNightLength(hours=9).explain())
    'At most 9 paid hours a night shift'
    """

    name: ClassVar[str] = "max_night_length"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "lower", "night_means": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": 8},
        {"hours": "7 h", "counting": "present", "night_means": 6, "penalty": 12},
    )

    hours: Hours
    counting: Literal["paid", "present"] = "paid"
    night_means: Hours = 3.0

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on longer nights."""
        limit, mark = round(self.hours * 60), night(calendar, self.night_means)
        if self.counting == "paid":
            mark = replace(mark, paid_over=limit)
        else:
            mark = replace(mark, present_over=limit)
        return (Each(self.name, mark, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure each night on the UTC clock."""
        most = round(self.hours * 60)
        found = []
        for shift in nights_of(tour, calendar, self.night_means):
            length = shift.paid_minutes if self.counting == "paid" else shift.elapsed_minutes
            if length > most:
                values = {"length": hours_text(length), "most": hours_text(most)}
                found.append(self.found(calendar, day_of(shift, calendar), 1, values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        return Message(f"rules.max_night_length_{self.counting}", {"hours": hours_text(self.hours * 60)})
