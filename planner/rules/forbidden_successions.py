"""Shift types that may not follow one another, also across days off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.settings import SomeNames
from planner.rules.shapes import ANY_DUTY, Gap, Mark, Shape
from planner.rules.telling import successions


class ForbiddenSuccessions(Rule):
    """After one of some shift types, one of others comes only after ``days`` days off.

    Looks at each duty and the very next one of any kind.

    Attributes
    ----------
    after: names of shift types that come first. not_then: names of those that may not follow.
    days: days off that lift it; 1 forbids them on the next day only, 2 also with one day off between.

    Examples
    --------
    >>> str(ForbiddenSuccessions(after="late", not_then="early").explain())
    'After late, no early on the next day'
    >>> str(ForbiddenSuccessions(after="night", not_then="early, day", days=2).explain())
    'After night, no early, day until 2 days off'
    """

    name: ClassVar[str] = "forbidden_successions"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"after": "night", "not_then": "day, late"},
        {"after": ["day", "on call day"], "not_then": ["night", "on call night"], "days": 2, "penalty": 15},
    )

    after: SomeNames
    not_then: SomeNames
    days: int = Field(default=1, ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """Days off from the ones to the others."""
        first, then = (Mark(ANY_DUTY.kinds, names=frozenset(names)) for names in (self.after, self.not_then))
        return (Gap(self.name, first, then, 0, self.price, days=self.days),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look at each duty and the one before it."""
        return tuple(
            self.found(
                calendar,
                day_of(shift, calendar),
                self.days - off,
                {"first": previous.name, "then": shift.name, "free": off, "least": self.days},
            )
            for previous, shift, off in successions(calendar, tour, carried)
            if previous.name in self.after and shift.name in self.not_then and off < self.days
        )

    def explain(self) -> Message:
        """In a sentence."""
        code = "rules.forbidden_successions" + "_days_off" * (self.days > 1)
        values = {"first": ", ".join(self.after), "then": ", ".join(self.not_then), "days": self.days}
        return Message(code, values)
