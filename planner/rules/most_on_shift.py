"""At most so many people on a kind of shift a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.rule import Names, Violation
from planner.rules.shapes import Team
from planner.rules.team_rule import TeamRule
from planner.rules.together import daily, kind_text, mark_of, on_days


class MostOnShift(TeamRule):
    """At most ``most`` shifts of a kind start on a day, over all people it holds for.

    Attributes
    ----------
    most: 0 or more.
    shifts: names of shift types, counted together; none: every shift.
    nights: only shifts with at least three hours in the night of the person's site.

    Examples
    --------
    >>> str(MostOnShift(most=3, shifts=["late"]).explain())
    'At most 3 people a day on a late'
    """

    name: ClassVar[str] = "most_on_shift"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"most": 1, "nights": True},
        {"most": 2, "shifts": ["day", "late"], "penalty": 30},
    )

    most: int = Field(ge=0)
    shifts: Names = ()
    nights: bool = False

    def shapes(self, calendars: Mapping[str, AgentCalendar]) -> tuple[Team, ...]:
        """A total for each day."""
        if not calendars:
            return ()
        marks = {name: mark_of(calendar, self.shifts, self.nights) for name, calendar in calendars.items()}
        weights = dict.fromkeys(calendars, 1)
        days = max(calendar.days for calendar in calendars.values())
        return tuple(daily(self.name, self.price, weights, marks, day, most=self.most) for day in range(days))

    def check(
        self, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Shift]]
    ) -> tuple[Violation, ...]:
        """Count the shifts of each day; told for the first one too many."""
        kind = kind_text(self.shifts, self.nights)
        return tuple(
            self.found(
                calendars[shifts[self.most].agent],
                day,
                len(shifts) - self.most,
                {"count": len(shifts), "most": self.most, "kind": kind},
            )
            for day, shifts in on_days(calendars, tours, self.shifts, self.nights).items()
            if len(shifts) > self.most
        )

    def explain(self) -> Message:
        """In a sentence."""
        return Message(
            "rules.most_on_shift", {"most": self.most, "kind": kind_text(self.shifts, self.nights)}
        )
