"""Deferred rows of a real need (open tickets, voicemail, planned work) in engine, judge and proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine
from planner.demand import PlannedWindow, PlannedWork, Promise, Queue, Volumes
from planner.people import groups, skills
from planner.requirement import NeedSettings, require
from planner.rota import ShiftType, recount
from planner.scheduling import Problem, SolveSettings, SolveStatus, objective_of, schedule

WorldMaker = Callable[..., Problem]
DAY = ShiftType("day", (480, 600), 480)
LATE = ShiftType("late", (840,), 240)
QUEUES = (
    Queue("mail", "email", "mail", 600.0, Promise(0.9, 4 * 3600.0), replies=1.5),
    Queue("en", "phone", "en", 300.0, Promise(0.8, 60.0), patience_seconds=180.0),
)
HOURS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), False, 540, 1020),))


def problem_with(world: WorldMaker, **decided: object) -> Problem:
    base = world(["en mail", "mail", "en mail"], {"en": [0], "mail": [0]}, [DAY, LATE], 2, missing_cents=4000)
    first = base.need.first_quarter
    calls_out = PlannedWork(
        "calls out",
        "call-backs",
        fixed=False,
        windows=(PlannedWindow(first + 40, first + 60, work_seconds=3600.0),),
    )
    mean = np.array([np.full(48, 1.0), np.resize([0.5] * 9 + [2.0] * 15, 48)])
    zeros = np.zeros(48, dtype=int)
    volumes = Volumes(("mail", "en"), first, 60, mean, mean, mean, {}, zeros, zeros)
    table = skills(base.team, QUEUES, (), [calls_out])
    need = require(
        volumes,
        QUEUES,
        base.team,
        table,
        dict.fromkeys(("mail", "en"), HOURS),
        NeedSettings(**decided),  # type: ignore[arg-type]
        planned=[calls_out],
        when_closed={"en": {"voicemail": 0.6}},
    )
    assert need.groups == groups(base.team, QUEUES, [calls_out])
    return replace(base, need=need, skills=table)


@pytest.mark.parametrize("tickets", [0, 40])
def test_engines_judge_and_proof_agree_on_rows_of_every_kind(world: WorldMaker, tickets: int) -> None:
    problem = problem_with(world, open_tickets={"mail": tickets})
    assert {row.what for row in problem.need.backlogs} == {
        "first replies",
        "all work",
        "voicemail",
        "planned work",
    }
    best = schedule(problem, SolveSettings(engine="cp-sat", time_limit_seconds=20.0))
    assert best.status == SolveStatus.OPTIMAL
    assert best.objective.total == objective_of(best.rota, problem).total == best.bound_cents
    quick = schedule(problem, SolveSettings(iterations=60, seed=1))
    assert objective_of(quick.rota, problem).total == quick.objective.total >= best.objective.total
    assert quick.bound_cents is not None
    assert quick.bound_cents <= best.objective.total


def test_open_tickets_weigh_as_much_as_work_carried_in(world: WorldMaker) -> None:
    problem = problem_with(world, open_tickets={"mail": 300})
    rota = schedule(problem, SolveSettings(iterations=20, seed=1)).rota
    moved = []
    for row in problem.need.backlogs:
        lump = min(int(row.arriving[0]), 500)
        arriving = row.arriving.copy()
        arriving[0] -= lump
        moved.append(replace(row, arriving=arriving, carried_in=lump))
    other = replace(problem.need, backlogs=tuple(moved))
    here, there = (recount(need, rota, problem.skills) for need in (problem.need, other))
    assert here.missing_work.tolist() == there.missing_work.tolist()
    without = recount(problem_with(world).need, rota, problem.skills)
    assert here.missing_work_units.sum() > without.missing_work_units.sum()
