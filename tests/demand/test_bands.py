"""Quantiles against exact sums, spreads against known factors, bands against draws."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from planner.demand import Spread, Volumes, draws
from planner.demand.curve.bands import (
    EXACT_BELOW,
    GRAINS,
    grain_of,
    interval_variance,
    quantiles,
    total_spread,
    unit_band,
    unit_variance,
)
from planner.demand.curve.spreads import fit_spread


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


def test_each_mean_may_have_a_variance_of_its_own():
    mean, variance = np.array([[3.0, 3.0], [25.0, 900.0]]), np.array([[0.0, 0.5], [0.1, 0.1]])
    one_by_one = [
        [quantiles(np.array([m]), v, 0.9)[0] for m, v in zip(*rows, strict=True)]
        for rows in zip(mean, variance, strict=True)
    ]
    assert quantiles(mean, variance, 0.9).tolist() == one_by_one


def test_the_large_form_joins_the_exact_one():
    for variance in (0.0, 0.05, 0.2):
        below, above = quantiles(np.array([EXACT_BELOW, EXACT_BELOW * 1.0001]), variance, 0.9)
        assert above == pytest.approx(below, rel=0.01)


def test_no_mean_no_band():
    assert quantiles(np.zeros((2, 3)), 0.3, 0.9).tolist() == [[0.0] * 3] * 2


def _world(truth: Spread, mean: np.ndarray, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Weeks of contacts with known factors, and their means."""
    dice = np.random.default_rng(1)
    expected = np.tile(mean, (weeks, 1, 1))
    factors = np.ones_like(expected)
    for variance, shape, repeat in (
        (truth.week, (weeks, 1, 1), 1),
        (truth.day, (weeks, 7, 1), 1),
        (truth.shift, (weeks, 7, 3), 8),
        (truth.hour, (weeks, 7, 24), 1),
    ):
        if variance:
            factors = factors * np.repeat(dice.gamma(1 / variance, variance, shape), repeat, axis=2)
    if truth.clump:
        factors = factors * dice.gamma(expected / truth.clump, truth.clump / expected)
    return dice.poisson(expected * factors), expected


WEEK = np.outer([1.2, 1.1, 1, 1, 0.9, 0.4, 0.4], np.linspace(5, 40, 24))


def test_spread_of_known_factors_is_found():
    truth = Spread(week=0.03, day=0.02, hour=0.05, shift=0.04)
    actual, expected = _world(truth, WEEK, 400)
    found = fit_spread(actual, expected, np.ones((400, 7), dtype=bool))
    assert found.week == pytest.approx(truth.week, rel=0.3)
    assert found.day == pytest.approx(truth.day, rel=0.3)
    assert found.shift == pytest.approx(truth.shift, rel=0.2)
    assert found.hour == pytest.approx(truth.hour, rel=0.2)
    assert found.clump < 0.3


def test_clumps_are_found():
    actual, expected = _world(Spread(week=0.02, clump=0.6), WEEK / 8, 400)
    found = fit_spread(actual, expected, np.ones((400, 7), dtype=bool))
    # Rare large clumps count as shocks and are pulled in.
    assert 0.4 < found.clump < 0.65
    assert found.hour < 0.05
    assert found.shift < 0.01


def test_pure_chance_has_almost_no_spread():
    expected = np.full((100, 7, 24), 3.0)
    found = fit_spread(np.random.default_rng(2).poisson(expected), expected, np.ones((100, 7), dtype=bool))
    assert total_spread(found) < 0.015
    assert found.clump < 0.05


def test_hours_that_were_not_seen_say_nothing():
    truth = Spread(week=0.03, day=0.02, hour=0.05)
    actual, expected = _world(truth, WEEK, 300)
    seen = np.ones((300, 7, 24), dtype=bool)
    seen[:, :, :6] = False
    lost = np.where(seen, actual, 0)
    assert fit_spread(lost, expected, seen).hour == pytest.approx(truth.hour, rel=0.2)


SPREADS = [
    Spread(),
    Spread(week=0.03, day=0.02, hour=0.05),
    Spread(week=0.01, day=0.01, shift=0.04, clump=0.4),
    Spread(level=0.02, week=0.01, shift=0.1, hour=0.3, clump=0.1),
]


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("minutes", [30, 60])
@pytest.mark.parametrize("size", [0.1, 2.0])
def test_draws_and_bands_agree_at_every_grain(spread, minutes, size):
    per_day = 24 * 60 // minutes
    mean = size * np.repeat(WEEK.ravel(), 60 // minutes)[None] * minutes / 60
    day_of = np.repeat(np.arange(7), per_day)
    start = 4 * 24 * 20_000
    volumes = Volumes(("q",), start, minutes, mean, mean, mean, {"q": spread}, day_of, day_of // 7)
    drawn = draws(volumes, 600, seed=3)[:, 0].astype(float)
    for grain in GRAINS:
        index = grain_of(volumes, grain)
        units = np.array([np.bincount(index, weights=one) for one in drawn])
        # As likely below the upper limit, and at it, as its share says: counts are whole.
        for share in (0.1, 0.9, 0.975):
            limit = unit_band(volumes, "q", grain, share)
            noise = 0.02 if grain != "week" else 0.045
            assert (units < limit).mean() <= share + noise
            assert (units <= limit).mean() >= share - noise
        expected = np.bincount(index, weights=mean[0])
        variance = (units.var(axis=0) - expected).sum() / (expected**2).sum()
        hours = {"hour": 1, "shift": 8, "day": 24, "week": 168}[grain]
        told = unit_variance(spread, mean[0].reshape(7, 24, -1).sum(axis=2), hours)
        assert variance == pytest.approx((told * expected**2).sum() / (expected**2).sum(), rel=0.35, abs=0.01)


def test_clumps_weigh_more_where_less_is_expected():
    spread = Spread(clump=0.5)
    variance = interval_variance(spread, np.array([1.0, 1.0, 10.0, 10.0, 0.0, 0.0]), 0, 30)
    assert variance.round(3).tolist() == [0.25, 0.25, 0.025, 0.025, 0.0, 0.0]
