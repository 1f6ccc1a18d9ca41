"""E-mail promised so soon that it is handled as live: all its work in the need, and people it shares."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import OpeningHours, OpeningLine
from planner.demand import Promise, Queue, Spread, Volumes
from planner.people import Agent, Team, skills
from planner.requirement import NeedSettings, fluid_staffing, require
from planner.requirement.sending import HALF_A_POINT, replies_of

ALWAYS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
NINE_TO_FIVE = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 540, 1020),))
MIDNIGHT = 20_540 * 96
SOON = Queue("email en", "email", "en", 600.0, Promise(0.9, 1500.0), replies=1.5)
PHONE = Queue("phone en", "phone", "en", 300.0, Promise(0.8, 20.0), patience_seconds=120.0)
TICKETS = Queue("tickets", "email", "en", 600.0, Promise(0.9, 14_400.0))
TEAM = Team((Agent("Ada", "", "UTC", {"en": None}), Agent("Ben", "", "UTC", {"en": None})))


def need_of(rows, queues, opening=ALWAYS, spread=None, **decided):
    mean = np.array(list(rows.values()), dtype=float)
    count = mean.shape[1]
    days = np.arange(count) // 48
    volumes = Volumes(tuple(rows), MIDNIGHT, 30, mean, mean, mean, spread or {}, days, days)
    hours = {queue.name: opening for queue in queues}
    return require(volumes, queues, TEAM, skills(TEAM, queues), hours, NeedSettings(**decided))


def row(need, *names):
    return need.required[need.sets.index(frozenset(names))]


def whys(need, *names):
    found = need.why[need.why["set"] == " + ".join(names)]
    return found.reset_index(drop=True)


def people_of(need):
    """Person-intervals of the live row and the tightest backlog."""
    return max(fluid_staffing(each, at_least=need.required[0]).sum() for each in need.backlogs)


def test_all_touches_are_work_with_their_own_time():
    need = need_of({"email en": np.full(96, 6.0)}, [SOON], safety=0.0)
    assert SOON.handled_as == "live"
    assert [each.what for each in need.backlogs] == ["first replies", "all work"]
    first, every = need.backlogs
    assert first.arriving.sum() == 96 * 6 * 600 / 15
    assert every.arriving.sum() == pytest.approx(96 * 6 * 1.5 * 600 / 15, abs=1)
    assert (first.not_due[10:] == 6 * 600 / 15 * 25 / 30).all()
    # 3 touches an hour wait for up to 8 hours each; the first replies for up to 25 minutes
    assert every.not_due[50] == pytest.approx(200 + 8 * 6 * 600 / 15, abs=1)


def test_first_replies_are_counted_once():
    rows = {"email en": np.full(96, 6.0), "phone en": np.full(96, 9.0), "tickets": np.full(96, 3.0)}
    need = need_of(rows, [SOON, PHONE, TICKETS], safety=0.0)
    calls = 9 * 300 / 15
    for each in need.backlogs:
        for names, taken in each.limits:
            # only the phone takes people from replies, which are in the row themselves
            assert (taken == (calls if "phone en" in names else 0)).all()
    names = [(sorted(each.queues), each.what) for each in need.backlogs]
    assert names == [
        (["email en"], "first replies"),
        (["email en"], "all work"),
        (["tickets"], "first replies"),
        (["email en", "tickets"], "first replies"),
        (["email en", "tickets"], "all work"),
    ]
    together = need.backlogs[3]
    assert together.arriving.sum() == 96 * (6 + 3) * 600 / 15


def test_what_comes_at_night_waits_for_the_opening():
    need = need_of({"email en": np.full(48, 2.0)}, [SOON], NINE_TO_FIVE, safety=0.0)
    first = need.backlogs[0]
    overdue = np.cumsum(first.arriving) - first.not_due
    # nine hours of nights are due 25 minutes after the opening, so in its first interval
    assert overdue[17] == 0
    assert overdue[18] >= 18 * 2 * 600 / 15
    tickets = need_of({"email en": np.full(48, 2.0)}, [SOON], open_tickets={"email en": 10}, safety=0.0)
    assert tickets.backlogs[0].arriving[0] == (10 + 2) * 600 / 15


def test_the_row_says_what_it_is():
    need = need_of({"email en": np.full(96, 6.0)}, [SOON])
    found = whys(need, "email en")
    net, level = int(found["net"][0]), found["predicted_service"][0]
    assert set(found["method"]) == {"Erlang C, reply sent"}
    assert level == pytest.approx(replies_of(SOON, 600.0).level(2.0, net, 600.0))
    assert replies_of(SOON, 600.0).level(2.0, net - 1, 600.0) < 0.9 <= level
    assert set(found["reason"]) == {"service level"}


def test_a_promise_beyond_reach_is_staffed_for_what_can_be_reached():
    need = need_of({"email en": np.full(96, 6.0)}, [replace(SOON, promise=Promise(0.9, 900.0))])
    found = whys(need, "email en")
    assert 3 < found["net"][0] < 12
    assert 0.8168 - HALF_A_POINT <= found["predicted_service"][0] <= 0.8168


def test_between_live_and_deferred_the_larger_of_both():
    both = replace(SOON, promise=Promise(0.9, 1800.0))
    assert both.handled_as == "both"
    few, many = (need_of({"email en": np.full(96, lot)}, [both]) for lot in (0.3, 60.0))
    for need in (few, many):
        assert whys(need, "email en")["method"][0] == "Erlang C, reply sent"
        live = need.required[0].sum()
        work = max(fluid_staffing(each).sum() for each in need.backlogs)
        assert people_of(need) >= max(live, work)
    assert people_of(few) == few.required[0].sum()  # a quiet desk needs somebody there
    assert people_of(many) > many.required[0].sum()  # a busy one: further touches


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(0.0, 12.0), min_size=6, max_size=6),
    st.floats(120.0, 2400.0),
    st.floats(1.0, 2.5),
    st.sampled_from([ALWAYS, NINE_TO_FIVE]),
)
def test_a_tighter_promise_never_needs_fewer_hours(pattern, handle, replies, opening):
    contacts = np.tile(np.repeat(pattern, 8), 2)
    hours = []
    for within in (900.0, 1800.0, 3600.0, 7200.0, 14_400.0):
        queue = replace(SOON, aht_seconds=handle, replies=replies, promise=Promise(0.9, within))
        # safety of deferred work has a time of its own to spread over: the bare work is compared
        need = need_of({"email en": contacts}, [queue], opening, safety=0.0)
        hours.append(people_of(need))
    assert hours == sorted(hours, reverse=True), hours


@settings(max_examples=15, deadline=None)
@given(st.floats(1.0, 60.0), st.floats(240.0, 1800.0), st.floats(1.0, 2.5))
def test_nor_on_a_steady_desk_with_safety(contacts, handle, replies):
    hours = []
    for within in (900.0, 1800.0, 3600.0, 7200.0, 14_400.0):
        queue = replace(SOON, aht_seconds=handle, replies=replies, promise=Promise(0.9, within))
        hours.append(people_of(need_of({"email en": np.full(192, contacts)}, [queue])))
    assert hours == sorted(hours, reverse=True), hours


def test_a_pool_with_calls_has_people_for_both():
    rows = {"phone en": np.full(96, 18.0), "email en": np.full(96, 6.0)}
    mail = replace(SOON, promise=Promise(0.9, 2400.0))
    soft = need_of(rows, [PHONE, mail])
    calls, mails = row(soft, "phone en")[0], row(soft, "email en")[0]
    together = row(soft, "phone en", "email en")[0]
    assert max(calls, mails) < together <= calls + mails
    assert whys(soft, "phone en", "email en")["method"][0] == "Erlang C, reply sent pooled"
    hard = need_of(rows, [PHONE, replace(mail, interruptible=False)])
    # nobody puts a reply down for a call: the call must find somebody free
    assert together < row(hard, "phone en", "email en")[0] <= calls + mails


def test_two_languages_need_fewer_together():
    french = replace(SOON, name="email fr")
    rows = {"email en": np.full(96, 6.0), "email fr": np.full(96, 6.0)}
    need = need_of(rows, [SOON, french])
    double = need_of({"email en": np.full(96, 12.0)}, [SOON])
    assert (row(need, "email en", "email fr") == row(double, "email en")).all()
    assert (row(need, "email en", "email fr") < 2 * row(need, "email en")).all()


def test_the_other_ways_to_staff():
    rows = {"email en": np.tile(np.repeat([1.0, 12.0], 24), 2)}
    usual = need_of(rows, [SOON])
    # followed through the day: further touches move between hours, so each hour stands for itself
    forward = need_of(rows, [SOON], method="forward")
    assert (forward.required == usual.required).all()
    assert whys(forward, "email en")["method"][0] == "Erlang C, reply sent"
    daily = replace(SOON, promise=replace(SOON.promise, over="day"))
    over = need_of(rows, [daily])
    assert over.required[0].sum() <= usual.required[0].sum()
    assert whys(over, "email en")["method"][0] == "Erlang C, reply sent over the day"
    found = whys(over, "email en")
    weights = rows["email en"][:48]
    assert np.average(found["predicted_service"][:48], weights=weights) >= 0.9
    spread = {"email en": Spread(day=0.05)}
    for policy in ("quantile", "expected service level"):
        wider = need_of(rows, [SOON], spread=spread, policy=policy)
        assert wider.required[0].sum() > usual.required[0].sum()
    hopeless = replace(daily, promise=Promise(0.9, 900.0, over="day"))
    assert need_of(rows, [hopeless]).required.max() < 25
