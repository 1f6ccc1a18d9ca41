"""The first rota: what is compiled for it, what is shared, and what people are worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from planner._compiled import COMPILED
from planner.requirement import Backlog
from planner.rota import ShiftType
from planner.rules import judge
from planner.scheduling import (
    Problem,
    Progress,
    SolveSettings,
    first_rota,
    objective_of,
    overdue,
    presence,
    schedule,
    tours,
    warm_up,
)
from planner.scheduling.crew import crew_of
from planner.scheduling.search import Search

WorldMaker = Callable[..., Problem]
DAY = ShiftType("day", (480, 495, 540), 480)
NIGHT = ShiftType("night", (1320,), 480)
BROKEN = ShiftType("long", (480, 600), 540, break_minutes=60, break_window=(180, 300), break_step_minutes=30)
LAW = {"minimum_rest": {"hours": 11}, "max_days_in_row": {"days": 5}, "weekly_rest": {"hours": 35}}
QUICK = SolveSettings(iterations=40)


def test_warm_up_compiles_what_a_solve_runs(world: WorldMaker) -> None:
    """After it, no solve compiles a hot function for other types of arrays."""
    if not COMPILED:
        pytest.skip("no compiler here")
    hot = (tours._loops, tours._trace, overdue.flows, overdue.add_saved, presence.spans_of)
    hot += (presence._add, presence._raise_tops, presence._worth, presence.option_costs)
    warm_up()
    known = [len(function.signatures) for function in hot]
    assert min(known) > 0
    rows = [
        Backlog(
            frozenset({"en"}),
            *(np.full(168, units) for units in (90, 180)),
            150,
            ((frozenset({"en"}), np.full(168, 30)),),
        )
    ]
    problem = world(
        ["en"] * 3, {"en": [1, 2]}, [DAY, NIGHT, BROKEN], 7, rules=LAW, backlogs=rows, extra_cents=50
    )
    schedule(problem, SolveSettings(iterations=5))
    assert [len(function.signatures) for function in hot] == known


def test_sets_short_side_by_side_are_filled_together(world: WorldMaker) -> None:
    """Two languages short at once: neither speaker alone makes fewer missing, and both together do."""
    both = {"fr": [2], "de": [2]}
    problem = world(["fr", "de"] * 6, both, [DAY, NIGHT, BROKEN], 14, rules=LAW)
    joined = replace(problem, need=replace(problem.need, groups=(("de", "fr"),)))
    search = Search(crew_of(joined), 1)
    empty = search.tally.missing()
    search.first()
    assert search.best_missing < 0.6 * empty
    assert search.best_missing == pytest.approx(schedule(joined, QUICK).missing_hours, rel=0.1)


def test_people_alike_are_compiled_once(world: WorldMaker) -> None:
    """Same clock, pay and rules: one programme; another wage or language changes what it must."""
    problem = world(["en", "en", "it", "en"], {"en": [1], "it": [1]}, [DAY], 7, costs=[10, 10, 10, 12])
    first, second, italian, dear = crew_of(problem).workers
    assert first.programme is second.programme is italian.programme
    assert first.cents is second.cents
    assert dear.cents.tolist() != first.cents.tolist()
    assert italian.counted.tolist() != first.counted.tolist()


def test_a_first_rota_comes_alone_and_is_the_one_that_a_solve_begins_with(world: WorldMaker) -> None:
    problem = world(["en"] * 5, {"en": [1]}, [DAY, NIGHT, BROKEN], 14, rules=LAW)
    alone: list[Progress] = []
    rota = first_rota(problem, QUICK, alone.append)
    assert rota is not None
    told: list[Progress] = []
    schedule(problem, QUICK, told.append)
    begun = next(said for said in told if said.rota is not None)
    assert rota == begun.rota == alone[-1].rota
    assert alone[-1].phase == "first rota"
    assert alone[-1].cost_cents == begun.cost_cents == objective_of(rota, problem).total
    assert judge(rota, problem.team, problem.calendars, problem.rules) == ()


def test_no_first_rota_where_the_solver_makes_them(world: WorldMaker) -> None:
    problem = world(["en"] * 2, {"en": [1]}, [DAY], 7)
    assert first_rota(problem, SolveSettings(engine="cp-sat")) is None
    assert first_rota(replace(problem, cyclic=True), QUICK) is None
