"""At most so many hours of work in one go, without a break."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from planner._messages import Message
from planner.clock import minutes_between
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Each, Mark, Shape


class MaxStretch(Rule):
    """No more than ``hours`` of work between the start of a shift, its break and its end.

    The engine leaves out longer shifts without a break. Where a break lies inside its window is chosen
    for cover, which no shape of one person can say: the break window of the shift type must allow only
    good places. The judge measures every break that is placed; one that is not placed is not judged.

    Attributes
    ----------
    hours: such as "5 h".

    Examples
    --------
    >>> str(MaxStretch(hours=5).explain())
    'At most 5 hours of work without a break'
    """

    name: ClassVar[str] = "max_stretch"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"hours": 5}, {"hours": "7 h 30 min", "penalty": 10})

    hours: Hours

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on longer duties without a break."""
        mark = Mark(WORKING.kinds, paid_over=round(self.hours * 60), break_under=1)
        return (Each(self.name, mark, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure the longest part of each shift on the UTC clock."""
        most = round(self.hours * 60)
        found = []
        for shift in working(tour):
            if shift.break_start is not None:
                ends = shift.break_start + timedelta(minutes=shift.break_minutes)
                parts = [minutes_between(shift.start, shift.break_start), minutes_between(ends, shift.end)]
            else:
                parts = [] if shift.break_minutes else [minutes_between(shift.start, shift.end)]
            longest = max(parts, default=0)
            if longest > most:
                values = {"longest": hours_text(longest), "most": hours_text(most)}
                found.append(self.found(calendar, day_of(shift, calendar), 1, values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_stretch", {"hours": hours_text(self.hours * 60)})
