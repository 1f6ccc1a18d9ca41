"""Shifts start at about the same time over a week or longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import carried_since
from planner.rules.measure import day_of, working
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import WORKING, Shape, Span
from planner.rules.telling import start_minute
from planner.rules.windows import Per, Window, windows


class StableStarts(Rule):
    """Local starts of the shifts of each window lie within ``hours`` of each other.

    Starts are times of day, so 23:30 and 00:30 are 23 h apart. The amount is by how much the latest is
    too far from the earliest. Starts of a window begun before the period count where they are known;
    what they alone break is told apart and allowed.

    Attributes
    ----------
    hours: width, such as "2 h".
    per: "week" (ISO), "fortnight" (two, from the first week of the period on), "month" or "period".

    Examples
    --------
    >>> str(StableStarts(hours=2).explain())
    'Shifts of a week start within 2 hours of each other'
    """

    name: ClassVar[str] = "stable_starts"
    unit: ClassVar[str] = "minute"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": "2 h"},
        {"hours": 7, "per": "period", "penalty": 3},
    )

    hours: Annotated[Hours, Field(le=24)]
    per: Per = "week"

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One span per window."""
        return tuple(
            Span(
                self.name,
                WORKING,
                window.begins,
                window.last,
                round(self.hours * 60),
                tuple(duty.start_minute for duty in carried_since(calendar, WORKING, window.first)),
                self.price,
            )
            for window in windows(calendar, self.per)
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Compare the earliest and the latest start of each window."""
        return tuple(
            violation
            for window in windows(calendar, self.per)
            for violation in self._apart(calendar, window, working(tour), working(carried))
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message(f"rules.stable_starts_{self.per}", {"hours": hours_text(self.hours * 60)})

    def _apart(
        self, calendar: AgentCalendar, window: Window, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> list[Violation]:
        """Violations in one window."""
        first, begins, last = (calendar.day_at(day) for day in (window.first, window.begins, window.last))
        before = [start_minute(s) for s in carried if first <= day_of(s, calendar) < begins]
        now = [start_minute(s) for s in tour if begins <= day_of(s, calendar) <= last]
        most = round(self.hours * 60)
        found = []
        begun = max(before, default=0) - min(before, default=0)
        apart = max([*before, *now], default=0) - min([*before, *now], default=0)
        said = {"most": hours_text(most)}
        if begun > most:
            values = {**said, "apart": hours_text(begun)}
            found.append(self.found(calendar, begins, begun - most, values, before_period=True))
        if apart > max(most, begun):
            values = {**said, "apart": hours_text(apart)}
            found.append(self.found(calendar, begins, apart - max(most, begun), values))
        return found
