"""Quantiles against exact sums, and spreads against known factors."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from planner.demand import Spread
from planner.demand.bands import EXACT_BELOW, fit_spread, quantiles, share_inside, total_spread


def exact_quantile(mean: float, variance: float, share: float) -> int:
    """Add up the negative binomial in 50 digits."""
    with mpmath.workdps(50):
        shape = 1 / mpmath.mpf(variance)
        total, count = mpmath.mpf(0), 0
        while True:
            chance = mpmath.binomial(count + shape - 1, count) * (shape / (shape + mean)) ** shape
            total += chance * (mean / (shape + mpmath.mpf(mean))) ** count
            if total >= share:
                return count
            count += 1


@pytest.mark.parametrize("mean", [0.03, 0.7, 3.3, 25.0, 180.0])
@pytest.mark.parametrize("variance", [0.01, 0.2, 1.5])
def test_quantiles_are_exact(mean, variance):
    for share in (0.1, 0.9):
        assert quantiles(np.array([mean]), variance, share)[0] == exact_quantile(mean, variance, share)


def test_the_large_form_joins_the_exact_one():
    for variance in (0.0, 0.05, 0.2):
        below, above = quantiles(np.array([EXACT_BELOW, EXACT_BELOW * 1.0001]), variance, 0.9)
        assert above == pytest.approx(below, rel=0.01)


def test_no_mean_no_band():
    assert quantiles(np.zeros((2, 3)), 0.3, 0.9).tolist() == [[0.0] * 3] * 2


def test_spread_of_known_factors_is_found(made):
    dice = np.random.default_rng(1)
    truth = Spread(week=0.03, day=0.02, hour=0.05)
    expected = np.tile(np.outer([1.2, 1.1, 1, 1, 0.9, 0.4, 0.4], np.linspace(5, 40, 24)), (300, 1, 1))
    factors = dice.gamma(1 / truth.week, truth.week, (300, 1, 1)) * dice.gamma(
        1 / truth.day, truth.day, (300, 7, 1)
    )
    factors = factors * dice.gamma(1 / truth.hour, truth.hour, (300, 7, 24))
    found = fit_spread(dice.poisson(expected * factors), expected, np.ones((300, 7), dtype=bool))
    assert found.week == pytest.approx(truth.week, rel=0.3)
    assert found.day == pytest.approx(truth.day, rel=0.3)
    assert found.hour == pytest.approx(truth.hour, rel=0.2)


def test_pure_chance_has_almost_no_spread():
    expected = np.full((100, 7, 24), 3.0)
    found = fit_spread(np.random.default_rng(2).poisson(expected), expected, np.ones((100, 7), dtype=bool))
    assert total_spread(found) < 0.015


@pytest.mark.parametrize(("mean", "variance"), [(0.2, 0.0), (3.0, 0.3), (60.0, 0.05), (2000.0, 0.02)])
def test_a_perfect_band_holds_eighty_of_a_hundred(mean, variance):
    dice = np.random.default_rng(4)
    factors = dice.gamma(1 / variance, variance, 3000) if variance else np.ones(3000)
    counts = dice.poisson(mean * factors).astype(float)
    assert share_inside(counts, np.full(3000, mean), variance).mean() == pytest.approx(0.8, abs=0.03)
