"""Hours are split evenly: everyone near their own share of the team's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar, Literal

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of
from planner.rules.rule import Hours, Violation, hours_text
from planner.rules.shapes import ANY_DUTY, Team
from planner.rules.shares import judged, own_shares, share_shapes
from planner.rules.team_rule import TeamRule


class EvenHours(TeamRule):
    """Everyone's hours that count towards contracts lie near their share of the team's, above or below.

    Attributes
    ----------
    within: how far from the own share is fine, over the whole period; default 8 hours.
    share: by contract hours, or everyone's "equal".

    Examples
    --------
    >>> str(EvenHours(within="12 h").explain())
    'Hours are split evenly: everyone within 12 h of their share by contract'
    """

    name: ClassVar[str] = "even_hours"
    unit: ClassVar[str] = "minute"
    compares: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"within": "6 h"},
        {"within": "4 h", "share": "equal", "penalty": 10},
    )

    within: Hours = 8.0
    share: Literal["contract", "equal"] = "contract"

    def shapes(self, calendars: Mapping[str, AgentCalendar]) -> tuple[Team, ...]:
        """For each person, their minutes less their share of everybody's."""
        shares = own_shares(calendars, self.share == "equal")
        marks = dict.fromkeys(shares, ANY_DUTY)
        return share_shapes(self, calendars, shares, marks, "counted_minutes", self._within)

    def check(
        self, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Shift]]
    ) -> tuple[Violation, ...]:
        """Add up each person's, and hold it against their share."""
        shares = own_shares(calendars, self.share == "equal")
        mine = {name: [shift for shift in tours[name] if shift.counted] for name in shares}
        minutes = {name: sum(shift.paid_minutes for shift in shifts) for name, shifts in mine.items()}
        found = []
        for name, amount, share in judged(shares, minutes, self._within):
            calendar = calendars[name]
            day = max((day_of(shift, calendar) for shift in mine[name]), default=calendar.first_day)
            values = {"hours": hours_text(minutes[name]), "share": hours_text(float(share))}
            found.append(self.found(calendar, day, amount, values))
        return tuple(found)

    @property
    def _within(self) -> Fraction:
        return Fraction(round(self.within * 60))

    def explain(self) -> Message:
        """In a sentence."""
        code = "rules.even_hours" if self.share == "contract" else "rules.even_hours_equal"
        return Message(code, {"within": f"{self.within:g}"})
