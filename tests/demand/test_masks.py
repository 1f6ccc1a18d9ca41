"""Hours that nobody could see: closed, missing, or before a queue opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine, PublicHolidays, day_starts, quarter_at
from planner.demand import DemandCalendar, ForecastAsks, OpenSince, Promise, Queue, forecast
from planner.demand.curve.daily import features
from planner.demand.curve.hours import day_profiles, to_quarters
from planner.demand.curve.model import fit_queue
from planner.demand.forecasting import fitted, pasts_of

FIRST = date(2024, 1, 1)
PHONE = Queue("q", "phone", "en", 300, Promise(0.8, 20))


def weekday_hours(opens: int, closes: int) -> OpeningHours:
    """Monday to Friday, in UTC."""
    line = OpeningLine(frozenset(range(5)), False, 60 * opens, 60 * closes)
    return OpeningHours("UTC", (line,), PublicHolidays(""))


def model_of(history, queue, asks):
    return fitted(pasts_of(history, [queue], "UTC", None, asks)[0]).model


def weeks(volumes, days=28):
    return volumes.mean[0].reshape(days, 24, -1).sum(axis=2)


def test_half_a_missing_day_lowers_neither_level_nor_profile(made):
    table = np.random.default_rng(1).poisson(made.daily_rate(200, FIRST, 300))
    start, queue = made.day_after(300), [made.queue_named("q")]
    whole = weeks(forecast(made.history_of({"q": table}), queue, start, 28 * 24, 60, "UTC"))
    lost = table.copy()
    lost[200:300:2, 8:13] = 0
    history = made.history_of({"q": lost})
    begins = day_starts(FIRST, 300, "UTC")
    gaps = tuple((quarter_at(begins[day] + 32), quarter_at(begins[day] + 52)) for day in range(200, 300, 2))
    known = weeks(forecast(replace(history, missing=gaps), queue, start, 28 * 24, 60, "UTC"))
    as_zero = weeks(forecast(history, queue, start, 28 * 24, 60, "UTC"))
    assert known.sum() == pytest.approx(whole.sum(), rel=0.03)
    assert known[:, 8:13].sum() == pytest.approx(whole[:, 8:13].sum(), rel=0.04)
    assert as_zero.sum() < 0.88 * whole.sum()


def test_closed_hours_are_censored_and_hours_never_open_are_nought(made):
    rate = made.daily_rate(300, FIRST, 300)
    table = np.random.default_rng(2).poisson(rate)
    hours = np.arange(24)
    early = (hours >= 9) & (hours < 17)
    later = (hours >= 8) & (hours < 20)
    table[:250, ~early] = 0
    table[250:, ~later] = 0
    workday = (np.arange(300) % 7) < 5
    table[~workday] = 0
    asks = ForecastAsks(
        open_hours={
            "q": (
                OpenSince(FIRST, weekday_hours(9, 17)),
                OpenSince(FIRST + timedelta(days=250), weekday_hours(8, 20)),
            )
        }
    )
    model = model_of(made.history_of({"q": table}), PHONE, asks)
    coming = model.slots(features(FIRST + timedelta(days=300), 28, None))
    truth = made.daily_rate(300, FIRST + timedelta(days=300), 28)
    ahead = ((300 + np.arange(28)) % 7) < 5
    assert coming[ahead][:, early].sum() == pytest.approx(truth[ahead][:, early].sum(), rel=0.04)
    assert coming[~ahead].sum() == 0
    assert coming[:, ~later].sum() == 0
    assert model.hours.known[:5].any(axis=0).tolist() == later.tolist(), "the rest is for others to lend"
    new = later & ~early
    assert coming[ahead][:, new].sum() == pytest.approx(truth[ahead][:, new].sum(), rel=0.08)


def test_a_mask_of_the_opening_hours_changes_little_where_they_never_changed(made):
    table = np.random.default_rng(3).poisson(made.daily_rate(300, FIRST, 200))
    table[:, :8] = table[:, 18:] = 0
    table[np.arange(200) % 7 >= 5] = 0
    history, ahead = made.history_of({"q": table}), features(FIRST + timedelta(days=200), 28, None)
    asks = ForecastAsks(open_hours={"q": (OpenSince(FIRST, weekday_hours(8, 18)),)})
    told = model_of(history, PHONE, asks).slots(ahead)
    seen = model_of(history, PHONE, ForecastAsks()).slots(ahead)
    assert (seen[:, :8] == 0).all(), "shut by night, as the data say"
    assert (seen[(200 + np.arange(28)) % 7 >= 5] == 0).all()
    assert np.abs(told - seen).sum() / told.sum() < 0.02


def test_an_unknown_holiday_is_neither_demand_nor_its_absence(made):
    calendar = features(FIRST, 250, None)
    rate = made.daily_rate(400, FIRST, 250)
    rate[(np.arange(250) % 7) >= 5] = 0
    table = np.random.default_rng(4).poisson(rate).astype(float)
    everything = np.ones(250, dtype=bool)
    calm = fit_queue(table, everything, calendar)
    closed = table.copy()
    holidays = [60, 101, 214, 246, 249]
    assert all(day % 7 < 5 for day in holidays)
    closed[holidays] = 0
    found = fit_queue(closed, everything, calendar)
    assert found.daily.weights[holidays].tolist() == [0.0] * 5
    ahead = features(FIRST + timedelta(days=250), 28, None)
    assert found.totals(ahead).sum() == pytest.approx(calm.totals(ahead).sum(), rel=0.02)
    assert found.totals(ahead)[((250 + np.arange(28)) % 7) >= 5].sum() == 0


def test_many_empty_days_in_a_row_are_believed(made):
    calendar = features(FIRST, 250, None)
    table = np.random.default_rng(5).poisson(made.daily_rate(400, FIRST, 250)).astype(float)
    table[-21:] = 0
    found = fit_queue(table, np.ones(250, dtype=bool), calendar)
    assert found.totals(features(FIRST + timedelta(days=250), 7, None)).mean() < 200


def test_no_edge_is_smeared():
    day = np.zeros(48)
    day[16:36] = np.linspace(60, 90, 20)
    counts = np.random.default_rng(6).poisson(np.tile(day, (100, 1))).astype(float)
    hours = day_profiles(counts, np.ones(100), np.arange(100) % 7)
    assert (hours.shares[:, :16] == 0).all()
    assert (hours.shares[:, 36:] == 0).all()
    assert np.abs(hours.shares.mean(axis=0) - day / day.sum()).max() < 0.002
    quarters = to_quarters(hours.shares)
    assert (quarters[:, :32] == 0).all()
    assert quarters[0, 32] == pytest.approx(quarters[0, 33], rel=0.01)


def test_customers_of_two_countries_have_part_of_a_holiday(made):
    days = 700
    rate = made.daily_rate(300, FIRST, days)
    calendar = DemandCalendar(((PublicHolidays("FR"), 0.5),))
    shares = calendar.shares(FIRST, FIRST + timedelta(days=days + 60))
    off = np.array([shares.get(FIRST + timedelta(days=day), 0.0) for day in range(days + 60)])
    rate = rate * np.exp(np.log(0.3) * off[:days, None])
    table = np.random.default_rng(7).poisson(rate)
    asks = ForecastAsks(calendars={"q": calendar})
    volumes = forecast(
        made.history_of({"q": table}),
        [made.queue_named("q")],
        made.day_after(days),
        56 * 24,
        60,
        "UTC",
        asks=asks,
    )
    found = weeks(volumes, 56).sum(axis=1)
    plain = made.daily_rate(300, FIRST + timedelta(days=days), 56).sum(axis=1)
    workday = ((days + np.arange(56)) % 7) < 5
    ratio = (found / plain)[workday & (off[days : days + 56] > 0)]
    assert len(ratio)
    assert ratio.mean() == pytest.approx(0.3**0.5, abs=0.12)


@pytest.mark.parametrize("clock", ["America/New_York", "Europe/Rome"])
@pytest.mark.parametrize("changed", [date(2025, 3, 3), date(2025, 3, 24), date(2025, 10, 20)])
def test_hours_come_out_right_on_a_clock_of_their_own(made, clock, changed):
    days = (changed - FIRST).days
    table = np.random.default_rng(8).poisson(made.daily_rate(400, FIRST, days))
    history = made.history_of({"q": table}, zone=clock)
    asks = ForecastAsks(zones={"q": clock})
    starts = day_starts(changed, 14, "Europe/Rome")
    volumes = forecast(
        history,
        [made.queue_named("q")],
        starts[0],
        (starts[-1] - starts[0]) // 4,
        60,
        "Europe/Rome",
        asks=asks,
    )
    own = np.array(day_starts(changed, 14, clock))
    quarter = volumes.first_quarter + 4 * np.arange(volumes.intervals)
    day_of = np.searchsorted(own, quarter, side="right") - 1
    totals = np.array([volumes.mean[0][day_of == day].sum() for day in range(13)])
    truth = made.daily_rate(400, changed, 14).sum(axis=1)[:13]
    inside = np.array([(own[day] >= starts[0]) & (own[day + 1] <= starts[-1]) for day in range(13)])
    assert totals[inside] / truth[inside] == pytest.approx(np.ones(inside.sum()), abs=0.06)
    assert np.abs(totals[inside][:6] / totals[inside][7:13][:6] - 1).max() < 0.03, "a lost hour would be 4 %"
    busiest = volumes.mean[0] * (day_of == 10)
    hour = (quarter[busiest.argmax()] - own[10]) / 4
    assert 8 <= hour <= 16
