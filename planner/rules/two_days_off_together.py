"""Two adjacent days off in each week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import days_of, working
from planner.rules.rule import Rule, Violation
from planner.rules.shapes import WORKING, Rest, Shape


class TwoDaysOffTogether(Rule):
    """Two adjacent days on which no shift starts, in each ISO week of the person's zone.

    Weeks that the period cuts off are not judged, except the first one where last period's shifts
    are known.

    Examples
    --------
    >>> str(TwoDaysOffTogether().explain())
    'Two days off together in each week'
    """

    name: ClassVar[str] = "two_days_off_together"
    unit: ClassVar[str] = "rest"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"penalty": 50})

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One rest of two days per week."""
        return tuple(
            Rest(
                self.name,
                WORKING,
                first,
                last,
                calendar.starts_at(first),
                calendar.starts_at(last + 1),
                days=2,
                price=self.price,
            )
            for first, last in calendar.whole_weeks()
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look for a pair of free days in each week."""
        worked = days_of(working((*tour, *carried)), calendar)
        broken = []
        for first, last in calendar.whole_weeks():
            week = [calendar.day_at(day) for day in range(first, last + 1)]
            free = [day for day in week if day not in worked]
            if not any(day + timedelta(days=1) in free for day in free):
                broken.append(self.found(calendar, max(week[0], calendar.first_day), 1, {"free": len(free)}))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.two_days_off_together")
