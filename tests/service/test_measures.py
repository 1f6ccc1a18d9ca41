"""Figures from records made by hand: no simulation."""

from __future__ import annotations

import numpy as np
import pytest

from planner.demand import Promise, Queue
from planner.service import (
    Outcome,
    fates,
    kept_by_week,
    kept_share,
    occupancy,
    service_frame,
    service_levels,
    summaries,
    weeks_kept,
)

NAN = float("nan")
A, W, G, T = Outcome.ANSWERED, Outcome.WAITING, Outcome.ABANDONED, Outcome.TURNED_AWAY


PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0))
EMAIL = Queue("email", "email", "en", 600.0, Promise(0.9, 7200.0))
OFFICE = Queue("office", "email", "en", 600.0, Promise(0.9, 7200.0, "open hours"))


def test_three_definitions_of_service_level(hand_made):
    rows = [
        (0, 0, 0, 10, 300, NAN, A, 1),
        (0, 0, 0, 20, 300, NAN, A, 1),
        (0, 0, 0, 30, 300, NAN, A, 1),
        (0, 0, 0, NAN, NAN, 5, G, 1),
        (0, 0, 0, NAN, NAN, 50, G, 1),
    ]
    assert service_levels(hand_made([PHONE], rows), "phone") == pytest.approx((2 / 5, 2 / 3, 3 / 5))


def test_calls_count_to_the_pick_up_and_e_mail_to_the_reply(hand_made):
    rows = [(0, 0, 100, 110, 900, NAN, A, 1), (0, 1, 100, 110, 900, NAN, A, 1)]
    assert fates(hand_made([PHONE, EMAIL], rows)).waited.tolist() == [10.0, 800.0]


def test_turned_away_is_missed_and_unknown_is_not_measured(hand_made):
    end = 1209600.0
    rows = [
        (0, 0, 50, NAN, NAN, NAN, T, 0),
        (0, 1, end - 7000, NAN, NAN, NAN, W, 1),
        (0, 1, end - 7300, NAN, NAN, NAN, W, 1),
        (0, 1, 0, 60, 7200, NAN, A, 1),
    ]
    fate = fates(hand_made([PHONE, EMAIL], rows))
    assert fate.measured.tolist() == [True, False, True, True]
    assert fate.kept.tolist() == [False, False, False, True]
    assert np.isnan(fate.waited[0])


def test_open_hours_clock_stops_at_night(hand_made):
    """Open 9 to 17; arriving at 16:30, answered next day at 10:15, is 1 h 45 min; at 10:45 it is too late."""
    open_ = np.tile((np.arange(96) >= 36) & (np.arange(96) < 68), 14)[None, :]
    arrived = 16.5 * 3600
    rows = [(0, 0, arrived, 0, (24 + at) * 3600, NAN, A, 1) for at in (10.25, 10.75)]
    fate = fates(hand_made([OFFICE], rows, open_))
    assert fate.kept.tolist() == [True, False]
    assert fate.waited.tolist() == [17.75 * 3600, 18.25 * 3600]


def test_kept_share_by_mask_queue_and_week(hand_made):
    rows = [
        (0, 0, 10, 20, 300, NAN, A, 1),
        (0, 0, 3700, 3900, 4000, NAN, A, 1),
        (1, 0, 700000, 700010, 700300, NAN, A, 1),
        (1, 1, 700000, 700010, 790000, NAN, A, 1),
    ]
    service = hand_made([PHONE, EMAIL], rows)
    first_hour = np.arange(336) == 0
    assert kept_share(service) == 0.5
    assert kept_share(service, first_hour) == 1.0
    assert kept_share(service, np.array([~first_hour, first_hour])) == 0.5
    assert kept_share(service, queue="email") == 0.0
    weekly = kept_by_week(service)
    np.testing.assert_array_equal(weekly, [[0.5, NAN], [NAN, 0.5]])
    assert weeks_kept(weekly, 0.5) == 1.0
    assert weeks_kept(weekly, 0.6) == 0.0
    assert np.isnan(weeks_kept(np.full((2, 2), NAN), 0.5))


