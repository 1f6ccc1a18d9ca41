"""No night shift for people who do not work nights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, is_night
from planner.rules.rule import Hours, Rule, Stricter, Violation
from planner.rules.shapes import ANY_DUTY, Each, Mark, Shape


class NoNights(Rule):
    """People marked as not working nights have no duty with ``night_means`` hours or more at night.

    Attributes
    ----------
    night_means: hours in the site's night window that make a shift a night shift; default 3.

    Examples
    --------
    >>> str(NoNights().explain())
    'No night shift for people who do not work nights'
    """

    name: ClassVar[str] = "no_nights"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"night_means": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"night_means": 6})

    night_means: Hours = 3.0

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on night duties."""
        if calendar.agent.nights:
            return ()
        night = Mark(
            ANY_DUTY.kinds, window=calendar.site.night, at_least_minutes=round(self.night_means * 60)
        )
        return (Each(self.name, night, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure each shift's part in the night."""
        if calendar.agent.nights:
            return ()
        return tuple(
            self.found(calendar, day_of(shift, calendar), 1, {})
            for shift in sorted(tour)
            if is_night(shift, calendar, round(self.night_means * 60))
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.no_nights")
