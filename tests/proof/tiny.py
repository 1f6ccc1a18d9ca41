"""Tiny worlds by brute force: every rota of two people, counted and judged here from clock times alone.

Nothing of the planner's own counting is used: instants come from zoneinfo, cover from quarter-hours, pay
from minutes, and each rule has a few plain lines below.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from planner.demand import Promise, Queue
from planner.people import Agent, Site, Team, groups, skills
from planner.requirement import Need, Post
from planner.rota import ShiftType, pay_terms
from planner.rules import REGISTRY, calendars
from planner.scheduling import Problem

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Duty:
    """One duty on one day, from the clock on the wall."""

    day: int
    name: str
    start: datetime
    end: datetime
    pause: datetime | None
    paid: int
    night: int

    @property
    def quarters(self) -> set[datetime]:
        """Quarter-hours on duty."""
        at, found = self.start, set()
        while at < self.end:
            if self.pause is None or not self.pause <= at < self.pause + HOUR:
                found.add(at)
            at += QUARTER
        return found


@dataclass(frozen=True)
class Tiny:
    """A tiny world as it was drawn."""

    problem: Problem
    zone: str
    settings: dict[str, dict[str, Any]]
    required: dict[str, np.ndarray]
    languages: tuple[str, str]
    hourly: tuple[int, int]
    posted: tuple[int, ...]
    leave: tuple[frozenset[int], ...]


MISSING, EXTRA, POST = 2100, 130, 6000
TYPES = {"day": (480, 9, True), "early": (360, 8, False), "late": (840, 8, False), "night": (1320, 8, False)}


def tiny(seed: int) -> Tiny:
    """Two people, three or four days, two kinds of duty, a few rules."""
    draw = random.Random(seed)
    zone = draw.choice(["UTC", "Europe/Rome", "Europe/Lisbon", "Asia/Kathmandu", "America/New_York"])
    first = draw.choice(
        [date(2026, 1, 12), date(2026, 3, 27), date(2026, 10, 23), date(2026, 3, 6), date(2026, 10, 30)]
    )
    days = draw.choice([3, 3, 4])
    names = draw.sample(sorted(TYPES), 2)
    types = tuple(
        ShiftType(n, (TYPES[n][0],), TYPES[n][1] * 60, 60 * TYPES[n][2], (180, 240), 60) for n in names
    )
    languages = (draw.choice(["en", "it", "en it"]), draw.choice(["en", "en it"]))
    hourly = (draw.choice([12, 18]), draw.choice([12, 24]))
    leave = tuple(frozenset(draw.sample(range(days), draw.choice([0, 0, 1]))) for _ in range(2))
    agents = tuple(
        Agent(
            f"p{i}",
            "hub",
            zone,
            dict.fromkeys(languages[i].split()),
            cost_per_hour=float(hourly[i]),
            unavailable=frozenset(first + timedelta(days=d) for d in leave[i]),
        )
        for i in range(2)
    )
    team = Team(agents, (Site("hub", zone, night_premium=0.25),))
    queues = [Queue(name, "chat", name, 300, Promise(0.8, 20)) for name in ("en", "it")]
    begins = utc(first, 0, zone)
    intervals = int((utc(first + timedelta(days=days), 0, zone) - begins) / HOUR)
    hours = np.arange(intervals)
    required = {
        text: np.where(hours % 24 // 6 == draw.randrange(4), 0, draw.choice([0, 1, 1, 2])).astype(np.int64)
        for text in ("en", "it", "en it")
    }
    posted = tuple(draw.choice([0, 1, 2]) for _ in range(days)) if draw.random() < 0.4 else ()
    posts = ()
    if posted:
        many, price = np.array(posted), np.full(days, POST)
        posts = (Post("post", names[0], many, price, price // 10, TYPES[names[0]][1] - TYPES[names[0]][2]),)
    need = Need(
        "tiny",
        int(begins.timestamp()) // 900,
        60,
        ("en", "it"),
        tuple(frozenset(text.split()) for text in required),
        np.array(list(required.values())),
        (),
        groups(team, queues),
        np.ones((2, intervals), dtype=bool),
        posts=posts,
    )
    settings = asked(draw, names, days)
    rules = {"one_shift_a_day": {}, "unavailable": {}, **settings}
    made = tuple(REGISTRY[name](**said) for name, said in rules.items())
    problem = Problem(
        name="tiny",
        need=need,
        team=team,
        skills=skills(team, queues),
        shift_types=types,
        first_day=first,
        days=days,
        calendars=calendars(team, types, first, days, None),
        rules={"p0": made, "p1": made},
        pay=pay_terms(team),
        missing_cents=MISSING,
        extra_cents=EXTRA,
        optional={"p1": draw.choice([0, 3000, 20000])} if draw.random() < 0.25 else {},
    )
    return Tiny(problem, zone, settings, required, languages, hourly, posted, leave)


def asked(draw: random.Random, names: list[str], days: int) -> dict[str, dict[str, Any]]:
    """Some rules, hard or priced; at times nobody can keep them all."""
    price = {"penalty": draw.choice([6, 30])} if draw.random() < 0.4 else {}
    every: dict[str, dict[str, Any]] = {
        "minimum_rest": {"hours": draw.choice([11, 14, 17, 30]), **price},
        "max_days_in_row": {
            "days": draw.choice([1, 2, 3]),
            **({"penalty": 9} if draw.random() < 0.3 else {}),
        },
        "period_hours": {"at_least": draw.choice([8, 16, 24]), "at_most": draw.choice([24, 32])},
        "shifts_of_type": {
            "shifts": names[0],
            "at_most": 2,
            "at_least": draw.choice([1, 2]),
            "per": "period",
        },
    }
    return {name: every[name] for name in sorted(draw.sample(sorted(every), draw.randrange(1, 5)))}


def utc(day: date, minute: int, zone: str) -> datetime:
    """The instant of a wall time; the tiny worlds have none that clock changes touch."""
    at = datetime.combine(day + timedelta(days=minute // 1440), time(minute % 1440 // 60), ZoneInfo(zone))
    return at.astimezone(UTC)


def duties_on(world: Tiny, day: int) -> list[Duty]:
    """Every duty of a day, with every place of its break."""
    found = []
    for kind in world.problem.shift_types:
        local = world.problem.first_day + timedelta(days=day)
        start_at, hours, pause = TYPES[kind.name]
        start, end = utc(local, start_at, world.zone), utc(local, start_at + hours * 60, world.zone)
        night, at = 0, start
        while at < end:
            night += 15 * (not 6 <= at.astimezone(ZoneInfo(world.zone)).hour < 22)
            at += QUARTER
        paid = int((end - start) / HOUR * 60) - 60 * pause
        for where in [start + 3 * HOUR, start + 4 * HOUR] if pause else [None]:
            found.append(Duty(day, kind.name, start, end, where, paid, night))
    return found


def broken(world: Tiny, person: int, tour: list[Duty]) -> tuple[bool, int]:
    """Whether a tour breaks a hard rule, and the cents of the soft ones that it breaks."""
    amounts: list[tuple[int, int | None]] = [(sum(duty.day in world.leave[person] for duty in tour), None)]
    amounts += [(max(0, int((a.end - b.start) / HOUR)), None) for a, b in pairwise(tour)]
    for name, said in world.settings.items():
        price = None if "penalty" not in said else said["penalty"] * 100
        if name == "minimum_rest":
            lacking = [said["hours"] * 60 - int((b.start - a.end) / HOUR * 60) for a, b in pairwise(tour)]
            amounts += [(max(0, minutes), None if price is None else price // 60) for minutes in lacking]
        elif name == "max_days_in_row":
            runs, days = [0], {duty.day for duty in tour}
            for day in range(world.problem.days):
                runs = [*runs[:-1], runs[-1] + 1] if day in days else [*runs, 0]
            amounts += [(max(0, run - said["days"]), price) for run in runs]
        elif name == "period_hours":
            minutes = sum(duty.paid for duty in tour)
            least = min(said["at_least"] * 60, sum(_longest(world, person)))
            amounts.append((int(not least <= minutes <= said["at_most"] * 60), None))
        else:
            count = sum(duty.name == said["shifts"] for duty in tour)
            least = min(said["at_least"], world.problem.days - len(world.leave[person]))
            amounts.append((int(not least <= count <= said["at_most"]), None))
    hard = any(amount for amount, price in amounts if price is None)
    return hard, sum(amount * price for amount, price in amounts if price)


def _longest(world: Tiny, person: int) -> list[int]:
    """Paid minutes of the longest kind of duty, for each day without leave."""
    most = max(60 * (TYPES[kind.name][1] - TYPES[kind.name][2]) for kind in world.problem.shift_types)
    return [most for day in range(world.problem.days) if day not in world.leave[person]]
