"""Small teams that CP-SAT solves to the end: the search is near its optimum, no bound is above it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from planner.clock import day_starts
from planner.demand import Promise, Queue
from planner.people import Agent, Role, Site, Team, groups, skills
from planner.requirement import Backlog, Need, Post
from planner.rota import ShiftType, pay_terms, recount
from planner.rules import REGISTRY, calendars, judge
from planner.scheduling import Problem, Result, SolveSettings, SolveStatus, first_rota, objective_of, schedule
from planner.scheduling.crew import crew_of
from planner.scheduling.duals import CoverPrices
from planner.scheduling.lagrange import bound

EXACT = SolveSettings("cp-sat", iterations=2000)
QUICK = SolveSettings(iterations=150)
MOST_ABOVE = 0.10
"""No search result is further above the optimum than this; on average it is far nearer."""

TYPES = (
    ShiftType("day", (420, 480, 600), 540, 60, (180, 300), 60),
    ShiftType("short", (540, 780), 360),
    ShiftType("night", (1320,), 480),
    ShiftType("on call", (420,), 1440, kind="on_call", pay_share=0.25, counted=False),
)


@dataclass(frozen=True)
class Said:
    """A small world in words that can be changed; prices are multiples, so that they scale exactly."""

    first_day: date
    days: int
    speak: tuple[str, ...]
    hourly: tuple[float, ...]
    types: tuple[ShiftType, ...]
    rules: Mapping[str, Mapping[str, Any]]
    required: Mapping[str, tuple[int, ...]]
    backlog: tuple[tuple[int, ...], ...] = ()
    posts: tuple[tuple[str, tuple[int, ...]], ...] = ()
    optional: Mapping[str, int] = field(default_factory=dict)
    missing: int = 2400
    extra: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    order: tuple[int, ...] = ()
    factor: int = 1


def said(seed: int, most_people: int = 4, most_days: int = 8) -> Said:
    """Two to four people, some days: languages, presence, breaks, deferred work, posts, hires, on call."""
    draw = random.Random(seed)
    people, days = draw.randrange(2, most_people + 1), draw.randrange(min(5, most_days), most_days + 1)
    on_call = draw.random() < 0.3
    types = [*draw.sample(TYPES[:3], draw.randrange(1, 4)), *(TYPES[3:] if on_call else ())]
    speak = [draw.choice(["en", "it", "en it"]) + (" engineer" if on_call else "") for _ in range(people)]
    required = {
        "en": profile(draw, days, 1),
        "it": profile(draw, days, 1),
        "en it": profile(draw, days, draw.choice([1, 2, 2, 3])),
    }
    if on_call:
        required["engineer"] = (1,) * (24 * days)
    rules: dict[str, dict[str, Any]] = {
        "minimum_rest": {"hours": draw.choice([11, 12]), **_price(draw, 6)},
        "max_days_in_row": {"days": draw.choice([3, 4, 5]), **_price(draw, 30)},
        "two_days_off_together": _price(draw, 40),
        "max_nights_in_row": {"nights": draw.choice([2, 3]), **_price(draw, 20)},
        "weekly_hours": {"at_most": f"{draw.choice([24, 32, 40])} h", **_price(draw, 6)},
        "whole_weekends": {"penalty": 25},
        "stable_starts": {"hours": 3, "penalty": 3},
        "weekly_rest": {"hours": 35},
    }
    kept = sorted(draw.sample(sorted(rules), draw.randrange(1, 5)))
    posts = ()
    if draw.random() < 0.3:
        posts = ((types[0].name, tuple(draw.choice([0, 1, 1, 2]) for _ in range(days))),)
    return Said(
        first_day=date(2026, 1, 12) + timedelta(days=draw.choice([0, 0, 3])),
        days=days,
        speak=tuple(speak),
        hourly=tuple(draw.choice([12.0, 18.0, 24.0]) for _ in speak),
        types=tuple(types),
        rules={name: rules[name] for name in kept},
        required=required,
        backlog=deferred(draw, days) if draw.random() < 0.35 else (),
        posts=posts,
        optional={f"p{people - 1}": draw.choice([0, 6000, 24000])} if draw.random() < 0.3 else {},
        missing=draw.choice([2400, 6000]),
        extra=draw.choice([0, 0, 120]),
    )


def _price(draw: random.Random, penalty: float) -> dict[str, float]:
    return {"penalty": penalty} if draw.random() < 0.4 else {}


def profile(draw: random.Random, days: int, most: int) -> tuple[int, ...]:
    """People asked by hour: a block of hours on most days."""
    opens, closes, people = draw.randrange(6, 12), draw.randrange(13, 25), draw.randrange(0, most + 1)
    by_night = draw.random() < 0.2
    day = [people if opens <= hour < closes else int(by_night and most > 0) for hour in range(24)]
    return tuple(n for _day in range(days) for n in (day if draw.random() < 0.85 else [0] * 24))


def deferred(draw: random.Random, days: int) -> tuple[tuple[int, ...], ...]:
    """Units of work that come in each hour, and those of them that are not yet due."""
    coming = [draw.choice([0, 60, 120, 240]) if 8 <= h % 24 < 18 else 0 for h in range(24 * days)]
    total = np.cumsum(coming)
    wait = draw.choice([2, 4, 8])
    due = np.concatenate([np.zeros(wait, np.int64), total[:-wait]])
    return tuple(coming), tuple(int(n) for n in total - due)


def build(world: Said) -> Problem:
    """The problem that a small world says."""
    named = dict(world.names)
    name = lambda text: named.get(text, text)  # noqa: E731
    k = world.factor
    live = list(dict.fromkeys(part for text in world.required for part in text.split() if part != "engineer"))
    queues = [Queue(name(text), "chat", text, 300, Promise(0.8, 20)) for text in live]
    roles = [Role(name("engineer"))] if "engineer" in world.required else []
    agents = [
        Agent(
            name(f"p{i}"),
            "hub",
            "UTC",
            dict.fromkeys(text for text in spoken.split() if text != "engineer"),
            teams=frozenset(role.name for role in roles if "engineer" in spoken.split()),
            cost_per_hour=hourly * k,
        )
        for i, (spoken, hourly) in enumerate(zip(world.speak, world.hourly, strict=True))
    ]
    agents = [agents[i] for i in world.order or range(len(agents))]
    team = Team(tuple(agents), (Site("hub", "UTC", night_premium=0.25),))
    intervals = 24 * world.days
    sets = tuple(frozenset(map(name, text.split())) for text in world.required)
    shared = groups(team, queues)
    names = (*(queue.name for queue in queues), *(role.name for role in roles))
    posts = tuple(
        Post(
            f"post {shift}",
            shift,
            np.array(many),
            np.full(world.days, 9000 * k),
            np.full(world.days, 600 * k),
            8.0,
        )
        for shift, many in world.posts
    )
    need = Need(
        "small",
        day_starts(world.first_day, 1, "UTC")[0],
        60,
        names,
        sets,
        np.array(list(world.required.values()), np.int64),
        backlogs_of(world, name),
        shared,
        np.ones((len(names), intervals), dtype=bool),
        posts=posts,
    )
    rules = [("one_shift_a_day", {}), *world.rules.items()]
    made = tuple(
        REGISTRY[rule](**{key: v * k if key == "penalty" else v for key, v in asked.items()})
        for rule, asked in rules
    )
    return Problem(
        name="small",
        need=need,
        team=team,
        skills=skills(team, queues, roles),
        shift_types=world.types,
        first_day=world.first_day,
        days=world.days,
        calendars=calendars(team, world.types, world.first_day, world.days, None),
        rules={agent.name: made for agent in agents},
        pay=pay_terms(team),
        missing_cents=world.missing * k,
        extra_cents=world.extra * k,
        optional={name(who): cents * k for who, cents in world.optional.items()},
    )


def backlogs_of(world: Said, name: Any) -> tuple[Backlog, ...]:
    """Deferred work in English, by people whom live work leaves time."""
    if not world.backlog:
        return ()
    coming, waiting = (np.array(row, np.int64) for row in world.backlog)
    mine, both = frozenset({name("en")}), frozenset({name("en"), name("it")})
    busy = np.array(world.required["en it"], np.int64) * 60
    return (
        Backlog(mine, coming, waiting, 200, ((mine, np.zeros_like(coming)), (both, busy)), 0, "all work"),
    )


def hard_broken(result: Result, problem: Problem) -> list[Any]:
    """Hard violations of people who have a legal tour."""
    found = judge(
        result.rota,
        problem.team,
        problem.calendars,
        problem.rules,
        problem.carried,
        problem.team_rules,
        optional=problem.optional,
    )
    return [v for v in found if v.hard and not v.before_period and v.agent not in result.no_legal_tour]


def optimum(problem: Problem, settings: SolveSettings = EXACT) -> Result | None:
    """CP-SAT's result where it is proven, also beside people whose rules clash; otherwise None."""
    result = schedule(problem, settings)
    total = result.objective.total
    assert result.bound_cents is None or result.bound_cents <= total
    return result if result.bound_cents == total or (total == 0) else None


