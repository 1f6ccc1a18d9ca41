"""Days off after a night, or a block of nights, before another kind of duty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import night, no_night
from planner.rules.measure import day_of
from planner.rules.rule import Hours, Rule, Stricter, Violation
from planner.rules.shapes import ON_CALL, Gap, Shape
from planner.rules.telling import nights_of, successions


class DaysOffAfterNights(Rule):
    """At least ``days`` days on which nothing starts, between a night shift and a duty that is not one.

    The day on which the last night ends is the first of them: two days off are two full nights' sleep. On
    call ends the days off too.

    Attributes
    ----------
    days: at least 1.
    night_means: hours in the site's night window that make a shift a night shift; default 3.

    Examples
    --------
    >>> str(DaysOffAfterNights(days=2).explain())
    'At least 2 days off after a block of night shifts'
    """

    name: ClassVar[str] = "days_off_after_nights"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "higher", "night_means": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days": 2},
        {"days": 1, "night_means": "6 h", "penalty": 25},
    )

    days: int = Field(ge=1)
    night_means: Hours = 3.0

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """Days off from nights to other duties."""
        nights = night(calendar, self.night_means)
        return tuple(
            Gap(self.name, nights, after, 0, self.price, days=self.days)
            for after in (no_night(calendar, self.night_means), ON_CALL)
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days between each night and the next duty."""
        nights = nights_of([*tour, *carried], calendar, self.night_means)
        return tuple(
            self.found(calendar, day_of(shift, calendar), self.days - off, {"free": off, "least": self.days})
            for previous, shift, off in successions(calendar, tour, carried)
            if previous in nights and shift not in nights and off < self.days
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.days_off_after_nights", {"days": self.days})
