"""A backlog week by week ahead: what comes in, what the team can answer, how many wait, and when none do.

In the planned weeks people work their contracts less dated leave and public holidays; beyond, as much leave
is taken as in them, and people leave. A hire answers what the ramp says. The backlog is gone when no
more wait than come in on a working day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from planner._messages import Message
from planner.clock import PublicHolidays, day_starts
from planner.service.backlog import waiting
from planner.study import steps
from planner.study.column import SCHEMA_VERSION
from planner.study.edges import trim_edges
from planner.study.expecting import expected
from planner.study.growing.ramp import DAYS_A_YEAR, mentored_on, share_on
from planner.study.growing_columns import GROWING_COLUMNS

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.people import Agent
    from planner.study.scenario import Scenario

CASES = 400
MOST_WEEKS = 104
WORKING_DAYS = 5
SOON = 8
"""Weeks ahead over which it is said how fast a backlog grows."""


@dataclass(frozen=True, eq=False)
class Projection:
    """A backlog ahead.

    Attributes
    ----------
    first: day of the first week. contacts, capacity, heads, productive: by week, expected. open_: contacts
        that wait at the end of each week, shape (cases, weeks). simulated: the same from a rota, its mean, in
        the planned weeks. planned: how many weeks those are.
    """

    name: str
    first: date
    start: int
    contacts: np.ndarray
    capacity: np.ndarray
    heads: np.ndarray
    productive: np.ndarray
    open_: np.ndarray
    simulated: tuple[float, ...] = ()
    planned: int = 0

    @property
    def gone(self) -> np.ndarray:
        """Whether the backlog has been gone by the end of each week, shape (cases, weeks)."""
        low = self.open_ <= self.contacts / WORKING_DAYS
        return np.asarray(np.logical_or.accumulate(low, axis=1))

    @property
    def weeks_until(self) -> tuple[int | None, int | None, int | None]:
        """Weeks until it is gone: in 1, 5 and 9 of 10 cases; None: not within what was looked at."""
        shares = self.gone.mean(axis=0)
        found = [np.flatnonzero(shares >= least) for least in (0.1, 0.5, 0.9)]
        early, middle, late = (int(weeks[0]) + 1 if len(weeks) else None for weeks in found)
        return early, middle, late

    @property
    def grows(self) -> float:
        """Contacts a week by which it grows in the next weeks; below 0: shrinks."""
        return float((self.contacts - self.capacity)[:SOON].mean())

    def told(self) -> Iterator[Message]:
        """In sentences."""
        early, middle, late = self.weeks_until
        last = self.open_[:, -1]
        values: dict[str, object] = {
            "scenario": self.name,
            "start": self.start,
            "grows": f"{abs(self.grows):,.0f}",
            "weeks": len(self.contacts),
            "early": early,
            "middle": middle,
            "late": late,
            "day": (self.first + timedelta(weeks=middle or 0)).isoformat(),
            "low": f"{np.percentile(last, 10):,.0f}",
            "high": f"{np.percentile(last, 90):,.0f}",
            "share": f"{100 * self.gone[:, -1].mean():.0f}",
        }
        if late is not None:
            yield Message("growing.backlog_gone", values)
        elif early is not None:
            yield Message("growing.backlog_perhaps", values)
        else:
            yield Message("growing.backlog_never" if self.grows > 0 else "growing.backlog_long", values)


def project(
    scenario: Scenario,
    first: Scenario | None = None,
    starts: Sequence[date] = (),
    weeks: int = 52,
    simulate: bool = True,
    name: str = "",
) -> Projection:
    """The backlog of a scenario, week by week.

    Parameters
    ----------
    first: the scenario before: people whom it has not are hires, who ramp up. starts: first days of further
        hires, such as those of a hiring plan; they do what a mean colleague does once they can.
    simulate: whether a rota of the planned weeks is solved and simulated, to compare.
    """
    history = steps.read_history(scenario)
    weeks = min(MOST_WEEKS, max(weeks, scenario.weeks))
    days = day_starts(scenario.first_day, 7 * weeks, scenario.zone)
    volumes = expected(history, scenario, days[0], (days[-1] - days[0]) * 15 // scenario.interval_minutes)
    known = {agent.name for agent in (first or scenario).team.agents}
    hours, heads, productive = _hours(scenario, known, starts, weeks)
    contacts, other = _contacts(scenario, volumes, days)
    per_contact = _work(scenario)
    settings = scenario.need_settings
    able = hours * (1 - settings.busy_inside_shift) * (1 - settings.no_shows)
    left, cases = _cases(scenario, volumes, contacts, heads, weeks)
    open_ = np.empty((CASES, weeks))
    now = np.full(CASES, float(sum(settings.open_tickets.values())))
    for week in range(weeks):
        can = np.maximum(0.0, able[week] * left[:, week] - other[week]) / per_contact
        now = np.maximum(0.0, now + cases[:, week] - can)
        open_[:, week] = now
    stay = left.mean(axis=0)
    return Projection(
        name or scenario.name,
        scenario.first_day,
        sum(settings.open_tickets.values()),
        contacts,
        np.maximum(0.0, able * stay - other) / per_contact,
        heads * stay,
        productive * stay,
        open_,
        _simulated(scenario, steps.forecast(history, scenario)) if simulate else (),
        scenario.weeks,
    )


def _waiting(scenario: Scenario) -> list[str]:
    return [name for name, count in scenario.need_settings.open_tickets.items() if count]


def _work(scenario: Scenario) -> float:
    """Hours that a contact of the queues that wait takes, all its replies."""
    names = _waiting(scenario)
    mine = [queue for queue in scenario.queues if queue.name in names]
    return sum(queue.aht_seconds * queue.replies for queue in mine) / len(mine) / 3600


def _hours(
    scenario: Scenario, known: set[str], starts: Sequence[date], weeks: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours a week of people at full speed, people, and people at full speed; nobody leaves."""
    said = scenario.said.hiring
    names = set(_waiting(scenario))
    serve = [q for q in scenario.queues if q.name in names]
    team = [a for a in scenario.team.agents if any(a.serves(q) for q in serve) and not a.outside]
    places = {site.name: PublicHolidays(site.public_holidays) for site in scenario.sites}
    leave = _leave_share(scenario, team)
    usual = sum(a.weekly_minutes for a in team) / max(1, len(team)) / 60 / WORKING_DAYS
    hours, heads, full = np.zeros(weeks), np.zeros(weeks), np.zeros(weeks)
    for number in range(7 * weeks):
        day, week = scenario.first_day + timedelta(days=number), number // 7
        planned = number < scenario.days
        for agent in team:
            begins = agent.available_from or scenario.first_day
            until = agent.available_until
            if day < begins or (until is not None and day > until):
                continue
            age = (day - begins).days
            new = agent.name not in known
            does = share_on(age, said) - mentored_on(age, said) if new else 1.0 / _slower(agent)
            heads[week] += 1 / 7
            full[week] += does / 7
            works = day.weekday() < WORKING_DAYS and places[agent.site].name_of(day) is None
            there = (day not in agent.unavailable) if planned else 1 - leave
            hours[week] += agent.weekly_minutes / 60 / WORKING_DAYS * works * there * does
        for start in starts:
            if day >= start:
                age = (day - start).days
                does = share_on(age, said) - mentored_on(age, said)
                heads[week] += 1 / 7
                full[week] += does / 7
                hours[week] += usual * (day.weekday() < WORKING_DAYS) * (1 - leave) * does
    return hours, heads, full