def search_and_bounds_hold(seed: int) -> dict[str, int]:
    """Search within a stated distance and never below; bounds on cost and hours never above the optimum."""
    problem = build(said(seed))
    exact, quick = optimum(problem), schedule(problem, QUICK)
    assert quick.objective == objective_of(quick.rota, problem)
    assert not hard_broken(quick, problem)
    if exact is None:
        return {"not proven": 1}
    best = exact.objective.total
    assert not hard_broken(exact, problem)
    assert exact.objective == objective_of(exact.rota, problem)
    assert exact.no_legal_tour == quick.no_legal_tour
    assert best <= quick.objective.total <= best * (1 + MOST_ABOVE) + 1, (seed, best, quick.objective)
    assert quick.bound_cents is not None
    assert quick.bound_cents <= best, (seed, quick.bound_cents, best)
    assert quick.status is not SolveStatus.OPTIMAL or quick.objective.total == best
    counts = {
        "cases": 1,
        "equal": quick.objective.total == best,
        "above, 1/10000 in all": round(10_000 * (quick.objective.total - best) / max(1, best)),
        "bound, 1/10000 in all": round(10_000 * quick.bound_cents / max(1, best)),
        "clashing": bool(exact.no_legal_tour),
    }
    return counts | hours_hold(problem, quick) | prices_hold(problem, seed, best)


