"""Random people: their clocks, kinds of duty, last period, leave, and rules of any settings."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from planner.people import Agent, Site, Team
from planner.rota import PayTerms, Shift, ShiftType, options_for, pay_terms, shift_of
from planner.rules import REGISTRY, AgentCalendar, Rule, calendars

ZONES = (
    "UTC",
    "Europe/Rome",
    "Europe/Lisbon",
    "America/New_York",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "Asia/Manila",
)
PLACES = ("", "", "Rome", "Lisbon", "Paris")
# Mondays and other days near clock changes, public holidays, ends of months and of years, or none of these.
DAYS = (
    date(2026, 1, 12),
    date(2026, 3, 4),
    date(2026, 3, 23),
    date(2026, 3, 26),
    date(2026, 3, 30),
    date(2026, 4, 22),
    date(2026, 9, 1),
    date(2026, 10, 19),
    date(2026, 10, 30),
    date(2026, 12, 21),
    date(2027, 3, 12),
    date(2027, 4, 1),
)
NAMES = {
    "day": ((360, 420, 480, 540, 600), (360, 480, 540)),
    "late": ((780, 840, 900), (360, 480, 540)),
    "night": ((1260, 1320, 1380), (360, 480, 600)),
    "on call day": ((420,), (720,)),
    "on call night": ((1140,), (720,)),
}


@dataclass(frozen=True)
class World:
    """One person, or several, with everything that rules may look at."""

    team: Team
    types: tuple[ShiftType, ...]
    first_day: date
    days: int
    carried: tuple[Shift, ...] | None
    calendars: Mapping[str, AgentCalendar]

    @property
    def anna(self) -> Agent:
        """The first of them."""
        return self.team.agents[0]

    @property
    def pay(self) -> PayTerms:
        """What they are paid."""
        return pay_terms(self.team)


def types_of(draw: random.Random, most: int = 4) -> tuple[ShiftType, ...]:
    """A few kinds of duty: starts, lengths, breaks; on call sometimes."""
    names = ["day", *draw.sample([name for name in NAMES if name != "day"], draw.randrange(1, most))]
    made = []
    for name in sorted(names):
        starts, lengths = NAMES[name]
        on_call = name.startswith("on call")
        length, pause = draw.choice(lengths), 0 if on_call else draw.choice([0, 0, 30, 60])
        made.append(
            ShiftType(
                name,
                tuple(sorted(draw.sample(starts, draw.randrange(1, min(3, len(starts)) + 1)))),
                length,
                break_minutes=pause,
                break_window=(120, 240),
                kind="on_call" if on_call else "work",
                pay_share=0.2 if on_call else 1.0,
                counted=not on_call,
                paid_break_minutes=0 if on_call or pause else draw.choice([0, 0, 15]),
            )
        )
    return tuple(made)


def tour_of(
    draw: random.Random, agent: Agent, types: Sequence[ShiftType], first: date, days: int, share: float
) -> tuple[Shift, ...]:
    """Any duties, one a day at most and never two at once; blocks of alike ones, as people have them."""
    found: list[Shift] = []
    kept: str | None = None
    for choices in options_for(agent, types, first, days):
        kept = draw.choice([None, *(kind.name for kind in types)]) if draw.random() < 0.5 else kept
        usual = [o for o in choices if o.name == kept] or list(choices)
        if not usual or draw.random() > share:
            continue
        shift = shift_of(draw.choice(usual), agent, None, first)
        if not found or found[-1].end <= shift.start:
            found.append(shift)
    return tuple(found)


def world(draw: random.Random, most_days: int, people: int = 1) -> World:
    """People of one site; what was before the period is not known, nothing, or a random tour."""
    zone, days = draw.choice(ZONES), draw.randrange(4, most_days + 1)
    first = draw.choice(DAYS) + timedelta(days=draw.choice([0, 0, 0, 1, 2, 4, 5]))
    types = types_of(draw)
    agents = []
    for name in ("Anna", "Ben", "Cleo", "Dora")[:people]:
        leave = {first + timedelta(days=draw.randrange(-6, days)) for _ in range(draw.choice([0, 0, 1, 3]))}
        agents.append(
            Agent(
                name,
                "here",
                zone,
                {"en": None},
                weekly_minutes=draw.choice([1200, 1920, 2400]),
                cost_per_hour=draw.choice([9.0, 12.5, 14.0]),
                nights=draw.random() < 0.9,
                available_from=first + timedelta(days=1) if draw.random() < 0.05 else None,
                available_until=first + timedelta(days=days - 2) if draw.random() < 0.05 else None,
                unavailable=frozenset(leave),
            )
        )
    site = Site(
        "here",
        zone,
        draw.choice(PLACES),
        night=draw.choice([(1320, 360), (1320, 420), (1380, 360)]),
        night_premium=draw.choice([None, 0.25]),
        leave_counts=draw.choice(["average day", "planned shift"]),
    )
    team = Team(tuple(agents), (site,))
    carried: tuple[Shift, ...] | None = None
    if draw.random() < 0.6:
        before = draw.choice([0, 3, 14, 30])
        start = first - timedelta(days=before)
        tours = [tour_of(draw, agent, types, start, before, 0.7) for agent in agents]
        carried = tuple(replace(shift, status="carried") for shift in sorted(sum(tours, ())))
    balances: dict[str, dict[str, int]] = {}
    if draw.random() < 0.3:
        balances = {
            agent.name: {
                "days": draw.randrange(7, 200),
                "weeks": draw.randrange(1, 20),
                "nights": draw.randrange(20),
                "weekends": draw.randrange(10),
                "public_holidays": draw.randrange(4),
                "early_starts": draw.randrange(12),
            }
            for agent in agents
        }
    earlier = {agent.name: [draw.randrange(0, 3000, 30) for _ in range(6)] for agent in agents}
    known = earlier if draw.random() < 0.3 else {}
    made = calendars(team, types, first, days, carried, balances=balances, earlier=known)
    return World(team, types, first, days, carried, made)


def varied(draw: random.Random, name: str, world: World, hard: bool | None = None) -> Rule | None:
    """A rule of the registry with settings near one of its examples; None if it could not be made.

    Numbers move by a little, dates become dates of the period, and it is hard or priced.
    """
    kind = REGISTRY[name]
    for _try in range(12):
        settings = {key: _near(draw, key, said, world) for key, said in draw.choice(kind.examples).items()}
        settings.pop("penalty", None)
        if (draw.random() < 0.5) if hard is None else not hard:
            settings["penalty"] = draw.choice([1, 4, 7.5, 20, 45, 80])
        with suppress(ValidationError, ValueError):
            return kind(**settings)
    return None


def _near(draw: random.Random, key: str, said: Any, world: World) -> Any:
    """A setting like another one."""
    dates = [world.first_day + timedelta(days=day) for day in range(world.days)]
    if key in ("first", "until"):
        return draw.choice(dates)
    if key == "days" and isinstance(said, list):
        return sorted(draw.sample(dates, min(len(dates), draw.randrange(1, 4))))
    if key == "shifts" and isinstance(said, list) and said and said[0][:2] == "20":
        made = tour_of(draw, world.anna, world.types, world.first_day, world.days, 0.6)
        starts = [
            next(iter(kind.starts)) for shift in made for kind in world.types if kind.name == shift.name
        ]
        return [
            f"{shift.day} {shift.name} {at // 60:02d}:{at % 60:02d}"
            for shift, at in zip(made, starts, strict=True)
        ]
    if isinstance(said, bool):
        return draw.random() < 0.5
    if isinstance(said, int):
        return max(0, said + draw.choice([-2, -1, 0, 0, 1, 2]))
    if isinstance(said, float):
        return said * draw.choice([0.5, 1, 1.5])
    if isinstance(said, str) and said.endswith(" h"):
        return f"{max(1, round(2 * float(said[:-2]) * draw.choice([0.5, 0.75, 1, 1.25, 1.5])) / 2):g} h"
    if key == "weekdays":
        return draw.choice(["mon-fri", "sat, sun", "wed, public holidays", "all", said])
    if key == "per":
        return draw.choice(["week", "fortnight", "month", "period", said])
    return said


def rules_of(draw: random.Random, world: World, most: int) -> tuple[Rule, ...]:
    """One duty a day, and some other rules."""
    names = draw.sample([name for name in REGISTRY if name != "one_shift_a_day"], draw.randrange(1, most + 1))
    made = [varied(draw, name, world) for name in names]
    return (REGISTRY["one_shift_a_day"](), *(rule for rule in made if rule is not None))
