"""Who found chat closed wrote an e-mail until now: where it opens, these e-mails stay away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import OpeningHours, OpeningLine, PublicHolidays
from planner.demand import ForecastAsks, OpenSince, Promise, Queue, forecast
from planner.demand.told.answered import leaving

FIRST, DAYS, WEEKS = date(2024, 1, 1), 280, 4
MAIL = Queue("mail", "email", "en", 600, Promise(0.9, 7200))
CHAT = Queue("chat", "chat", "en", 300, Promise(0.8, 60), patience_seconds=120)
DOORS = {"chat": {"mail": 0.5, "lost": 0.5}}


def hours(start, end, days=range(5)):
    line = OpeningLine(frozenset(days), False, 60 * start, 60 * end)
    return OpeningHours("UTC", (line,), PublicHolidays(""))


@pytest.fixture(scope="module")
def history(made):
    """E-mails around the clock; chats, half as many, seen from 9 to 18 on weekdays only."""
    rng = np.random.default_rng(8)
    mail = rng.poisson(made.daily_rate(80, FIRST, DAYS))
    chat = rng.poisson(made.daily_rate(40, FIRST, DAYS))
    office = np.zeros_like(chat, dtype=bool)
    office[(FIRST.weekday() + np.arange(DAYS)) % 7 < 5, 9:18] = True
    return made.history_of({"mail": mail, "chat": np.where(office, chat, 0)})


def made_volumes(made, history, opening, doors=DOORS, since=date(2000, 1, 1), **more):
    past = (OpenSince(date(2000, 1, 1), hours(9, 18)),)
    if since > FIRST:
        past = (*past, OpenSince(since, opening))
    asks = ForecastAsks(open_hours={"chat": past}, opening={"chat": opening}, when_closed=doors, **more)
    return forecast(history, [MAIL, CHAT], made.day_after(DAYS), WEEKS * 7 * 24, 60, "UTC", asks=asks)


def by_hour(volumes, row):
    return volumes.mean[row].reshape(WEEKS, 7, 24).mean(axis=0)


def of_kind(volumes, kind):
    return [step for step in volumes.steps if step.kind == kind]


def test_half_of_what_is_borrowed_leaves_the_mails_in_the_hours_after(made, history):
    without = made_volumes(made, history, hours(9, 20), doors={})
    volumes = made_volumes(made, history, hours(9, 20))
    borrowed = by_hour(volumes, 1)[:5, 18:20].sum()
    gone = by_hour(without, 0) - by_hour(volumes, 0)
    assert borrowed > 5
    assert gone.sum() == pytest.approx(borrowed / 2)
    assert gone[:5, 18:21].sum() == pytest.approx(gone.sum())
    assert gone.min() >= -1e-12
    assert np.array_equal(without.mean[1], volumes.mean[1])


def test_it_is_told_as_a_step_and_in_a_sentence(made, history):
    volumes = made_volumes(made, history, hours(9, 20))
    (step,) = of_kind(volumes, "now on")
    assert (step.queue, step.name) == ("mail", "chat")
    assert step.change == pytest.approx(-by_hour(volumes, 1)[:5, 18:20].sum() / 2)
    (told,) = [notice for notice in volumes.notices if notice.code == "unstaffed.answered"]
    assert str(told).startswith("mail: 50% of those who found chat closed wrote here, so about ")


def test_what_leaves_is_as_unsure_as_what_is_borrowed(made, history):
    volumes = made_volumes(made, history, hours(9, 20))
    evening = volumes.doubt[0].reshape(WEEKS, 7, 24)[0, 2, 18:21]
    assert (evening > 0).all()
    assert (evening < volumes.doubt[1].max()).all()
    assert not volumes.doubt[0].reshape(WEEKS, 7, 24)[:, :, :18].any()


@pytest.mark.parametrize("opening", [hours(9, 18), hours(10, 16)])
def test_the_same_hours_or_fewer_change_nothing(made, history, opening):
    volumes, without = (made_volumes(made, history, opening, doors) for doors in (DOORS, {}))
    assert np.array_equal(volumes.mean, without.mean)
    assert volumes.notices == without.notices
    assert volumes.steps == without.steps


def test_who_came_at_the_opening_wrote_no_mail(made, history):
    """Seven of ten early chats came at nine instead: at most the other three can have written."""
    doors = {"chat": {"mail": 0.5}}
    volumes = made_volumes(made, history, hours(7, 18), doors, moved=0.7)
    borrowed = by_hour(made_volumes(made, history, hours(7, 18), {}, moved=0.7), 1)[:5, 7:9].sum()
    (step,) = of_kind(volumes, "now on")
    assert step.change == pytest.approx(-0.3 * borrowed)


def test_weeks_of_a_pilot_have_taken_their_part_already(made, history):
    since = date(2024, 9, 9)
    fresh = made_volumes(made, history, hours(9, 20))
    pilot = made_volumes(made, history, hours(9, 20), since=since)
    (step,), (usual,) = of_kind(pilot, "now on"), of_kind(fresh, "now on")
    lent = [by_hour(volumes, 1)[:5, 18:20].sum() for volumes in (pilot, fresh)]
    assert step.change / lent[0] == pytest.approx(usual.change / lent[1] * (1 - 4 / 13), rel=0.1)


def test_growth_multiplies_what_is_left(made, history):
    asks = made_volumes(made, history, hours(9, 20))
    more = forecast(
        history,
        [MAIL, CHAT],
        made.day_after(DAYS),
        WEEKS * 7 * 24,
        60,
        "UTC",
        growth=1.5,
        asks=replace(
            ForecastAsks(
                open_hours={"chat": (OpenSince(date(2000, 1, 1), hours(9, 18)),)},
                opening={"chat": hours(9, 20)},
            ),
            when_closed=DOORS,
        ),
    )
    assert np.allclose(more.mean[0], 1.5 * asks.mean[0])


CONTACTS = st.lists(st.tuples(*[st.floats(0, 20)] * 2, st.booleans()), min_size=1, max_size=60)


@settings(max_examples=200, deadline=None)
@given(CONTACTS, st.sampled_from([15, 30, 60]))
def test_nothing_falls_below_nothing_and_no_more_leaves_than_came(rows, minutes):
    there, wanted, fixed = (np.array(column) for column in zip(*rows, strict=True))
    taken, unsure = leaving(there, wanted, np.full(len(there), 0.3), fixed, minutes)
    assert (taken >= 0).all()
    assert (taken <= there).all()
    assert not taken[fixed].any()
    assert taken.sum() <= wanted.sum() + 1e-9
    assert unsure.sum() == pytest.approx(0.3 * taken.sum(), abs=1e-6)


def test_all_of_it_leaves_where_there_is_enough():
    there, wanted = np.full(48, 1.0), np.zeros(48)
    wanted[18] = 7.5
    taken, _ = leaving(there, wanted, np.zeros(48), np.zeros(48, dtype=bool), 60)
    assert taken.sum() == pytest.approx(7.5)
    assert not taken[:18].any()
    assert (there - taken).min() >= 0
