"""Worlds of demand whose truth is known: slow, and written without the planner's own clocks and models.

A world says, hour by hour, how many contacts are due: so many a day, by weekday and hour of its own wall
clock, less on days off, more on events, nothing while it is closed, with a level that may change. Contacts
are Poisson, with factors of chance common to a week, a day and an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from planner.demand import History, ImportReport, Promise, Queue, Volumes, forecast

WEEKDAYS = (1.35, 1.2, 1.1, 1.1, 0.95, 0.7, 0.6)
HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 14, 20, 22, 20, 14, 13, 16, 18, 17, 12, 8, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class World:
    """What is true of a queue.

    Attributes
    ----------
    zone: its wall clock. per_day: contacts of a mean day at level 1.
    weekdays: factors, Monday first; hours: weights of the hours of the wall clock.
    days: factors of single days, such as days off and events.
    level: factor by day. is_open: by weekday and hour of the wall clock.
    week, day, hour: variances of the factors of chance.
    """

    zone: str = "UTC"
    per_day: float = 100.0
    weekdays: tuple[float, ...] = WEEKDAYS
    hours: tuple[float, ...] = HOURS
    days: Mapping[date, float] = field(default_factory=dict)
    level: Callable[[date], float] = lambda _day: 1.0
    is_open: Callable[[int, int], bool] = lambda _weekday, _hour: True
    week: float = 0.0
    day: float = 0.0
    hour: float = 0.0

    def local(self, at: datetime) -> datetime:
        """A moment on its wall clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def due(self, at: datetime) -> float:
        """Contacts an hour at a moment."""
        here = self.local(at)
        if not self.is_open(here.weekday(), here.hour):
            return 0.0
        of_day = self.per_day * 7 * self.weekdays[here.weekday()] / sum(self.weekdays)
        special = self.days.get(here.date(), 1.0) * self.level(here.date())
        return of_day * special * self.hours[here.hour] / sum(self.hours)


def midnight(day: date, zone: str) -> datetime:
    """Start of a local day, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class Span:
    """Intervals of a world, with what is due in each.

    Attributes
    ----------
    world: which. starts: of the intervals, in UTC. minutes: their length.
    here: the starts on the world's clock. due: contacts in each.
    """

    world: World
    starts: list[datetime]
    minutes: int
    here: list[datetime]
    due: np.ndarray

    def come(self, seed: int) -> np.ndarray:
        """Contacts that come in each interval, by chance."""
        chance = np.random.default_rng(seed)
        due = self.due.copy()
        for variance, units in (
            (self.world.week, [(at.toordinal() - 1) // 7 for at in self.here]),
            (self.world.day, [at.toordinal() for at in self.here]),
            (self.world.hour, [int(at.timestamp()) // 3600 for at in self.starts]),
        ):
            if variance > 0:
                kinds, which = np.unique(units, return_inverse=True)
                due *= chance.gamma(1 / variance, variance, size=len(kinds))[which]
        return chance.poisson(due)

    def by_day(self, contacts: np.ndarray) -> dict[date, float]:
        """Contacts by day of the world's clock."""
        sums: dict[date, float] = {}
        for at, count in zip(self.here, contacts, strict=True):
            sums[at.date()] = sums.get(at.date(), 0.0) + float(count)
        return sums


def span(world: World, first: date, days: int, minutes: int = 60, zone: str = "") -> Span:
    """Intervals of so many local days (of another clock, if one is named)."""
    low, high = (midnight(first + timedelta(days=index), zone or world.zone) for index in (0, days))
    step = timedelta(minutes=minutes)
    starts = [low + index * step for index in range((high - low) // step)]
    parts = [15 * part * timedelta(minutes=1) for part in range(minutes // 15)]
    due = np.array([sum(world.due(at + part) for part in parts) / 4 for at in starts])
    return Span(world, starts, minutes, [world.local(at) for at in starts], due)


def history_of(came: Mapping[str, np.ndarray], when: Span) -> History:
    """Counts as an import would keep them."""
    rows = sorted(
        (at, name, int(count))
        for name, counts in came.items()
        for at, count in zip(when.starts, counts, strict=True)
        if count
    )
    frame = pd.DataFrame({
        "interval_start": pd.to_datetime([row[0] for row in rows], utc=True),
        "queue": pd.Series([row[1] for row in rows], dtype="str"),
        "arrivals": pd.Series([row[2] for row in rows], dtype="int64"),
        "handle_seconds": pd.Series([float("nan")] * len(rows), dtype="float64"),
    })  # fmt: skip
    report = ImportReport("made", "", "made", "UTC", 0, 0, {}, None, None, {})
    end = when.starts[-1] + timedelta(minutes=when.minutes)
    return History(frame, when.minutes, when.starts[0], end, report)


def queue_named(name: str, channel: str = "email", language: str = "en") -> Queue:
    """A queue of any name."""
    return Queue(name, channel, language, 600, Promise(0.9, 7200))


def expected(
    history: History, queues: Sequence[Queue], coming: Span, zone: str = "", **more: object
) -> Volumes:
    """The planner's forecast of a span, with the clock of the world or of another scenario."""
    first = int(coming.starts[0].timestamp()) // 900
    clock = zone or coming.world.zone
    return forecast(history, queues, first, len(coming.starts), coming.minutes, clock, **more)
