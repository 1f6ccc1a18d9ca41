"""The need of small worlds, worked out by hand, and what must hold for every world."""

from dataclasses import replace
from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import InputError
from planner.clock import OpeningHours, OpeningLine
from planner.demand import Promise, Queue, Volumes
from planner.people import Agent, Role, Team, skills
from planner.requirement import (
    NeedSettings,
    RoleNeed,
    measures,
    require,
    required_agents,
    required_chat_agents,
    rostered_people,
)
from planner.requirement.sending import replies_of

ALWAYS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
OFFICE = OpeningHours("Europe/Lisbon", (OpeningLine(frozenset(range(5)), False, 540, 1080),))
MONDAY = 20_540 * 96 // 7 * 7 // 96 * 96  # a midnight in UTC, whatever the weekday
PHONE_EN = Queue("phone en", "phone", "en", 370.0, Promise(0.8, 20.0))
PHONE_FR = Queue("phone fr", "phone", "fr", 300.0, Promise(0.9, 60.0), patience_seconds=120.0)
EMAIL_EN = Queue("email en", "email", "en", 600.0, Promise(0.9, 7200.0), replies=2.0)
EMAIL_FR = Queue("email fr", "email", "fr", 600.0, Promise(0.9, 14400.0))
SOON_EN = Queue("social en", "social", "en", 300.0, Promise(0.9, 1200.0))
BOTH = Agent("Ada", "", "UTC", {"en": None, "fr": None})
ENGLISH = Agent("Ben", "", "UTC", {"en": None}, teams=frozenset({"engineer"}))


def volumes_of(rows: dict[str, np.ndarray], interval_minutes: int = 30) -> Volumes:
    mean = np.array(list(rows.values()), dtype=float)
    zeros = np.zeros(mean.shape[1], dtype=int)
    return Volumes(tuple(rows), MONDAY, interval_minutes, mean, mean, mean, {}, zeros, zeros)


def need_of(rows, queues, opening=ALWAYS, roles=(), **decided):
    team = Team((BOTH, ENGLISH))
    table = skills(team, queues, [Role(role.role) for role in roles])
    rows = {name: np.asarray(row, dtype=float) for name, row in rows.items()}
    hours = opening if isinstance(opening, dict) else {queue.name: opening for queue in queues}
    return require(volumes_of(rows), queues, team, table, hours, NeedSettings(**decided), roles)


def row(need, *names):
    return need.required[need.sets.index(frozenset(names))]


def test_one_live_queue_is_the_erlang_inverse_divided_by_who_is_there():
    calls = np.linspace(0, 200, 48)
    need = need_of({"phone en": calls}, [PHONE_EN], busy_inside_shift=0.15, no_shows=0.03)
    for contacts, got in zip(calls, row(need, "phone en"), strict=True):
        net = required_agents(contacts / 1800, 370.0, 20.0, target=0.8) if contacts else 0
        busy = ceil(Fraction(contacts) * 370 / 1800 / Fraction("0.85"))
        assert got == ceil(max(net, busy) / (Fraction("0.85") * Fraction("0.97")))
    assert need.open.all()
    assert need.backlogs == ()


def test_minimum_on_duty_is_not_divided_and_holds_only_while_open():
    need = need_of(
        {"phone en": np.zeros(48)}, [PHONE_EN], OFFICE, presence={"phone en": 2}, busy_inside_shift=0.5
    )
    is_open = OFFICE.mask(MONDAY, 96).reshape(48, 2).any(axis=1)
    assert row(need, "phone en").tolist() == np.where(is_open, 2, 0).tolist()
    assert need.open[0].tolist() == is_open.tolist()


def test_closed_hours_need_nobody_whatever_calls():
    need = need_of({"phone en": np.full(336, 50.0)}, [PHONE_EN], OFFICE)
    is_open = OFFICE.mask(MONDAY, 672).reshape(336, 2).any(axis=1)
    assert (row(need, "phone en")[is_open] > 0).all()
    assert not row(need, "phone en")[~is_open].any()
    assert is_open.sum() == 5 * 18


def test_queues_that_share_people_are_listed_alone_and_together():
    queues = [PHONE_EN, PHONE_FR, EMAIL_EN]
    need = need_of({"phone en": [10.0], "phone fr": [8.0], "email en": [3.0]}, queues, presence={"all": 2})
    assert [sorted(names) for names in need.sets] == [
        ["phone en"],
        ["phone fr"],
        ["email en"],
        ["phone en", "phone fr"],
        ["email en", "phone en", "phone fr"],
    ]
    assert row(need, "email en").tolist() == [0]
    assert row(need, "email en", "phone en", "phone fr").tolist() == [2]
    assert max(row(need, "phone en"), row(need, "phone fr")) <= row(need, "phone en", "phone fr")
    assert need.groups == (("phone en", "phone fr", "email en"),)


