"""At most so many weeks running with nights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import night
from planner.rules.marks import carried_run
from planner.rules.measure import days_of
from planner.rules.rule import Hours, Rule, Stricter, Violation
from planner.rules.shapes import Run, Shape
from planner.rules.telling import nights_of, too_long, weeks_in_row


class MaxNightWeeksInRow(Rule):
    """At most ``weeks`` ISO weeks in a row, on the person's clock, in which a night shift starts.

    One night makes a week on nights. Last period's weeks count, and a week that the period ends in counts
    as it is so far.

    Attributes
    ----------
    weeks: at least 1.
    night_means: hours in the site's night window that make a shift a night shift; default 3.

    Examples
    --------
    >>> str(MaxNightWeeksInRow(weeks=2).explain())
    'At most 2 weeks in a row with night shifts'
    """

    name: ClassVar[str] = "max_night_weeks_in_row"
    unit: ClassVar[str] = "week"
    stricter: ClassVar[dict[str, Stricter]] = {"weeks": "lower", "night_means": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"weeks": 2},
        {"weeks": 1, "night_means": "6 h", "penalty": 30},
    )

    weeks: int = Field(ge=1)
    night_means: Hours = 3.0

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of weeks."""
        mark = night(calendar, self.night_means)
        carried = carried_run(calendar, mark, unit="week")
        return (Run(self.name, mark, most=self.weeks, carried=carried, price=self.price, unit="week"),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the weeks of each block."""
        now, earlier = (
            days_of(nights_of(shifts, calendar, self.night_means), calendar) for shifts in (tour, carried)
        )
        return too_long(self, calendar, weeks_in_row(calendar, now, earlier), self.weeks)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_night_weeks_in_row", {"weeks": self.weeks})
