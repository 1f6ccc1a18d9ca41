"""Faults planted in the forecast: the report must notice each."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from planner.demand import accuracy_report, backtest
from planner.demand.backtesting import trials
from planner.demand.curve.fits import Fits

FIRST = date(2024, 1, 1)


@pytest.fixture(scope="module")
def busy(made):
    """Around 300 a day; days and weeks stray, as real ones do."""
    dice = np.random.default_rng(21)
    rate = made.daily_rate(300, FIRST, 602) * dice.gamma(30, 1 / 30, 602)[:, None]
    rate = rate * np.repeat(dice.gamma(60, 1 / 60, 86), 7)[:, None]
    return made.history_of({"q": dice.poisson(rate)}), [made.queue_named("q")]


@pytest.fixture(scope="module")
def sound(busy):
    return accuracy_report(*busy, "UTC")


def score(report, grain, column):
    rows = report.scores
    row = rows[(rows["grain"] == grain) & (rows["method"] == "planner") & (rows["weeks_ahead"] == "1-4")]
    return float(row[column].iloc[0])


def kinds(report):
    return {finding.kind for finding in report.findings}


def test_a_sound_forecast_is_not_told_off(sound):
    assert kinds(sound) <= {"band too wide"}
    assert 0.75 < score(sound, "day", "coverage80") < 0.9


def test_a_forecast_shifted_by_an_hour(busy, sound, monkeypatch):
    right = Fits.ahead
    monkeypatch.setattr(Fits, "ahead", lambda self, end, days: np.roll(right(self, end, days), 1, axis=1))
    report = accuracy_report(*busy, "UTC")
    (found,) = [finding for finding in report.findings if finding.kind == "worse than naive"]
    assert "by the day" not in str(found.message)
    assert found.chance < 0.02
    assert score(report, "hour", "noise_floor_ratio") > 1.15 * score(sound, "hour", "noise_floor_ratio")
    assert score(report, "day", "wape") == pytest.approx(score(sound, "day", "wape")), "days are as they were"


def test_a_forecast_a_day_late(busy, sound, monkeypatch):
    right = Fits.ahead
    monkeypatch.setattr(Fits, "ahead", lambda self, end, days: np.roll(right(self, end, days), 1, axis=0))
    report = accuracy_report(*busy, "UTC")
    (found,) = [finding for finding in report.findings if finding.kind == "worse than naive"]
    assert "by the day" in str(found.message)
    assert score(report, "week", "wape") < 1.5 * score(sound, "week", "wape")


@pytest.mark.parametrize(("factor", "kind", "said"), [(1.2, "bias", "too high"), (0.8, "bias", "too low")])
def test_a_forecast_that_is_off_all_along(busy, monkeypatch, factor, kind, said):
    right = Fits.ahead
    monkeypatch.setattr(Fits, "ahead", lambda self, end, days: factor * right(self, end, days))
    report = accuracy_report(*busy, "UTC")
    (found,) = [finding for finding in report.findings if finding.kind == kind]
    assert said in str(found.message)


def test_a_band_of_half_its_width(busy, monkeypatch):
    right = Fits.spread

    def narrow(self, end):
        spread = right(self, end)
        return replace(spread, **{field.name: getattr(spread, field.name) / 8 for field in fields(spread)})

    monkeypatch.setattr(Fits, "spread", narrow)
    report = accuracy_report(*busy, "UTC")
    assert "band too narrow" in kinds(report)
    assert score(report, "day", "coverage80") < 0.70
    assert score(report, "day", "band_deviance_ratio") > 1.5


def test_a_band_of_twice_its_width(busy, monkeypatch):
    right = Fits.spread

    def wide(self, end):
        spread = right(self, end)
        return replace(spread, **{field.name: 4 * getattr(spread, field.name) for field in fields(spread)})

    monkeypatch.setattr(Fits, "spread", wide)
    assert "band too wide" in kinds(accuracy_report(*busy, "UTC"))


def test_a_yardstick_in_place_of_the_forecast(busy, sound, monkeypatch):
    right = trials._trial

    def swapped(*given):
        trial = right(*given)
        return replace(trial, forecasts=trial.forecasts[[1, 0, 2]])

    monkeypatch.setattr(trials, "_trial", swapped)
    report = accuracy_report(*busy, "UTC")
    (found,) = [finding for finding in report.findings if finding.kind == "worse than naive"]
    assert "by the day" in str(found.message)
    assert score(report, "day", "skill_last_week") < 0 < score(sound, "day", "skill_last_week")


def test_two_yardsticks_are_not_the_same(busy):
    frame = backtest(*busy, "UTC")
    days = frame[frame["grain"] == "day"].set_index("method")
    assert days["skill_last_week"]["same hour last week"] == 0
    assert days["skill_eight_weeks"]["mean of 8 weeks"] == 0
    assert days["wape"]["mean of 8 weeks"] < days["wape"]["same hour last week"]


def test_data_that_stop_coming_are_a_shift(made):
    counts = np.random.default_rng(22).poisson(made.daily_rate(100, FIRST, 400))
    counts[-14:] = counts[-14:] // 3
    report = accuracy_report(made.history_of({"q": counts}), [made.queue_named("q")], "UTC")
    (found,) = [finding for finding in report.findings if finding.kind == "level shift"]
    assert "fewer contacts" in str(found.message)
