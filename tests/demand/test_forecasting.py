"""Properties of the forecast on histories made with known rates."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import HistoryError
from planner.clock import PublicHolidays, day_starts
from planner.demand import forecast
from planner.demand.curve.hours import to_quarters

WEEKS4 = 28 * 48


def test_a_known_rate_is_found(made):
    history = made.poisson_history(200)
    volumes = forecast(history, [made.queue_named("q")], made.day_after(400), WEEKS4, 30, "UTC")
    rate = made.daily_rate(200, date(2024, 1, 1) + timedelta(days=400), 28)
    assert volumes.mean.sum() == pytest.approx(rate.sum(), rel=0.04)
    hours = volumes.mean[0].reshape(28, 24, 2).sum(axis=2)
    assert np.abs(hours - rate).sum() / rate.sum() < 0.08
    assert np.all(volumes.low <= volumes.mean)
    assert np.all(volumes.mean <= volumes.high + 1)
    assert volumes.intervals == WEEKS4
    assert volumes.day_of.tolist() == np.repeat(np.arange(28), 48).tolist()
    assert volumes.week_of.max() == 3


def test_scaling_a_dense_history_scales_the_forecast(made):
    table = np.random.default_rng(2).poisson(made.daily_rate(1500, date(2024, 1, 1), 300))
    queue = [made.queue_named("q")]
    one, three = (
        forecast(made.history_of({"q": factor * table}), queue, made.day_after(300), WEEKS4, 30, "UTC").mean
        for factor in (1, 3)
    )
    assert three.sum() == pytest.approx(3 * one.sum(), rel=0.01)
    assert np.abs(three - 3 * one).sum() / three.sum() < 0.03


def test_the_order_of_queues_changes_nothing(made):
    dice = np.random.default_rng(3)
    tables = {
        name: dice.poisson(made.daily_rate(rate, date(2024, 1, 1), 200))
        for name, rate in zip("abc", (5, 50, 0), strict=True)
    }
    history = made.history_of(tables)
    start = made.day_after(200)
    one = forecast(history, [made.queue_named(name) for name in "abc"], start, 96, 30, "UTC")
    other = forecast(history, [made.queue_named(name) for name in "cab"], start, 96, 30, "UTC")
    for name in "abc":
        row, same = one.queues.index(name), other.queues.index(name)
        assert np.array_equal(one.mean[row], other.mean[same])
        assert np.array_equal(one.high[row], other.high[same])
        assert one.spread[name] == other.spread[name]


def test_a_queue_without_contacts_forecasts_none(made):
    history = made.poisson_history(30)
    volumes = forecast(
        history, [made.queue_named("q"), made.queue_named("silent")], made.day_after(400), 96, 30, "UTC"
    )
    assert np.all(volumes.mean[1] == 0)
    assert np.all(volumes.high[1] == 0)
    assert not np.isnan(volumes.mean).any()
    assert [str(notice) for notice in volumes.notices] == [
        "queue silent has no contact in the history; its forecast is 0"
    ]


def test_missing_days_do_not_lower_the_level(made):
    table = np.random.default_rng(4).poisson(made.daily_rate(100, date(2024, 1, 1), 300))
    queue, start = [made.queue_named("q")], made.day_after(300)
    whole = forecast(made.history_of({"q": table}), queue, start, WEEKS4, 30, "UTC").mean.sum()
    gaps = [*range(150, 171), *range(285, 298)]
    lost = table.copy()
    lost[gaps] = 0
    known = forecast(made.history_of({"q": lost}, missing=gaps), queue, start, WEEKS4, 30, "UTC").mean.sum()
    assert known == pytest.approx(whole, rel=0.04)
    as_zero = forecast(made.history_of({"q": lost}), queue, start, WEEKS4, 30, "UTC").mean.sum()
    assert as_zero < 0.9 * whole


def test_one_shock_hardly_moves_the_level(made):
    table = np.random.default_rng(5).poisson(made.daily_rate(100, date(2024, 1, 1), 300))
    queue, start = [made.queue_named("q")], made.day_after(300)
    calm = forecast(made.history_of({"q": table}), queue, start, WEEKS4, 30, "UTC").mean.sum()
    table[295] *= 8
    shocked = forecast(made.history_of({"q": table}), queue, start, WEEKS4, 30, "UTC").mean.sum()
    assert shocked == pytest.approx(calm, rel=0.06)


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_clock_change_day_keeps_its_total(made, minutes):
    first = date(2025, 3, 24)
    flat = np.random.default_rng(11).poisson(np.full((440, 24), 20.0))
    history = made.history_of({"q": flat}, zone="Europe/Rome")
    starts = day_starts(first, 14, "Europe/Rome")
    intervals = (starts[-1] - starts[0]) * 15 // minutes
    volumes = forecast(history, [made.queue_named("q")], starts[0], intervals, minutes, "Europe/Rome")
    totals = np.bincount(volumes.day_of, weights=volumes.mean[0])
    assert len(totals) == 14
    assert totals[6] == pytest.approx(totals[13], rel=0.015), "a lost hour would be 4 %"
    assert np.bincount(volumes.day_of)[6] == 23 * 60 // minutes


def test_profile_follows_the_local_clock(made):
    history = made.poisson_history(300, days=440, zone="Europe/Rome")
    queue = [made.queue_named("q")]
    for first in (date(2025, 3, 24), date(2025, 3, 31)):
        start = day_starts(first, 1, "Europe/Rome")[0]
        day = forecast(history, queue, start, 24, 60, "Europe/Rome").mean[0]
        assert day[9:18].sum() / day.sum() == pytest.approx(0.7, abs=0.04)


def test_public_holidays_are_quiet_and_not_missing(made):
    rate = made.daily_rate(100, date(2024, 1, 1), 500)
    free = PublicHolidays("IT")
    closed = [(day - date(2024, 1, 1)).days for day in free.days_between(date(2024, 1, 1), date(2025, 5, 14))]
    rate[closed] *= 0.1
    table = np.random.default_rng(6).poisson(rate)
    history = made.history_of({"q": table}, missing=[day for day in closed if table[day].sum() == 0])
    start = made.day_after(500)
    volumes = forecast(history, [made.queue_named("q")], start, 28 * 24, 60, "UTC", holidays=free)
    days = volumes.mean[0].reshape(28, 24).sum(axis=1)
    holiday = (date(2025, 6, 2) - (date(2024, 1, 1) + timedelta(days=500))).days
    assert days[holiday] < 0.4 * days[holiday + 7]


def test_growth_is_a_factor(made):
    history, start = made.poisson_history(50), made.day_after(400)
    queues = [made.queue_named("q"), made.queue_named("other")]
    plain = forecast(history, queues, start, 96, 30, "UTC").mean
    assert np.allclose(forecast(history, queues, start, 96, 30, "UTC", growth=1.5).mean, 1.5 * plain)
    assert np.allclose(
        forecast(history, queues, start, 96, 30, "UTC", growth={"q": 2.0}).mean[0], 2 * plain[0]
    )


def test_a_past_period_is_forecast_from_what_was_known(made):
    table = np.random.default_rng(7).poisson(made.daily_rate(100, date(2024, 1, 1), 400))
    doubled = table.copy()
    doubled[300:] *= 2
    start = made.day_after(300)
    queue = [made.queue_named("q")]
    one, other = (forecast(made.history_of({"q": t}), queue, start, 96, 30, "UTC") for t in (table, doubled))
    assert np.array_equal(one.mean, other.mean)
    assert "only what was known before is used" in str(one.notices[0])
    early = forecast(made.history_of({"q": table}), queue, made.day_after(20), 96, 30, "UTC")
    assert "later contacts are used too" in str(early.notices[0])


def test_a_queue_that_opened_lately_starts_at_its_first_contact(made):
    table = np.random.default_rng(8).poisson(made.daily_rate(40, date(2024, 1, 1), 300))
    table[:270] = 0
    old = np.random.default_rng(9).poisson(made.daily_rate(40, date(2024, 1, 1), 300))
    history = made.history_of({"q": table, "old": old})
    volumes = forecast(history, [made.queue_named("q")], made.day_after(300), WEEKS4, 30, "UTC")
    assert volumes.mean.sum() / 28 == pytest.approx(40, rel=0.12)


def test_pay_day_cycles_are_learnt_and_chance_is_not(made):
    first = date(2024, 1, 1)
    rate = made.daily_rate(300, first, 700)
    dates = [first + timedelta(days=day) for day in range(728)]
    busy = np.array([day.day <= 2 for day in dates])
    rate[busy[:700]] *= 1.6
    volumes = forecast(
        made.history_of({"q": np.random.default_rng(10).poisson(rate)}),
        [made.queue_named("q")], made.day_after(700), 28 * 24, 60, "UTC",
    )  # fmt: skip
    flat = made.daily_rate(300, dates[700], 28).sum(axis=1)
    ratio = volumes.mean[0].reshape(28, 24).sum(axis=1) / flat
    assert ratio[busy[700:]].mean() / ratio[~busy[700:]].mean() == pytest.approx(1.6, abs=0.12)
    calm = forecast(
        made.poisson_history(300, 700), [made.queue_named("q")], made.day_after(700), 28 * 24, 60, "UTC"
    )
    ratio = calm.mean[0].reshape(28, 24).sum(axis=1) / flat
    assert ratio.std() < 0.04


def test_two_weeks_are_the_least(made):
    queue = [made.queue_named("q")]
    assert forecast(made.poisson_history(30, 14), queue, made.day_after(14), 48, 30, "UTC").mean.sum() > 0
    with pytest.raises(HistoryError, match="13 whole days"):
        forecast(made.poisson_history(30, 13), queue, made.day_after(13), 48, 30, "UTC")


@given(st.lists(st.floats(0, 10), min_size=24, max_size=24))
@settings(max_examples=50)
def test_splitting_hours_keeps_their_totals(hours):
    shares = np.array([hours])
    quarters = to_quarters(shares)
    assert np.allclose(quarters.reshape(24, 4).sum(axis=1), hours)
    assert (quarters >= 0).all()
