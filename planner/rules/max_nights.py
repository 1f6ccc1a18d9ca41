"""At most so many nights a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar, Literal

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, is_night, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, in_days
from planner.rules.shapes import WORKING, Mark, Shape, Sum


class MaxNights(Rule):
    """At most ``nights`` night shifts a month, counted over the whole period.

    The limit is scaled to the length of the period and rounded down, never below 1: 8 a month are
    9 in five weeks. It shares nights among those who work them.

    Attributes
    ----------
    nights: at least 1.
    per: a month of 30.4375 days.
    night_means: hours in the site's night window that make a shift a night shift; default 3.

    Examples
    --------
    >>> rule = MaxNights(nights=8)
    >>> str(rule.explain()), rule.most_in(35), rule.most_in(28)
    ('At most 8 night shifts a month', 9, 7)
    """

    name: ClassVar[str] = "max_nights"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"nights": "lower", "night_means": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"nights": 8, "per": "month"},
        {"nights": 6, "night_means": "6 h", "penalty": 30},
    )

    nights: int = Field(ge=1)
    per: Literal["month"] = "month"
    night_means: Hours = 3.0

    def most_in(self, days: int) -> int:
        """Nights allowed in a period of so many days."""
        return in_days(self.nights, days)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One sum of nights over the period."""
        night = Mark(WORKING.kinds, window=calendar.site.night, at_least_minutes=round(self.night_means * 60))
        most = self.most_in(calendar.days)
        return (Sum(self.name, night, "count", 0, calendar.days - 1, most=most, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the night shifts that start in the period."""
        end = calendar.first_day + timedelta(days=calendar.days)
        minutes = round(self.night_means * 60)
        nights = [
            day
            for shift in working(tour)
            if calendar.first_day <= (day := day_of(shift, calendar)) < end
            and is_night(shift, calendar, minutes)
        ]
        most = self.most_in(calendar.days)
        if len(nights) <= most:
            return ()
        values = {"count": len(nights), "days": calendar.days, "most": most, "nights": self.nights}
        return (self.found(calendar, nights[most], len(nights) - most, values),)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_nights", {"nights": self.nights})
