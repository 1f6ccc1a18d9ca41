"""On a kind of shift there is nobody on a day, or at least two."""

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


class NobodyAlone(TeamRule):
    """On each day no one has a shift of this kind, or at least so many have one.

    Attributes
    ----------
    shifts: names of shift types, counted together; none: every shift.
    nights: only shifts with at least three hours in the night of the person's site.
    at_least: people; default 2.

    Examples
    --------
    >>> str(NobodyAlone(nights=True).explain())
    'Nobody is alone on a night shift: no one or at least 2'
    """

    name: ClassVar[str] = "nobody_alone"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"nights": True},
        {"shifts": ["day"], "at_least": 3, "penalty": 50},
    )

    shifts: Names = ()
    nights: bool = False
    at_least: int = Field(default=2, ge=2)

    def shapes(self, calendars: Mapping[str, AgentCalendar]) -> tuple[Team, ...]:
        """A total of some allowed values for each day."""
        if not calendars:
            return ()
        marks = {name: mark_of(calendar, self.shifts, self.nights) for name, calendar in calendars.items()}
        weights = dict.fromkeys(calendars, 1)
        totals = (0, *range(self.at_least, 2 * len(calendars) + 1))
        days = max(calendar.days for calendar in calendars.values())
        return tuple(daily(self.name, self.price, weights, marks, day, allowed=totals) for day in range(days))

    def check(
        self, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Shift]]
    ) -> tuple[Violation, ...]:
        """Count the shifts of each day; too few are mended by giving up or by adding, whichever is less."""
        found = []
        kind = kind_text(self.shifts, self.nights)
        for day, shifts in on_days(calendars, tours, self.shifts, self.nights).items():
            count = len(shifts)
            if count < self.at_least:
                possible = self.at_least <= 2 * len(calendars)
                amount = min(count, self.at_least - count) if possible else count
                values = {"count": count, "least": self.at_least, "kind": kind}
                found.append(self.found(calendars[shifts[0].agent], day, amount, values))
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        kind = kind_text(self.shifts, self.nights)
        return Message("rules.nobody_alone", {"kind": kind, "least": self.at_least})