def test_strangers_are_not_pooled():
    team = Team((Agent("Ada", "", "UTC", {"fr": None}), ENGLISH))
    queues = [PHONE_EN, PHONE_FR]
    need = require(
        volumes_of({"phone en": np.array([10.0]), "phone fr": np.array([8.0])}),
        queues,
        team,
        skills(team, queues),
        {queue.name: ALWAYS for queue in queues},
        NeedSettings(),
    )
    assert need.sets == (frozenset({"phone en"}), frozenset({"phone fr"}))


def test_one_queue_takes_the_minimum_of_all_into_its_own_row():
    need = need_of({"phone en": [0.0, 40.0]}, [PHONE_EN], presence={"all": 3})
    assert need.sets == (frozenset({"phone en"}),)
    assert row(need, "phone en")[0] == 3
    assert row(need, "phone en")[1] > 8


def test_roles_are_on_call_while_any_queue_is_open():
    need = need_of(
        {"phone en": np.zeros(48)},
        [PHONE_EN],
        OFFICE,
        roles=[RoleNeed("engineer", count=1, reach_seconds=1800)],
    )
    is_open = need.open[0]
    assert need.queues == ("phone en", "engineer")
    assert row(need, "engineer").tolist() == is_open.astype(int).tolist()
    assert need.open[1].tolist() == is_open.tolist()


def test_deferred_queues_are_backlogs_alone_and_together():
    need = need_of(
        {"email en": np.full(96, 3.0), "email fr": np.full(96, 1.0)}, [EMAIL_EN, EMAIL_FR], safety=0.0
    )
    assert [(sorted(b.queues), b.what) for b in need.backlogs] == [
        (["email en"], "first replies"),
        (["email en"], "all work"),
        (["email fr"], "first replies"),
        (["email en", "email fr"], "first replies"),
        (["email en", "email fr"], "all work"),
    ]
    english, everything, french, first, work = need.backlogs
    # 600 s are 40 units; 1800 s of one person at 85 % are 102
    assert (english.arriving[:3] == 120).all()
    assert (everything.arriving[:3] == 240).all()
    assert (first.arriving == english.arriving + french.arriving).all()
    assert (work.arriving == everything.arriving + french.arriving).all()
    assert english.per_person == 102
    # two hours of English, four of French may wait
    assert english.not_due[-1] == 4 * 120
    assert first.not_due[-1] == 4 * 120 + 8 * 40
    assert [limit[0] for limit in english.limits] == [frozenset({"email en"})]
    assert not need.required.any()


def test_live_work_takes_people_from_deferred_work():
    rows = {"phone en": np.full(48, 9.0), "email en": np.full(48, 3.0)}
    need = need_of(rows, [PHONE_EN, EMAIL_EN])
    (alone, nothing), (shared, taken) = need.backlogs[0].limits
    assert (alone, shared) == (frozenset({"email en"}), frozenset({"email en", "phone en"}))
    assert not nothing.any()
    assert (taken == 9 * 370 / 15).all()  # put down for a call: only the calls' own work is gone
    held = need_of(rows, [PHONE_EN, replace(EMAIL_EN, interruptible=False)])
    taken = held.backlogs[0].limits[1][1]
    assert taken.tolist() == (row(held, "phone en") * held.backlogs[0].per_person).tolist()


def test_between_live_and_deferred_both_forms_hold():
    assert SOON_EN.handled_as == "both"
    need = need_of({"social en": np.full(48, 6.0)}, [SOON_EN])
    sent = replies_of(SOON_EN, 300.0)
    people = int(row(need, "social en").min())
    assert sent.level(1.0, people, 300.0) >= 0.9 > sent.level(1.0, people - 1, 300.0)
    assert need.backlogs[0].queues == frozenset({"social en"})
    assert [limit[0] for limit in need.backlogs[0].limits] == [frozenset({"social en"})]


def test_nobody_calls_then_only_the_minimum_is_needed():
    need = need_of(
        {"phone en": np.zeros(48), "email en": np.zeros(48)}, [PHONE_EN, EMAIL_EN], presence={"all": 1}
    )
    assert row(need, "phone en", "email en").tolist() == [1] * 48
    assert need.required.sum() == 48
    assert not any(b.arriving.any() for b in need.backlogs)


contacts = st.lists(st.floats(0, 120), min_size=4, max_size=4)


