"""Hours, people and months of a plan: what is rostered, contracted, idle, and who must be employed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.requirement import payroll_fte
from planner.study import steps
from planner.study.hired import DAYS_A_MONTH, contract_hours

if TYPE_CHECKING:
    from planner.study.plan import Plan

__all__ = ["DAYS_A_MONTH", "a_month", "hours_of", "people_to_employ"]


def a_month(cents: float, days: int) -> float:
    """Money of a period as money of a month, currency units rounded to the cent.

    Files and sentences round from here on: what is written with cents and what is said without them agree.

    Parameters
    ----------
    days: of the period.

    Examples
    --------
    >>> a_month(2_483_728, 28)
    26999.45
    """
    return round(cents * DAYS_A_MONTH / days) / 100


def hours_of(plan: Plan) -> dict[str, float]:
    """Rostered, contracted and idle hours of a period; on-call duty does not count.

    Contracted hours are the weekly contract spread over Monday to Friday, without leave, public
    holidays and days outside employment. Idle is what of each person's contract no shift uses.
    """
    calendars = steps.calendars_of(plan.scenario)
    rostered = contracted = idle = 0.0
    for agent in plan.scenario.team.agents:
        calendar = calendars[agent.name]
        worked = sum(s.paid_minutes for s in plan.rota.tour(agent.name) if s.counted) / 60
        owed = contract_hours(agent, calendar)
        rostered += worked
        contracted += owed
        idle += max(0.0, owed - worked)
    return {"rostered": round(rostered, 2), "contracted": round(contracted, 2), "idle": round(idle, 2)}


def people_to_employ(plan: Plan) -> float:
    """Full-time people to employ so that the rostered hours are really worked, leave and sickness included.

    The scenario's ``away`` sizes the team here and nowhere else: it never thins a duty or the need.
    """
    scenario = plan.scenario
    hours: dict[str, float] = {site.name: 0.0 for site in scenario.team.sites}
    site_of = {agent.name: agent.site for agent in scenario.team.agents}
    for shift in plan.rota.shifts:
        if shift.counted:
            hours[site_of[shift.agent]] += shift.paid_minutes / 60
    absence = scenario.need_settings.absence
    return round(
        sum(
            payroll_fte(hours[site.name] / scenario.weeks, site.full_time_minutes / 60, absence)
            for site in scenario.team.sites
        ),
        2,
    )
