"""Prices of cover: valid, repeatable, and sharp enough for a Lagrangian bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from planner.requirement import Backlog
from planner.rota import ShiftType
from planner.scheduling import Problem, SolveSettings
from planner.scheduling.cpsat import solve_cpsat
from planner.scheduling.cpsat_people import Person, people_of
from planner.scheduling.cpsat_tours import alone
from planner.scheduling.duals import CoverPrices, group_duals, worth_of_queues

WorldMaker = Callable[..., Problem]
DAY = ShiftType("day", (480,), 480)
ANY = ShiftType("any", tuple(range(0, 1440, 120)), 480)
LAW = {"minimum_rest": {"hours": 11}, "max_days_in_row": {"days": 5}, "shifts_a_week": {"at_most": 5}}


def rewarded(person: Person, problem: Problem, prices: CoverPrices) -> Person:
    """Choices that cost their wages less what their cover is worth, in whole cents rounded down."""
    worth = {kind: prices.rows[list(sets)].sum(axis=0) for kind, sets in person.classes.items()}
    width, first = problem.need.quarters_per_interval, problem.need.first_quarter
    days = []
    for day in person.days:
        choices = []
        for choice in day:
            quarters = np.arange(choice.option.start, choice.option.end) - first
            places = quarters[(quarters >= 0) & (quarters < problem.need.intervals * width)] // width
            value = worth[choice.option.kind][places].sum() / width
            choices.append(replace(choice, cents=choice.cents - int(np.ceil(value))))
        days.append(tuple(choices))
    return replace(person, days=tuple(days))


def bound_of(problem: Problem, prices: CoverPrices) -> float:
    """The Lagrangian bound at these prices, each person solved alone (no breaks, no backlogs)."""
    total = float((prices.rows * problem.need.required).sum())
    for person in people_of(problem):
        found = alone(rewarded(person, problem, prices), 1)
        assert found.tour is not None
        total += found.wages
    return total


def test_bound_at_the_prices_is_below_and_near_the_optimum(world: WorldMaker) -> None:
    need = {"en": [0, 0, 1, 1, 2, 2, 1, 1], "it": [0, 1], "en it": [1, 2, 2, 3]}
    problem = world(["en", "en it", "it", "en"], need, [ANY], 7, rules=LAW, interval_minutes=120)
    prices = group_duals(problem)
    result = solve_cpsat(problem, SolveSettings("cp-sat", iterations=400))
    best = result.objective.total
    assert result.bound_cents is not None
    bound = bound_of(problem, prices)
    assert 0.9 * result.bound_cents <= bound <= best
    assert bound_of(problem, CoverPrices.nothing(problem.need)) < 0.1 * bound


def test_prices_keep_their_limits_and_repeat(world: WorldMaker) -> None:
    need = {"en": [3], "it": [2], "en it": [5]}
    problem = world(["en", "en it", "it"], need, [ANY], 7, rules=LAW)
    prices, again = group_duals(problem), group_duals(problem)
    assert (prices.rows >= 0).all()
    across = prices.rows[list(problem.need.spanning)].sum(axis=0)
    for block in problem.need.blocks:
        assert (prices.rows[list(block)].sum(axis=0) + across <= problem.missing_cents * (1 + 1e-9)).all()
    assert prices.rows.tobytes() == again.rows.tobytes()


def test_nobody_able_is_worth_the_missing_hour_and_nobody_needed_nothing(world: WorldMaker) -> None:
    problem = world(["en"], {"it": [1] * 12 + [0] * 12}, [DAY], 2)
    worth = worth_of_queues(problem.need, group_duals(problem))[0]
    assert worth[:12] == pytest.approx(problem.missing_cents, rel=1e-2)
    assert worth[12:24] == pytest.approx(0)


def test_prices_of_deferred_work(world: WorldMaker) -> None:
    """One person, more work than the day holds: a unit more of work done is worth a unit not missing."""
    arriving = np.zeros(24, dtype=np.int64)
    arriving[9] = 2000
    late = np.where(np.arange(24) < 16, 2000, 0)
    backlog = Backlog(
        frozenset({"en"}), arriving, late, 200, ((frozenset({"en"}), np.zeros(24, dtype=np.int64)),)
    )
    problem = world(["en"], {}, [DAY], 1, backlogs=[backlog], costs=[1.0])
    prices = group_duals(problem)
    assert prices.shares == pytest.approx((1.0,), abs=0.02)
    limits = prices.limits[0][0] * backlog.per_person
    assert limits[9:16] == pytest.approx(problem.missing_cents, rel=0.05)
    assert limits[:9] == pytest.approx(0, abs=0.02 * problem.missing_cents)
    assert worth_of_queues(problem.need, prices)[0] == pytest.approx(limits)


def test_people_without_a_legal_tour_do_not_spoil_the_prices(world: WorldMaker) -> None:
    clash = {"shifts_a_week": {"at_least": 6}, "max_days_in_row": {"days": 1}}
    problem = world(["en", "it"], {"en": [1], "it": [0]}, [DAY], 7, rules=clash)
    prices = group_duals(problem, locked_only=("p0", "p1"))
    assert prices.rows[0] == pytest.approx(problem.missing_cents, rel=1e-2)
