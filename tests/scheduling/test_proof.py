"""The bound with deferred work and breaks: valid, never below simpler ones, and near the best rota."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from planner.requirement import Backlog
from planner.rota import ShiftType
from planner.scheduling import Problem, SolveSettings, schedule
from planner.scheduling.cpsat_people import lifting
from planner.scheduling.crew import Crew, crew_of
from planner.scheduling.duals import CoverPrices, group_duals
from planner.scheduling.lagrange import bound, whole_cents
from planner.scheduling.proof import Proof, prove

WorldMaker = Callable[..., Problem]
BROKEN = ShiftType(
    "day", tuple(range(420, 960, 60)), 480, break_minutes=60, break_window=(180, 300), break_step_minutes=30
)
LAW = {"minimum_rest": {"hours": 11}, "max_days_in_row": {"days": 5}, "shifts_a_week": {"at_least": 4}}
MAIL, BOTH = frozenset({"mail"}), frozenset({"mail", "en"})


def deferred(world: WorldMaker, people: int, an_hour: int, days: int = 14) -> Problem:
    """Calls by day and mail that may wait four hours, answered by the same people."""
    hours = np.arange(24 * days)
    arriving = np.where((hours % 24 >= 7) & (hours % 24 < 19), an_hour, 0)
    total = np.cumsum(arriving)
    before = np.concatenate([np.zeros(4, np.int64), total[:-4]])
    not_due = np.where((hours % 24 >= 7) & (hours % 24 < 23), total - before, 0)
    busy = np.where(arriving > 0, 60, 0)
    rows = [Backlog(MAIL, arriving, not_due, 150, ((MAIL, busy * 0), (BOTH, busy)), 0, "all work")]
    rows.append(replace(rows[0], arriving=arriving // 2, not_due=not_due // 2, what="first replies"))
    calls = {"en": [0] * 8 + [2] * 11 + [0] * 5, "mail": [0], "en mail": [0] * 8 + [2] * 11 + [0] * 5}
    return world(["en mail"] * people, calls, [BROKEN], days, rules=LAW, backlogs=rows, missing_cents=8000)


def proven(crew: Crew, prices: CoverPrices | None) -> Proof:
    """The proof within a budget of a few steps, against a cost far away."""
    return prove(crew, prices, 10**7, 100.0, 100, lambda: False)


@pytest.mark.parametrize(("people", "an_hour"), [(5, 150), (4, 300)])
def test_deferred_bound_is_no_worse_than_simpler_ones(world: WorldMaker, people: int, an_hour: int) -> None:
    """However poor the prices of work are: not below pay alone, nor below people missing alone."""
    problem = deferred(world, people, an_hour)
    crew = crew_of(problem)
    good = group_duals(problem)
    ends = whole_cents(bound(problem, CoverPrices.nothing(problem.need), crew=crew))
    rows = replace(CoverPrices.nothing(problem.need), rows=good.rows)
    whole, short = (whole_cents(bound(problem, rows, labour, crew)) for labour in (True, False))
    noise = np.random.default_rng(1)
    poor = tuple(noise.uniform(0, 60, limit.shape) for limit in good.limits)
    for prices in (good, replace(good, limits=poor, shares=(0.5, 0.5)), replace(good, limits=poor)):
        proof = proven(crew, prices)
        assert proof.bound_cents >= max(ends, whole)
        assert proof.missing * problem.missing_cents >= short - 2
    result = schedule(problem, SolveSettings(iterations=150))
    assert result.bound_cents >= 0.9 * result.objective.total
    assert result.bound_cents <= result.objective.total


def test_a_team_too_small_for_its_deferred_work_is_proven_so(world: WorldMaker) -> None:
    """One person and work for two a day: even without prices most of what is missing is proven."""
    problem = deferred(world, 1, 300, days=7)
    result = schedule(problem, SolveSettings(iterations=60))
    proof = prove(crew_of(problem), None, result.objective.total, result.missing_hours, 60, lambda: False)
    assert 0.6 * result.missing_hours <= proof.missing <= result.missing_hours
    assert 0.6 * result.objective.total <= proof.bound_cents <= result.objective.total


def test_a_break_taken_at_the_best_time_is_priced_so(world: WorldMaker) -> None:
    """Prices know that people choose when to pause: the bound comes near the best rota."""
    need = {"en": [0] * 8 + [2, 3, 3, 3, 1, 2, 3, 3, 2, 2] + [1] * 2 + [0] * 4}
    problem = world(["en"] * 6, need, [BROKEN], 14, rules=LAW, missing_cents=4000)
    result = schedule(problem, SolveSettings(iterations=300))
    assert 0.97 * result.objective.total <= bound(problem, group_duals(problem)) <= result.objective.total


def test_people_short_lift_no_more_than_live_work_takes(world: WorldMaker) -> None:
    """max(0, N - b) <= N - b + b / r * max(0, r - N) for every number of people."""
    problem = deferred(world, 3, 150, days=1)
    asked, of_set = lifting(problem.need, BOTH)
    assert asked.tolist() == [0] * 8 + [2] * 11 + [0] * 5
    assert {problem.need.sets[j] <= BOTH for j in of_set.tolist()} == {True}
    for r in range(1, 6):
        for busy in np.linspace(0, r, 7):
            people = np.arange(9)
            through = people - busy + busy / r * np.maximum(r - people, 0)
            assert (np.maximum(people - busy, 0) <= through + 1e-12).all()
