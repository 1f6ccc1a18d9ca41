"""Hours a week on average over a reference period, with what earlier weeks bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import ANY_DUTY, Shape, Sum


class Reference(NamedTuple):
    """A reference period as far as it is known: days of the period, weeks before it, minutes allowed."""

    first: int
    last: int
    earlier_weeks: int
    carried: int
    most: int


class AverageHours(Rule):
    """At most ``hours`` a week on average over each reference period of ``weeks`` weeks.

    The last reference period ends with the planned period. What lies before it comes from the ledger;
    as far as it is not known, the mean is taken over the weeks that are known, the planned period alone
    if nothing is, and the report says so. Each Monday to Friday of leave or outside the contract takes a
    fifth of a week out of the mean, so that leave makes no room for longer weeks.

    Attributes
    ----------
    hours: such as "48 h".
    weeks: length of the reference period; four months are 17 weeks.
    night_workers: asked only of people who may work at night.

    Examples
    --------
    >>> str(AverageHours(hours=48, weeks=17).explain())
    'On average over 17 weeks at most 48 hours a week'
    """

    name: ClassVar[str] = "average_hours"
    unit: ClassVar[str] = "minute"
    stricter: ClassVar[dict[str, Stricter]] = {"hours": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": 36, "weeks": 4},
        {"hours": "20 h", "weeks": 1, "penalty": 6},
    )

    hours: Hours
    weeks: int = Field(ge=1, le=53)
    night_workers: bool = False

    def references(self, calendar: AgentCalendar) -> Iterator[Reference]:
        """Reference periods that end with the planned period or inside it, the last one first.

        Parameters
        ----------
        calendar: of the person.
        """
        last = calendar.days - 1
        while last >= 0 and (calendar.agent.nights or not self.night_workers):
            first = max(0, last + 1 - 7 * self.weeks)
            missing = (7 * self.weeks - (last + 1 - first)) // 7
            earlier = calendar.earlier_minutes[:missing] if first == 0 else ()
            away = sum(
                day in calendar.unavailable and calendar.weekday(day) < 5 for day in range(first, last + 1)
            )
            share = 5 * (last + 1 - first + 7 * len(earlier)) - 7 * away
            most = max(0, share * round(self.hours * 60) // 35)
            yield Reference(first, last, len(earlier), sum(earlier), most)
            last = first - 1

    def unseen_weeks(self, calendar: AgentCalendar) -> int:
        """Weeks of the reference period that ends with the planned period of which nothing is known."""
        for found in self.references(calendar):
            return max(0, self.weeks - found.earlier_weeks - (found.last - found.first) // 7 - 1)
        return 0

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One sum of counted minutes for each reference period."""
        return tuple(
            Sum(
                self.name,
                ANY_DUTY,
                "counted_minutes",
                found.first,
                found.last,
                most=found.most,
                carried=found.carried,
                price=self.price,
            )
            for found in self.references(calendar)
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Add up the paid minutes of the shifts that start in each reference period."""
        worked = [(day_of(shift, calendar), shift.paid_minutes) for shift in tour if shift.counted]
        broken = []
        for found in self.references(calendar):
            start, end = (calendar.first_day + timedelta(days=day) for day in (found.first, found.last))
            total = found.carried + sum(minutes for day, minutes in worked if start <= day <= end)
            weeks = found.earlier_weeks + (found.last + 1 - found.first) / 7
            values = {
                "hours": hours_text(total),
                "most": hours_text(found.most),
                "weeks": f"{weeks:.3g}",
                "mean": hours_text(round(self.hours * 60)),
            }
            if found.carried > found.most:
                before = {**values, "hours": hours_text(found.carried)}
                more = found.carried - found.most
                broken.append(self.found(calendar, start, more, before, before_period=True))
            if total > max(found.most, found.carried):
                more = total - max(found.most, found.carried)
                broken.append(self.found(calendar, start, more, values))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        code = "average_hours_nights" if self.night_workers else "average_hours"
        values = {"hours": hours_text(self.hours * 60), "weeks": self.weeks}
        return Message(f"rules.{code}", values)
