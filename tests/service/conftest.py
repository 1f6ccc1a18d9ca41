"""A small world to live through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine, quarter_of
from planner.demand import Promise, Queue, Spread, Volumes
from planner.people import Agent, Team, skills
from planner.rota import Rota, Shift
from planner.service import Service, ServiceSettings, simulate

FIRST_DAY = date(2026, 4, 6)
MONDAY = datetime(2026, 4, 6, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))


def hours(opens: int = 0, closes: int = 24, weekdays: frozenset[int] = EVERY_DAY) -> OpeningHours:
    """Opening hours in UTC, whole hours."""
    return OpeningHours("UTC", (OpeningLine(weekdays, False, opens * 60, closes * 60),))


def duty(
    agent: str, day: int, start: float, end: float, break_at: float | None = None, break_minutes: int = 0
) -> Shift:
    """A shift from hour to hour of a day of the period (UTC); hours may pass 24."""
    midnight = MONDAY + timedelta(days=day)
    return Shift(
        midnight + timedelta(hours=start),
        agent,
        midnight + timedelta(hours=end),
        FIRST_DAY + timedelta(days=day),
        "day",
        "UTC",
        break_start=None if break_at is None else midnight + timedelta(hours=break_at),
        break_minutes=break_minutes,
    )


@dataclass(frozen=True)
class World:
    """Queues, people by the languages they serve, their shifts, and contacts an hour by queue."""

    queues: Sequence[Queue]
    people: Mapping[str, Mapping[str, frozenset[str] | None]]
    shifts: Sequence[Shift]
    per_hour: Mapping[str, float | np.ndarray]
    days: int = 7
    opening: Mapping[str, OpeningHours] = field(default_factory=dict)
    interval_minutes: int = 30

    @property
    def team(self) -> Team:
        return Team(tuple(Agent(name, "Lisbon", "UTC", languages) for name, languages in self.people.items()))

    @property
    def volumes(self) -> Volumes:
        """Flat arrivals, or as given by interval."""
        per_day = 24 * 60 // self.interval_minutes
        share = self.interval_minutes / 60
        k = np.arange(self.days * per_day)
        mean = np.array([np.zeros(len(k)) + self.per_hour[q.name] * share for q in self.queues])
        names = tuple(queue.name for queue in self.queues)
        spread = {name: Spread() for name in names}
        day = k // per_day
        return Volumes(
            names, quarter_of(MONDAY), self.interval_minutes, mean, mean, mean, spread, day, day // 7
        )

    @property
    def rota(self) -> Rota:
        return Rota("small", FIRST_DAY, self.days, tuple(self.people), tuple(sorted(self.shifts)))

    def live(self, settings: ServiceSettings | None = None) -> Service:
        """Simulate it."""
        team = self.team
        opening = {queue.name: self.opening.get(queue.name, hours()) for queue in self.queues}
        return simulate(
            self.rota,
            self.volumes,
            self.queues,
            team,
            skills(team, self.queues),
            opening,
            settings or ServiceSettings(),
        )


PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0), patience_seconds=120.0)
EMAIL = Queue("email", "email", "en", 600.0, Promise(0.9, 7200.0), replies=2.2)


@pytest.fixture
def shop() -> Callable[..., World]:
    """Phone and e-mail in English, three people from 8 to 20 with breaks, a week; changes by keyword."""

    def build(**changes: object) -> World:
        people = {name: {"en": None} for name in ("Ana", "Ben", "Cleo")}
        shifts = [
            duty(name, day, 8 + nth, 18 + nth, 12 + nth, 60)
            for day in range(7)
            for nth, name in enumerate(people)
        ]
        given: dict[str, object] = {
            "queues": (PHONE, EMAIL),
            "people": people,
            "shifts": shifts,
            "per_hour": {"phone": 4.0, "email": 2.0},
            "opening": {"phone": hours(9, 18), "email": hours(9, 18)},
        }
        return World(**(given | changes))  # type: ignore[arg-type]

    return build


@pytest.fixture
def world() -> type[World]:
    """The class of small worlds."""
    return World


@pytest.fixture
def duties() -> Callable[..., Shift]:
    """Makes shifts: agent, day, start and end in hours, break start in hours, break minutes."""
    return duty


@pytest.fixture
def open_hours() -> Callable[..., OpeningHours]:
    """Makes opening hours: from, to in whole hours, weekdays."""
    return hours


@pytest.fixture
def phone() -> Queue:
    """Five-minute calls, 80 % within 20 s, patience two minutes."""
    return PHONE


@pytest.fixture
def email() -> Queue:
    """Ten-minute e-mails, 2.2 touches, 90 % within two hours."""
    return EMAIL