def hours_hold(problem: Problem, quick: Result) -> dict[str, int]:
    """The bound on missing hours against the fewest hours there are, where nothing else matters."""
    posts = tuple(
        replace(post, missing_cents=np.full(problem.days, round(300 * post.hours * problem.missing_cents)))
        for post in problem.need.posts
    )
    only = replace(
        problem, missing_cents=problem.missing_cents * 300, need=replace(problem.need, posts=posts)
    )
    fewest = optimum(only)
    if fewest is None or quick.missing_hours_bound is None:
        return {}
    assert quick.missing_hours_bound <= fewest.missing_hours + 1e-6, (quick.missing_hours_bound, fewest)
    assert quick.missing_hours >= fewest.missing_hours - 1e-6
    first = first_rota(problem, QUICK)
    assert first is not None
    cover = recount(problem.need, first, problem.skills, False, problem.carried)
    return {
        "hours": 1,
        "hours short, x100": round(100 * fewest.missing_hours),
        "hours proven, x100": round(100 * quick.missing_hours_bound),
        "first hours, x100": round(100 * cover.missing_intervals),
        "last hours, x100": round(100 * quick.missing_hours),
    }


def prices_hold(problem: Problem, seed: int, best: int) -> dict[str, int]:
    """Any prices give a bound that is not above the optimum, however poor they are."""
    draw, crew = np.random.default_rng(seed), crew_of(problem)
    nothing = CoverPrices.nothing(problem.need)
    for most in (100, problem.missing_cents, 5 * problem.missing_cents):
        rows = draw.uniform(0, most, nothing.rows.shape) * (draw.random(nothing.rows.shape) < 0.7)
        limits = tuple(draw.uniform(0, most / 50, limit.shape) for limit in nothing.limits)
        shares = tuple(float(draw.random()) for _ in problem.need.backlogs)
        prices = replace(nothing, rows=rows, limits=limits, shares=shares)
        for labour in (True, False):
            assert bound(problem, prices, labour, crew) <= best + 1e-6, (seed, most, labour)
    return {"prices": 6}
