"""Scores of the accuracy report against a slow second count of the same forecasts."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest

from planner.clock import day_starts
from planner.demand import accuracy_report, backtest, draws, forecast

FIRST = date(2024, 1, 1)
HOURS = {"hour": 1, "shift": 8, "day": 24, "week": 168}


@pytest.fixture(scope="module")
def wavy(made):
    """Around 100 a day, with days and weeks that stray, and four days missing."""
    dice = np.random.default_rng(11)
    rate = made.daily_rate(100, FIRST, 300) * dice.gamma(40, 1 / 40, 300)[:, None]
    rate = rate * np.repeat(dice.gamma(60, 1 / 60, 43), 7)[:300, None]
    counts = dice.poisson(rate)
    gone = (140, 200, 260, 261)
    counts[list(gone)] = 0
    return made.history_of({"q": counts}, missing=gone), counts, gone


ORIGINS = (date(2024, 8, 5), date(2024, 9, 9))


@pytest.fixture(scope="module")
def slow(wavy, made):
    history, counts, gone = wavy
    came = {
        (FIRST + timedelta(days=day), hour): int(counts[day, hour])
        for day in range(300)
        if day not in gone
        for hour in range(24)
    }
    week = timedelta(days=7)
    units = {grain: [] for grain in HOURS}
    for origin in ORIGINS:
        start = day_starts(origin, 1, "UTC")[0]
        volumes = forecast(history, [made.queue_named("q")], start, 28 * 24, 60, "UTC")
        drawn = draws(volumes, 3000, seed=2)[:, 0]
        for grain, hours in HOURS.items():
            for first in range(0, 28 * 24, hours):
                at = [(origin + timedelta(days=k // 24), k % 24) for k in range(first, first + hours)]
                known = [
                    k for k, moment in zip(range(first, first + hours), at, strict=True) if moment in came
                ]
                if not known:
                    continue
                actual = sum(came[at[k - first]] for k in known)
                planner = sum(volumes.mean[0, k] for k in known)
                last, eight = 0.0, 0.0
                for k in known:
                    day, hour = at[k - first]
                    while day >= origin:
                        day -= week
                    before = [came.get((day - n * week, hour)) for n in range(8)]
                    there = [value for value in before if value is not None]
                    last += there[0]
                    eight += sum(there) / len(there)
                of_draws = drawn[:, known].sum(axis=1)
                below, upto = (of_draws < actual).mean(), (of_draws <= actual).mean()
                units[grain].append((actual, (planner, last, eight), below, upto))
    return units


class TestAgainstASlowCount:
    """Scores again from dates, dictionaries and loops, with forecasts asked for one by one."""

    @pytest.mark.parametrize("grain", list(HOURS))
    def test_errors(self, slow, wavy, made, grain):
        frame = backtest(wavy[0], [made.queue_named("q")], "UTC", origins=ORIGINS)
        total = sum(unit[0] for unit in slow[grain])
        floor = sum(
            2 * math.exp(-m + (math.floor(m) + 1) * math.log(m) - math.lgamma(math.floor(m) + 1))
            for m in (unit[1][0] for unit in slow[grain])
        )
        for index, method in enumerate(("planner", "same hour last week", "mean of 8 weeks")):
            row = frame[(frame["grain"] == grain) & (frame["method"] == method)].iloc[0]
            miss = sum(abs(unit[1][index] - unit[0]) for unit in slow[grain])
            over = sum(unit[1][index] - unit[0] for unit in slow[grain])
            assert row["wape"] == pytest.approx(miss / total, rel=1e-6)
            assert row["bias"] == pytest.approx(over / total, abs=1e-6)
            assert row["noise_floor_ratio"] == pytest.approx(miss / floor, rel=1e-6)
            assert row["mean_per_interval"] == pytest.approx(total / len(slow[grain]))
            assert row["units"] == len(slow[grain])
            lasts = sum(abs(unit[1][1] - unit[0]) for unit in slow[grain])
            assert row["skill_last_week"] == pytest.approx(1 - miss / lasts)

    @pytest.mark.parametrize("grain", ["shift", "day", "week"])
    @pytest.mark.parametrize("level", [0.80, 0.95])
    def test_coverage(self, slow, wavy, made, grain, level):
        frame = backtest(wavy[0], [made.queue_named("q")], "UTC", origins=ORIGINS)
        row = frame[(frame["grain"] == grain) & (frame["method"] == "planner")].iloc[0]
        low, high = (1 - level) / 2, (1 + level) / 2
        inside = [
            max(0.0, min(upto, high) - max(below, low)) / (upto - below) if upto > below else 0.0
            for _, _, below, upto in slow[grain]
        ]
        assert row[f"coverage{100 * level:.0f}"] == pytest.approx(sum(inside) / len(inside), abs=0.03)


def test_weeks_ahead_make_the_whole(wavy, made):
    scores = accuracy_report(wavy[0], [made.queue_named("q")], "UTC", origins=4).scores
    own = scores[(scores["method"] == "planner") & (scores["grain"] == "day")].set_index("weeks_ahead")
    total = own["mean_per_interval"] * own["units"]
    assert list(own.index) == ["1-4", "1", "2", "3", "4"]
    assert total[1:].sum() == pytest.approx(total["1-4"])
    assert (own["wape"] * total)[1:].sum() == pytest.approx((own["wape"] * total)["1-4"])
