"""Small worlds for the CP-SAT model and the prices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from planner.clock import day_starts
from planner.demand import Promise, Queue
from planner.people import Agent, Site, Team, groups, skills
from planner.requirement import Backlog, Need
from planner.rota import Shift, ShiftType, pay_terms
from planner.rules import REGISTRY, calendars
from planner.scheduling import Problem

WorldMaker = Callable[..., Problem]


def make_world(
    languages: Sequence[str],
    required: Mapping[str, Sequence[int]],
    types: Sequence[ShiftType],
    days: int,
    *,
    rules: Mapping[str, Mapping[str, Any]] | None = None,
    costs: Sequence[float] = (),
    interval_minutes: int = 60,
    backlogs: Sequence[Backlog] = (),
    missing_cents: int = 10_000,
    extra_cents: int = 0,
    carried: tuple[Shift, ...] | None = None,
    locked: tuple[Shift, ...] = (),
    cyclic: bool = False,
    first_day: date = date(2026, 1, 5),
) -> Problem:
    """People p0, p1, ... in UTC with the languages of "en it"; ``required`` by set ("en", "en it")."""
    queues = tuple(Queue(name, "chat", name, 300, Promise(0.8, 20)) for name in _names(required, backlogs))
    agents = tuple(
        Agent(f"p{i}", "hub", "UTC", dict.fromkeys(text.split()), cost_per_hour=(costs or [10.0] * 99)[i])
        for i, text in enumerate(languages)
    )
    team = Team(agents, (Site("hub", "UTC", night_premium=0.25),))
    intervals = days * 1440 // interval_minutes
    sets = tuple(frozenset(text.split()) for text in required)
    rows = np.array([np.resize(row, intervals) for row in required.values()], dtype=np.int64)
    need = Need(
        "world",
        day_starts(first_day, 1, "UTC")[0],
        interval_minutes,
        tuple(queue.name for queue in queues),
        sets,
        rows.reshape(len(sets), intervals),
        tuple(backlogs),
        groups(team, queues),
        np.ones((len(queues), intervals), dtype=bool),
    )
    asked = tuple(
        REGISTRY[name](**settings) for name, settings in ({"one_shift_a_day": {}} | dict(rules or {})).items()
    )
    return Problem(
        name="world",
        need=need,
        team=team,
        skills=skills(team, queues),
        shift_types=tuple(types),
        first_day=first_day,
        days=days,
        calendars=calendars(team, types, first_day, days, carried, cyclic),
        rules={agent.name: asked for agent in agents},
        pay=pay_terms(team),
        missing_cents=missing_cents,
        extra_cents=extra_cents,
        carried=carried or (),
        locked=locked,
        cyclic=cyclic,
    )


def _names(required: Mapping[str, Sequence[int]], backlogs: Sequence[Backlog]) -> list[str]:
    names = [name for text in required for name in text.split()]
    names += [name for backlog in backlogs for name in sorted(backlog.queues)]
    return list(dict.fromkeys(names))


@pytest.fixture(scope="session")
def world() -> WorldMaker:
    """Maker of small problems, see ``make_world``."""
    return make_world
