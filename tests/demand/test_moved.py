"""Demand moved from the opening peak: what is conserved, and what never happens."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand.told.moved import LEAST_LEFT, PEAK_MINUTES, moved

DAY = np.repeat(np.arange(7), 48)
SLOT = np.tile(np.arange(48), 7)


def opened(first, last, days=5):
    return np.isin(SLOT, range(2 * first, 2 * last)) & np.isin(DAY, range(days))


@given(
    st.floats(0.0, 0.7),
    st.lists(st.floats(0.0, 5.0), min_size=7 * 48, max_size=7 * 48),
    st.integers(5, 8),
)
def test_totals(share, values, first):
    mean = np.array(values)
    old = opened(9, 18)
    new = opened(first, 20) & ~old
    after = moved(mean, new, old, DAY, share, 30)
    peak = opened(9, 9 + PEAK_MINUTES // 60)
    early = new & (SLOT < 18)
    assert np.array_equal(after[~peak], mean[~peak])
    for day in range(7):
        today = day == DAY
        lost = (mean - after)[today].sum()
        wanted = share * mean[early & today].sum()
        assert lost <= wanted + 1e-9
        room = (1 - LEAST_LEFT) * mean[peak & today].sum()
        assert lost == pytest.approx(min(wanted, room), abs=1e-9)
    assert (after >= LEAST_LEFT * mean - 1e-9)[peak].all()


def test_evening_hours_and_closed_days_move_nothing():
    mean = np.ones(7 * 48)
    old = opened(9, 18)
    assert np.array_equal(moved(mean, opened(18, 20), old, DAY, 0.5, 30), mean)
    weekend = (DAY >= 5) & (SLOT >= 18)
    assert np.array_equal(moved(mean, weekend, old, DAY, 0.5, 30), mean)


def test_no_share_moves_nothing_and_the_input_stays():
    mean = np.ones(7 * 48)
    after = moved(mean, opened(7, 9), opened(9, 18), DAY, 0.0, 30)
    assert np.array_equal(after, mean)
    moved(mean, opened(7, 9), opened(9, 18), DAY, 0.7, 30)
    assert (mean == 1.0).all()