@settings(max_examples=15)
@given(contacts, contacts, st.floats(1.0, 3.0), st.sampled_from([0.0, 0.15]))
def test_more_contacts_never_need_fewer_people(english, french, more, busy):
    queues = [PHONE_EN, PHONE_FR]
    few = {"phone en": np.array(english), "phone fr": np.array(french)}
    less = need_of(few, queues, busy_inside_shift=busy)
    many = need_of({name: values * more for name, values in few.items()}, queues, busy_inside_shift=busy)
    both = frozenset({"phone en", "phone fr"})
    for names in less.sets:
        if names in many.sets:
            assert (row(many, *names) >= row(less, *names)).all()
        else:
            assert names == both
            largest = np.maximum(row(many, "phone en"), row(many, "phone fr"))
            assert (largest >= row(less, *names)).all()


@settings(max_examples=15)
@given(contacts, contacts)
def test_pooling_never_needs_more_than_queue_by_queue(english, french):
    queues = [PHONE_EN, PHONE_FR]
    need = need_of({"phone en": english, "phone fr": french}, queues, busy_inside_shift=0.15)
    assert (row(need, *need.sets[-1]) <= row(need, "phone en") + row(need, "phone fr")).all()


def test_why_says_what_binds():
    need = need_of(
        {"phone en": np.full(336, 2.0), "email en": np.full(336, 1.0)},
        [PHONE_EN, EMAIL_EN],
        OFFICE,
        presence={"all": 1},
    )
    why = need.why
    assert list(why.columns) == [
        "interval",
        "interval_start",
        "interval_local",
        "set",
        "load_erlangs",
        "net",
        "presence",
        "gross",
        "reason",
        "method",
        "predicted_service",
    ]
    assert len(why) == need.required.size
    assert why["gross"].tolist() == need.required.ravel().tolist()
    assert set(why["set"]) == {"phone en", "email en", "phone en + email en"}
    calls = why[why["set"] == "phone en"]
    assert set(calls["reason"]) == {"closed", "service level"}
    assert set(calls["method"]) == {"Erlang C"}
    busy = calls[calls["gross"] > 0].iloc[0]
    assert busy["predicted_service"] == pytest.approx(
        measures(2 / 1800, 370.0, int(busy["net"]), 20.0).service_level, abs=0.002
    )
    assert busy["interval_start"].endswith("Z")
    assert set(why[why["set"] == "email en"]["reason"]) == {"closed", "backlog"}
    assert set(why[why["set"] == "phone en + email en"]["reason"]) == {"closed", "presence"}
    heavy = need_of({"phone en": [600.0]}, [PHONE_EN], occupancy_cap=0.6).why
    assert heavy["reason"].tolist() == ["occupancy"]


def test_the_same_content_has_the_same_id():
    rows = {"phone en": np.full(48, 9.0), "email en": np.full(48, 3.0)}
    first, again = (need_of(rows, [PHONE_EN, EMAIL_EN]) for _ in range(2))
    other = need_of(rows, [PHONE_EN, EMAIL_EN], safety=0.6)
    assert first.need_id == again.need_id != other.need_id
    assert len(first.need_id) == 12


def test_misfits_are_refused_all_at_once():
    queues = [PHONE_EN, replace(PHONE_FR, promise=Promise(1.0, 20.0)), EMAIL_EN]
    with pytest.raises(InputError) as caught:
        need_of(
            {"phone en": [1.0], "phone fr": [1.0]},
            queues,
            {"phone en": ALWAYS, "email en": ALWAYS},
            presence={"phones": 1},
            margin={"mail": 0.1},
        )
    assert [m.code.split(".")[1] for m in caught.value.messages] == [
        "no_volumes",
        "no_opening",
        "unknown_presence",
        "unknown_margin",
        "queue",
    ]
    assert "queue phone fr: the target is 1" in str(caught.value)
    with pytest.raises(InputError, match="no queue to plan for"):
        need_of({"phone en": [1.0]}, [])


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        ({"presence": {"all": -1}}, "minimum on duty of all is -1"),
        ({"busy_inside_shift": 30}, "write a share from 0 to below 1"),
        ({"no_shows": -0.1}, "no-shows are -0.1"),
        ({"absence": 1.0}, "absence is 1"),
        ({"occupancy_cap": 0.0}, "occupancy cap is 0"),
        ({"follow_up_seconds": -1.0}, "follow-ups is -1"),
    ],
)
def test_settings_that_cannot_be_are_refused(decided, words):
    with pytest.raises(InputError, match=words):
        NeedSettings(**decided)


CHAT_EN = Queue("chat en", "chat", "en", 600.0, Promise(0.8, 60.0), patience_seconds=180.0, chats_at_once=3)


