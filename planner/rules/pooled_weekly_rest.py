"""Several long rests in each two weeks; one of twice the length counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.clock import minutes_between
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import still_possible
from planner.rules.measure import before, midnight, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Rest, Shape


class PooledWeeklyRest(Rule):
    """At least ``rests`` rests of ``hours`` in each two weeks: weekly rest that may be pooled over 14 days.

    The two weeks are ISO weeks of the person's zone, from the first one of the period on that is known
    whole; only what lies inside them counts, and a rest of n times the length counts n times. A single
    week left at the end is asked for its half, rounded down, so that the next period starts afresh.

    Attributes
    ----------
    hours: of one rest, such as "24 h" or "35 h".
    rests: in two weeks; 2 by default.

    Examples
    --------
    >>> str(PooledWeeklyRest(hours=36).explain())
    'At least 2 rests of 36 hours in each two weeks; one of twice that counts twice'
    """

    name: ClassVar[str] = "pooled_weekly_rest"
    unit: ClassVar[str] = "rest"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "higher", "rests": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": 35},
        {"hours": "24 h", "rests": 6, "penalty": 80},
    )

    hours: Annotated[Hours, Field(le=168)]
    rests: int = Field(default=2, ge=1)

    def spans(self, calendar: AgentCalendar) -> list[tuple[int, int, int]]:
        """First day, last day and rests asked of each two weeks, and of a week left over."""
        weeks = calendar.whole_weeks()
        return [
            (weeks[i][0], weeks[min(i + 1, len(weeks) - 1)][1], self._asked(len(weeks[i : i + 2])))
            for i in range(0, len(weeks), 2)
            if self._asked(len(weeks[i : i + 2]))
        ]

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One row of rests per two weeks, from local midnight to local midnight."""
        return tuple(
            shape
            for first, last, asked in self.spans(calendar)
            for shape in still_possible(
                Rest(
                    self.name,
                    WORKING,
                    first,
                    last,
                    calendar.starts_at(first),
                    calendar.starts_at(last + 1),
                    minutes=round(self.hours * 60),
                    count=asked,
                    price=self.price,
                ),
                calendar,
            )
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the long stretches without a shift in each two weeks."""
        earlier = working(before(calendar, tour, carried))
        found = []
        for first, last, asked in self.spans(calendar):
            opens, closes = (midnight(calendar.day_at(day), calendar) for day in (first, last + 1))
            best = asked if first >= 0 else min(asked, self._rests(earlier, opens, closes))
            rests = self._rests([*earlier, *working(tour)], opens, closes)
            day = max(calendar.day_at(first), calendar.first_day)
            values = {"count": rests, "least": asked, "hours": hours_text(self.hours * 60)}
            if best < asked:
                lost = {**values, "count": best}
                found.append(self.found(calendar, day, asked - best, lost, before_period=True))
            if rests < best:
                found.append(self.found(calendar, day, best - rests, values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        values = {"rests": self.rests, "hours": hours_text(self.hours * 60)}
        return Message("rules.pooled_weekly_rest", values)

    def _asked(self, weeks: int) -> int:
        return self.rests * weeks // 2

    def _rests(self, shifts: Sequence[Shift], opens: datetime, closes: datetime) -> int:
        """Rests that shifts leave between two instants."""
        rests, free_from = 0, opens
        for shift in shifts:
            free = minutes_between(free_from, min(shift.start, closes))
            rests += max(0, int(free // round(self.hours * 60)))
            free_from = max(free_from, shift.end)
        return rests + max(0, int(minutes_between(free_from, closes) // round(self.hours * 60)))
