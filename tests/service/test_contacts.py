"""Contacts as drawn: means, doors, and numbers that what-ifs share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.service import Outcome, ServiceSettings, fates
from planner.service.contacts import contacts_of


def draw(small, chosen: ServiceSettings, open_: np.ndarray | None = None, per_interval: int = 10):
    shape = (len(small.queues), small.days * 96)
    counts = np.full((len(small.queues), small.volumes.intervals), per_interval)
    mask = np.ones(shape, dtype=bool) if open_ is None else open_
    return contacts_of(counts, small.volumes, small.queues, mask, chosen, 0)


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.5])
def test_handle_times_and_touches_have_the_stated_means(shop, email, cv):
    got = draw(shop(queues=[replace(email, cv=cv)], days=28), ServiceSettings())
    assert got.handle.mean() == pytest.approx(600, rel=0.04)
    assert got.handle.std() / got.handle.mean() == pytest.approx(cv, rel=0.12)
    touches = np.diff(got.touch_from)
    assert touches.mean() == pytest.approx(2.2, rel=0.03)
    assert touches.min() == 1
    follow_ups = np.delete(got.delay, got.touch_from[:-1])
    assert follow_ups.mean() == pytest.approx(4 * 3600, rel=0.03)


def test_patience_is_exponential_and_calls_have_one_touch(shop, phone):
    got = draw(shop(queues=[replace(phone, replies=3.0)], days=28), ServiceSettings())
    patience = got.gives_up_at - got.arrived_at
    assert patience.mean() == pytest.approx(120, rel=0.03)
    assert (np.diff(got.touch_from) == 1).all()


def test_contacts_are_spread_over_their_interval(shop, phone):
    got = draw(shop(queues=[phone]), ServiceSettings())
    assert (np.bincount((got.arrived_at // 1800).astype(int)) == 10).all()
    assert (got.arrived_at % 1800).mean() == pytest.approx(900, rel=0.03)


def test_a_queue_keeps_its_numbers_when_another_one_grows(shop):
    small = shop()
    few, many = draw(small, ServiceSettings()), None
    counts = np.vstack([np.full(small.volumes.intervals, 30), np.full(small.volumes.intervals, 10)])
    many = contacts_of(
        counts, small.volumes, small.queues, np.ones((2, 672), dtype=bool), ServiceSettings(), 0
    )
    assert np.array_equal(few.arrived_at[few.queue == 1], many.arrived_at[many.queue == 1])
    first = [c.handle[c.touch_from[:-1][c.queue == 1]] for c in (few, many)]
    assert np.array_equal(*first)


def test_bad_hours_leave_the_other_contacts_as_they_were(shop):
    small = shop()
    counts = np.full((2, small.volumes.intervals), 3)
    surplus = np.zeros(small.volumes.intervals)
    surplus[18:26] = 2.0
    calm, bad = (
        contacts_of(
            counts, small.volumes, small.queues, np.ones((2, 672), dtype=bool), ServiceSettings(), 0, more
        )
        for more in (None, surplus)
    )
    assert set(calm.arrived_at) < set(bad.arrived_at)
    added = sorted(set(bad.arrived_at) - set(calm.arrived_at))
    assert 9 * 3600 <= min(added) < max(added) < 13 * 3600


def shares(small, doors: dict[str, float]):
    """Contacts of the phone queue that came while closed (all of them, 7 days, open on the last one)."""
    open_ = np.zeros((2, 672), dtype=bool)
    open_[:, 576:] = True
    open_[1] = True
    got = draw(small, ServiceSettings(when_closed={"phone": doors}), open_)
    return got, (got.offered_to == 0) & ~(got.arrived_open & (got.queue == 0))


def test_closed_doors_split_contacts_by_their_shares(shop):
    got, came = shares(shop(), {"email": 0.5, "returns at opening": 0.2, "voicemail": 0.1})
    n = came.sum()
    moved = came & (got.queue == 1)
    assert moved.sum() / n == pytest.approx(0.5, abs=0.03)
    assert got.arrived_open[moved].all()
    assert not got.live[moved].any()
    assert got.soft[moved].all()
    back = came & got.live & ~got.turned_away
    assert back.sum() / n == pytest.approx(0.2, abs=0.03)
    opening = 576 * 900.0
    assert (got.ready_at[back] >= opening).all()
    assert (got.ready_at[back] < opening + 900).all()
    assert got.ready_at[back].mean() == pytest.approx(opening + 450, abs=40)
    called_back = came & (got.queue == 0) & ~got.live & ~got.turned_away
    assert called_back.sum() / n == pytest.approx(0.1, abs=0.03)
    assert set(got.ready_at[called_back]) == {opening}
    assert not got.soft[called_back].any()
    assert np.isinf(got.gives_up_at[called_back]).all()
    assert got.turned_away.sum() / n == pytest.approx(0.2, abs=0.03)


def test_without_an_entry_calls_are_lost_and_e_mail_waits(shop, open_hours):
    small = shop(opening={q: open_hours(9, 17) for q in ("phone", "email")})
    r = small.live(ServiceSettings(replications=2)).records
    calls = r.live & ~r.arrived_open
    assert (r.outcome[calls] == Outcome.TURNED_AWAY).all()
    assert (r.outcome[~r.live] != Outcome.TURNED_AWAY).all()
    assert (~r.arrived_open & ~r.live).any()


def test_no_opening_any_more_is_not_measured(shop, open_hours):
    small = shop(days=1, opening={q: open_hours(0, 1) for q in ("phone", "email")})
    service = small.live(ServiceSettings(when_closed={"phone": {"returns at opening": 1.0}}))
    late = service.records.live & ~service.records.arrived_open
    assert late.sum() > 0
    assert (service.records.outcome[late] == Outcome.WAITING).all()
    assert not fates(service).measured[late].any()


def test_moving_to_a_closed_live_queue_is_no_way_in(shop, phone):
    second = replace(phone, name="phone 2")
    small = shop(queues=[phone, second], per_hour={"phone": 1.0, "phone 2": 1.0})
    closed = np.zeros((2, 672), dtype=bool)
    got = draw(small, ServiceSettings(when_closed={"phone": {"phone 2": 1.0}}), closed)
    assert got.turned_away.all()


def test_a_queue_has_the_same_contacts_whatever_stands_beside_it(shop, phone, email):
    other = replace(email, name="other", language="pt")
    rates = {"phone": 1.0, "email": 1.0, "other": 1.0}
    worlds = [
        shop(queues=queues, per_hour=rates) for queues in ([email], [phone, email], [email, other, phone])
    ]
    came = []
    for small in worlds:
        got, mine = draw(small, ServiceSettings()), [q.name for q in small.queues].index(email.name)
        rows = np.flatnonzero(got.queue == mine)
        came.append(
            (got.arrived_at[rows], got.handle[got.touch_from[:-1][rows]], np.diff(got.touch_from)[rows])
        )
    for some in came[1:]:
        assert all(np.array_equal(a, b) for a, b in zip(came[0], some, strict=True))