def test_chats_at_once_are_staffed_as_chats():
    contacts = np.linspace(0, 90, 48)
    need = need_of({"chat en": contacts}, [CHAT_EN])
    for count, got in zip(contacts, row(need, "chat en"), strict=True):
        net = required_chat_agents(count / 1800, 600.0, 60.0, 180.0, target=0.8) if count else 0
        busy = ceil(Fraction(count) * 600 / 1800 / Fraction("2.49") / Fraction("0.85"))
        assert got == max(net, busy)
    why = need.why
    assert set(why["method"]) == {"chat, 3 at once"}
    assert why["load_erlangs"].tolist() == pytest.approx(contacts / 3)
    assert why["predicted_service"].min() >= 0.8 - 0.01  # the load is rounded to three digits there
    one = need_of({"chat en": contacts}, [replace(CHAT_EN, chats_at_once=1)])
    assert row(one, "chat en").sum() > 1.8 * row(need, "chat en").sum()


def test_chats_share_people_with_chats_and_with_calls():
    other = replace(CHAT_EN, name="chat fr", language="fr")
    need = need_of({"chat en": [60.0], "chat fr": [60.0]}, [CHAT_EN, other])
    assert row(need, "chat en", "chat fr").tolist() == [
        required_chat_agents(120 / 1800, 600.0, 60.0, 180.0, target=0.8, max_occupancy=0.85)
    ]
    calls = need_of({"chat en": [60.0], "phone en": [40.0]}, [CHAT_EN, PHONE_EN])
    alone, phone = row(calls, "chat en")[0], row(calls, "phone en")[0]
    assert max(alone, phone) < row(calls, "chat en", "phone en")[0] <= alone + phone


def test_deferred_work_meets_people_busy_with_chats():
    need = need_of({"chat en": [60.0, 3.0], "email en": [3.0, 3.0]}, [CHAT_EN, EMAIL_EN])
    names, taken = need.backlogs[0].limits[1]
    assert names == {"chat en", "email en"}
    # never more people than the chats need: each may have a chat open all the time
    units = 1800 // 15
    assert taken.tolist() == [row(need, "chat en")[0] * units, units]


def test_contacts_at_once_that_cannot_be_are_refused():
    with pytest.raises(InputError) as caught:
        need_of(
            {"phone en": [1.0], "chat en": [1.0]},
            [replace(PHONE_EN, chats_at_once=2), replace(CHAT_EN, chats_at_once=7)],
        )
    assert "queue phone en: 2 contacts at once are for chat only" in str(caught.value)
    assert "queue chat en: 7 chats at once need 7 numbers of speed" in str(caught.value)


def test_small_teams_are_sure_and_never_fewer_than_the_ratio():
    calls = np.linspace(0, 60, 48)
    usual = need_of({"phone en": calls}, [PHONE_EN], busy_inside_shift=0.15, no_shows=0.07)
    sure = need_of(
        {"phone en": calls}, [PHONE_EN], busy_inside_shift=0.15, no_shows=0.07, small_team_confidence=0.99
    )
    assert (row(sure, "phone en") >= row(usual, "phone en")).all()
    for net, got in zip(usual.why["net"], row(sure, "phone en"), strict=True):
        assert got == rostered_people(ceil(Fraction(int(net)) / Fraction("0.85")), 0.07, 0.99)
    # the minimum on duty counts people rostered
    few = need_of(
        {"phone en": [0.0]}, [PHONE_EN], presence={"phone en": 2}, no_shows=0.07, small_team_confidence=0.99
    )
    assert row(few, "phone en").tolist() == [2]


def test_work_beyond_any_team_is_refused():
    with pytest.raises(InputError, match="phone en keeps 20556 people busy at once in its busiest interval"):
        need_of({"phone en": [1.0, 100_000.0]}, [PHONE_EN])


def test_people_who_may_do_nothing_are_refused():
    with pytest.raises(InputError, match="nothing of an interval is left for work"):
        need_of({"email en": [1.0, 1.0]}, [EMAIL_EN], busy_inside_shift=0.999)


def test_next_to_nothing_is_no_number_beyond_all_numbers():
    need = need_of({"phone en": [0.0, 0.0], "phone fr": [0.0, 1e-308]}, [PHONE_EN, PHONE_FR])
    assert need.required.tolist() == [[0, 0], [0, 1]]


def test_nobody_works_alone_while_anything_is_open():
    late = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 1200, 1440),))
    hours = {"phone en": OFFICE, "email fr": late}
    rows = {"phone en": np.full(48, 0.2), "email fr": np.full(48, 0.1)}
    decided = {"busy_inside_shift": 0.3, "no_shows": 0.1, "small_team_confidence": 0.99}
    need = need_of(rows, [PHONE_EN, EMAIL_FR], hours, presence={"all": 2}, **decided)
    both = row(need, "phone en", "email fr")
    # people on duty are counted: what takes them from work does not make them fewer
    assert both.tolist() == np.where(need.open.any(axis=0), 2, 0).tolist()
    assert set(need.why[need.why["set"] == "phone en + email fr"]["reason"]) == {"closed", "presence"}
