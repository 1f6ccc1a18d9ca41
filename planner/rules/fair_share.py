"""Nights, weekends, public holidays and early starts in turn: who did more before gets fewer now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any, ClassVar, Literal

from pydantic import Field

from planner._messages import Message
from planner.clock import zone_named
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import day_of, is_night, working
from planner.rules.rule import Rule, Stricter, Violation
from planner.rules.shapes import WORKING, Mark, Shape, Sum

NIGHT_MINUTES = 180
EARLY_STARTS = frozenset(range(0, 7 * 60, 15))


class FairShare(Rule):
    """At most one's own share of nights, weekends with work, public holidays or early starts in the period.

    The share is fixed before the rota is made. What the team did (the ledger) and what is to be done are
    split by contract hours and by days in the team, leave taken out; what one did before comes off, and the
    rest is rounded up. Newcomers need not make up for weeks before they came; of nights, those who work
    none have none and are in nobody's share. Early starts are those before 07:00 that are no nights.

    Attributes
    ----------
    of: what is shared.
    a_week: how many there are to share in a week; the ledger's mean if it is not given, and without
        either nothing is asked.
    within: so many more than the share are fine; default 0.

    Examples
    --------
    >>> str(FairShare(of="nights", penalty=30).explain())
    'Nights in turn: who did more before gets fewer now'
    """

    name: ClassVar[str] = "fair_share"
    unit: ClassVar[str] = "shift"
    stricter: ClassVar[dict[str, Stricter]] = {"within": "lower"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"of": "nights", "a_week": 2},
        {"of": "weekends", "a_week": 0.5, "penalty": 60},
        {"of": "public_holidays", "a_week": 0, "penalty": 40},
    )

    of: Literal["nights", "weekends", "public_holidays", "early_starts"]
    a_week: float | None = Field(default=None, ge=0, le=10_000, allow_inf_nan=False)
    within: int = Field(default=0, ge=0)

    def share(self, calendar: AgentCalendar) -> int | None:
        """The most that a person should do in the period; None: nothing is asked of them.

        Parameters
        ----------
        calendar: of the person, made together with the others'.
        """
        if self.of == "nights" and not calendar.agent.nights:
            return 0
        brought = dict(calendar.balances)
        whole = brought.get("team_exposure_nights" if self.of == "nights" else "team_exposure", 0)
        days, before = brought.get("team_days", 0), brought.get(f"team_{self.of}", 0)
        if not whole or (self.a_week is None and not days):
            return None
        a_week = Fraction(7 * before, days) if self.a_week is None else Fraction(str(self.a_week))
        everything = before + a_week * calendar.days / 7
        own = everything * brought.get("exposure", 0) / whole - brought.get(self.of, 0)
        return max(0, ceil(own)) + self.within

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One sum over the period."""
        most = self.share(calendar)
        if most is None:
            return ()
        mark, last = self._mark(calendar), calendar.days - 1
        if self.of == "weekends":
            return (Sum(self.name, mark, "weekends", 0, last, most=most, price=self.price),)
        return (Sum(self.name, mark, "count", 0, last, most=most, price=self.price),)

    def _mark(self, calendar: AgentCalendar) -> Mark:
        if self.of == "nights":
            return Mark(WORKING.kinds, window=calendar.site.night, at_least_minutes=NIGHT_MINUTES)
        if self.of == "public_holidays":
            return Mark(WORKING.kinds, days=calendar.holidays)
        if self.of == "weekends":
            return WORKING
        return Mark(
            WORKING.kinds,
            window=calendar.site.night,
            at_least_minutes=0,
            under_minutes=NIGHT_MINUTES,
            starts=EARLY_STARTS,
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Count the shifts, or the Saturdays of weekends, on the person's clock."""
        most = self.share(calendar)
        if most is None:
            return ()
        end = calendar.first_day + timedelta(days=calendar.days)
        found = [
            day
            for shift in working(tour)
            if calendar.first_day <= (day := day_of(shift, calendar)) < end
            and self._counts(shift, day, calendar)
        ]
        if self.of == "weekends":
            found = sorted({day - timedelta(days=day.weekday() - 5) for day in found})
        if len(found) <= most:
            return ()
        day = max(found[most], calendar.first_day)
        values = {"count": len(found), "share": most, "before": calendar.balance(self.of) or 0}
        unit = "weekend" if self.of == "weekends" else self.unit
        return (
            self.found(calendar, day, len(found) - most, values, unit=unit, sentence=f"broken_{self.of}"),
        )

    def _counts(self, shift: Shift, day: date, calendar: AgentCalendar) -> bool:
        if self.of == "weekends":
            return day.weekday() >= 5
        if self.of == "public_holidays":
            return (day - calendar.first_day).days in calendar.holidays
        night = is_night(shift, calendar, NIGHT_MINUTES)
        early = shift.start.astimezone(zone_named(calendar.agent.zone)).hour < 7
        return night if self.of == "nights" else early and not night

    def explain(self) -> Message:
        """In a sentence."""
        return Message(f"rules.fair_share_{self.of}")
