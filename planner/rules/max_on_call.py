"""At most so many duties on call a week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import selects
from planner.rules.measure import on_call, weekly
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import ON_CALL, Shape, Sum


class MaxOnCall(Rule):
    """At most ``duties`` on call that start in each ISO week of the person's zone.

    It shares them among those who can be called. A week that the period cuts off may hold as many; where
    last period's duties are known, those of the week already begun count.

    Attributes
    ----------
    duties: at least 1.
    per: a week.

    Examples
    --------
    >>> str(MaxOnCall(duties=2).explain())
    'At most 2 duties on call in each week'
    """

    name: ClassVar[str] = "max_on_call"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"duties": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"duties": 2, "per": "week"},
        {"duties": 1, "penalty": 25},
    )

    duties: int = Field(ge=1)
    per: Literal["week"] = "week"

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One count per week."""
        begun = [o for o in calendar.carried if o.day >= -calendar.days_before]
        before = sum(selects(ON_CALL, option, calendar) for option in begun)
        return tuple(
            Sum(
                self.name,
                ON_CALL,
                "count",
                first,
                last,
                most=self.duties,
                carried=before if first == 0 else 0,
                price=self.price,
            )
            for first, last in calendar.weeks
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the duties on call that start in each week."""
        broken = []
        for start, begun, total in weekly(calendar, on_call(tour), on_call(carried)):
            if begun > self.duties:
                values = {"count": begun, "most": self.duties}
                broken.append(self.found(calendar, start, begun - self.duties, values, before_period=True))
            if total > max(self.duties, begun):
                values = {"count": total, "most": self.duties}
                broken.append(self.found(calendar, start, total - max(self.duties, begun), values))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.max_on_call", {"duties": self.duties})
