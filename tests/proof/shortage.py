"""Sets against a linear programme: the largest shortage of a set is the least flow that is missing."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from planner.clock import quarter_at
from planner.demand import Promise, Queue
from planner.people import Agent, Site, Team, groups, skills
from planner.requirement import Need
from planner.rota import Rota, Shift, recount

FIRST = date(2026, 1, 12)
FIRST_QUARTER = 1768176000 // 900
INTERVALS = 5


def missing_by_flow(demand: dict[str, int], people: list[frozenset[str]]) -> float:
    """Least demand that people cannot serve, each at one queue: a transport problem, solved by GLOP."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    missing = {queue: solver.NumVar(0, asked, queue) for queue, asked in demand.items()}
    served: dict[str, list[Any]] = {queue: [] for queue in demand}
    for number, able in enumerate(people):
        parts = {queue: solver.NumVar(0, 1, f"{number} {queue}") for queue in sorted(able)}
        solver.Add(sum(parts.values()) <= 1)
        for queue, part in parts.items():
            served[queue].append(part)
    for queue, asked in demand.items():
        solver.Add(sum(served[queue]) + missing[queue] >= asked)
    solver.Minimize(sum(missing.values()))
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return float(solver.Objective().Value())


def subsets(names: tuple[str, ...]) -> list[frozenset[str]]:
    """All but the empty one, small ones first."""
    return [frozenset(some) for size in range(1, len(names) + 1) for some in combinations(names, size)]


def sets_are_the_flow(seed: int) -> dict[str, int]:
    """Demand that adds up, all sets of each group listed, any people on any quarters: ``recount`` is the LP.

    An interval of an hour is as short as the worst of its quarters is, so quarters are the grid here.
    """
    draw = random.Random(seed)
    names = tuple(f"q{i}" for i in range(draw.randrange(1, 6)))
    queues = [Queue(name, "chat", name, 300, Promise(0.8, 20)) for name in names]
    agents = tuple(
        Agent(f"p{i}", "hub", "UTC", dict.fromkeys(draw.sample(names, draw.randrange(1, len(names) + 1))))
        for i in range(draw.randrange(0, 9))
    )
    team = Team(agents, (Site("hub", "UTC"),))
    shared = groups(team, queues)
    sets = [some for group in shared for some in subsets(group)]
    demand = np.array([[draw.choice([0, 0, 1, 1, 2, 3]) for _ in range(INTERVALS)] for _ in names])
    required = np.array([sum(demand[names.index(name)] for name in some) for some in sets])
    open_ = np.ones(demand.shape, dtype=bool)
    need = Need("", FIRST_QUARTER, 15, names, tuple(sets), required, (), shared, open_)
    shifts, present = [], {}
    for agent in agents:
        start = draw.randrange(-2, INTERVALS)
        end = start + draw.randrange(1, INTERVALS + 3)
        pause = draw.randrange(start, end) if draw.random() < 0.3 else None
        shifts.append(
            Shift(
                quarter_at(FIRST_QUARTER + start),
                agent.name,
                quarter_at(FIRST_QUARTER + end),
                FIRST - timedelta(days=start < 0),
                "any",
                "UTC",
                break_start=None if pause is None else quarter_at(FIRST_QUARTER + pause),
                break_minutes=0 if pause is None else 15,
            )
        )
        present[agent.name] = {k for k in range(start, end) if k != pause}
    rota = Rota("", FIRST, 1, tuple(agent.name for agent in agents), tuple(sorted(shifts)))
    cover = recount(need, rota, skills(team, queues))
    short = 0
    for k in range(INTERVALS):
        there = [frozenset(agent.languages) for agent in agents if k in present[agent.name]]
        least = missing_by_flow({name: int(demand[i, k]) for i, name in enumerate(names)}, there)
        assert abs(least - int(cover.short[k])) < 1e-6, (need, there, least, cover.short[k])
        short += least > 0.5
    return {"intervals": INTERVALS, "short": short}
