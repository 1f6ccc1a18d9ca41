"""What holds for every forecast: the last paragraph of the design's page on it, a test each."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import day_starts
from planner.demand import backtest, draws, forecast
from planner.demand.curve.daily import features
from planner.demand.curve.model import fit_queue

FIRST = date(2024, 1, 1)
AHEAD = features(FIRST + timedelta(days=280), 28, None)
PAST = features(FIRST, 280, None)
EVERY = np.ones(280, dtype=bool)


def table_of(made, per_day: float, seed: int, days: int = 280) -> np.ndarray:
    return np.random.default_rng(seed).poisson(made.daily_rate(per_day, FIRST, days)).astype(float)


@given(seed=st.integers(0, 10_000), factor=st.sampled_from([2.0, 3.0, 7.0]))
@settings(max_examples=12, deadline=None)
def test_scaling_a_dense_history_scales_the_forecast(made, seed, factor):
    table = table_of(made, 2500, seed)
    one, more = (fit_queue(scale * table, EVERY, PAST).slots(AHEAD) for scale in (1.0, factor))
    assert np.abs(more - factor * one).sum() / more.sum() < 0.02


@given(seed=st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_permuting_queues_changes_nothing(made, seed):
    tables = {
        name: table_of(made, rate, seed + rate, 120) for name, rate in zip("abc", (4, 40, 300), strict=True)
    }
    start = made.day_after(120)
    one, other = (
        forecast(made.history_of({name: tables[name] for name in order}),
                 [made.queue_named(name) for name in order], start, 7 * 24, 60, "UTC")
        for order in ("abc", "bca")
    )  # fmt: skip
    for name in "abc":
        row, same = one.queues.index(name), other.queues.index(name)
        assert np.array_equal(one.mean[row], other.mean[same])
        assert np.array_equal(one.low[row], other.low[same])
        assert one.spread[name] == other.spread[name]


@given(seed=st.integers(0, 10_000), opens=st.integers(5, 10), closes=st.integers(14, 22))
@settings(max_examples=12, deadline=None)
def test_closed_hours_are_exactly_nought(made, seed, opens, closes):
    table = table_of(made, 400, seed)
    table[:, :opens] = table[:, closes:] = 0
    table[np.arange(280) % 7 == 6] = 0
    table[np.arange(280) % 7 == 5, 12:] = 0
    coming = fit_queue(table, EVERY, PAST).slots(AHEAD)
    weekday = (280 + np.arange(28)) % 7
    assert (coming[:, :opens] == 0).all()
    assert (coming[:, closes:] == 0).all()
    assert (coming[weekday == 6] == 0).all()
    assert (coming[weekday == 5, 12:] == 0).all()
    assert (coming[weekday < 5, opens:closes] > 0).all()


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_hours_add_up_to_days(made, minutes):
    table = table_of(made, 150, 1)
    history = made.history_of({"q": table})
    start, queue = made.day_after(280), [made.queue_named("q")]
    volumes = forecast(history, queue, start, 28 * 1440 // minutes, minutes, "UTC")
    model = fit_queue(table, EVERY, PAST)
    of_days = np.bincount(volumes.day_of, weights=volumes.mean[0])
    assert of_days == pytest.approx(model.totals(AHEAD))
    by_hour = volumes.mean[0].reshape(28, 24, -1).sum(axis=2)
    assert by_hour == pytest.approx(model.slots(AHEAD))


@given(seed=st.integers(0, 10_000), gap=st.integers(1, 20), share=st.floats(0.05, 0.25))
@settings(max_examples=12, deadline=None)
def test_missing_days_do_not_lower_the_level(made, seed, gap, share):
    table = table_of(made, 200, seed)
    whole = fit_queue(table, EVERY, PAST).slots(AHEAD).sum()
    seen = np.random.default_rng(seed).random(280) > share
    seen[-gap:] = False
    lost = np.where(seen[:, None], table, 0.0)
    assert fit_queue(lost, seen, PAST).slots(AHEAD).sum() == pytest.approx(whole, rel=0.07)


@pytest.mark.parametrize("days", [14, 60, 280])
def test_an_all_zero_queue_forecasts_nothing_and_no_nan(made, days):
    calendar = features(FIRST, days, None)
    model = fit_queue(np.zeros((days, 24)), np.ones(days, dtype=bool), calendar)
    coming = model.slots(AHEAD)
    assert np.isfinite(coming).all()
    assert coming.sum() == 0
    hardly = np.zeros((days, 24))
    hardly[days // 2, 11] = 1
    coming = fit_queue(hardly, np.ones(days, dtype=bool), calendar).slots(AHEAD)
    assert np.isfinite(coming).all()
    assert 0 <= coming.sum() < 28 * 3 / days


@pytest.mark.parametrize("zone", ["Europe/Rome", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize(
    "monday", [date(2025, 3, 3), date(2025, 3, 24), date(2025, 3, 31), date(2025, 10, 20)]
)
def test_clock_change_weeks_keep_their_totals(made, zone, monday):
    days = (monday - FIRST).days
    flat = np.random.default_rng(3).poisson(np.full((days, 24), 30.0))
    history = made.history_of({"q": flat}, zone=zone)
    starts = day_starts(monday, 14, zone)
    quarters = starts[-1] - starts[0]
    volumes = forecast(history, [made.queue_named("q")], starts[0], quarters, 15, zone)
    totals = np.bincount(volumes.day_of, weights=volumes.mean[0])
    assert totals[:7] == pytest.approx(totals[7:], rel=0.02)


def test_seeded_draws_repeat(made):
    history = made.poisson_history(80, 200)
    volumes = forecast(history, [made.queue_named("q")], made.day_after(200), 7 * 48, 30, "UTC")
    assert np.array_equal(draws(volumes, 5, seed=3), draws(volumes, 5, seed=3))
    assert np.array_equal(draws(volumes, 9, seed=3)[:5], draws(volumes, 5, seed=3))
    assert not np.array_equal(draws(volumes, 5, seed=3), draws(volumes, 5, seed=4))


@pytest.mark.parametrize(("per_day", "seed"), [(3.0, 5), (30.0, 6), (120.0, 7), (600.0, 8)])
def test_pure_chance_is_forecast_at_the_floor(made, per_day, seed):
    frame = backtest(made.poisson_history(per_day, 728, seed), [made.queue_named("q")], "UTC", origins=13)
    hour = frame[(frame["grain"] == "hour") & (frame["method"] == "planner")].iloc[0]
    assert hour["noise_floor_ratio"] == pytest.approx(1.0, abs=0.02)
    assert hour["coverage80"] == pytest.approx(0.8, abs=0.02)
