"""One long rest in any so many days in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from pydantic import Field, model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import still_possible
from planner.rules.measure import before, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Rest, Shape
from planner.rules.telling import longest_rest


class RestEvery(Rule):
    """At least one rest of ``hours`` in any ``days`` days in a row, from local midnight to local midnight.

    Windows of days begin on each day of the period, and where last period's shifts are known up to six
    days before it; those that the period cuts off are left to the next one. A day off in any so many days
    is ``max_days_in_row``.

    Attributes
    ----------
    hours: such as "24 h".
    days: of the window, 2 to 28; 7 by default.

    Examples
    --------
    >>> str(RestEvery(hours=24).explain())
    "At least 24 hours' rest without a break in any 7 days"
    """

    name: ClassVar[str] = "rest_every"
    unit: ClassVar[str] = "rest"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "higher", "days": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": 30, "days": 4},
        {"hours": "24 h", "days": 3, "penalty": 50},
    )

    hours: Hours
    days: int = Field(default=7, ge=2, le=28)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.hours > self.days * 24:
            raise ValueError("the rest is longer than the days")
        return self

    def firsts(self, calendar: AgentCalendar) -> range:
        """First days of all windows."""
        known = min(6, self.days - 1) if calendar.carried_known else 0
        return range(-known, calendar.days - self.days + 1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One rest per window."""
        return tuple(
            shape
            for first in self.firsts(calendar)
            for shape in still_possible(
                Rest(
                    self.name,
                    WORKING,
                    first,
                    first + self.days - 1,
                    calendar.starts_at(first),
                    calendar.starts_at(first + self.days),
                    minutes=round(self.hours * 60),
                    price=self.price,
                ),
                calendar,
            )
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look for the longest stretch without a shift in each window."""
        earlier = working(before(calendar, tour, carried))
        shifts, least = [*earlier, *working(tour)], round(self.hours * 60)
        found = []
        for first in self.firsts(calendar):
            longest = longest_rest(calendar, first, first + self.days - 1, shifts)
            if longest < least:
                day = max(calendar.day_at(first), calendar.first_day)
                values = {"longest": hours_text(longest), "least": hours_text(least), "days": self.days}
                lost = first < 0 and longest_rest(calendar, first, first + self.days - 1, earlier) < least
                found.append(self.found(calendar, day, 1, values, before_period=lost))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.rest_every", {"hours": hours_text(self.hours * 60), "days": self.days})
