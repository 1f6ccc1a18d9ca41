"""At most so many duties on call a week, or a month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import selects
from planner.rules.measure import day_of, on_call, weekly
from planner.rules.rule import Rule, Stricter, Violation, in_days
from planner.rules.shapes import ON_CALL, Shape, Sum


class MaxOnCall(Rule):
    """At most ``duties`` on call that start in each ISO week of the person's zone, or so many a month.

    It shares them among those who can be called. A week that the period cuts off may hold as many; where
    last period's duties are known, those of the week already begun count. A limit a month is counted over
    the whole period, scaled to its length and rounded down, never below 1: 10 a month are 11 in five weeks.

    Attributes
    ----------
    duties: at least 1.
    per: week, or month of 30.4375 days.

    Examples
    --------
    >>> str(MaxOnCall(duties=2).explain())
    'At most 2 duties on call in each week'
    >>> str(MaxOnCall(duties=10, per="month").explain())
    'At most 10 duties on call a month'
    """

    name: ClassVar[str] = "max_on_call"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"duties": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"duties": 2, "per": "week"},
        {"duties": 1, "penalty": 25},
        {"duties": 10, "per": "month"},
    )

    duties: int = Field(ge=1)
    per: Literal["week", "month"] = "week"

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One count per week, or one over the period."""
        if self.per == "month":
            most = in_days(self.duties, calendar.days)
            return (Sum(self.name, ON_CALL, "count", 0, calendar.days - 1, most=most, price=self.price),)
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
        """Count the duties on call that start in each week, or in the period."""
        if self.per == "month":
            return self._check_month(calendar, tour)
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
        code = "rules.max_on_call_a_month" if self.per == "month" else "rules.max_on_call"
        return Message(code, {"duties": self.duties})

    def _check_month(self, calendar: AgentCalendar, tour: Sequence[Shift]) -> tuple[Violation, ...]:
        """Count the duties of the period; told on the first one too many."""
        end = calendar.day_at(calendar.days)
        days = [day for duty in on_call(tour) if calendar.first_day <= (day := day_of(duty, calendar)) < end]
        most = in_days(self.duties, calendar.days)
        if len(days) <= most:
            return ()
        values = {"count": len(days), "days": calendar.days, "most": most, "duties": self.duties}
        over = len(days) - most
        return (self.found(calendar, days[most], over, values, sentence="a_month_broken"),)
