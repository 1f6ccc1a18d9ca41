"""At most so many short rests in each week, fortnight, month or over the period."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import carried_since
from planner.rules.measure import day_of, rests, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Gap, Shape
from planner.rules.windows import Per, windows


class QuickReturns(Rule):
    """At most ``at_most`` shifts of each window start less than ``shorter_than`` after the one before.

    It stands above a hard minimum rest that is shorter: never less than 9 hours, and less than 11 at most
    twice a month. Where the period cuts a window off it holds in full, with last period's shifts that are
    known.

    Attributes
    ----------
    shorter_than: such as "11 h", as hours that pass.
    at_most: 0 or more.
    per: "period", "month", "fortnight" (two ISO weeks, from the first week of the period on) or "week".

    Examples
    --------
    >>> str(QuickReturns(shorter_than="11 h", at_most=2).explain())
    'Rests shorter than 11 hours over the period: at most 2'
    """

    name: ClassVar[str] = "quick_returns"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"shorter_than": "higher", "at_most": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"shorter_than": "11 h", "at_most": 1},
        {"shorter_than": "17 h", "at_most": 2, "per": "week", "penalty": 15},
    )

    shorter_than: Hours
    at_most: int = Field(ge=0)
    per: Per = "period"

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A counted gap per window."""
        minutes = round(self.shorter_than * 60)
        before = carried_since(calendar, WORKING, -(2**20))
        quick = [then.day for duty, then in pairwise(before) if (then.start - duty.end) * 15 < minutes]
        return tuple(
            Gap(
                self.name,
                WORKING,
                WORKING,
                minutes,
                self.price,
                most=self.at_most,
                first=window.begins,
                last=window.last,
                carried=sum(day >= window.first for day in quick) if window.first < 0 else 0,
            )
            for window in windows(calendar, self.per)
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Measure each rest on the UTC clock, and count the short ones of each window."""
        least = round(self.shorter_than * 60)
        earlier = working(carried)
        now = [day_of(s, calendar) for s, rest in rests(calendar, working(tour), earlier) if rest < least]
        before = [
            day_of(s, calendar)
            for number, s in enumerate(earlier)
            if any(rest < least for _s, rest in rests(calendar, [s], earlier[:number]))
        ]
        found = []
        for window in windows(calendar, self.per):
            first, begins, last = (calendar.day_at(day) for day in (window.first, window.begins, window.last))
            inside = [day for day in now if begins <= day <= last]
            begun = sum(first <= day < begins for day in before)
            said = {"hours": hours_text(least), "most": self.at_most}
            allowed = max(self.at_most, begun)
            if begun > self.at_most:
                values = {**said, "count": begun}
                found.append(self.found(calendar, begins, begun - self.at_most, values, before_period=True))
            if begun + len(inside) > allowed:
                values = {**said, "count": begun + len(inside)}
                day = inside[allowed - begun]
                found.append(self.found(calendar, day, begun + len(inside) - allowed, values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        values = {"hours": hours_text(self.shorter_than * 60), "most": self.at_most}
        return Message(f"rules.quick_returns_{self.per}", values)
