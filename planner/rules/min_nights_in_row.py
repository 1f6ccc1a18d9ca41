"""Nights come at least so many in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import night, run_before
from planner.rules.measure import blocks, days_of
from planner.rules.rule import Hours, Rule, Stricter, Violation
from planner.rules.shapes import Run, Shape
from planner.rules.telling import nights_of, too_short


class MinNightsInRow(Rule):
    """Night shifts on at least ``nights`` days in a row, last period's counted in: no single nights.

    Blocks that touch an edge behind which nothing is known are not judged, nor one that was carried over
    and that leave cuts off.

    Attributes
    ----------
    nights: at least 2.
    night_means: hours in the site's night window that make a shift a night shift; default 3.

    Examples
    --------
    >>> str(MinNightsInRow(nights=2).explain())
    'Night shifts come at least 2 in a row'
    """

    name: ClassVar[str] = "min_nights_in_row"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"nights": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"nights": 2},
        {"nights": 3, "night_means": "6 h", "penalty": 20},
    )

    nights: int = Field(ge=2)
    night_means: Hours = 3.0

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of nights."""
        mark = night(calendar, self.night_means)
        carried = run_before(calendar, mark, self.nights)
        return (Run(self.name, mark, least=self.nights, carried=carried, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the nights of each block that is known from end to end."""
        now, earlier = (
            days_of(nights_of(shifts, calendar, self.night_means), calendar) for shifts in (tour, carried)
        )
        return too_short(self, calendar, blocks(calendar, now, earlier), self.nights)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.min_nights_in_row", {"nights": self.nights})
