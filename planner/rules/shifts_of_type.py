"""Shifts of some types in each week, fortnight, month or over the period: at most and at least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import carried_since
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.settings import SomeNames
from planner.rules.shapes import ANY_DUTY, Mark, Shape, Sum
from planner.rules.telling import counted, outside
from planner.rules.windows import Per, Window, windows

Count = Annotated[int, Field(ge=0)]


class ShiftsOfType(Rule):
    """Duties of these types that start in each window: at most and at least so many.

    ``at_most`` holds in full also where the period cuts a window off, with last period's duties that are
    known; ``at_least`` is asked of whole windows only, and never more than one on each day without leave.

    Attributes
    ----------
    shifts: names of shift types; several count together.
    at_least, at_most: duties, one or both.
    per: "week" (ISO), "fortnight" (two, from the first week of the period on), "month" or "period".

    Examples
    --------
    >>> str(ShiftsOfType(shifts="late", at_most=8).explain())
    'Shifts late over the period: at most 8'
    >>> str(ShiftsOfType(shifts="early, day", at_least=1, at_most=3, per="week").explain())
    'Shifts early, day in each week: at least 1, at most 3'
    """

    name: ClassVar[str] = "shifts_of_type"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"at_least": "higher", "at_most": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"shifts": "night", "at_most": 2, "per": "period"},
        {"shifts": "day, on call day", "at_least": 1, "at_most": 3, "per": "week", "penalty": 12},
    )

    shifts: SomeNames
    at_least: Count | None = None
    at_most: Count | None = None
    per: Per = "period"

    @model_validator(mode="after")
    def _something_asked(self) -> Self:
        if self.at_most is None and self.at_least is None:
            raise ValueError("give at_least, at_most or both")
        if self.at_most is not None and self.at_least is not None and self.at_least > self.at_most:
            raise ValueError("at_least is more than at_most")
        return self

    def limits(self, calendar: AgentCalendar, window: Window, begun: int) -> tuple[int | None, int | None]:
        """Least and most duties of a window that holds ``begun`` of them before the period."""
        if self.at_least is None or not window.whole:
            return None, self.at_most
        days = range(window.begins, window.last + 1)
        return min(self.at_least, begun + sum(day not in calendar.unavailable for day in days)), self.at_most

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One count per window."""
        mark = Mark(ANY_DUTY.kinds, names=frozenset(self.shifts))
        found = []
        for window in windows(calendar, self.per):
            begun = len(carried_since(calendar, mark, window.first)) if window.first < 0 else 0
            least, most = self.limits(calendar, window, begun)
            if least is not None or most is not None:
                first, last = window.begins, window.last
                found.append(Sum(self.name, mark, "count", first, last, least, most, begun, self.price))
        return tuple(found)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the duties that start in each window."""
        now, earlier = ([s for s in shifts if s.name in self.shifts] for shifts in (tour, carried))
        found = []
        for window in windows(calendar, self.per):
            totals = counted(calendar, window, now, earlier)
            found += outside(self, calendar, window, totals, self.limits(calendar, window, totals[0]))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        sides = {s: n for s, n in (("least", self.at_least), ("most", self.at_most)) if n is not None}
        values = {"shifts": ", ".join(self.shifts), **sides}
        return Message(f"rules.shifts_of_type_{self.per}_" + "_".join(sides), values)
