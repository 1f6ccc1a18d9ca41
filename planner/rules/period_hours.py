"""Hours over the whole period, each month or each fortnight: at most and at least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import carried_since
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import ANY_DUTY, Shape, Sum
from planner.rules.telling import counted, outside
from planner.rules.windows import Window, windows


class PeriodHours(Rule):
    """Paid hours that count towards the contract: at most and at least so many in each window.

    A window is the whole period, a calendar month, or a fortnight (two ISO weeks, from the first week of
    the period on), on the person's clock. ``at_most`` holds in full also where the period cuts a window
    off, with the hours of last period that are known; ``at_least`` is asked of whole windows only, and
    never more than a shift on each day without leave can hold. Neither is credited for leave.

    Attributes
    ----------
    at_most, at_least: hours such as "160 h", one or both.
    per: "period", "month" or "fortnight".

    Examples
    --------
    >>> str(PeriodHours(at_most="160 h").explain())
    'Hours over the period: at most 160'
    >>> str(PeriodHours(at_least="72 h", at_most="84 h", per="fortnight").explain())
    'Hours in each fortnight: at least 72, at most 84'
    """

    name: ClassVar[str] = "period_hours"
    unit: ClassVar[str] = "minute"
    stricter: ClassVar[dict[str, Stricter]] = {"at_most": "lower", "at_least": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"at_most": "32 h", "at_least": "16 h"},
        {"at_most": "24 h", "per": "month", "penalty": 9},
        {"at_least": "40 h", "at_most": "48 h", "per": "fortnight"},
    )

    at_most: Hours | None = None
    at_least: Hours | None = None
    per: Literal["period", "month", "fortnight"] = "period"

    @model_validator(mode="after")
    def _something_asked(self) -> Self:
        if self.at_most is None and self.at_least is None:
            raise ValueError("give at_least, at_most or both")
        if self.at_most is not None and self.at_least is not None and self.at_least > self.at_most:
            raise ValueError("at_least is more than at_most")
        return self

    def limits(self, calendar: AgentCalendar, window: Window, begun: int) -> tuple[int | None, int | None]:
        """Least and most minutes of a window that holds ``begun`` minutes before the period."""
        most = None if self.at_most is None else round(self.at_most * 60)
        if self.at_least is None or not window.whole:
            return None, most
        longest = [
            max(calendar.lengths(day), default=0)
            for day in range(window.begins, window.last + 1)
            if day not in calendar.unavailable
        ]
        return min(round(self.at_least * 60), begun + sum(longest)), most

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One sum of counted minutes per window."""
        found = []
        for window in windows(calendar, self.per):
            begun = sum(o.counted_minutes for o in carried_since(calendar, ANY_DUTY, window.first))
            least, most = self.limits(calendar, window, begun)
            if least is None and most is None:
                continue
            found.append(
                Sum(
                    self.name,
                    ANY_DUTY,
                    "counted_minutes",
                    window.begins,
                    window.last,
                    least,
                    most,
                    begun if window.first < 0 else 0,
                    self.price,
                )
            )
        return tuple(found)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Add up the paid minutes of the shifts that start in each window."""
        now, earlier = ([s for s in shifts if s.counted] for shifts in (tour, carried))
        found = []
        for window in windows(calendar, self.per):
            totals = counted(calendar, window, now, earlier, lambda shift: shift.paid_minutes)
            limits = self.limits(calendar, window, totals[0])
            found += outside(self, calendar, window, totals, limits, hours_text)
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        sides = {
            side: hours_text(value * 60)
            for side, value in (("least", self.at_least), ("most", self.at_most))
            if value is not None
        }
        return Message(f"rules.period_hours_{self.per}_" + "_".join(sides), sides)
