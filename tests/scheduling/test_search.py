"""The search engine against judge, recount, recomputed objective and CP-SAT; its bounds and its manners."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from planner.requirement import Backlog
from planner.rota import Rota, ShiftType, recount
from planner.rules import REGISTRY, judge
from planner.scheduling import (
    Problem,
    Progress,
    SolveSettings,
    SolveStatus,
    objective_of,
    schedule,
)
from planner.scheduling.crew import crew_of
from planner.scheduling.duals import CoverPrices
from planner.scheduling.lagrange import bound
from planner.scheduling.search import Search

WorldMaker = Callable[..., Problem]
DAY = ShiftType("day", (480, 495, 540), 480)
NIGHT = ShiftType("night", (1320,), 480)
BROKEN = ShiftType("long", (480, 600), 540, break_minutes=60, break_window=(180, 300), break_step_minutes=30)
LAW = {"minimum_rest": {"hours": 11}, "max_days_in_row": {"days": 5}, "weekly_rest": {"hours": 35}}
QUICK = SolveSettings(iterations=40)


def mail_rows(draw: random.Random, intervals: int) -> list[Backlog]:
    """Two rows of deferred work, one of them limited by live work."""
    arriving = np.array([draw.choice([0, 0, 200, 400]) for _ in range(intervals)])
    not_due = np.minimum(np.cumsum(arriving), 500 + arriving)
    not_due[-1] = 0
    taken = np.array([draw.choice([0, 0, 90]) for _ in range(intervals)])
    mail, both = frozenset({"mail"}), frozenset({"mail", "en"})
    return [
        Backlog(mail, arriving, not_due, 150, ((mail, taken * 0), (both, taken)), 70),
        Backlog(mail, arriving // 2, not_due // 2, 110, ((mail, taken * 0),), 0, "all work"),
    ]


def random_world(world: WorldMaker, seed: int, days: int = 14) -> Problem:
    """People, needs, deferred work and four rules with their documented settings, hard or priced."""
    draw = random.Random(seed)
    rules = {name: draw.choice(REGISTRY[name].examples) for name in draw.sample(sorted(REGISTRY), 4)}
    rules.pop("one_shift_a_day", None)
    rules.setdefault("minimum_rest", {"hours": 11})
    needs = {
        "en": [draw.randrange(3) for _ in range(24)],
        "it": [draw.randrange(2) for _ in range(24)],
        "en it": [draw.randrange(4) for _ in range(24)],
    }
    who = [draw.choice(["en", "it mail", "en it", "en mail"]) for _ in range(5)]
    return world(
        who,
        needs,
        [DAY, NIGHT, BROKEN],
        days,
        rules=rules,
        backlogs=mail_rows(draw, days * 24) if seed % 2 else (),
        missing_cents=2500,
        extra_cents=draw.choice([0, 150]),
    )


def assert_true(problem: Problem, result) -> None:
    """No hard rule is broken by people with a legal tour; cover, cost and bounds are what they say."""
    found = judge(result.rota, problem.team, problem.calendars, problem.rules, problem.carried)
    free = [v for v in found if v.hard and not v.before_period and v.agent not in result.no_legal_tour]
    assert not free
    assert result.objective == objective_of(result.rota, problem)
    assert result.trace[-1][1] == result.objective.total  # as the search counted it
    cover = recount(problem.need, result.rota, problem.skills, False, problem.carried)
    hours = problem.need.interval_minutes / 60
    assert result.missing_hours == pytest.approx(cover.missing_intervals * hours)
    assert 0 <= result.bound_cents <= result.objective.total
    assert 0 <= result.missing_hours_bound <= result.missing_hours + 1e-9
    assert result.unavoidable_cents <= result.bound_cents


@pytest.mark.parametrize("seed", range(12))
def test_random_worlds_are_judged_counted_and_bounded(world: WorldMaker, seed: int) -> None:
    problem = random_world(world, seed)
    assert_true(problem, schedule(problem, QUICK))


@pytest.mark.parametrize("seed", range(6))
def test_any_prices_give_a_bound(world: WorldMaker, seed: int) -> None:
    """Random prices, also too high ones: never above a rota's cost, on the whole and on people missing."""
    problem = random_world(world, seed, days=7)
    objective = schedule(problem, QUICK).objective
    random_numbers = np.random.default_rng(seed)
    crew = crew_of(problem)
    for scale in (0.05, 0.3, 2.0):
        rows = random_numbers.uniform(0, scale * problem.missing_cents, problem.need.required.shape)
        limits = tuple(
            random_numbers.uniform(
                0, scale * problem.missing_cents / b.per_person, (len(b.limits), rows.shape[1])
            )
            for b in problem.need.backlogs
        )
        prices = CoverPrices(rows, limits, tuple(random_numbers.uniform(0, 1, len(limits)).tolist()))
        assert bound(problem, prices, crew=crew) <= objective.total
        assert bound(problem, prices, labour=False, crew=crew) <= objective.missing


