"""Another turn only after days off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import WORKING_KINDS, day_of
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.settings import Turns, turn_of, turn_starts
from planner.rules.shapes import WORKING, Gap, Mark, Shape
from planner.rules.telling import start_minute, successions


class ShiftChangeAfterDaysOff(Rule):
    """A shift of another turn than the one before comes only after ``days`` days off: the weekly rest.

    Attributes
    ----------
    turns: local times at which early, late and night turns begin; a shift belongs to the turn in which
        it starts, and the last turn goes on past midnight.
    days: days off between the turns, at least 1.

    Examples
    --------
    >>> str(ShiftChangeAfterDaysOff().explain())
    'Another turn (04:00, 11:00, 19:00) only after 1 day off'
    """

    name: ClassVar[str] = "shift_change_after_days_off"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days": 1},
        {"days": 2, "turns": "06:00, 20:00", "penalty": 15},
    )

    turns: Turns = ("04:00", "11:00", "19:00")
    days: int = Field(default=1, ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """Days off from each turn to all others."""
        starts = turn_starts(self.turns)
        every = frozenset().union(*starts)
        return tuple(
            Gap(
                self.name,
                Mark(WORKING.kinds, starts=own),
                Mark(WORKING.kinds, starts=every - own),
                0,
                self.price,
                days=self.days,
            )
            for own in starts
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Compare the turn of each shift with the one before it."""
        found = []
        for previous, shift, off in successions(calendar, tour, carried):
            if previous.kind not in WORKING_KINDS or shift.kind not in WORKING_KINDS or off >= self.days:
                continue
            first, then = (turn_of(self.turns, start_minute(one)) for one in (previous, shift))
            if first != then:
                values = {
                    "first": self.turns[first],
                    "then": self.turns[then],
                    "free": off,
                    "least": self.days,
                }
                found.append(self.found(calendar, day_of(shift, calendar), self.days - off, values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        code = "rules.shift_change_after_days_off" + "_days" * (self.days > 1)
        return Message(code, {"turns": ", ".join(self.turns), "days": self.days})
