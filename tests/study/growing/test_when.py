"""The exact search for when to hire, against trying everything; hand-computed ramps and leavers."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.study.growing.ramp import gained, kept_after, leavers, mean_mentored, mean_share, month_after
from planner.study.growing.when import ENOUGH, best_starts
from planner.study.scenario.hiring_said import HiringSaid

PRICE = 900.0


def by_trying(needed, there, adds, costs, first, at_once):
    """Total of the best of all starts."""
    months = len(needed)
    best = None
    choices = [range(at_once + 1) if month >= first else range(1) for month in range(months)]
    for starts in product(*choices):
        total = [there[m] + sum(starts[s] * adds[s][m] for s in range(months)) for m in range(months)]
        missing = sum(max(0.0, needed[m] - total[m] - ENOUGH) for m in range(months))
        cost = sum(count * price for count, price in zip(starts, costs, strict=True))
        found = cost + PRICE * missing
        best = found if best is None else min(best, found)
    return best


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2), st.integers(0, 2**32 - 1))
def test_no_other_starts_are_better(months, first, seed):
    random = np.random.default_rng(seed)
    needed = random.integers(3, 8, months).astype(float)
    there = 5 * random.uniform(0.8, 1.0) ** np.arange(months)
    ramp = np.array([-0.1, 0.5, 0.9, 1.0, 1.0]) * random.uniform(0.7, 1.0)
    adds = np.zeros((months, months))
    for start in range(months):
        adds[start, start:] = ramp[: months - start]
    costs = [100.0 * (months - start) + float(random.integers(0, 50)) for start in range(months)]
    found = best_starts(needed, there, adds, costs, PRICE, first, at_once=2)
    best = by_trying(needed, there, adds, costs, first, 2)
    assert found.cost + PRICE * found.missing == pytest.approx(best)
    total = there + sum(count * adds[start] for start, count in enumerate(found.starts))
    assert found.missing == pytest.approx(np.maximum(0, needed - total - ENOUGH).sum())
    assert not any(found.starts[:first])


def test_a_hire_starts_as_late_as_the_ramp_allows():
    adds = np.zeros((6, 6))
    for start in range(6):
        adds[start, start:] = [0.2, 0.8, 1, 1, 1, 1][: 6 - start]
    found = best_starts([9, 9, 9, 9, 10, 10], [9] * 6, adds, [6, 5, 4, 3, 2, 1], PRICE)
    assert found.starts == (0, 0, 1, 0, 0, 0)
    assert (found.missing, found.cost) == (0, 4)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3), st.integers(0, 2**32 - 1))
def test_later_first_starts_never_miss_less(first, seed):
    random = np.random.default_rng(seed)
    needed, there = random.uniform(4, 7, 5), np.full(5, 5.0)
    adds = np.triu(np.ones((5, 5)))
    costs = [5.0, 4, 3, 2, 1]
    soon, late = (best_starts(needed, there, adds, costs, PRICE, at) for at in (first, first + 1))
    assert late.missing >= soon.missing
    more = best_starts(needed + 0.7, there, adds, costs, PRICE, first)
    assert sum(more.starts) >= sum(soon.starts)


def test_a_long_horizon_takes_little_time():
    months, said = 44, HiringSaid(attrition="30% a year")
    first = [month_after(date(2026, 1, 1), number) for number in range(months + 1)]
    adds = np.zeros((months, months))
    for start in range(months):
        for month in range(start, months):
            adds[start, month] = gained(first[start], first[month], first[month + 1], said)
    there = [14 * kept_after(30.4 * number, said) for number in range(months)]
    found = best_starts(
        [14.0] * months, there, adds, [2000.0 * (months - s) for s in range(months)], 14_000.0, 2, 2
    )
    assert sum(found.starts) > 12
    assert found.proven


def test_the_ramp_of_two_whole_months_by_hand():
    """From 1 June: 30 % to the 14th, 60 % to the 28th, 85 % to 26 July, then all."""
    said = HiringSaid(training="none", mentor="25% for 5 weeks")
    june, july, august = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
    assert mean_share(june, june, july, said) == pytest.approx((14 * 0.3 + 14 * 0.6 + 2 * 0.85) / 30)
    assert mean_share(june, july, august, said) == pytest.approx((26 * 0.85 + 5) / 31)
    assert mean_share(june, date(2026, 5, 1), june, said) == 0
    assert mean_mentored(june, june, july, said) == pytest.approx(0.25)
    assert mean_mentored(june, july, august, said) == pytest.approx(0.25 * 5 / 31)
    assert gained(june, june, july, said) == pytest.approx((14 * 0.3 + 14 * 0.6 + 2 * 0.85) / 30 - 0.25)


def test_training_comes_before_the_ramp():
    said = HiringSaid(training="1 weeks", ramp="50% for 1 week", mentor="none")
    june = date(2026, 6, 1)
    assert mean_share(june, june, date(2026, 6, 22), said) == pytest.approx((0 + 0.5 + 1) / 3)


def test_people_leave_evenly():
    said = HiringSaid(attrition="19% a year")
    assert kept_after(365.25 / 2, said) == pytest.approx(0.9)
    assert kept_after(0, said) == kept_after(-5, said) == 1


@given(st.integers(1, 40), st.floats(0, 0.9))
def test_eight_of_ten_ranges_of_leavers(people, gone):
    mean, low, high = leavers(people, gone)
    assert mean == pytest.approx(people * gone, abs=1e-6)
    chance = [comb(people, k) * gone**k * (1 - gone) ** (people - k) for k in range(people + 1)]
    assert sum(chance[low : high + 1]) >= 0.8 - 1e-9
    assert sum(chance[:low]) < 0.1 + 1e-9
    assert sum(chance[high + 1 :]) <= 0.1 + 1e-9


def test_nobody_leaves_without_attrition():
    assert leavers(14, 0.0) == (0.0, 0, 0)