@pytest.mark.parametrize("seed", range(5))
def test_small_cases_are_near_the_optimum(world: WorldMaker, seed: int) -> None:
    """Between the proven optimum of CP-SAT and 2 % above it; the bound below it, and not far."""
    draw = random.Random(seed)
    needs = {"en": [draw.randrange(2) for _ in range(24)], "en it": [draw.randrange(3) for _ in range(24)]}
    problem = world(["en", "it", "en it"], needs, [BROKEN, NIGHT], 7, rules=LAW, missing_cents=1500)
    exact = schedule(problem, SolveSettings("cp-sat", iterations=400))
    assert exact.status == SolveStatus.OPTIMAL
    result = schedule(problem, SolveSettings(iterations=300))
    assert exact.objective.total <= result.objective.total <= 1.02 * exact.objective.total
    assert 0.9 * exact.objective.total <= result.bound_cents <= exact.objective.total
    assert result.missing_hours_bound <= exact.missing_hours


def test_first_rota_is_no_empty_one(world: WorldMaker) -> None:
    problem = world(["en"] * 8, {"en": [2] * 8 + [3] * 8 + [1] * 8}, [DAY, NIGHT, BROKEN], 14, rules=LAW)
    seen: list[Progress] = []
    result = schedule(problem, QUICK, seen.append)
    first = next(progress for progress in seen if progress.phase == "first rota")
    assert first.missing_hours <= 1.3 * result.missing_hours + 24
    assert first.rota.shifts
    assert [progress.phase for progress in seen][:2] == ["preparing", "first rota"]
    assert seen[-1].phase == "finished"
    assert seen[-1].rota == result.rota
    assert result.bound_cents > result.unavoidable_cents


def test_a_free_legal_person_is_never_left_out_while_somebody_is_missing(world: WorldMaker) -> None:
    office = {"en": [0] * 8 + [1] * 8 + [0] * 8}
    problem = world(["en", "en"], office, [ShiftType("day", (480,), 480)], 7, rules=LAW)
    result = schedule(problem, QUICK)
    assert (result.missing_hours, len(result.rota.shifts)) == (0, 7)
    assert result.bound_cents >= 0.999 * result.objective.total


PRINT_ROTA = """
import importlib.util, random, sys
def load(name):
    spec = importlib.util.spec_from_file_location(name, sys.argv[1].replace("test_search", name))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
world, here = load("conftest").make_world, load("test_search")
for seed in (1,):
    result = here.schedule(here.random_world(world, seed), here.QUICK)
    print(result.objective, result.bound_cents, result.missing_hours_bound)
    for shift in result.rota.shifts:
        print(shift)
"""


def test_same_rota_in_every_process_plain_or_compiled() -> None:
    printed = set()
    for plain, seed in (("1", "1"), ("", "2")):
        environment = os.environ | {"PLANNER_PLAIN": plain, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PRINT_ROTA, __file__], env=environment, capture_output=True, check=True
        )
        printed.add(done.stdout)
    assert len(printed) == 1
    assert printed.pop().count(b"Shift(") > 20


def test_another_seed_is_another_search(world: WorldMaker) -> None:
    problem = random_world(world, 3)
    one, two = (schedule(problem, SolveSettings(seed=seed, iterations=5)).rota for seed in (1, 2))
    assert one != two


def test_cancel_keeps_the_best_rota(world: WorldMaker) -> None:
    problem = random_world(world, 5)
    asked_at: list[float] = []
    seen: list[Progress] = []

    def is_cancelled() -> bool:
        stop = any(progress.phase == "improving" for progress in seen)
        if stop and not asked_at:
            asked_at.append(time.perf_counter())
        return stop

    result = schedule(problem, SolveSettings(iterations=10**6), seen.append, is_cancelled)
    assert result.status == SolveStatus.CANCELLED
    assert time.perf_counter() - asked_at[0] < 0.5
    assert result.objective == objective_of(result.rota, problem)
    assert result.bound_cents is None
    assert result.gap is None


def test_cancel_at_once_still_gives_a_rota(world: WorldMaker) -> None:
    problem = random_world(world, 5)
    result = schedule(problem, QUICK, None, lambda: True)
    assert result.status == SolveStatus.CANCELLED
    assert result.objective == objective_of(result.rota, problem)


def test_time_limit_is_kept_and_said(world: WorldMaker) -> None:
    problem = random_world(world, 5)
    began = time.perf_counter()
    result = schedule(problem, SolveSettings(time_limit_seconds=1.5))
    assert time.perf_counter() - began < 4.0
    assert result.status in (SolveStatus.TIME_LIMITED, SolveStatus.OPTIMAL)
    assert_true(problem, result)


