"""Forecasts of hours that a phone never had open, beside an e-mail that is seen at any hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine, PublicHolidays
from planner.demand import ForecastAsks, OpenSince, Promise, Queue, draws, forecast

FIRST = date(2024, 1, 1)
DAYS = 280
WEEKS = 4
OPEN_SHARE = 9 / 24


def hours(start, end, days=range(5)):
    line = OpeningLine(frozenset(days), False, 60 * start, 60 * end)
    return OpeningHours("UTC", (line,), PublicHolidays(""))


OFFICE = hours(9, 18)
MAIL = Queue("mail", "email", "en", 600, Promise(0.9, 7200))
PHONE = Queue("phone", "phone", "en", 300, Promise(0.8, 60), patience_seconds=120)
CHAT = Queue("chat", "chat", "de", 300, Promise(0.8, 60), patience_seconds=120)


def truth_of(made, per_day):
    return made.daily_rate(per_day, FIRST, DAYS + 7 * WEEKS)


@pytest.fixture(scope="module")
def world(made):
    """A phone that half as many use, whose calls are seen from 9 to 18 on weekdays only."""
    rng = np.random.default_rng(4)
    mail, phone = rng.poisson(truth_of(made, 80)), rng.poisson(truth_of(made, 40))
    return {"mail": mail[:DAYS], "phone": seen_only(phone[:DAYS])}


def seen_only(counts, start=9, end=18):
    seen = np.zeros_like(counts)
    weekday = (FIRST.weekday() + np.arange(len(counts))) % 7 < 5
    seen[weekday, start:end] = counts[weekday, start:end]
    return seen


def made_volumes(made, counts, opening, queues=(MAIL, PHONE), minutes=60, **more):
    past = more.pop("past", (OpenSince(date(2000, 1, 1), OFFICE),))
    asks = ForecastAsks(
        open_hours={"phone": past}, opening={"phone": opening}, moved=more.pop("moved", 0.0), **more
    )
    intervals = WEEKS * 7 * 24 * 60 // minutes
    first = made.day_after(DAYS)
    return forecast(made.history_of(counts), list(queues), first, intervals, minutes, "UTC", asks=asks)


def week(volumes, name="phone"):
    per_hour = 60 // volumes.interval_minutes
    row = volumes.mean[volumes.queues.index(name)]
    return row.reshape(WEEKS, 7, 24, per_hour).sum(axis=3).mean(axis=0)


def test_closed_hours_are_exactly_nothing_and_open_ones_as_they_were(made, world):
    volumes = made_volumes(made, world, OFFICE)
    table = week(volumes)
    shut = np.ones((7, 24), dtype=bool)
    shut[:5, 9:18] = False
    assert (table[shut] == 0.0).all()
    assert table[:5, 9:18].sum() == pytest.approx(truth_of(made, 40)[:5, 9:18].sum(), rel=0.06)
    assert volumes.doubt is None
    assert not [n for n in volumes.notices if n.code.startswith("unstaffed")]


def test_new_hours_are_borrowed_not_the_first_hour_carried_on(made, world):
    volumes = made_volumes(made, world, hours(7, 20))
    table, truth = week(volumes), truth_of(made, 40)
    for start, end in ((7, 9), (18, 20)):
        borrowed, came = table[:5, start:end].sum(), truth[:5, start:end].sum()
        assert borrowed == pytest.approx(came, rel=0.2)
    flat = 2 * table[:5, 9].sum()
    assert flat > 1.8 * truth[:5, 7:9].sum()
    assert table[:5, 7:9].sum() < 0.7 * flat
    assert (table[5:] == 0.0).all()
    assert np.allclose(table[:5, 9:18], week(made_volumes(made, world, OFFICE))[:5, 9:18])
    (told,) = [n for n in volumes.notices if n.code.startswith("unstaffed")]
    assert told.code == "unstaffed.borrowed"
    assert told.values["donors"] == "mail (100%)"
    assert told.values["hours"] == "20"


def test_round_the_clock_is_the_profile_of_the_donor(made, world):
    table = week(made_volumes(made, world, hours(0, 24, range(7))))
    truth = truth_of(made, 40)[:7]
    assert table.sum() == pytest.approx(truth.sum(), rel=0.08)
    assert table[5:].sum() == pytest.approx(truth[5:].sum(), rel=0.2)
    assert table[:, :6].sum() == pytest.approx(truth[:, :6].sum(), rel=0.25)


@pytest.mark.parametrize("minutes", [15, 30])
def test_the_planning_grain_does_not_change_what_is_borrowed(made, world, minutes):
    by_hour = week(made_volumes(made, world, hours(7, 20)))
    finer = made_volumes(made, world, hours(7, 20), minutes=minutes)
    assert np.allclose(week(finer), by_hour, atol=1e-9)


def test_bands_and_draws_hold_the_doubt(made, world):
    volumes = made_volumes(made, world, hours(7, 20))
    assert volumes.doubt is not None
    assert not volumes.doubt[0].any()
    new = volumes.doubt[1] > 0
    sure = replace(volumes, doubt=None)
    early = draws(volumes, 300, seed=1)[:, 1, new].sum(axis=1)
    without = draws(sure, 300, seed=1)[:, 1, new].sum(axis=1)
    assert early.std() > 1.5 * without.std()
    assert early.mean() == pytest.approx(volumes.mean[1, new].sum(), rel=0.08)
    assert (volumes.high[1, new] >= np.floor(volumes.mean[1, new])).all()


def test_a_share_of_the_early_demand_leaves_the_peak_and_is_told(made, world):
    still, volumes = (made_volumes(made, world, hours(7, 20), moved=share) for share in (0.0, 0.5))
    before, after = week(still), week(volumes)
    assert np.allclose(before[:, :9], after[:, :9])
    assert np.allclose(before[:, 11:], after[:, 11:])
    assert (before - after).sum() == pytest.approx(0.5 * before[:5, 7:9].sum(), rel=0.05)
    assert np.array_equal(week(still, "mail"), week(volumes, "mail"))
    kinds = [(step.queue, step.kind) for step in volumes.steps]
    assert ("phone", "new hours") in kinds
    assert ("phone", "moved") in kinds
    assert ("mail", "moved") not in kinds


def test_email_neither_borrows_nor_moves(made, world):
    volumes = made_volumes(made, world, hours(7, 20), moved=0.7)
    plain = made_volumes(made, world, OFFICE)
    assert np.array_equal(volumes.mean[0], plain.mean[0])


def test_without_stated_hours_a_phone_that_is_silent_at_night_borrows_too(made, world):
    asks = ForecastAsks(opening={"phone": hours(7, 20)}, moved=0.0)
    history = made.history_of(world)
    volumes = forecast(history, [MAIL, PHONE], made.day_after(DAYS), 4 * 168, 60, "UTC", asks=asks)
    truth = truth_of(made, 40)
    assert week(volumes)[:5, 7:9].sum() == pytest.approx(truth[:5, 7:9].sum(), rel=0.35)
    assert (week(volumes)[:, :6] == 0.0).all()


def test_a_language_never_staffed_has_its_channels_profile_and_the_stated_volume(made, world):
    queues = (MAIL, PHONE, Queue("mail de", "email", "de", 600, Promise(0.9, 7200)))
    zones = {"mail de": "Asia/Dubai"}
    volumes = made_volumes(made, world, OFFICE, queues, a_weekday={"mail de": 12.0}, zones=zones)
    # In its own local hours: four hours earlier than the donor's.
    german = np.roll(week(volumes, "mail de").ravel(), 4).reshape(7, 24)
    true = truth_of(made, 12.0)[:7].sum(axis=0)
    assert german[:5].sum() / 5 == pytest.approx(12.0, rel=0.05)
    assert np.allclose(german.sum(axis=0) / german.sum(), true / true.sum(), atol=0.006)
    codes = [n.code for n in volumes.notices]
    assert "unstaffed.never_staffed" in codes
    assert "demand.no_contacts" not in codes
    nothing = made_volumes(made, world, OFFICE, queues, zones=zones)
    assert not week(nothing, "mail de").any()
    assert "demand.no_contacts" in [n.code for n in nothing.notices]


def test_a_phone_alone_stands_on_a_typical_profile_and_says_so(made, world):
    volumes = made_volumes(made, {"phone": world["phone"]}, hours(7, 20), (PHONE,))
    table = week(volumes)
    assert 0 < table[:5, 7:9].sum() < 0.35 * table[:5, 9:18].sum()
    assert "unstaffed.assumed" in [n.code for n in volumes.notices]


def test_a_pilot_is_learnt_from(made, world):
    """Three weeks of early hours, twice as busy as borrowed: between what was borrowed and what came."""
    rng = np.random.default_rng(7)
    counts = {name: table.copy() for name, table in world.items()}
    start = DAYS - 21
    early = rng.poisson(2 * truth_of(made, 40)[start:DAYS, 7:9])
    weekday = (FIRST.weekday() + np.arange(start, DAYS)) % 7 < 5
    counts["phone"][start:, 7:9] = early * weekday[:, None]
    since = FIRST + timedelta(days=start)
    past = (OpenSince(date(2000, 1, 1), OFFICE), OpenSince(since, hours(7, 18)))
    before = week(made_volumes(made, world, hours(7, 18)))[:5, 7:9].sum()
    volumes = made_volumes(made, counts, hours(7, 18), past=past)
    after = week(volumes)[:5, 7:9].sum()
    came = early[weekday].sum() / 3
    assert before < after < came
    assert after > (before + came) / 2
    told = next(n for n in volumes.notices if n.code == "unstaffed.pilot")
    assert told.values["weeks"] == 3
    assert int(told.values["came"]) == early[weekday].sum()
    assert volumes.doubt[1].max() < made_volumes(made, world, hours(7, 18)).doubt[1].max()


def test_hours_open_for_long_stand_on_their_own(made, world):
    rng = np.random.default_rng(8)
    counts = {name: table.copy() for name, table in world.items()}
    start = DAYS - 126
    early = rng.poisson(2 * truth_of(made, 40)[start:DAYS, 7:9])
    weekday = (FIRST.weekday() + np.arange(start, DAYS)) % 7 < 5
    counts["phone"][start:, 7:9] = early * weekday[:, None]
    past = (
        OpenSince(date(2000, 1, 1), OFFICE),
        OpenSince(FIRST + timedelta(days=start), hours(7, 18)),
    )
    volumes = made_volumes(made, counts, hours(7, 18), past=past)
    assert week(volumes)[:5, 7:9].sum() == pytest.approx(early[weekday].sum() / 18, rel=0.2)
    assert volumes.doubt is None


def test_the_order_of_queues_changes_nothing(made, world):
    one = made_volumes(made, world, hours(7, 20))
    other = made_volumes(made, world, hours(7, 20), (PHONE, MAIL))
    assert np.allclose(one.mean, other.mean[::-1])
    assert np.allclose(one.doubt, other.doubt[::-1])
