"""Weekends are worked on both days or on none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import carried_since
from planner.rules.measure import day_of, working
from planner.rules.rule import Rule, Violation
from planner.rules.shapes import WORKING, Shape, Sum


class WholeWeekends(Rule):
    """Of each Saturday and Sunday, shifts start on both or on neither.

    A weekend that the period cuts off is not judged, except on the Sunday of a period that begins with
    it, where last period's shifts are known. A weekend of which leave or the contract leaves one day is
    not judged either.

    Examples
    --------
    >>> str(WholeWeekends().explain())
    'Weekends are worked on both days or on none'
    """

    name: ClassVar[str] = "whole_weekends"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"penalty": 25})

    def saturdays(self, calendar: AgentCalendar) -> list[int]:
        """Day indices of the Saturdays of all weekends that can be judged; -1 where it was the day before."""
        first = 0 if calendar.cyclic or not calendar.carried_known else -1
        return [
            day
            for day in range(first, calendar.days - 1)
            if calendar.weekday(day) == 5 and not {day, day + 1} & calendar.unavailable
        ]

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A count of 0 or 2 per weekend."""
        return tuple(
            Sum(
                self.name,
                WORKING,
                "count",
                max(0, saturday),
                saturday + 1,
                carried=len(carried_since(calendar, WORKING, -1)) if saturday < 0 else 0,
                price=self.price,
                allowed=(0, 2),
            )
            for saturday in self.saturdays(calendar)
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the shifts that start on each weekend."""
        starts = [day_of(shift, calendar) for shift in working(tour)]
        before = [day_of(shift, calendar) for shift in working(carried)]
        found = []
        for index in self.saturdays(calendar):
            saturday = calendar.day_at(index)
            begun = before.count(saturday) if index < 0 else 0
            count = begun + sum(starts.count(saturday + timedelta(days=more)) for more in (0, 1))
            away = min(abs(count - total) for total in ((0, 2) if begun <= 2 else (begun,)))
            if away:
                found.append(self.found(calendar, max(saturday, calendar.first_day), away, {"count": count}))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.whole_weekends")