def _slower(agent: Agent) -> float:
    return sum(agent.slower.values()) / len(agent.slower) if agent.slower else 1.0


def _leave_share(scenario: Scenario, team: Sequence[Agent]) -> float:
    """Share of working days of the planned weeks that are leave."""
    days = [scenario.first_day + timedelta(days=number) for number in range(scenario.days)]
    worked = [day for day in days if day.weekday() < WORKING_DAYS]
    gone = sum(day in agent.unavailable for agent in team for day in worked)
    return gone / max(1, len(team) * len(worked))


def _contacts(scenario: Scenario, volumes: Volumes, starts: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Contacts a week of the queues that wait, and hours that all other queues take."""
    names = _waiting(scenario)
    mine = np.array([name in names for name in volumes.queues])
    works = {queue.name: queue.aht_seconds * queue.replies / 3600 for queue in scenario.queues}
    load = volumes.mean * np.array([[works[name]] for name in volumes.queues])
    bounds = [(start - starts[0]) * 15 // scenario.interval_minutes for start in starts[:-1:7]]
    contacts = np.add.reduceat(volumes.mean[mine].sum(axis=0), bounds)
    others = np.add.reduceat(load[~mine].sum(axis=0), bounds)
    return contacts, others


def _cases(
    scenario: Scenario, volumes: Volumes, contacts: np.ndarray, heads: np.ndarray, weeks: int
) -> tuple[np.ndarray, np.ndarray]:
    """Share of the people who are still there, and contacts, by case and week."""
    random = np.random.default_rng(np.random.SeedSequence((scenario.seed, 6)))
    spread = [volumes.spread[name] for name in _waiting(scenario)]
    level = max((each.level for each in spread), default=0.0)
    week = max((each.week for each in spread), default=0.0)
    factor = _gamma(random, level, (CASES, 1)) * _gamma(random, week, (CASES, weeks))
    cases = random.poisson(contacts * factor).astype(float)
    stay = (1 - scenario.said.hiring.attrition) ** (7 / DAYS_A_YEAR)
    people = np.full(CASES, max(1, round(float(heads[0]))))
    left = np.ones((CASES, weeks))
    for number in range(scenario.weeks, weeks):
        people = random.binomial(people, stay)
        left[:, number] = people / max(1, round(float(heads[0])))
    return left, cases


def _gamma(random: np.random.Generator, variance: float, shape: tuple[int, int]) -> np.ndarray:
    if variance <= 0:
        return np.ones(shape)
    return np.asarray(random.gamma(1 / variance, variance, shape))


def _simulated(scenario: Scenario, volumes: Volumes) -> tuple[float, ...]:
    """Contacts that wait when each planned week but the last has ended, from a solved and simulated rota."""
    need, _ = trim_edges(steps.require(volumes, scenario), scenario)
    rota = steps.schedule(need, scenario).rota
    service = steps.simulate(rota, volumes, scenario)
    rows = [number for number, queue in enumerate(service.queues) if queue.name in _waiting(scenario)]
    count = waiting(service)[:, rows].sum(axis=1).mean(axis=0)
    bounds = np.linspace(0, service.intervals, scenario.weeks + 1).round().astype(int)[1:-1]
    return (*(float(count[at]) for at in bounds), float(count[-1]))


def projection_frame(found: Sequence[Projection]) -> pd.DataFrame:
    """A row for each scenario and week, columns as in ``backlog_ahead.csv``."""
    rows: list[dict[str, Any]] = []
    for one in found:
        low, high = np.percentile(one.open_, [10, 90], axis=0)
        gone, mean = one.gone.mean(axis=0), one.open_.mean(axis=0)
        for week in range(len(one.contacts)):
            rows.append(
                {
                    "schema_version": SCHEMA_VERSION,
                    "scenario": one.name,
                    "week": one.first + timedelta(weeks=week),
                    "contacts": one.contacts[week],
                    "capacity": one.capacity[week],
                    "heads": one.heads[week],
                    "productive": one.productive[week],
                    "open_mean": mean[week],
                    "open_low": low[week],
                    "open_high": high[week],
                    "simulated_mean": one.simulated[week] if week < len(one.simulated) else None,
                    "gone_share": gone[week],
                }
            )
    return pd.DataFrame(rows, columns=[column.name for column in GROWING_COLUMNS["backlog_ahead.csv"]])
