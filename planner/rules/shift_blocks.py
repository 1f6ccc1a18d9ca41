"""Shifts of some types come in blocks of at least and at most so many days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import run_before
from planner.rules.marks import carried_run
from planner.rules.measure import blocks, days_of
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.settings import SomeNames
from planner.rules.shapes import ANY_DUTY, Mark, Run, Shape
from planner.rules.telling import too_long, too_short

Days = Annotated[int, Field(ge=1)]


class ShiftBlocks(Rule):
    """Days in a row with a duty of these types: at least and at most so many, last period's counted in.

    ``at_least`` is not asked of blocks that touch an edge behind which nothing is known, nor of one that
    was carried over and that leave cuts off.

    Attributes
    ----------
    shifts: names of shift types; several count as one.
    at_least, at_most: days, one or both.

    Examples
    --------
    >>> str(ShiftBlocks(shifts="late", at_least=2, at_most=4).explain())
    'Blocks of late: at least 2, at most 4 days in a row'
    """

    name: ClassVar[str] = "shift_blocks"
    unit: ClassVar[str] = "day"
    stricter: ClassVar[dict[str, Stricter]] = {"at_least": "higher", "at_most": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"shifts": "day", "at_least": 2, "at_most": 3},
        {"shifts": "night, on call night", "at_least": 3, "penalty": 10},
    )

    shifts: SomeNames
    at_least: Days | None = None
    at_most: Days | None = None

    @model_validator(mode="after")
    def _something_asked(self) -> Self:
        if self.at_most is None and self.at_least is None:
            raise ValueError("give at_least, at_most or both")
        if self.at_most is not None and self.at_least is not None and self.at_least > self.at_most:
            raise ValueError("at_least is more than at_most")
        return self

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A run for each side."""
        mark = Mark(ANY_DUTY.kinds, names=frozenset(self.shifts))
        found = []
        if self.at_least is not None:
            carried = run_before(calendar, mark, self.at_least)
            found.append(Run(self.name, mark, least=self.at_least, carried=carried, price=self.price))
        if self.at_most is not None:
            carried = carried_run(calendar, mark)
            found.append(Run(self.name, mark, most=self.at_most, carried=carried, price=self.price))
        return tuple(found)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the days of each block."""
        now, earlier = (
            days_of((shift for shift in shifts if shift.name in self.shifts), calendar)
            for shifts in (tour, carried)
        )
        found = blocks(calendar, now, earlier)
        few = too_short(self, calendar, found, self.at_least or 0, sentence="too_few")
        many = () if self.at_most is None else too_long(self, calendar, found, self.at_most)
        return (*many, *few)

    def explain(self) -> Message:
        """In a sentence."""
        sides = [s for s, value in (("least", self.at_least), ("most", self.at_most)) if value is not None]
        values = {"shifts": ", ".join(self.shifts), "least": self.at_least, "most": self.at_most}
        return Message("rules.shift_blocks_" + "_".join(sides), values)
