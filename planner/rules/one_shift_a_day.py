"""At most one shift starts on a local day, and shifts never overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from pydantic import model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, rests
from planner.rules.rule import Rule, Violation
from planner.rules.shapes import ANY_DUTY, Gap, Shape, Sum


class OneShiftADay(Rule):
    """At most one shift starts on a local day, and shifts never overlap; always hard.

    Amounts are shifts too many on a day, and minutes of overlap.

    Examples
    --------
    >>> str(OneShiftADay().explain())
    'At most one shift a day, and never two at once'
    """

    name: ClassVar[str] = "one_shift_a_day"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({},)

    @model_validator(mode="after")
    def _always_hard(self) -> Self:
        if self.penalty is not None:
            raise ValueError("one shift a day cannot be bought off; remove the penalty")
        return self

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One count per day, and no gap below 0."""
        days = [Sum(self.name, ANY_DUTY, "count", day, day, most=1) for day in range(calendar.days)]
        return (Gap(self.name, ANY_DUTY, ANY_DUTY, 0), *days)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count starts by local day; measure overlaps on the UTC clock."""
        starts = Counter(day_of(shift, calendar) for shift in tour)
        crowded = [
            self.found(calendar, day, count - 1, {"count": count})
            for day, count in sorted(starts.items())
            if count > 1
        ]
        overlapping = [
            self.found(calendar, day_of(shift, calendar), round(-rest), {}, unit="minute", sentence="overlap")
            for shift, rest in rests(calendar, tour, carried)
            if rest < 0
        ]
        return (*crowded, *overlapping)

    def explain(self) -> Message:
        """In a sentence."""
        return Message("rules.one_shift_a_day")
