"""Shifts that a person has on given days, whatever else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from pydantic import model_validator

from planner._messages import Message
from planner._values import parse_clock
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Rule, Violation
from planner.rules.settings import Clock, Dates, OptionalWeekdays, SomeNames, day_indices, named_days
from planner.rules.shapes import ANY_DUTY, Each, Mark, Shape
from planner.rules.telling import start_minute


class FixedShifts(Rule):
    """The people it is ``for`` have one of these shifts on each of these days.

    A day of leave does not lift it: then no legal rota exists, and the two rules are named.

    Attributes
    ----------
    shifts: names of shift types, any of them.
    days: dates. weekdays: every such day of the period, such as "mon".
    start: local start, such as "08:00"; any start of the type if not given.

    Examples
    --------
    >>> str(FixedShifts(shifts="early", weekdays="mon", start="07:00", people="Anna").explain())
    'Fixed: early from 07:00 on mon'
    >>> str(FixedShifts(shifts="early, late", days="2026-04-03", people="Anna").explain())
    'Fixed: early or late on 2026-04-03'
    """

    name: ClassVar[str] = "fixed_shifts"
    unit: ClassVar[str] = "day"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"shifts": "day", "days": ["2026-03-03", "2026-03-28"]},
        {"shifts": ["night", "late"], "weekdays": "wed", "start": "22:00", "penalty": 40},
    )

    shifts: SomeNames
    days: Dates = ()
    weekdays: OptionalWeekdays = ""
    start: Clock | None = None

    @model_validator(mode="after")
    def _some_day(self) -> Self:
        if not self.days and not self.weekdays:
            raise ValueError("give days or weekdays")
        return self

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """Forced duties on the days."""
        days = day_indices(calendar, named_days(calendar, self.days, self.weekdays))
        if not days:
            return ()
        starts = None if self.start is None else frozenset({parse_clock(self.start)})
        mark = Mark(ANY_DUTY.kinds, names=frozenset(self.shifts), days=days, starts=starts)
        return (Each(self.name, mark, force=True, price=self.price),)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Look for the shift on each day."""
        minute = None if self.start is None else parse_clock(self.start)
        held = {
            day_of(shift, calendar)
            for shift in tour
            if shift.name in self.shifts and minute in (None, start_minute(shift))
        }
        values = {"shifts": self._shifts_text()}
        return tuple(
            self.found(calendar, day, 1, values)
            for day in named_days(calendar, self.days, self.weekdays)
            if day not in held
        )

    def explain(self) -> Message:
        """In a sentence."""
        days = ", ".join([*(day.isoformat() for day in self.days), *([self.weekdays] * bool(self.weekdays))])
        code = "rules.fixed_shifts" if self.start is None else "rules.fixed_shifts_from"
        return Message(code, {"shifts": self._shifts_text(), "days": days, "start": self.start or ""})

    def _shifts_text(self) -> str:
        """The shift types in words."""
        if len(self.shifts) == 1:
            return self.shifts[0]
        last = self.shifts[-1]
        return str(Message("rules.either", {"first": ", ".join(self.shifts[:-1]), "last": last}))
