"""What lasts, and the wave on top of it."""

from __future__ import annotations

import numpy as np
import pytest

from planner.demand.curve.level import Level, level_at_end, two_sided_level


def noisy(level: np.ndarray, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).poisson(level).astype(float)


def test_a_steady_level_is_found_with_hardly_a_wave():
    found = level_at_end(noisy(np.full(400, 200.0), 1), np.ones(400))
    assert found.lasting == pytest.approx(200, rel=0.02)
    assert abs(found.wave) < 0.03


def test_a_new_level_is_followed_where_it_is_sure():
    level = np.where(np.arange(400) < 380, 100.0, 160.0)
    large = level_at_end(noisy(5 * level, 2), np.ones(400))
    assert large.ahead(0, 28).mean() == pytest.approx(5 * 160, rel=0.12)
    small = level_at_end(noisy(level / 200, 2), np.ones(400))
    assert abs(small.wave) < 0.5 * abs(large.wave)


def test_waves_that_never_last_are_not_believed():
    swing = 300 * np.exp(0.4 * np.sin(np.arange(722) * 2 * np.pi / 21))
    assert swing[-4:].mean() > 1.1 * swing.mean()
    assert abs(level_at_end(swing, np.ones(722)).wave) < 0.12


def test_the_wave_fades_from_the_end_of_the_history_on():
    level = Level(100.0, 0.5)
    assert level.ahead(0, 60)[42:] == pytest.approx(level.ahead(42, 18))
    assert level.ahead(0, 1)[0] == pytest.approx(100 * np.exp(0.5))
    assert level.ahead(2000, 1)[0] == pytest.approx(100)


def test_days_that_were_not_seen_do_not_count():
    values = noisy(np.full(300, 80.0), 4)
    shown = np.ones(300)
    shown[290:] = 0.0
    whole = level_at_end(values[:290], shown[:290])
    gap = level_at_end(values * shown, shown)
    assert gap.lasting == pytest.approx(whole.lasting, rel=0.01)
    half = np.where(np.arange(300) % 2, 0.5, 1.0)
    assert level_at_end(values * half, half).lasting == pytest.approx(
        level_at_end(values, np.ones(300)).lasting, rel=0.05
    )


def test_nothing_stays_nothing():
    assert level_at_end(np.zeros(60), np.ones(60)) == Level(0.0, 0.0)
    assert np.isfinite(two_sided_level(np.zeros(60), np.zeros(60), 10.0)).all()
