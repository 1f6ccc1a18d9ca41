"""Waits, curves and backlog, against counts made by hand and by numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand import Promise, Queue
from planner.service import (
    Outcome,
    ServiceSettings,
    backlog_frame,
    curve_frame,
    kept_share,
    response_times,
    share_within,
    waiting,
)
from planner.service.curves import _answered_by

NAN = float("nan")
A, W, G, T = Outcome.ANSWERED, Outcome.WAITING, Outcome.ABANDONED, Outcome.TURNED_AWAY
PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0))
EMAIL = Queue("email", "email", "en", 600.0, Promise(0.9, 7200.0))
END = 1209600.0
HOUR = 3600.0


@pytest.fixture
def many(hand_made):
    """400 e-mails over two lives and their waits, exponential around 20 minutes."""
    rng = np.random.default_rng(3)
    arrived, wait = np.sort(rng.uniform(0, 1e6, 400)), rng.exponential(1200, 400)
    rows = [
        (i % 2, 0, a, a, a + w, NAN, A, i % 3 > 0) for i, (a, w) in enumerate(zip(arrived, wait, strict=True))
    ]
    return hand_made([EMAIL], rows), wait


class TestResponseTimes:
    def test_agree_with_numpy(self, many):
        service, wait = many
        got = response_times(service).iloc[0]
        assert (got.queue, got.clock, got.contacts) == ("email", "elapsed", 400)
        for share in (50, 75, 90, 95):
            assert got[f"p{share}_seconds"] == pytest.approx(np.percentile(wait, share))
        assert got.asa_seconds == got.mean_wait_seconds == pytest.approx(wait.mean())
        assert got.longest_seconds == pytest.approx(wait.max())

    def test_open_hours_leave_the_night_out(self, hand_made):
        """Open 9 to 17: from 16:00 to 10:00 of the next day is two hours."""
        open_ = np.tile((np.arange(96) >= 36) & (np.arange(96) < 68), 14)[None, :]
        rows = [(0, 0, 16 * HOUR, 0, 34 * HOUR, NAN, A, 1)]
        got = response_times(hand_made([EMAIL], rows, open_), fewest=1).set_index("clock")
        assert got.p50_seconds.tolist() == [18 * HOUR, 2 * HOUR]
        assert got.longest_seconds.tolist() == [18 * HOUR, 2 * HOUR]

    def test_asa_is_of_the_answered_and_the_mean_wait_of_all_who_came_in(self, hand_made):
        rows = [
            (0, 0, 0, 10, 300, NAN, A, 1),
            (0, 0, 0, NAN, NAN, 40, G, 1),
            (0, 0, 0, NAN, NAN, NAN, T, 0),
        ]
        got = response_times(hand_made([PHONE], rows), fewest=1).iloc[0]
        assert (got.asa_seconds, got.mean_wait_seconds, got.contacts) == (10.0, 25.0, 1)

    def test_a_percentile_needs_three_beyond_it(self, hand_made):
        rows = [(0, 0, at, at + 10, at + 300, NAN, A, 1) for at in range(40)]
        got = response_times(hand_made([PHONE], rows)).iloc[0]
        assert got.p90_seconds == 10.0
        assert np.isnan(got.p95_seconds)
        few = response_times(hand_made([PHONE], rows[:29])).iloc[0]
        assert few.contacts == 29
        assert few[["p50_seconds", "asa_seconds", "mean_wait_seconds"]].isna().all()


class TestCurves:
    def test_is_the_share_of_all_who_came(self, hand_made):
        rows = [
            (0, 0, 0, 10, 300, NAN, A, 1),
            (0, 0, 0, 100, 300, NAN, A, 1),
            (0, 0, 0, NAN, NAN, 5, G, 1),
            (0, 0, 0, NAN, NAN, NAN, T, 0),
        ]
        got = share_within(hand_made([PHONE], rows), 0, (5, 10, 99.9, 100, 1e6), fewest=1)
        assert got.share.tolist() == [0.0, 0.25, 0.25, 0.5, 0.5]
        assert got.contacts == 4

    def test_agrees_with_a_plain_count_where_everybody_is_answered(self, many):
        service, wait = many
        got = share_within(service, 0, (300, 1200, 3600))
        assert got.share == pytest.approx([(wait <= s).mean() for s in (300, 1200, 3600)])
        halves = [[(wait[life::2] <= s).mean() for s in (300, 1200, 3600)] for life in (0, 1)]
        assert got.low == pytest.approx(np.percentile(halves, 10, axis=0))
        assert got.high == pytest.approx(np.percentile(halves, 90, axis=0))

    def test_those_cut_off_by_the_end_count_as_long_as_they_were_seen(self, hand_made):
        """Two of three are answered after 10 and 30 min; the third was seen for 20 min."""
        rows = [
            (0, 0, 0, 0, 600, NAN, A, 1),
            (0, 0, END - 1200, NAN, NAN, NAN, W, 1),
            (0, 0, 0, 0, 1800, NAN, A, 1),
        ]
        got = share_within(hand_made([EMAIL], rows), 0, (600, 1200, 1800), fewest=1)
        assert got.share == pytest.approx([1 / 3, 1 / 3, 1.0])

    @given(
        st.lists(
            st.tuples(st.integers(0, 50), st.sampled_from(["answered", "waiting", "gone"])),
            min_size=1,
            max_size=40,
        )
    )
    def test_never_falls_and_never_passes_one(self, contacts):
        waited = np.array([np.inf if what == "gone" else float(at) for at, what in contacts])
        answered = np.array([what == "answered" for _, what in contacts])
        curve = _answered_by(waited, answered, np.arange(0.0, 60.0))
        assert (np.diff(curve) >= -1e-12).all()
        assert (curve <= 1 + 1e-12).all()
        assert curve[-1] >= answered.mean() - 1e-12

    def test_few_contacts_give_no_curve(self, many, hand_made):
        service, _ = many
        few = share_within(service, 0, (60,), np.arange(400) < 29)
        assert few.contacts == 29
        assert np.isnan([few.share[0], few.low[0], few.high[0]]).all()

    def test_frame_has_the_promise_among_its_times(self, many):
        service, wait = many
        frame = curve_frame(service)
        assert list(frame) == ["queue", "arrived", "within_seconds", "share", "low", "high"]
        assert frame.arrived.unique().tolist() == ["open", "closed", "all"]
        whole = frame[frame.arrived == "all"].set_index("within_seconds")
        assert whole.share[7200.0] == pytest.approx((wait <= 7200).mean())
        assert whole.share.is_monotonic_increasing


class TestBacklog:
    def test_counts_those_who_wait_when_an_interval_begins(self, hand_made):
        rows = [
            (0, 0, 1800, 2000, 2 * HOUR + 1, NAN, A, 1),  # seen at 1:00 and 2:00
            (0, 0, 1800, 2000, 2 * HOUR, NAN, A, 1),  # its reply is sent at 2:00: seen at 1:00
            (0, 0, HOUR, NAN, NAN, NAN, W, 1),  # from 1:00 to the end
            (1, 0, 1, 2, 3, NAN, A, 1),  # comes and goes between two
            (1, 0, 5, NAN, NAN, NAN, T, 0),
        ]
        count = waiting(hand_made([EMAIL], rows))
        assert count.shape == (2, 1, 336)
        assert count[0, 0, :4].tolist() == [0, 3, 2, 1]
        assert count[0, 0, -1] == 1
        assert not count[1].any()

    def test_calls_wait_until_the_pick_up_and_those_who_hang_up_leave(self, hand_made):
        rows = [(0, 0, HOUR - 5, HOUR + 5, 2.5 * HOUR, NAN, A, 1), (0, 0, HOUR, NAN, NAN, HOUR + 9, G, 1)]
        assert waiting(hand_made([PHONE], rows))[0, 0, :4].tolist() == [0, 2, 0, 0]

    def test_those_who_waited_already_are_there_from_the_start(self, hand_made):
        rows = [(0, 0, 0, 0, HOUR + 1, NAN, A, 1), (1, 0, 0, 0, 2 * HOUR, NAN, A, 1)]
        service = hand_made([EMAIL], rows, carried=[0, 1])
        assert waiting(service)[:, 0, :3].tolist() == [[1, 1, 0], [1, 1, 0]]
        frame = backlog_frame(service, "Europe/Lisbon")
        first = frame.iloc[0]
        assert (first.waiting_mean, first.waiting_low, first.waiting_high) == (1.0, 1.0, 1.0)
        assert first.interval_local.endswith("T01:00:00+01:00")
        assert len(frame) == 336

    def test_agrees_with_counting_one_by_one(self, shop):
        service = shop().live()
        count, r = waiting(service), service.records
        end = np.where(r.live, r.started, r.answered)
        for k in (0, 20, 24, 100, 330):
            at = k * 1800.0
            there = (r.arrived <= at) & ~(end <= at) & ~(r.gone <= at) & (r.outcome != T)
            for q in (0, 1):
                by_life = np.bincount(r.replication[there & (r.queue == q)], minlength=service.replications)
                assert count[:, q, k].tolist() == by_life.tolist()

    def test_open_tickets_are_in_the_backlog_and_in_no_promise(self, shop):
        world = shop(per_hour={"phone": 0.0, "email": 0.0})
        service = world.live(ServiceSettings(replications=3, open_tickets={"email": 40}))
        count = waiting(service)
        assert count[:, 1, 0].tolist() == [40, 40, 40]
        assert count[:, 1, 40].max() < 40
        assert np.isnan(kept_share(service))
        assert response_times(service).contacts.sum() == 0
        assert share_within(service, 1).contacts == 0
