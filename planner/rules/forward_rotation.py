"""Turns go forward: from early to late to night, and back only over days off."""

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


class ForwardRotation(Rule):
    """The next shift starts in the same turn or a later one, unless ``days`` days off lie between.

    Attributes
    ----------
    turns: local times at which early, late and night turns begin; a shift belongs to the turn in which
        it starts, and the last turn goes on past midnight.
    days: days off that allow a step back, at least 1.

    Examples
    --------
    >>> str(ForwardRotation().explain())
    'Forward rotation: no earlier turn (04:00, 11:00, 19:00) without 1 day off before it'
    """

    name: ClassVar[str] = "forward_rotation"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"days": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days": 1},
        {"days": 2, "turns": "06:00, 20:00", "penalty": 15},
    )

    turns: Turns = ("04:00", "11:00", "19:00")
    days: int = Field(default=1, ge=1)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """Days off from each turn to all earlier ones."""
        starts = turn_starts(self.turns)
        return tuple(
            Gap(
                self.name,
                Mark(WORKING.kinds, starts=starts[number]),
                Mark(WORKING.kinds, starts=frozenset().union(*starts[:number])),
                0,
                self.price,
                days=self.days,
            )
            for number in range(1, len(starts))
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Compare the turn of each shift with the one before it."""
        found = []
        for previous, shift, off in successions(calendar, tour, carried):
            if previous.kind not in WORKING_KINDS or shift.kind not in WORKING_KINDS or off >= self.days:
                continue
            back, to = (turn_of(self.turns, start_minute(one)) for one in (previous, shift))
            if to < back:
                values = {"first": self.turns[back], "then": self.turns[to], "free": off, "least": self.days}
                found.append(self.found(calendar, day_of(shift, calendar), self.days - off, values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        code = "rules.forward_rotation" if self.days == 1 else "rules.forward_rotation_days"
        return Message(code, {"turns": ", ".join(self.turns), "days": self.days})
