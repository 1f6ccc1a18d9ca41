"""One long rest in each week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import still_possible
from planner.rules.measure import before, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Rest, Shape
from planner.rules.telling import longest_rest


class WeeklyRest(Rule):
    """At least one rest of ``hours`` in each ISO week of the person's zone, without a break.

    Only the part of a rest that lies inside the week counts. Weeks that the period cuts off are not
    judged, except the first one where last period's shifts are known and leave such a rest possible.

    Attributes
    ----------
    hours: such as "35 h".
    per: "week".

    Examples
    --------
    >>> str(WeeklyRest(hours=35).explain())
    "At least 35 hours' rest without a break in each week"
    """

    name: ClassVar[str] = "weekly_rest"
    unit: ClassVar[str] = "rest"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"hours": 35}, {"hours": "48 h", "penalty": 100})

    hours: Annotated[Hours, Field(le=168)]
    per: Literal["week"] = "week"

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One rest per week, from local midnight to local midnight."""
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
                    minutes=round(self.hours * 60),
                    price=self.price,
                ),
                calendar,
            )
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look for the longest stretch without a shift in each week."""
        earlier = working(before(calendar, tour, carried))
        shifts, least = [*earlier, *working(tour)], round(self.hours * 60)
        broken = []
        for first, last in calendar.whole_weeks():
            longest = longest_rest(calendar, first, last, shifts)
            if longest < least:
                values = {"longest": hours_text(longest), "least": hours_text(least)}
                lost = first < 0 and longest_rest(calendar, first, last, earlier) < least
                day = max(calendar.day_at(first), calendar.first_day)
                broken.append(self.found(calendar, day, 1, values, before_period=lost))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.weekly_rest", {"hours": hours_text(self.hours * 60)})
