"""Shift types that a person may, or may not, be given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from pydantic import model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Rule, Violation
from planner.rules.settings import Names
from planner.rules.shapes import ANY_DUTY, Each, Mark, Shape


class AllowedShifts(Rule):
    """The people it is ``for`` have only these shift types, or never those.

    Attributes
    ----------
    only: names of shift types, such as "early, late"; other duties, on call too, are not given.
    never: names of shift types; one of the two must be given.

    Examples
    --------
    >>> str(AllowedShifts(only="early, late", people="Anna").explain())
    'Only these shifts: early, late'
    >>> str(AllowedShifts(never="night", people="Bo").explain())
    'Never these shifts: night'
    """

    name: ClassVar[str] = "allowed_shifts"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"only": "day, late"},
        {"never": ["night", "on call night"], "penalty": 30},
    )

    only: Names = ()
    never: Names = ()

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.only) == bool(self.never):
            raise ValueError("give only or never")
        return self

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """A ban on the other types."""
        if self.only:
            mark = Mark(ANY_DUTY.kinds, not_names=frozenset(self.only))
        else:
            mark = Mark(ANY_DUTY.kinds, names=frozenset(self.never))
        return (Each(self.name, mark, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look at the name of each shift."""
        return tuple(
            self.found(calendar, day_of(shift, calendar), 1, {"shift": shift.name})
            for shift in sorted(tour)
            if (shift.name not in self.only if self.only else shift.name in self.never)
        )

    def explain(self) -> Message:
        """In a sentence."""
        code = "rules.allowed_shifts_only" if self.only else "rules.allowed_shifts_never"
        return Message(code, {"shifts": ", ".join(self.only or self.never)})
