"""Two adjacent days off in each week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import still_possible
from planner.rules.measure import days_of, working
from planner.rules.rule import Rule, Violation
from planner.rules.shapes import WORKING, Rest, Shape


class TwoDaysOffTogether(Rule):
    """Two adjacent days on which no shift starts, in each ISO week of the person's zone.

    Weeks that the period cuts off are not judged, except the first one where last period's shifts
    are known and leave two such days possible.

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
            shape
            for first, last in calendar.whole_weeks()
            for shape in still_possible(
                Rest(
                    self.name,
                    WORKING,
                    first,
                    last,
                    calendar.starts_at(first),
                    calendar.starts_at(last + 1),
                    days=2,
                    price=self.price,
                ),
                calendar,
            )
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look for a pair of free days in each week."""
        before = days_of(working(carried), calendar)
        worked = before | days_of(working(tour), calendar)
        broken = []
        for first, last in calendar.whole_weeks():
            week = [calendar.day_at(day) for day in range(first, last + 1)]
            free = [day for day in week if day not in worked]
            if not _together(free):
                lost = not _together([day for day in week if day not in before])
                values, day = {"free": len(free)}, max(week[0], calendar.first_day)
                broken.append(self.found(calendar, day, 1, values, before_period=lost))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.two_days_off_together")


def _together(free: Sequence[date]) -> bool:
    """Whether two of the days are adjacent."""
    return any(day + timedelta(days=1) in free for day in free)
