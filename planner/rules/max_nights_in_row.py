"""At most so many nights in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import carried_run
from planner.rules.measure import beyond, blocks, days_of, is_night, working
from planner.rules.rule import Hours, Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Mark, Run, Shape


class MaxNightsInRow(Rule):
    """At most ``nights`` days in a row on which a night shift starts, last period's counted in.

    Attributes
    ----------
    nights: at least 1.
    night_means: hours in the site's night window that make a shift a night shift; default 3.

    Examples
    --------
    >>> str(MaxNightsInRow(nights=3).explain())
    'At most 3 night shifts in a row'
    """

    name: ClassVar[str] = "max_nights_in_row"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"nights": "lower", "night_means": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"nights": 2},
        {"nights": 1, "night_means": "6 h", "penalty": 40},
    )

    nights: int = Field(ge=1)
    night_means: Hours = 3.0

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of nights."""
        night = Mark(WORKING.kinds, window=calendar.site.night, at_least_minutes=round(self.night_means * 60))
        carried = carried_run(calendar, night)
        return (Run(self.name, night, most=self.nights, carried=carried, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the nights of each block."""
        minutes = round(self.night_means * 60)
        nights, nights_before = (
            days_of((s for s in working(shifts) if is_night(s, calendar, minutes)), calendar)
            for shifts in (tour, carried)
        )
        return tuple(
            self.found(
                calendar,
                block.first,
                more,
                {"length": block.before if earlier else block.length, "most": self.nights},
                before_period=earlier,
            )
            for block, more, earlier in beyond(blocks(calendar, nights, nights_before), self.nights)
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_nights_in_row", {"nights": self.nights})
