"""Shifts in each week: at most and at least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import selects
from planner.rules.measure import weekly, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Shape, Sum

Count = Annotated[int, Field(ge=0)]


class ShiftsAWeek(Rule):
    """Shifts that start in each ISO week of the person's zone.

    ``at_least`` is never more than the days without leave on which shifts are given, and is not asked of
    weeks that the period cuts off (the first one is taken whole where last period's shifts are known).

    Attributes
    ----------
    at_most, at_least: a number for every week, or one number per week of the period.

    Examples
    --------
    >>> str(ShiftsAWeek(at_most=5, at_least=(4, 4, 3, 4)).explain())
    'Shifts in each week: at least 4, 4, 3, 4, at most 5'
    """

    name: ClassVar[str] = "shifts_a_week"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"at_most": "lower", "at_least": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"at_most": 4, "at_least": 2},
        {"at_least": [3], "penalty": 8},
    )

    at_most: Count | tuple[Count, ...] | None = None
    at_least: Count | tuple[Count, ...] | None = None

    @model_validator(mode="after")
    def _something_asked(self) -> Self:
        if self.at_most is None and self.at_least is None:
            raise ValueError("give at_most, at_least or both")
        most, least = self.at_most, self.at_least
        if isinstance(most, int) and isinstance(least, int) and least > most:
            raise ValueError("at_least is more than at_most")
        return self

    def limits(self, calendar: AgentCalendar, week: int, carried: int = 0) -> tuple[int | None, int | None]:
        """Least and most shifts of a week, those carried in counted.

        Parameters
        ----------
        calendar: of the person.
        week: index of the week in the period.
        carried: shifts that a week already begun holds before the period.
        """
        first, last = calendar.weeks[week]
        least, most = _of_week(self.at_least, week), _of_week(self.at_most, week)
        if least is not None:
            whole = {end for _, end in calendar.whole_weeks()}
            away = calendar.unavailable | calendar.no_work
            free = sum(day not in away for day in range(first, last + 1))
            least = min(least, carried + free) if last in whole else None
        return least, most

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One count per week."""
        found = []
        for week, (first, last) in enumerate(calendar.weeks):
            begun = [o for o in calendar.carried if first == 0 and o.day >= -calendar.days_before]
            carried = sum(selects(WORKING, option, calendar) for option in begun)
            least, most = self.limits(calendar, week, carried)
            if least is not None or most is not None:
                found.append(
                    Sum(
                        self.name,
                        WORKING,
                        "count",
                        first,
                        last,
                        least,
                        most,
                        carried=carried,
                        price=self.price,
                    )
                )
        return tuple(found)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the shifts that start in each week."""
        broken = []
        for week, (start, begun, total) in enumerate(weekly(calendar, working(tour), working(carried))):
            least, most = self.limits(calendar, week, begun)
            said = {"count": total, "least": least, "most": most}
            if most is not None and begun > most:
                broken.append(
                    self.found(calendar, start, begun - most, {**said, "count": begun}, before_period=True)
                )
            if most is not None and total > max(most, begun):
                broken.append(self.found(calendar, start, total - max(most, begun), said))
            if least is not None and total < least:
                broken.append(self.found(calendar, start, least - total, said, sentence="too_few"))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        parts = {
            side: ", ".join(map(str, value)) if isinstance(value, tuple) else value
            for side, value in (("least", self.at_least), ("most", self.at_most))
            if value is not None
        }
        return Message("rules.shifts_a_week_" + "_".join(parts), parts)


def _of_week(limit: int | tuple[int, ...] | None, week: int) -> int | None:
    """The number for one week; none after the last one given."""
    if isinstance(limit, tuple):
        return limit[week] if week < len(limit) else None
    return limit
