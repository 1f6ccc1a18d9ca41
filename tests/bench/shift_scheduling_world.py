"""A shift scheduling instance as the planner's own problem: team, shift types, rules, posts.

One unit of the file is one of currency (100 cents). Work itself costs nothing. All shifts start at midnight:
what may follow what is said by rules, not by hours of rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np

from planner.clock import quarter_of
from planner.people import Agent, Site, Team, skills
from planner.requirement import Need, Post
from planner.rota import Rota, ShiftType, pay_terms
from planner.rules import REGISTRY, Rule, calendars
from planner.scheduling import Problem
from tests.bench.shift_scheduling_file import Employee, Instance

CENTS = 100
FIRST_DAY = date(2026, 3, 2)
ZONE = "Etc/UTC"


def problem_of(instance: Instance) -> Problem:
    """The planner's own objects for an instance."""
    agents = tuple(
        Agent(e.name, "site", ZONE, {}, unavailable=frozenset(FIRST_DAY + timedelta(d) for d in e.days_off))
        for e in instance.employees
    )
    team = Team(agents, (Site("site", ZONE),))
    types = tuple(ShiftType(kind.name, (0,), kind.minutes) for kind in instance.kinds)
    return Problem(
        name=instance.name,
        need=_need(instance),
        team=team,
        skills=skills(team, ()),
        shift_types=types,
        first_day=FIRST_DAY,
        days=instance.days,
        calendars=calendars(team, types, FIRST_DAY, instance.days),
        rules={e.name: tuple(_rules(instance, e)) for e in instance.employees},
        pay=pay_terms(team),
        missing_cents=100 * CENTS,
    )


def roster_of(rota: Rota) -> dict[str, dict[int, str]]:
    """The rota as the checker reads it."""
    found: dict[str, dict[int, str]] = {}
    for shift in rota.shifts:
        found.setdefault(shift.agent, {})[(shift.day - rota.first_day).days] = shift.name
    return found


def _need(instance: Instance) -> Need:
    posts = []
    for kind in instance.kinds:
        asked = np.zeros((3, instance.days), np.int64)
        for row in instance.cover:
            if row.kind == kind.name:
                asked[:, row.day] = row.people, CENTS * row.under, CENTS * row.over
        posts.append(Post(kind.name, kind.name, *asked, hours=kind.minutes / 60))
    intervals = instance.days * 24
    return Need(
        need_id=instance.name,
        first_quarter=quarter_of(datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)),
        interval_minutes=60,
        queues=(),
        sets=(),
        required=np.zeros((0, intervals), np.int64),
        backlogs=(),
        groups=(),
        open=np.zeros((0, intervals), bool),
        posts=tuple(posts),
    )


def _rules(instance: Instance, employee: Employee) -> Iterator[Rule]:
    """The limits of one person, and their wishes."""

    def rule(name: str, **settings: object) -> Rule:
        return REGISTRY[name](**settings)

    yield rule("one_shift_a_day")
    yield rule("unavailable")
    yield rule("max_days_in_row", days=employee.most_in_row)
    if employee.least_in_row > 1:
        yield rule("min_days_in_row", days=employee.least_in_row)
    if employee.least_off_in_row > 1:
        yield rule("days_off_in_row", days=employee.least_off_in_row)
    yield rule("max_weekends", weekends=employee.most_weekends)
    least = {"at_least": employee.least_minutes / 60} if employee.least_minutes else {}
    yield rule("period_hours", at_most=employee.most_minutes / 60, **least)
    for name, most in employee.most_of.items():
        if most < instance.days:
            yield rule("shifts_of_type", shifts=name, at_most=most)
    for kind in instance.kinds:
        if kind.not_next:
            yield rule("forbidden_successions", after=kind.name, not_then=sorted(kind.not_next))
    for want, wishes in (("on", instance.wanted), ("off", instance.unwanted)):
        for wish in wishes:
            if wish.employee == employee.name:
                day = str(FIRST_DAY + timedelta(wish.day))
                yield rule("requests", want=want, days=day, shifts=wish.kind, penalty=wish.weight)
