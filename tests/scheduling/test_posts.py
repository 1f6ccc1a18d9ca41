"""Posts: counted by hand, the same cost in every engine, and column generation held to CP-SAT."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from planner.requirement import Post
from planner.rota import Rota, ShiftType, extra_cost, missing_cost, options_for, rota_cost, shift_of
from planner.rota import recount as recount_cover
from planner.rules import judge
from planner.scheduling import Problem, SolveSettings, SolveStatus, objective_of, schedule
from planner.scheduling.crew import crew_of
from planner.scheduling.duals import CoverPrices, group_duals
from planner.scheduling.lagrange import bound
from planner.scheduling.posts import only_posts

EARLY = ShiftType("early", (360,), 480)
LATE = ShiftType("late", (840,), 480)
NIGHT = ShiftType("night", (1320,), 480)
FIRST = date(2026, 1, 5)
RULES = {
    "minimum_rest": {"hours": 11},
    "max_days_in_row": {"days": 3},
    "days_off_in_row": {"days": 2},
    "max_weekends": {"weekends": 1},
}


def post(shift: str, required: list[int], missing: int = 3000, extra: int = 200, queues: str = "") -> Post:
    """A post over as many days as there are numbers."""
    days = len(required)
    return Post(
        f"post {shift} {queues}",
        shift,
        np.array(required),
        np.full(days, missing),
        np.full(days, extra),
        8.0,
        frozenset(queues.split()),
    )


def posted(problem: Problem, *posts: Post) -> Problem:
    """A problem with posts."""
    return replace(problem, need=replace(problem.need, posts=posts))


def random_posts(world, seed: int, days: int = 7, also: bool = False) -> Problem:
    """People of two languages, posts for all and for one language; ``also`` with cover by interval."""
    draw = random.Random(seed)
    needs = {"en": [draw.randrange(3) for _ in range(24)], "it": [0]} if also else {"en": [0], "it": [0]}
    who = [draw.choice(["en", "it", "en it"]) for _ in range(6)]
    rules = {**RULES, "shifts_of_type": {"shifts": "night", "at_most": 2}}
    if seed % 2:
        rules["max_nights"] = {"nights": 1, "penalty": 7}
    problem = world(who, needs, [EARLY, LATE, NIGHT], days, rules=rules, missing_cents=900)
    some = [
        post(kind, [draw.randrange(3) for _ in range(days)], draw.choice([2000, 9000]), draw.choice([0, 500]))
        for kind in ("early", "late", "night")
    ]
    return posted(problem, *some, post("early", [draw.randrange(2) for _ in range(days)], queues="it"))


def test_people_on_posts_by_hand(world) -> None:
    """Three on Monday early of whom two speak Italian, one on Tuesday night; nobody else."""
    problem = world(["en", "it", "en it"], {"en": [0], "it": [0]}, [EARLY, NIGHT], 2)
    everyone = post("early", [2, 1], missing=5000, extra=300)
    italian = post("early", [3, 0], missing=4000, extra=100, queues="it")
    night = post("night", [0, 0], extra=70)
    problem = posted(problem, everyone, italian, night)
    agents = problem.team.agents
    shifts = [shift_of(options_for(a, [EARLY], FIRST, 2)[0][0], a, None, FIRST) for a in agents]
    shifts.append(shift_of(options_for(agents[0], [NIGHT], FIRST, 2)[1][0], agents[0], None, FIRST))
    rota = Rota("", FIRST, 2, tuple(a.name for a in agents), tuple(sorted(shifts)))
    cover = recount_cover(problem.need, rota, problem.skills)
    assert [people.tolist() for people in cover.posts] == [[3, 0], [2, 0], [0, 1]]
    assert missing_cost(problem.need, cover, 10_000) == 5000 + 4000
    assert extra_cost(problem.need, cover, 0) == 300 + 70
    assert cover.missing_intervals == (1 + 1) * 8  # paid hours, in intervals of an hour
    objective = objective_of(rota, problem)
    assert (objective.missing, objective.extra) == (9000, 370)
    assert objective.labour == rota_cost(rota, problem.pay).base_cents


@pytest.mark.parametrize(("seed", "also"), list(product(range(6), [False, True])))
def test_every_engine_counts_alike(world, seed: int, also: bool) -> None:
    problem = random_posts(world, seed, also=also)
    assert only_posts(problem) is not also
    result = schedule(problem, SolveSettings(iterations=120))
    exact = schedule(problem, SolveSettings("cp-sat", iterations=1500))
    for found in (result, exact):
        assert found.objective == objective_of(found.rota, problem)
        assert found.trace[-1][1] == found.objective.total
        hard = [v for v in judge(found.rota, problem.team, problem.calendars, problem.rules) if v.hard]
        assert not hard
        cover = recount_cover(problem.need, found.rota, problem.skills)
        assert found.missing_hours == pytest.approx(cover.missing_intervals)
        assert found.bound_cents <= found.objective.total
        assert found.missing_hours_bound is None or found.missing_hours_bound <= found.missing_hours + 1e-9
    assert result.bound_cents <= exact.objective.total
    assert exact.bound_cents <= result.objective.total
    if exact.status == SolveStatus.OPTIMAL and not also:
        assert result.objective.total == exact.objective.total
        assert result.bound_cents >= 0.95 * exact.objective.total


def test_prices_of_posts_by_queue_and_interval(world) -> None:
    """One person for two early shifts: each of the eight hours is worth an eighth of the person missing."""
    problem = posted(world(["en"], {"en": [0]}, [EARLY], 1), post("early", [2], missing=8000))
    prices = schedule(problem, SolveSettings(iterations=80)).prices
    start = prices[0].nonzero()[0]
    assert len(start) == 8
    assert prices[0].sum() == pytest.approx(8000)


@pytest.mark.parametrize("seed", range(4))
def test_any_prices_of_posts_give_a_bound(world, seed: int) -> None:
    """Those of the linear programme over groups, and random ones, also too high or too low."""
    problem = random_posts(world, seed, also=seed % 2 == 0)
    best = schedule(problem, SolveSettings(iterations=100)).objective
    crew, draw = crew_of(problem), np.random.default_rng(seed)
    guided = group_duals(problem)
    nothing = CoverPrices.nothing(problem.need)
    assert bound(problem, nothing, crew=crew) <= bound(problem, guided, crew=crew) <= best.total
    for scale in (0.1, 1.0, 5.0):
        prices = replace(nothing, posts=draw.uniform(-scale, scale, len(guided.posts)) * 9000)
        assert bound(problem, prices, crew=crew) <= best.total


def test_alike_people_are_one_group_and_prices_hold(world) -> None:
    """Nine alike people, two posts: a proven rota, and as many tours as people."""
    problem = world(["en"] * 9, {"en": [0]}, [EARLY, LATE], 14, rules=RULES, missing_cents=900)
    problem = posted(problem, post("early", [3] * 14, 8000, 50), post("late", [2] * 14, 8000, 50))
    result = schedule(problem, SolveSettings(iterations=100))
    exact = schedule(problem, SolveSettings("cp-sat", iterations=200))
    assert exact.bound_cents <= result.objective.total <= exact.objective.total
    assert result.bound_cents <= exact.objective.total


def test_locks_and_a_warm_rota_stay(world) -> None:
    problem = random_posts(world, 3)
    best = schedule(problem, SolveSettings(iterations=200))
    agent = problem.team.agents[0]
    kept = shift_of(options_for(agent, [NIGHT], FIRST, 7)[2][0], agent, None, FIRST, "locked")
    locked = schedule(replace(problem, locked=(kept,)), SolveSettings(iterations=200))
    assert kept in locked.rota.shifts
    assert locked.objective.total >= best.bound_cents
    again = schedule(replace(problem, warm=best.rota), SolveSettings(iterations=10))
    assert again.objective.total <= best.objective.total


def test_cancelled_at_once_keeps_a_whole_rota(world) -> None:
    problem = random_posts(world, 4, days=14)
    calls = iter(range(10**6))
    result = schedule(problem, SolveSettings(iterations=10**6), None, lambda: next(calls) > 12)
    assert result.status == SolveStatus.CANCELLED
    assert result.objective == objective_of(result.rota, problem)
    assert result.bound_cents is None or result.bound_cents <= result.objective.total
    assert result.seconds < 20


SAME = """
import sys, hashlib
from pathlib import Path
from planner.rota import rota_frame
from planner.scheduling import SolveSettings, schedule
from tests.bench.shift_scheduling_file import read_instance
from tests.bench.shift_scheduling_world import problem_of
for number in (1, 3):
    problem = problem_of(read_instance(Path(sys.argv[1]) / f"Instance{number}.txt"))
    result = schedule(problem, SolveSettings(seed=3, iterations=40))
    print(result.objective.total, result.bound_cents, hashlib.sha256(repr(result.rota).encode()).hexdigest())
"""


def test_same_rota_in_every_process_plain_or_compiled(shared: Path) -> None:
    root = Path(__file__).parents[2]
    folder = shared / "data/bench/curtois"
    said = set()
    for plain, seed in (("0", "1"), ("1", "77")):
        environment = {**os.environ, "PLANNER_PLAIN": plain, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", SAME, str(folder)],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1
