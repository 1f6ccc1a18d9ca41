"""A long shift has a break that is long enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, working
from planner.rules.rule import Hours, Rule, Violation, hours_text
from planner.rules.shapes import WORKING, Each, Mark, Shape


class BreakLaw(Rule):
    """A shift of more than ``after`` hours of work has a break of at least ``minutes``.

    Hours of work are elapsed hours without the break. Two steps, such as 30 minutes after 6 hours and 45
    after 9, are written as two rules. A paid break counts where the kind of shift says so (``paid_break``).

    Attributes
    ----------
    after: such as "6 h". minutes: of the break, at least 1.

    Examples
    --------
    >>> str(BreakLaw(after="6 h", minutes=10).explain())
    'A break of at least 10 minutes in shifts of more than 6 hours'
    """

    name: ClassVar[str] = "break_law"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"after": "6 h", "minutes": 45},
        {"after": 7.5, "minutes": 20, "penalty": 10},
    )

    after: Hours
    minutes: int = Field(ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on long duties with too short a break."""
        mark = Mark(
            WORKING.kinds,
            paid_over=round(self.after * 60),
            break_under=self.minutes,
            not_names=frozenset(name for name, paid in calendar.paid_breaks if paid >= self.minutes),
        )
        return (Each(self.name, mark, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure each shift and its break."""
        return tuple(
            self.found(
                calendar,
                day_of(shift, calendar),
                1,
                {
                    "hours": hours_text(shift.paid_minutes),
                    "break": shift.break_minutes,
                    "minutes": self.minutes,
                },
            )
            for shift in working(tour)
            if shift.paid_minutes > round(self.after * 60)
            and max(shift.break_minutes, dict(calendar.paid_breaks).get(shift.name, 0)) < self.minutes
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.break_law", {"minutes": self.minutes, "after": hours_text(self.after * 60)})


def longest_break(rules: Iterable[Rule], paid_minutes: int) -> int:
    """Minutes of break that hard laws of breaks ask for in a shift of so many paid minutes.

    Examples
    --------
    >>> longest_break([BreakLaw(after=6, minutes=30), BreakLaw(after=9, minutes=45)], 480)
    30
    """
    asked = (rule for rule in rules if isinstance(rule, BreakLaw) and rule.hard)
    return max((rule.minutes for rule in asked if paid_minutes > rule.after * 60), default=0)