def test_summaries_agree_with_numpy(hand_made):
    rng = np.random.default_rng(8)
    arrived = np.sort(rng.uniform(0, 1e6, 400))
    wait = rng.exponential(20, 400)
    rows = [
        (i % 2, 0, a, a + w, a + w + 300, NAN, A, 1)
        for i, (a, w) in enumerate(zip(arrived, wait, strict=True))
    ]
    group = rng.integers(-1, 3, 400)
    got = summaries(hand_made([PHONE], rows), group, 4)
    for g in range(3):
        mine = wait[group == g]
        assert got.wait_median_seconds[g] == pytest.approx(np.median(mine))
        assert got.wait_p90_seconds[g] == pytest.approx(np.percentile(mine, 90))
        assert got.longest_wait_seconds[g] == pytest.approx(mine.max())
        assert got.asa_seconds[g] == pytest.approx(mine.mean())
        assert got.kept_share[g] == pytest.approx((mine <= 20).mean())
        by_life = [(wait[(group == g) & (np.arange(400) % 2 == n)] <= 20).mean() for n in (0, 1)]
        expected = np.percentile(by_life, [10, 90])
        assert (got.kept_low[g], got.kept_high[g]) == pytest.approx(tuple(expected))
        assert got.contacts_per_week[g] == pytest.approx(len(mine) / 4)
    assert got.iloc[3].drop("contacts_per_week").isna().all()


def test_the_range_reaches_to_the_mean_that_one_period_pulls_down(hand_made):
    late = [(0, 0, a, a + 500, a + 600, NAN, A, 1) for a in range(58)]
    rows = [*late, *[(1, 0, a, a + 1, a + 9, NAN, A, 1) for a in (90, 91)]]
    got = summaries(hand_made([PHONE], rows), np.zeros(60, dtype=int), 1).iloc[0]
    assert got.kept_share == pytest.approx(2 / 60)
    assert got.kept_low <= got.kept_share <= got.kept_high


def test_those_still_waiting_make_waits_longer_not_shorter(hand_made):
    rows = [(0, 0, 0, 60, 600, NAN, A, 1), (0, 0, 0, NAN, NAN, NAN, W, 1)]
    got = summaries(hand_made([EMAIL], rows), np.zeros(2, dtype=int), 1, fewest=1)
    assert got.longest_wait_seconds[0] == 1209600.0
    assert got.asa_seconds[0] == 600.0
    assert got.kept_share[0] == 0.5


def test_occupancy_is_handling_over_handling_and_waiting_for_work(hand_made):
    service = hand_made([PHONE], [])
    assert occupancy(service, "phone") == 0.25
    assert np.isnan(occupancy(service, "phone", np.zeros(336, dtype=bool)))


def test_frame_has_the_columns_of_the_file_and_local_hours(hand_made):
    rows = [(0, 0, 10, 20, 300, NAN, A, 1), (1, 0, 90000, 90050, 90060, NAN, A, 0)]
    frame = service_frame(hand_made([PHONE, EMAIL], rows), "Europe/Lisbon", fewest=1)
    assert list(frame.columns)[:5] == ["schema_version", "queue", "arrived", "weekday", "hour"]
    assert len(frame) == 2 * (3 + 168)
    totals = frame[(frame.queue == "phone") & (frame.weekday == "")]
    assert totals.arrived.tolist() == ["open", "closed", "all"]
    assert totals.kept_share.tolist() == [1.0, 0.0, 0.5]
    assert totals.contacts_per_week.tolist() == [0.25, 0.25, 0.5]
    assert totals.hour.isna().all()
    assert np.isnan(hand_made([PHONE], rows).totals()[2]["kept_share"])
    # The first Monday of the made-up fortnight is in summer time: 00:00 UTC is 01:00 in Lisbon.
    came = frame[(frame.contacts_per_week > 0) & (frame.weekday != "")]
    assert list(zip(came.weekday, came.hour, strict=True)) == [("mon", 1), ("tue", 2)]
    assert came.occupancy.tolist() == [0.25, 0.25]
    text = frame.to_csv(index=False, lineterminator="\n")
    assert text.splitlines()[1].startswith("1,phone,open,,,0.25,1.0,")
