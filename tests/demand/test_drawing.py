"""Draws: repeatable, and as wide as the spread says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.demand import Spread, draws, typical_volumes


@pytest.fixture
def volumes(made):
    return typical_volumes(400, made.queue_named("q"), first_quarter=1972032, intervals=4 * 336, zone="UTC")


def test_seeded_draws_repeat_and_grow_from_the_front(volumes):
    ten = draws(volumes, 10, seed=5)
    assert ten.dtype == np.int32
    assert np.array_equal(ten, draws(volumes, 10, seed=5))
    assert np.array_equal(ten[:4], draws(volumes, 4, seed=5))
    assert not np.array_equal(ten, draws(volumes, 10, seed=6))


def test_without_spread_draws_are_poisson(volumes):
    plain = replace(volumes, spread={"q": Spread()})
    drawn = draws(plain, 400, seed=1)[:, 0].astype(float)
    assert drawn.mean() == pytest.approx(plain.mean.mean(), rel=0.01)
    weeks = drawn.reshape(400, 4, 336).sum(axis=2)
    assert weeks.var() == pytest.approx(weeks.mean(), rel=0.2)


def test_week_totals_spread_as_weeks_do(volumes):
    wide = replace(volumes, spread={"q": Spread(week=0.04)})
    weeks = draws(wide, 400, seed=1)[:, 0].reshape(400, 4, 336).sum(axis=2).astype(float)
    assert weeks.mean() == pytest.approx(wide.mean.sum() / 4, rel=0.02)
    assert (weeks.var() - weeks.mean()) / weeks.mean() ** 2 == pytest.approx(0.04, rel=0.25)


def test_bands_hold_eighty_of_a_hundred_dense_draws(volumes):
    dense = replace(volumes, mean=40 * volumes.mean)
    from planner.demand.curve.bands import HIGH, LOW, quantiles, total_spread

    variance = total_spread(dense.spread["q"])
    low, high = (quantiles(dense.mean[0], variance, share) for share in (LOW, HIGH))
    drawn = draws(dense, 200, seed=2)[:, 0]
    assert ((drawn >= low) & (drawn <= high)).mean() == pytest.approx(0.8, abs=0.03)


def test_doubt_is_one_factor_of_the_whole_period_and_touches_nothing_else(volumes):
    plain = replace(volumes, spread={"q": Spread()})
    night = np.arange(plain.intervals)[None] % 48 < 12
    doubted = replace(plain, doubt=np.where(night, 0.25, 0.0))
    none = replace(plain, doubt=np.zeros_like(plain.mean))
    before, after = draws(plain, 400, seed=3), draws(doubted, 400, seed=3)
    assert np.array_equal(before, draws(none, 400, seed=3))
    assert np.array_equal(after[:10], draws(doubted, 10, seed=3))
    nights = after[:, night].sum(axis=1) / plain.mean[night].sum()
    assert nights.mean() == pytest.approx(1.0, abs=0.08)
    assert nights.var() == pytest.approx(0.25 + 1 / plain.mean[night].sum(), rel=0.25)
    days = after[:, ~night].sum(axis=1) / plain.mean[~night].sum()
    assert days.mean() == pytest.approx(1.0, abs=0.005)
    assert days.var() == pytest.approx(1 / plain.mean[~night].sum(), rel=0.25)


def test_a_queue_draws_the_same_whatever_stands_beside_it(volumes):
    def beside(*names):
        each = {name: volumes.mean[0] for name in names}
        return replace(
            volumes,
            queues=names,
            mean=np.array(list(each.values())),
            spread={name: volumes.spread["q"] for name in names},
        )

    alone, after, before = (
        draws(beside(*names), 3, seed=7) for names in (("q",), ("p", "q"), ("q", "p", "r"))
    )
    assert np.array_equal(alone[:, 0], after[:, 1])
    assert np.array_equal(alone[:, 0], before[:, 0])
    assert not np.array_equal(after[:, 0], after[:, 1])
