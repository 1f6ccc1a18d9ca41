"""Charts of accuracy, tested on their data."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from planner.clock import day_starts, quarter_at
from planner.demand import History, ImportReport, Promise, Queue, accuracy_report, forecast, outlook
from planner.study import charts

QUEUE = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
FIRST, DAYS = date(2024, 1, 1), 400


def history(missing=()):
    """Pure chance around 48 a day, in Rome, some days missing."""
    starts = day_starts(FIRST, DAYS, "Europe/Rome")
    counts = np.random.default_rng(5).poisson(2.0, (DAYS, 24))
    rows = [
        (900 * (starts[day] + 4 * hour), int(counts[day, hour]))
        for day, hour in zip(*np.nonzero(counts), strict=True)
        if day not in missing and starts[day] + 4 * hour < starts[day + 1]
    ]
    frame = pd.DataFrame(
        {
            "interval_start": pd.to_datetime([row[0] for row in rows], unit="s", utc=True),
            "queue": pd.Series([QUEUE.name] * len(rows), dtype="str"),
            "arrivals": pd.Series([row[1] for row in rows], dtype="int64"),
            "handle_seconds": math.nan,
        }
    )
    gaps = tuple((quarter_at(starts[day]), quarter_at(starts[day + 1])) for day in missing)
    report = ImportReport("made", "", "made", "Europe/Rome", 0, 0, {}, None, None, {})
    return History(frame, 60, quarter_at(starts[0]), quarter_at(starts[-1]), report, gaps)


@pytest.fixture(scope="module")
def report():
    return accuracy_report(history(missing=(390,)), [QUEUE], "Europe/Rome", origins=3)


def named(figure):
    """Traces with a name, by it."""
    return {trace.name: trace for trace in figure.data if trace.name}


def test_forecast_and_actual_show_each_day_once_with_both_bands(report):
    figure = charts.forecast_and_actual(report, "email en", "Europe/Rome")
    traces = named(figure)
    assert set(traces) == {"wider band: 19 of 20", "band: 8 of 10", "forecast", "what came"}
    days = list(traces["what came"].x)
    assert len(days) == len(set(days)) == 3 * 28
    assert days == sorted(days)
    assert days[-1] == "2025-02-03"
    assert traces["what came"].y[days.index("2025-01-25")] is None, "a missing day is a gap, not 0"
    low, forecast_, high = (
        np.array(values, dtype=float)
        for values in (traces["band: 8 of 10"].y, traces["forecast"].y, figure.data[2].y)
    )
    known = ~np.isnan(forecast_)
    assert list(traces["band: 8 of 10"].x) == [day for day, seen in zip(days, known, strict=True) if seen]
    assert (low <= forecast_[known]).all()
    assert (forecast_[known] <= high).all()
    assert "Europe/Rome" in figure.layout.xaxis.title.text
    assert figure.layout.yaxis.title.text == "contacts a day"


def test_overlapping_tests_end_where_the_next_begins():
    trace = pd.DataFrame(
        {
            "queue": "a",
            "grain": "day",
            "origin": [date(2026, 1, 1)] * 3 + [date(2026, 1, 3)] * 2,
            "start": [date(2026, 1, n) for n in (1, 2, 3, 3, 4)],
        }
    )
    kept = charts.accuracy.latest(trace, "a", "day")
    assert [(row.origin.day, row.start.day) for row in kept.itertuples()] == [(1, 1), (1, 2), (3, 3), (3, 4)]


def test_error_by_horizon_has_four_weeks_of_each_way(report):
    figure = charts.error_by_horizon(report, "email en")
    traces = named(figure)
    assert list(traces) == ["this forecast", "same hour last week", "mean of 8 weeks"]
    scores = report.scores
    own = scores[(scores["grain"] == "day") & (scores["method"] == "planner")].set_index("weeks_ahead")
    assert list(traces["this forecast"].x) == ["1", "2", "3", "4"]
    assert list(traces["this forecast"].y) == pytest.approx(
        [100 * own["wape"][str(week)] for week in (1, 2, 3, 4)]
    )
    assert figure.layout.xaxis.title.text == "weeks ahead"


def test_error_by_grain_puts_chance_first_and_leaves_out_what_says_nothing():
    sparse = history()
    sparse.frame["arrivals"] = 1
    made = accuracy_report(sparse, [QUEUE], "Europe/Rome", origins=2)
    traces = named(charts.error_by_grain(made, "email en"))
    assert list(traces) == ["chance alone", "this forecast", "same hour last week", "mean of 8 weeks"]
    assert traces["this forecast"].y[0] is None, "hours with less than 2 contacts"
    assert traces["this forecast"].y[2] > 0
    assert traces["this forecast"].text[0] == ""


def test_the_floor_in_the_chart_is_that_of_the_scores(report):
    bars = named(charts.error_by_grain(report, "email en"))
    ratio = bars["this forecast"].y[2] / bars["chance alone"].y[2]
    assert ratio == pytest.approx(report.summary["noise_floor_ratio"][0])


def test_coverage_bars_have_lines_at_what_is_meant(report):
    figure = charts.coverage_bars(report, "email en")
    traces = named(figure)
    assert set(traces) == {"inside the 80 % band", "inside the 95 % band"}
    assert [shape.y0 for shape in figure.layout.shapes] == [80, 95]
    assert [note.text for note in figure.layout.annotations] == ["80 % is meant", "95 % is meant"]
    assert traces["inside the 80 % band"].y[2] == pytest.approx(100 * report.summary["coverage80"][0])


@pytest.mark.parametrize(("grain", "past", "coming"), [("day", 56, 28), ("week", 8, 4)])
def test_outlook_is_the_last_weeks_and_the_period(grain, past, coming):
    known = history()
    starts = day_starts(date(2025, 2, 4), 28, "Europe/Rome")
    volumes = forecast(known, [QUEUE], starts[0], (starts[-1] - starts[0]) // 2, 30, "Europe/Rome")
    frame = outlook(known, volumes, "Europe/Rome", grain)
    assert frame["actual"].notna().sum() == past
    assert frame["mean"].notna().sum() == coming
    assert frame["mean"].sum() == pytest.approx(volumes.mean.sum())
    due = frame[frame["mean"].notna()]
    assert (due["low"] < due["mean"]).all()
    assert (due["mean"] < due["high"]).all()
    assert (frame["start"].diff().dropna() == pd.Timedelta(days=28 // coming)).all(), "no day is left out"
    came = known.frame[
        known.frame["interval_start"] >= quarter_at(day_starts(date(2024, 12, 10), 1, "Europe/Rome")[0])
    ]
    assert frame["actual"].sum() == came["arrivals"].sum()
    figure = charts.history_and_forecast(frame, "email en", "Europe/Rome", grain)
    traces = named(figure)
    assert len(traces["what came"].x) == past
    assert len(traces["forecast"].x) == coming
    assert traces["what came"].x[-1] < traces["forecast"].x[0]


def test_the_band_of_a_day_is_that_of_the_draws():
    from planner.demand import draws

    known = history()
    starts = day_starts(date(2025, 2, 4), 14, "Europe/Rome")
    volumes = forecast(known, [QUEUE], starts[0], (starts[-1] - starts[0]) // 4, 60, "Europe/Rome")
    drawn = draws(volumes, 2000, seed=3)[:, 0].reshape(2000, 2, 168).sum(axis=2)
    weeks = outlook(None, volumes, "Europe/Rome", "week")
    for week in range(2):
        low, high = np.quantile(drawn[:, week], (0.1, 0.9))
        assert weeks["low"][week] == pytest.approx(low, rel=0.03)
        assert weeks["high"][week] == pytest.approx(high, rel=0.03)
