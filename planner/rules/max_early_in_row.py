"""At most so many early shifts in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import parse_clock
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import carried_run
from planner.rules.measure import blocks, days_of, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.settings import Clock
from planner.rules.shapes import WORKING, Mark, Run, Shape
from planner.rules.telling import start_minute, too_long


class MaxEarlyInRow(Rule):
    """At most ``days`` days in a row with a shift that starts from ``since`` on and before ``before``.

    Attributes
    ----------
    days: at least 1.
    since, before: local times of day; 04:00 and 07:00 by default.

    Examples
    --------
    >>> str(MaxEarlyInRow(days=3).explain())
    'At most 3 early shifts (from 04:00, before 07:00) in a row'
    """

    name: ClassVar[str] = "max_early_in_row"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days": 3, "before": "08:15"},
        {"days": 1, "since": "06:00", "before": "09:00", "penalty": 10},
    )

    days: int = Field(ge=1)
    since: Clock = "04:00"
    before: Clock = "07:00"

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One run of early duties."""
        starts = frozenset(range(parse_clock(self.since), parse_clock(self.before), 15))
        mark = Mark(WORKING.kinds, starts=starts)
        carried = carried_run(calendar, mark)
        return (Run(self.name, mark, most=self.days, carried=carried, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days of each block of early starts."""
        since, before = parse_clock(self.since), parse_clock(self.before)
        now, earlier = (
            days_of((s for s in working(shifts) if since <= start_minute(s) < before), calendar)
            for shifts in (tour, carried)
        )
        return too_long(self, calendar, blocks(calendar, now, earlier), self.days)

    def explain(self) -> Message:
        """In a sentence."""
        values = {"days": self.days, "since": self.since, "before": self.before}
        return Message("rules.max_early_in_row", values)
