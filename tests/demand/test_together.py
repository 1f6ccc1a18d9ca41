"""Bands of all queues together against draws, and contacts by hour of the week on several clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from planner.clock import day_starts, quarter_at
from planner.demand import (
    History,
    ImportReport,
    Promise,
    Queue,
    Spread,
    Volumes,
    all_band,
    came_by_hour,
    draws,
    expected_by_hour,
    typical_volumes,
    unit_band,
)
from planner.demand.curve.bands import grain_of

ROME = "Europe/Rome"
GRAINS = ("hour", "shift", "day", "week")


def volumes(contacts=(60.0, 25.0, 8.0), days=14, level=0.0) -> Volumes:
    """Several queues of a typical shape with chance at every grain."""
    starts = day_starts(date(2026, 3, 16), days, ROME)
    count = (starts[-1] - starts[0]) // 4
    parts = [
        typical_volumes(
            each, Queue(f"q{n}", "email", "en", 600, Promise(0.9, 7200)), starts[0], count, 60, ROME
        )
        for n, each in enumerate(contacts)
    ]
    spread = {part.queues[0]: Spread(0.01, 0.02, 0.02, level, 0.01, 0.1) for part in parts}
    mean = np.vstack([part.mean for part in parts])
    return replace(parts[0], queues=tuple(spread), mean=mean, low=mean, high=mean, spread=spread)


@pytest.mark.parametrize("grain", GRAINS)
def test_the_band_of_all_queues_is_that_of_their_draws(grain):
    made = volumes((600.0, 250.0, 80.0))
    unit = grain_of(made, grain)
    sums = np.stack([np.bincount(unit, weights=row) for row in draws(made, 1000, seed=4).sum(axis=1)])
    low, high = (all_band(made, grain, share) for share in (0.1, 0.9))
    assert len(low) == sums.shape[1]
    busy = np.bincount(unit, weights=made.mean.sum(axis=0)) > 20
    assert busy.any()
    assert ((sums >= low) & (sums <= high))[:, busy].mean() == pytest.approx(0.82, abs=0.04)


@pytest.mark.parametrize("grain", GRAINS)
def test_of_one_queue_it_is_its_own(grain):
    one = volumes((40.0,), level=0.03)
    assert all_band(one, grain, 0.9).tolist() == unit_band(one, "q0", grain, 0.9).tolist()


def test_chance_adds_up_as_squares_and_what_is_common_as_it_is():
    """Two equal queues: by chance alone the band is narrower than theirs added up, by a driver it is not."""
    chance, driven = volumes((500.0, 500.0)), volumes((500.0, 500.0), level=1.0)
    driven = replace(driven, spread={name: Spread(level=0.09) for name in driven.queues})
    for made, ratio in ((chance, 2**0.5), (driven, 2.0)):
        mean = np.bincount(made.week_of, weights=made.mean.sum(axis=0))
        together = all_band(made, "week", 0.9) - mean
        own = unit_band(made, "q0", "week", 0.9) - mean / 2
        assert together[0] / own[0] == pytest.approx(ratio, rel=0.06)


def test_an_empty_queue_adds_nothing():
    made = volumes((50.0, 0.0))
    assert all_band(made, "day", 0.9).tolist() == unit_band(made, "q0", "day", 0.9).tolist()
    assert not np.isnan(all_band(volumes((0.0,)), "day", 0.9)).any()


def test_hours_of_the_week_move_with_the_clock_and_keep_their_sum():
    made = volumes(days=7)  # before the clock change
    rome, utc = (expected_by_hour(made, {"q0": zone}) for zone in (ROME, "UTC"))
    assert rome.sum() == pytest.approx(made.mean[0].sum())
    # Rome is an hour ahead: what comes at 10 there comes at 9 in UTC.
    assert rome[24 + 10] == pytest.approx(utc[24 + 9])
    both = expected_by_hour(made, {"q0": ROME, "q1": "UTC"})
    assert np.nansum(both) == pytest.approx(made.mean[:2].sum())


def test_what_came_is_the_mean_of_days_with_data_on_each_clock(made):
    """Every hour of a day has its own number; a lost Monday counts nowhere, and old weeks do not either."""
    counts = np.tile(np.arange(24), (70, 1))
    counts[:14] = 1000
    history = made.history_of({"q": counts, "r": counts}, missing=[63])
    week = came_by_hour(history, {"q": "UTC"}, 8)
    assert week.tolist() == list(range(24)) * 7
    both = came_by_hour(history, {"q": "UTC", "r": "Europe/Rome"}, 8)
    assert both[10] == 10 + 9, "ten in Rome is nine in UTC in winter"
    assert np.isnan(came_by_hour(made.history_of({"q": counts[:0]}), {"q": "UTC"})).all()


@pytest.mark.parametrize("zone", [ROME, "UTC", "Asia/Manila"])
def test_what_came_is_a_mean_of_what_was_seen_on_any_clock(zone):
    """Two contacts in every hour of 28 days but one, which is missing: two an hour on each clock."""
    starts = day_starts(date(2026, 2, 2), 28, ROME)
    quarters = [q for day in range(28) if day != 9 for q in range(starts[day], starts[day + 1], 4)]
    frame = pd.DataFrame(
        {
            "interval_start": pd.to_datetime([900 * q for q in quarters], unit="s", utc=True),
            "queue": pd.Series(["q0"] * len(quarters), dtype="str"),
            "arrivals": 2,
            "handle_seconds": np.nan,
        }
    )
    report = ImportReport("made", "", "made", ROME, 0, 0, {}, None, None, {})
    gap = ((quarter_at(starts[9]), quarter_at(starts[10])),)
    past = History(frame, 60, quarter_at(starts[0]), quarter_at(starts[-1]), report, gap)
    assert came_by_hour(past, {"q0": zone}) == pytest.approx(np.full(168, 2.0))