def test_warm_start_is_not_worse_than_its_rota(world: WorldMaker) -> None:
    problem = random_world(world, 7)
    good = schedule(problem, SolveSettings(iterations=60, seed=4))
    again = schedule(replace(problem, warm=good.rota), SolveSettings(iterations=1, seed=9))
    assert again.objective.total <= good.objective.total


def test_warm_shifts_that_are_no_longer_possible_give_way(world: WorldMaker) -> None:
    problem = random_world(world, 7)
    rota = schedule(problem, QUICK).rota
    strange = tuple(replace(shift, start=shift.start - timedelta(hours=3)) for shift in rota.shifts)
    result = schedule(replace(problem, warm=Rota("", rota.first_day, 14, rota.agents, strange)), QUICK)
    assert_true(problem, result)


def test_locked_shifts_stay_as_they_are(world: WorldMaker) -> None:
    problem = world(["en", "en"], {"en": [1]}, [DAY, NIGHT, BROKEN], 7, rules=LAW)
    rota = schedule(problem, QUICK).rota
    locked = tuple(replace(shift, status="locked") for shift in rota.shifts[2:5])
    result = schedule(replace(problem, locked=locked), QUICK)
    assert set(locked) <= set(result.rota.shifts)
    assert_true(replace(problem, locked=locked), result)


def test_people_whose_rules_clash_are_named_and_the_others_go_on(world: WorldMaker) -> None:
    problem = world(["en", "en", "en"], {"en": [1]}, [DAY, NIGHT], 7, rules=LAW)
    shifts = schedule(problem, QUICK).rota.shifts
    first = next(shift for shift in shifts if shift.agent == "p0")
    late = replace(first, start=first.start + timedelta(hours=12), end=first.end + timedelta(hours=12))
    crowded = tuple(replace(shift, status="locked") for shift in (first, late))
    result = schedule(replace(problem, locked=crowded), QUICK)
    assert result.status == SolveStatus.PARTIAL
    assert result.no_legal_tour == ("p0",)
    assert result.rota.tour("p0") == tuple(sorted(crowded))
    assert result.rota.tour("p1")
    assert "p0" in str(result.notices[0])
    assert result.objective == objective_of(result.rota, problem)
    assert result.bound_cents <= result.objective.total


def test_a_team_in_which_nobody_has_a_legal_tour_keeps_its_locked_shifts(world: WorldMaker) -> None:
    problem = world(["en"], {"en": [1]}, [DAY, NIGHT], 7, rules=LAW)
    first = schedule(problem, QUICK).rota.shifts[0]
    late = replace(first, start=first.start + timedelta(hours=12), end=first.end + timedelta(hours=12))
    crowded = tuple(replace(shift, status="locked") for shift in (first, late))
    result = schedule(replace(problem, locked=crowded), QUICK)
    assert (result.status, result.no_legal_tour) == (SolveStatus.PARTIAL, ("p0",))
    assert result.rota.shifts == tuple(sorted(crowded))
    assert result.bound_cents <= result.objective.total


def test_carried_shifts_count_for_cover_and_rest(world: WorldMaker) -> None:
    before = world(["en", "en"], {"en": [1]}, [NIGHT], 7, rules=LAW, first_day=date(2025, 12, 29))
    carried = tuple(replace(shift, status="carried") for shift in schedule(before, QUICK).rota.shifts)
    problem = world(["en", "en"], {"en": [1]}, [DAY, NIGHT], 7, rules=LAW, carried=carried)
    assert_true(problem, schedule(problem, QUICK))


def test_rules_beyond_the_state_budget_are_kept_by_the_rota(world: WorldMaker, monkeypatch) -> None:
    """The widest total leaves the bound, is named there, and still holds in every tour."""
    rules = LAW | {"weekly_hours": {"at_most": "30 h"}}
    problem = world(["en"] * 4, {"en": [2]}, [DAY, NIGHT, BROKEN], 14, rules=rules)
    whole = schedule(problem, QUICK)
    assert whole.left_out == ()
    monkeypatch.setattr("planner.scheduling.reader.STATES", 60)
    result = schedule(problem, QUICK)
    assert result.left_out == ("weekly_hours",)
    assert_true(problem, result)
    assert result.objective.total <= 1.1 * whole.objective.total


def test_tally_counts_like_the_recount_at_every_step(world: WorldMaker) -> None:
    problem = random_world(world, 9, days=7)
    search = Search(crew_of(problem), 1)
    search.first()
    for step in range(40):
        search.step(step / 40)
        own = sum(tour.own_cents for tour in search.tours)
        assert search.cost == own + search.tally.cost()
        assert search.best_cost <= search.cost
