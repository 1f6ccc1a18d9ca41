"""Tiny worlds by brute force: every rota of two people, counted and judged here from clock times alone.

Nothing of the planner's own counting is used: instants come from zoneinfo, cover from quarter-hours, pay
from minutes, and each rule has a few plain lines below.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, product
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from planner.demand import Promise, Queue
from planner.people import Agent, Site, Team, groups, skills
from planner.requirement import Need, Post
from planner.rota import Rota, Shift, ShiftType, pay_terms
from planner.rules import REGISTRY, calendars, judge
from planner.scheduling import Problem, SolveSettings, objective_of, schedule

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)
EXACT = SolveSettings("cp-sat", iterations=1500)
QUICK = SolveSettings(iterations=60)


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


@dataclass(frozen=True)
class Tried:
    """One legal tour of one person: cents that it costs whatever the other does, and what it covers."""

    tour: tuple[Duty, ...]
    cents: int
    present: np.ndarray
    posted: np.ndarray


def legal_tours(world: Tiny, person: int) -> list[Tried]:
    """All of them; the judge calls every one legal, and every other one illegal."""
    problem, begins = world.problem, utc(world.problem.first_day, 0, world.zone)
    agent, hourly = problem.team.agents[person], world.hourly[person]
    optional, found = problem.optional.get(agent.name), []
    quarters = problem.need.intervals * 4
    for chosen in product(*([None, *duties_on(world, day)] for day in range(problem.days))):
        tour = [duty for duty in chosen if duty is not None]
        illegal, soft = broken(world, person, tour)
        if optional is not None and not tour:
            illegal, soft = False, 0
        assert illegal == judge_objects(world, person, tour), (world, person, tour)
        if illegal:
            continue
        # 12 an hour is 20 cents a minute; a quarter of it on top at night.
        pay = sum(hourly * 100 * duty.paid // 60 + hourly * 25 * duty.night // 60 for duty in tour)
        present, posted = np.zeros(quarters, bool), np.zeros(problem.days, np.int64)
        for duty in tour:
            for at in duty.quarters:
                index = int((at - begins) / QUARTER)
                if index < quarters:
                    present[index] = True
            posted[duty.day] += duty.name == problem.shift_types[0].name
        taking = (optional or 0) if tour else 0
        found.append(Tried(tuple(tour), pay + soft + taking, present, posted))
    return found


def judge_objects(world: Tiny, person: int, tour: list[Duty]) -> bool:
    """Whether the judge finds a hard rule broken."""
    problem = world.problem
    agent = problem.team.agents[person]
    alone = Team((agent,), problem.team.sites)
    rota = Rota("", problem.first_day, problem.days, (agent.name,), shifts_of(world, person, tour))
    found = judge(rota, alone, problem.calendars, problem.rules, optional=problem.optional)
    # Two duties at once are no rule of anybody's; nobody can be given them.
    at_once = any(b.start < a.end for a, b in pairwise(tour))
    return at_once or any(violation.hard for violation in found)


def shifts_of(world: Tiny, person: int, tour: list[Duty]) -> tuple[Shift, ...]:
    """A tour as dated shifts."""
    return tuple(
        Shift(
            duty.start,
            f"p{person}",
            duty.end,
            world.problem.first_day + timedelta(days=duty.day),
            duty.name,
            world.zone,
            break_start=duty.pause,
            break_minutes=60 if duty.pause else 0,
        )
        for duty in tour
    )


def missing_and_spare(world: Tiny, able: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """People missing and too many per interval, from who is present; last axis quarters, then summed up."""
    texts = [set(text.split()) for text in world.languages]
    lacking = {}
    for text, asked_ in world.required.items():
        there = sum(
            present.astype(np.int64)
            for present, spoken in zip(able, texts, strict=True)
            if spoken & set(text.split())
        ) + np.zeros(able[0].shape, np.int64)
        fewest = there.reshape(*there.shape[:-1], -1, 4).min(axis=-1)
        lacking[text] = np.maximum(asked_ - fewest, 0)
    together = any(spoken == {"en", "it"} for spoken in texts)
    if together:
        short = np.maximum.reduce(list(lacking.values()))
    else:  # nobody speaks both: two desks, and a row over both of them
        short = np.maximum(lacking["en"] + lacking["it"], lacking["en it"])
    anybody = sum(present.astype(np.int64) for present in able)
    anybody = anybody.reshape(*anybody.shape[:-1], -1, 4).min(axis=-1)
    largest = np.maximum.reduce(list(world.required.values()))
    return short, np.maximum(anybody - largest, 0)


def best_of(world: Tiny, first: list[Tried], second: list[Tried]) -> tuple[int, int, Tried, Tried]:
    """Least cost over all pairs of tours, fewest people missing over all pairs, and a best pair."""
    presents = np.array([tried.present for tried in second])
    posteds = np.array([tried.posted for tried in second])
    cents = np.array([tried.cents for tried in second])
    best: tuple[int, int, int] | None = None
    fewest = 10**9
    for i, tried in enumerate(first):
        short, spare = missing_and_spare(world, [np.broadcast_to(tried.present, presents.shape), presents])
        missing, extra = short.sum(axis=1), spare.sum(axis=1)
        total = tried.cents + cents + missing * MISSING + extra * EXTRA
        hours = missing.astype(float)
        if world.posted:
            there = tried.posted + posteds
            lacking = np.maximum(np.array(world.posted) - there, 0).sum(axis=1)
            total = total + lacking * POST
            total = total + np.maximum(there - np.array(world.posted), 0).sum(axis=1) * (POST // 10)
            hours = hours + lacking * world.problem.need.posts[0].hours
        j = int(total.argmin())
        fewest = min(fewest, int(hours.min()))
        if best is None or total[j] < best[0]:
            best = int(total[j]), i, j
    assert best is not None
    return best[0], fewest, first[best[1]], second[best[2]]


def brute_force_agrees(seed: int) -> dict[str, int]:
    """Both engines against every rota there is: optimum, bounds, hours, and who has no legal tour."""
    world = tiny(seed)
    problem = world.problem
    tours = [legal_tours(world, person) for person in range(2)]
    clashing = tuple(f"p{person}" for person in range(2) if not tours[person])
    nothing = Tried((), 0, np.zeros(problem.need.intervals * 4, bool), np.zeros(problem.days, np.int64))
    first, second = (mine or [nothing] for mine in tours)
    best, fewest, one, other = best_of(world, first, second)
    shifts = (*shifts_of(world, 0, list(one.tour)), *shifts_of(world, 1, list(other.tour)))
    rota = Rota("", problem.first_day, problem.days, ("p0", "p1"), tuple(sorted(shifts)))
    assert objective_of(rota, problem).total == best, (world, rota, best)
    exact, quick = schedule(problem, EXACT), schedule(problem, QUICK)
    for result in (exact, quick):
        assert result.no_legal_tour == clashing, (world, result.no_legal_tour, clashing)
        assert objective_of(result.rota, problem) == result.objective
        assert result.objective.total >= best, (world, result.engine, result.objective, best)
        assert result.bound_cents is None or result.bound_cents <= best, (world, result.engine, best)
        hours = result.missing_hours_bound
        assert hours is None or hours <= fewest + 1e-6, (world, result.engine, hours, fewest)
    assert exact.objective.total == exact.bound_cents == best, (
        world,
        exact.objective,
        exact.bound_cents,
        best,
    )
    return {
        "worlds": 1,
        "clashing": bool(clashing),
        "found": quick.objective.total == best,
        "proven": quick.bound_cents == best,
        "rotas": len(first) * len(second),
        "short": fewest > 0,
    }
