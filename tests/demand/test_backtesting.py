"""The back-test itself, and its yardsticks."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from planner._errors import HistoryError
from planner.clock import PublicHolidays
from planner.demand import HistorySource, backtest, noise_floor, read_history


def score(frame, grain, method="planner"):
    rows = frame[(frame["grain"] == grain) & (frame["method"] == method)]
    return rows.iloc[0]


def test_columns_and_rows(made):
    frame = backtest(made.poisson_history(40, 200), [made.queue_named("q")], "UTC", origins=3)
    assert list(frame.columns) == [
        "queue", "grain", "method", "wape", "bias", "mean_per_interval", "noise_floor_ratio", "coverage80",
        "weeks_ahead", "coverage95", "deviance_ratio", "band_deviance_ratio", "skill_last_week",
        "skill_eight_weeks", "units",
    ]  # fmt: skip
    assert len(frame) == 4 * 3
    assert np.isnan(score(frame, "hour")["wape"]), "an hour of 1.7 contacts: a share would say nothing"


@pytest.mark.parametrize("per_day", [12.0, 240.0])
def test_pure_chance_is_forecast_at_the_floor(made, per_day):
    frame = backtest(made.poisson_history(per_day, 728), [made.queue_named("q")], "UTC", origins=13)
    assert score(frame, "hour")["noise_floor_ratio"] == pytest.approx(1.0, abs=0.02)
    assert score(frame, "day")["noise_floor_ratio"] == pytest.approx(1.0, abs=0.08)
    assert abs(score(frame, "day")["bias"]) < 0.02
    assert score(frame, "day")["wape"] < score(frame, "day", "mean of 8 weeks")["wape"]
    assert 0.75 < score(frame, "day")["coverage80"] < 0.93


def test_a_week_that_repeats_exactly_leaves_naive_without_error(made):
    week = np.random.default_rng(1).poisson(made.daily_rate(100, date(2024, 1, 1), 7))
    frame = backtest(
        made.history_of({"q": np.tile(week, (30, 1))}), [made.queue_named("q")], "UTC", origins=3
    )
    assert score(frame, "hour", "same hour last week")["wape"] == 0
    assert score(frame, "week", "mean of 8 weeks")["wape"] == pytest.approx(0)
    assert score(frame, "week")["wape"] < 0.02


def test_too_short_to_test(made):
    with pytest.raises(HistoryError, match="the history has 83 whole days; a back-test needs at least 84"):
        backtest(made.poisson_history(40, 83), [made.queue_named("q")], "UTC")


def test_the_floor_is_the_mean_deviation_of_poisson():
    dice = np.random.default_rng(3)
    for mean in (0.2, 1.7, 12.5, 300.0):
        seen = np.abs(dice.poisson(mean, 400_000) - mean).mean()
        assert noise_floor(np.array([mean]))[0] == pytest.approx(seen, rel=0.01)


def test_real_questions_keep_the_bars(shared, made):
    """Mozilla Support, Firefox in English: the table of the design, fewer origins."""
    mapping = {
        "stamp": "hour_utc",
        "language": "locale",
        "count": "questions",
        "keep": {"product": "firefox"},
    }
    file = shared / "data" / "real" / "sumo_hourly_long.csv.gz"
    queue = [made.queue_named("firefox")]
    history = read_history([HistorySource(file, "mapping", "UTC", mapping)], queue, 60)
    origins = [date(2022, 10, 10), date(2023, 6, 19), date(2024, 2, 26), date(2024, 11, 4), date(2025, 7, 14)]
    frame = backtest(history, queue, "UTC", PublicHolidays("US"), origins)
    assert score(frame, "day")["wape"] < 0.83 * score(frame, "day", "same hour last week")["wape"]
    assert score(frame, "hour")["noise_floor_ratio"] < 1.13
    assert 0.75 < score(frame, "day")["coverage80"] < 0.95
