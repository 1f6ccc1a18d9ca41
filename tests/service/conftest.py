"""A small world to live through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine, quarter_of
from planner.demand import PlannedWork, Promise, Queue, Spread, Volumes
from planner.people import Agent, Team, skills
from planner.rota import Rota, Shift
from planner.service import Records, Service, ServiceSettings, simulate
from planner.service.promises import due_of

FIRST_DAY = date(2026, 4, 6)
MONDAY = datetime(2026, 4, 6, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))
MONDAY_QUARTER = 1972032 - 1972032 % 672 + 384  # Monday 00:00 UTC: 1970-01-05 was quarter 384


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
    """Queues, people by the languages they serve, their shifts, and contacts an hour by queue.

    ``slower``: factors on handle times, by person and language; ``planned``: work beside contacts.
    """

    queues: Sequence[Queue]
    people: Mapping[str, Mapping[str, frozenset[str] | None]]
    shifts: Sequence[Shift]
    per_hour: Mapping[str, float | np.ndarray]
    days: int = 7
    opening: Mapping[str, OpeningHours] = field(default_factory=dict)
    interval_minutes: int = 30
    slower: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    planned: Sequence[PlannedWork] = ()

    @property
    def team(self) -> Team:
        return Team(
            tuple(
                Agent(name, "Lisbon", "UTC", languages, slower=self.slower.get(name, {}))
                for name, languages in self.people.items()
            )
        )

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
            skills(team, self.queues, planned=self.planned),
            opening,
            settings or ServiceSettings(),
            self.planned,
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


@pytest.fixture
def hand_made() -> Callable[..., Service]:
    """Two weeks; rows: replication, queue, arrived, started, answered, gone, outcome, arrived open."""

    def build(
        queues: list[Queue],
        rows: list[tuple[float, ...]],
        open_: np.ndarray | None = None,
        carried: list[int] | None = None,
    ) -> Service:
        table = np.array(rows, dtype=float).reshape(-1, 8).T
        queue = table[1].astype(int)
        live = np.array([q.channel == "phone" for q in queues])[queue]
        open_ = np.ones((len(queues), 1344), dtype=bool) if open_ is None else open_
        always = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), False, 0, 1440),))
        due = np.array(
            [
                due_of(queues[q].promise, np.array([at]), open_[q], always, MONDAY_QUARTER)[0]
                for q, at in zip(queue, table[2], strict=True)
            ]
        )
        records = Records(
            replication=table[0].astype(int),
            offered_to=queue,
            queue=queue,
            arrived=table[2],
            arrived_open=table[7].astype(bool),
            live=live,
            agent=np.zeros(len(queue), dtype=int),
            started=table[3],
            answered=table[4],
            gone=table[5],
            due=due,
            carried=np.isin(np.arange(len(queue)), carried or []),
            voicemail=np.zeros(len(queue), dtype=bool),
            outcome=table[6].astype(int),
        )
        return Service(
            records=records,
            queues=tuple(queues),
            agents=("Ana", "Ben"),
            first_quarter=MONDAY_QUARTER,
            interval_minutes=60,
            intervals=336,
            week_of=np.repeat([0, 1], 168),
            open_=open_,
            able=np.ones((len(queues), 2), dtype=bool),
            handling=np.full((2, 336), 600.0),
            waiting_for_work=np.full((2, 336), 1800.0),
            settings=ServiceSettings(replications=2),
            events=0,
        )

    return build
