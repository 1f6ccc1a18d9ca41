"""What a contract asks of a person in a payroll month, and what leave and public holidays count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

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
        contract = leave = holiday = Fraction(0)
        for day in days:
            plan = self.plans.covered[name].get(day)
            if plan is None or day.weekday() >= WORKING_DAYS:
                continue
            calendar = self._calendars[plan][name]
            agent = calendar.agent
            if not agent.employed_on(day):
                continue
            contract += Fraction(agent.weekly_minutes, WORKING_DAYS)
            index = (day - calendar.first_day).days
            credit = credit_minutes(calendar, agent.weekly_minutes)
            if index in calendar.holidays:
                holiday += credit
            elif index in calendar.unavailable:
                leave += credit
        return Owed(_whole(contract), _whole(leave), _whole(holiday))


def _whole(minutes: Fraction) -> int:
    """The nearest minute, halves up."""
    return int(minutes + Fraction(1, 2))
