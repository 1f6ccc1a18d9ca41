"""The days of which payroll wants to know, and who was paid for what in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from planner._errors import InputError
from planner._messages import Message
from planner.people import Agent, Site
from planner.rota import Shift, fairness
from planner.study.export.pay_hours import Piece, pieces_of
from planner.study.export.pay_month import PayMonth
from planner.study.export.pay_plans import Plans


@dataclass(frozen=True, eq=False)
class Window:
    """A payroll month across plans, or the whole period of one plan.

    Attributes
    ----------
    month: None: the period of a plan.
    first, last: local days, on each person's clock.
    plan: number of the plan; None: all of them.
    pieces: paid time of these days by person; of a plan's period also what goes on after its last midnight.
    """

    plans: Plans
    month: PayMonth | None
    first: date
    last: date
    plan: int | None
    pieces: Mapping[str, tuple[Piece, ...]]

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every local day."""
        return tuple(self.first + timedelta(days=step) for step in range((self.last - self.first).days + 1))

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Who has a row: whoever was paid or employed; a partner's people are not on this payroll."""
        return tuple(
            name
            for name in self.plans.people
            if not self.agent(name).outside
            and (self.pieces[name] or any(self.agent(name).employed_on(day) for day in self.covered(name)))
        )

    def covered(self, name: str) -> tuple[date, ...]:
        """Days of which a plan says what the person did."""
        said = self.plans.covered[name]
        return tuple(day for day in self.days if day in said and self.plan in (None, said[day]))

    def agent(self, name: str) -> Agent:
        """A person as the latest plan of these days knows them."""
        return self.plans.agent(name, self._plan_of(name))

    def site(self, name: str) -> Site:
        """Their site."""
        return self.plans.site(name, self._plan_of(name))

    def _plan_of(self, name: str) -> int | None:
        said = self.plans.covered[name]
        return max((said[day] for day in self.covered(name)), default=None)

    def started(self, name: str) -> tuple[Shift, ...]:
        """A person's shifts that start on these days."""
        return tuple(
            duty.shift
            for duty in self.plans.duties[name]
            if self.first <= duty.shift.day <= self.last and self.plan in (None, duty.plan)
        )

    @cached_property
    def nights(self) -> Mapping[str, int]:
        """Nights by person, as the table of fairness counts them."""
        found = dict.fromkeys(self.plans.people, 0)
        for plan, of in enumerate(self.plans.dossiers):
            if self.plan not in (None, plan):
                continue
            shifts = tuple(
                duty.shift
                for agent in of.team.agents
                for duty in self.plans.duties[agent.name]
                if duty.plan == plan and self.first <= duty.shift.day <= self.last
            )
            counted = fairness(replace(of.rota, shifts=shifts), of.team)
            for name, nights in zip(counted["agent"], counted["nights"], strict=True):
                found[name] += int(nights)
        return found


def windows_of(plans: Plans, month: PayMonth | None) -> tuple[Window, ...]:
    """A month, or without one the period of each plan.

    Raises
    ------
    InputError
        If the plans have no day of the month.
    """
    pieces = {name: pieces_of(name, plans) for name in plans.people}
    if month is not None:
        first, last = month.first_day, month.last_day
        inside = {
            name: tuple(piece for piece in each if first <= piece.day <= last)
            for name, each in pieces.items()
        }
        window = Window(plans, month, first, last, None, inside)
        if not window.people:
            values = {"month": str(month), "first": first, "last": last}
            raise InputError(Message("payroll.no_shifts", values))
        return (window,)
    return tuple(
        Window(
            plans,
            None,
            of.rota.first_day,
            of.rota.first_day + timedelta(days=of.rota.days - 1),
            plan,
            {name: tuple(piece for piece in each if piece.plan == plan) for name, each in pieces.items()},
        )
        for plan, of in enumerate(plans.dossiers)
    )
