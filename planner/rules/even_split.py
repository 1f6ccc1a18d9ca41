"""Nights, weekends or shifts are split evenly: everyone near their own share of what the team has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, ClassVar, Literal

from pydantic import Field

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, is_night, working
from planner.rules.rule import Violation
from planner.rules.shapes import Team, Unit
from planner.rules.shares import judged, own_shares, share_shapes
from planner.rules.team_rule import TeamRule
from planner.rules.together import NIGHT_MINUTES, mark_of

UNITS = {"nights": "shift", "weekends": "weekend", "shifts": "shift"}


class EvenSplit(TeamRule):
    """Everyone's nights, weekends with work or shifts lie near their share of the team's, above or below.

    Of nights, only people who work nights are held to it.

    Attributes
    ----------
    of: what is split.
    within: how far from the own share is fine; default 1.
    share: by contract hours, or everyone's "equal".

    Examples
    --------
    >>> str(EvenSplit(of="nights").explain())
    'Nights are split evenly: everyone within 1 of their share by contract'
    """

    name: ClassVar[str] = "even_split"
    unit: ClassVar[str] = "shift"
    compares: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"of": "nights"},
        {"of": "weekends", "within": 0.5, "share": "equal", "penalty": 60},
        {"of": "shifts", "within": 0.4, "penalty": 20},
    )

    of: Literal["nights", "weekends", "shifts"]
    within: float = Field(default=1.0, ge=0, le=100, allow_inf_nan=False)
    share: Literal["contract", "equal"] = "contract"

    def shapes(self, calendars: Mapping[str, AgentCalendar]) -> tuple[Team, ...]:
        """For each person, their total less their share of everybody's."""
        shares = self._shares(calendars)
        marks = {name: mark_of(calendars[name], (), self.of == "nights") for name in shares}
        unit: Unit = "weekends" if self.of == "weekends" else "count"
        return share_shapes(self, calendars, shares, marks, unit, Fraction(str(self.within)))

    def check(
        self, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Shift]]
    ) -> tuple[Violation, ...]:
        """Count each person's, and hold it against their share."""
        shares = self._shares(calendars)
        counts, last = {}, {}
        for name in shares:
            mine = self._days(calendars[name], tours[name])
            counts[name] = len(set(mine)) if self.of == "weekends" else len(mine)
            last[name] = max(mine, default=calendars[name].first_day)
        return tuple(
            self.found(
                calendars[name],
                last[name],
                amount,
                {"count": counts[name], "share": f"{float(share):.4g}", "of": self.of},
                unit=UNITS[self.of],
            )
            for name, amount, share in judged(shares, counts, Fraction(str(self.within)))
        )

    def _shares(self, calendars: Mapping[str, AgentCalendar]) -> dict[str, int]:
        able = {n: c for n, c in calendars.items() if self.of != "nights" or c.agent.nights}
        return own_shares(able, self.share == "equal")

    def _days(self, calendar: AgentCalendar, tour: Sequence[Shift]) -> list[date]:
        """The day of each shift that counts; of weekends, the first of its days inside the period."""
        days = [
            day_of(shift, calendar)
            for shift in working(tour)
            if self.of != "nights" or is_night(shift, calendar, NIGHT_MINUTES)
        ]
        if self.of != "weekends":
            return days
        saturdays = [day - timedelta(days=day.weekday() - 5) for day in days if day.weekday() >= 5]
        return [max(day, calendar.first_day) for day in saturdays]

    def explain(self) -> Message:
        """In a sentence."""
        code = "rules.even_split" if self.share == "contract" else "rules.even_split_equal"
        return Message(code, {"of": self.of.capitalize(), "within": f"{self.within:g}"})
