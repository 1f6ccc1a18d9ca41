"""A sudden step before the origin: told, and inside the band, while ordinary queues stay as they are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from planner.demand import forecast
from planner.demand.curve.bands import unit_band
from planner.demand.curve.turns import turn_at_end

DAYS = np.arange(400)


def a_week(made, factor, seed, per_day=100.0):
    """Volumes of the week after a history whose rate goes by a factor of each day."""
    rate = made.daily_rate(per_day, date(2024, 1, 1), 400) * factor[:, None]
    history = made.history_of({"q": np.random.default_rng(seed).poisson(rate)})
    return forecast(history, [made.queue_named("q")], made.day_after(400), 168, 60, "UTC")


def notices(volumes):
    return [str(notice) for notice in volumes.notices]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("days", "factor", "truth", "low", "high"), [(7, 2.0, 1400, 700, 1400), (14, 0.5, 350, 350, 700)]
)
def test_a_sudden_step_is_told_and_inside_the_band(made, seed, days, factor, truth, low, high):
    volumes = a_week(made, np.where(400 - days <= DAYS, factor, 1.0), seed)
    least, most = (unit_band(volumes, "q", "week", share)[0] for share in (0.1, 0.9))
    assert least < 1.02 * truth
    assert most > 0.98 * truth
    found = [notice for notice in volumes.notices if notice.code == "lately.turned"]
    assert len(found) == 1
    assert found[0].values["times"] in {f"{factor + step:.1f}" for step in (-0.1, 0, 0.1)}
    assert found[0].values["low"] == pytest.approx(low, rel=0.1)
    assert found[0].values["high"] == pytest.approx(high, rel=0.1)
    assert "whether that lasts is not known" in str(found[0])


@pytest.mark.parametrize("per_day", [2.0, 20.0, 100.0])
def test_an_ordinary_queue_keeps_its_band_and_hears_nothing(made, per_day):
    for seed in range(4):
        volumes = a_week(made, np.ones(400), seed, per_day)
        assert volumes.spread["q"].level == 0
        assert not notices(volumes)


def test_one_odd_day_is_no_turn(made):
    volumes = a_week(made, np.where(DAYS == 397, 6.0, 1.0), 5)
    assert volumes.spread["q"].level == 0
    assert not notices(volumes)


def test_a_queue_that_always_swings_so_far_has_no_turn(made):
    swing = np.exp(0.4 * np.sin(DAYS * 2 * np.pi / 28))
    assert a_week(made, swing, 6).spread["q"].level == 0


def test_a_week_that_was_not_seen_tells_nothing():
    counts, seen = np.full(200, 50.0), np.ones(200)
    counts[-6:], seen[-6:] = 0.0, 0.0
    assert turn_at_end(counts, seen, np.full(201, 50.0), 50.0).variance == 0
    assert turn_at_end(counts[:5], seen[:5], np.full(6, 50.0), 50.0).variance == 0


def test_a_queue_that_went_silent_is_told_instead_of_its_turn(made):
    volumes = a_week(made, np.where(DAYS >= 340, 0.0, 1.0), 1)
    assert [notice.code for notice in volumes.notices] == ["lately.silent"]
    values = volumes.notices[0].values
    assert values["day"] == "2024-12-05"
    assert float(values["usual"]) == pytest.approx(100, abs=5)
    assert notices(volumes)[0].endswith("a day were usual; closed, or is a file missing?")


@pytest.mark.parametrize(
    ("per_day", "silence", "told"), [(100.0, 3, 0), (0.1, 60, 0), (0.5, 60, 1), (3.0, 7, 1)]
)
def test_a_silence_is_told_where_chance_cannot_leave_out_so_many(made, per_day, silence, told):
    volumes = a_week(made, np.where(400 - silence <= DAYS, 0.0, 1.0), 2, per_day)
    assert [notice.code for notice in volumes.notices].count("lately.silent") == told


def test_missing_days_and_quiet_weekdays_are_no_silence(made):
    rate = made.daily_rate(50, date(2024, 1, 1), 400)
    rate[390:] = 0.0
    counts = np.random.default_rng(3).poisson(rate)
    history = made.history_of({"q": counts}, missing=range(390, 400))
    found = forecast(history, [made.queue_named("q")], made.day_after(400), 168, 60, "UTC").notices
    assert "lately.silent" not in [notice.code for notice in found]
