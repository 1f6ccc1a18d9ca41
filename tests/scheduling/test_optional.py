"""People who need not be taken: search, CP-SAT, bounds and judge agree on them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planner.rota import Rota, Shift, ShiftType
from planner.rules import judge
from planner.scheduling import Problem, SolveSettings, SolveStatus, never_taken, objective_of, schedule
from planner.scheduling.crew import crew_of
from planner.scheduling.duals import group_duals
from planner.scheduling.lagrange import bound

WorldMaker = Callable[..., Problem]
DAY = ShiftType("day", (480,), 480)
LATE = ShiftType("late", (960,), 480)
NIGHT = ShiftType("night", (1320,), 480)
CONTRACT = {"weekly_hours": {"at_most": "40 h", "at_least": "40 h"}}
EXACT = SolveSettings(engine="cp-sat", iterations=1500)
QUICK = SolveSettings(iterations=120)


def office(people: int) -> list[int]:
    """So many people from 8 to 16, Monday to Friday."""
    return ([0] * 8 + [people] * 8 + [0] * 8) * 5 + [0] * 48


def hired(problem: Problem, names: dict[str, int]) -> Problem:
    """The problem with some of its people optional."""
    return replace(problem, optional=names)


@pytest.mark.parametrize("settings", [EXACT, QUICK], ids=["cp-sat", "search"])
def test_takes_the_one_hire_that_pays(world: WorldMaker, settings: SolveSettings) -> None:
    """Two are needed, one is there: one of two alike hires is taken, with their whole contract."""
    small = world(["en"] * 3, {"en": office(2)}, [DAY], 7, rules=CONTRACT)
    problem = hired(small, {"p1": 5000, "p2": 5000})
    result = schedule(problem, settings)
    assert len(result.taken) == 1
    assert result.objective.hires == 5000
    assert len(result.rota.tour(result.taken[0])) == 5
    assert result.missing_hours == 0
    assert result.bound_cents is not None
    assert result.bound_cents <= result.objective.total


@pytest.mark.parametrize("settings", [EXACT, QUICK], ids=["cp-sat", "search"])
def test_leaves_a_hire_who_costs_more_than_is_missing(world: WorldMaker, settings: SolveSettings) -> None:
    """A hire at any price above what their hours are worth stays out, with no duty and no violation."""
    dear = 5 * 8 * 10_000
    problem = hired(world(["en"] * 2, {"en": office(2)}, [DAY], 7, rules=CONTRACT), {"p1": dear})
    result = schedule(problem, settings)
    assert result.taken == ()
    assert result.objective.hires == 0
    assert not result.rota.tour("p1")
    assert result.status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE)


def test_judge_asks_nothing_of_who_is_not_taken(world: WorldMaker) -> None:
    """Forty hours a week are asked of everybody who is there, and of a hire who is."""
    problem = world(["en"] * 2, {"en": office(1)}, [DAY], 7, rules=CONTRACT)
    empty = Rota("", problem.first_day, 7, ("p0", "p1"), ())
    everyone = (empty, problem.team, problem.calendars, problem.rules)
    assert {v.agent for v in judge(*everyone)} == {"p0", "p1"}
    assert {v.agent for v in judge(*everyone, optional={"p1"})} == {"p0"}


def test_a_hire_without_a_legal_tour_is_not_a_clash(world: WorldMaker) -> None:
    """Forty hours of nights that do not exist: nobody can be taken so, and nobody is named as clashing."""
    rules = {"weekly_hours": {"at_least": "40 h"}, "max_days_in_row": {"days": 1}}
    problem = hired(world(["en"], {"en": office(1)}, [DAY], 7, rules=rules), {"p0": 1})
    for settings in (EXACT, QUICK):
        result = schedule(problem, settings)
        assert (result.taken, result.no_legal_tour) == ((), ())
        assert never_taken(problem) == ("p0",)
        assert result.missing_hours == result.missing_hours_bound == 40


def test_a_locked_shift_takes_the_person(world: WorldMaker) -> None:
    """Who has a shift that must stay is taken, whatever it costs."""
    free = hired(world(["en"] * 2, {"en": office(2)}, [DAY], 7), {"p1": 10})
    shift = schedule(free, QUICK).rota.tour("p1")[0]
    dear = replace(free, optional={"p1": 10_000_000}, locked=(shift,))
    for settings in (EXACT, QUICK):
        result = schedule(dear, settings)
        assert shift in result.rota.shifts
        assert result.objective.hires == 10_000_000


def random_problem(world: WorldMaker, seed: int) -> Problem:
    """Three people and three who need not be taken, hard and priced rules, two languages."""
    draw = random.Random(seed)
    rules = {
        "minimum_rest": {"hours": 11},
        "max_days_in_row": {"days": 5, "penalty": draw.choice([None, 300])},
        "weekly_hours": draw.choice([{"at_least": "24 h"}, {"at_least": "24 h", "penalty": 9.0}]),
    }
    rules = {name: {k: v for k, v in said.items() if v is not None} for name, said in rules.items()}
    needs = {
        "en": [draw.randrange(3) for _ in range(24)],
        "it": [draw.randrange(2) for _ in range(24)],
        "en it": [draw.randrange(4) for _ in range(24)],
    }
    who = [draw.choice(["en", "it", "en it"]) for _ in range(6)]
    problem = world(who, needs, [DAY, LATE, NIGHT], 7, rules=rules, missing_cents=2500)
    return hired(problem, {name: draw.choice([0, 20_000, 60_000]) for name in ("p3", "p4", "p5")})


@pytest.mark.parametrize("seed", range(4))
def test_search_cp_sat_and_bounds_agree(world: WorldMaker, seed: int) -> None:
    """bound <= CP-SAT optimum <= search, all recounted; nothing hard is broken."""
    problem = random_problem(world, seed)
    exact, quick = schedule(problem, EXACT), schedule(problem, QUICK)
    assert exact.status is SolveStatus.OPTIMAL
    assert exact.bound_cents == exact.objective.total == objective_of(exact.rota, problem).total
    assert quick.objective == objective_of(quick.rota, problem)
    assert quick.objective.total >= exact.objective.total
    assert quick.objective.total <= 1.1 * exact.objective.total
    assert quick.bound_cents is not None
    assert quick.bound_cents <= exact.objective.total
    for result in (exact, quick):
        optional = problem.optional
        found = judge(result.rota, problem.team, problem.calendars, problem.rules, optional=optional)
        assert not [violation for violation in found if violation.hard]
    crew = crew_of(problem)
    for labour in (True, False):
        assert bound(problem, group_duals(problem, labour), labour, crew) <= exact.objective.total


@pytest.mark.parametrize("seed", [0, 1])
def test_one_more_optional_person_never_worsens_the_optimum(world: WorldMaker, seed: int) -> None:
    """Fewer optional people cost as much or more, and all of them made ordinary costs as much or more."""
    problem = random_problem(world, seed)
    totals = []
    for gone in (("p3", "p4", "p5"), ("p4", "p5"), ("p5",), ()):
        prices = {name: 10**9 if name in gone else cents for name, cents in problem.optional.items()}
        totals.append(schedule(hired(problem, prices), EXACT).objective.total)
    assert totals == sorted(totals, reverse=True)
    everyone = replace(problem, optional={})
    paid = sum(problem.optional.values())
    assert totals[-1] <= schedule(everyone, EXACT).objective.total + paid


@pytest.mark.parametrize(
    "settings", [SolveSettings(iterations=0), QUICK, SolveSettings(engine="cp-sat", iterations=1)]
)
def test_never_worse_than_the_plan_without(world: WorldMaker, settings: SolveSettings) -> None:
    """Warm from the plan without hires, hires never make it dearer, whatever the budget."""
    problem = random_problem(world, 7)
    without = schedule(hired(problem, dict.fromkeys(problem.optional, 10**9)), QUICK)
    assert without.taken == ()
    found = schedule(replace(problem, warm=without.rota), settings)
    assert found.objective.total <= without.objective.total


@pytest.mark.parametrize("settings", [EXACT, QUICK], ids=["cp-sat", "search"])
def test_a_hire_whom_a_kept_shift_takes_against_a_rule_is_named(
    world: WorldMaker, settings: SolveSettings
) -> None:
    """The shift takes the hire, and no tour with it is legal: it stays, the hire is named, others work on."""
    small = world(["en"] * 2, {"en": office(1)}, [DAY], 7, rules={"max_shift_length": {"hours": 9}})
    start = datetime(2026, 1, 5, 20, tzinfo=UTC)
    kept = Shift(start, "p1", start + timedelta(hours=10), start.date(), "long", "UTC", status="locked")
    result = schedule(replace(hired(small, {"p1": 700}), locked=(kept,)), settings)
    assert result.status is SolveStatus.PARTIAL
    assert result.no_legal_tour == result.taken == ("p1",)
    assert result.rota.tour("p1") == (kept,)
    assert len(result.rota.tour("p0")) == 5
    assert result.bound_cents == result.objective.total
