"""What a contract asks of a person in a payroll month, and what leave and public holidays count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from planner.rules import AgentCalendar, calendars, credit_minutes
from planner.study.export.pay_plans import Plans

WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Owed:
    """Minutes of a month.

    Attributes
    ----------
    contract: a fifth of the week for each Monday to Friday of employment.
    leave, holiday: credits of such days; one that is both is a public holiday.
    """

    contract: int
    leave: int
    holiday: int


@dataclass(frozen=True, eq=False)
class Credits:
    """Contract and credits by the rules that plan them: the same days, the same length of a day."""

    plans: Plans

    @cached_property
    def _calendars(self) -> tuple[Mapping[str, AgentCalendar], ...]:
        return tuple(
            calendars(of.team, of.shift_types, of.rota.first_day, of.rota.days) for of in self.plans.dossiers
        )

    def owed(self, name: str, days: Iterable[date]) -> Owed:
        """What a person owes and is credited in some days; those that no plan has count nothing."""
        found = [
            owed_on(self._calendars[plan][name], day)
            for day in days
            if (plan := self.plans.covered[name].get(day)) is not None
        ]
        return summed(found)


class DayOwed(NamedTuple):
    """What one day adds, in minutes: contract, credit of leave, credit of a public holiday."""

    contract: Fraction
    leave: Fraction
    holiday: Fraction


_NOTHING = DayOwed(Fraction(0), Fraction(0), Fraction(0))


def owed_on(calendar: AgentCalendar, day: date) -> DayOwed:
    """What a day adds to a contract and to credits; a weekend, or a day out of employment, nothing."""
    agent = calendar.agent
    if day.weekday() >= WORKING_DAYS or not agent.employed_on(day):
        return _NOTHING
    contract = Fraction(agent.weekly_minutes, WORKING_DAYS)
    credit, index = credit_minutes(calendar, agent.weekly_minutes), (day - calendar.first_day).days
    if index in calendar.holidays:
        return DayOwed(contract, Fraction(0), credit)
    return DayOwed(contract, credit if index in calendar.unavailable else Fraction(0), Fraction(0))


def summed(found: Iterable[DayOwed]) -> Owed:
    """Days together, each sum rounded once."""
    contract, leave, holiday = (sum(parts, Fraction(0)) for parts in zip(_NOTHING, *found, strict=True))
    return Owed(_whole(contract), _whole(leave), _whole(holiday))


def _whole(minutes: Fraction) -> int:
    """The nearest minute, halves up."""
    return int(minutes + Fraction(1, 2))
