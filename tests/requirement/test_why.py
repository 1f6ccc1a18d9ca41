"""Each row says why: load, net, what binds, by which method, and what it gives."""

from dataclasses import replace

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine
from planner.demand import PlannedWindow, PlannedWork, Promise, Queue, Volumes
from planner.people import Agent, Role, Team, skills
from planner.requirement import (
    NeedSettings,
    RoleNeed,
    chat_measures,
    erlang_b,
    measures,
    on_call_busy,
    require,
    transient,
)

OFFICE = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 540, 1080),))
PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0), patience_seconds=120.0, max_abandon=0.03)
CHAT = Queue("chat", "chat", "en", 600.0, Promise(0.8, 60.0), patience_seconds=180.0, chats_at_once=3)
FRENCH = Queue("phone fr", "phone", "fr", 400.0, Promise(0.9, 40.0))
TICKETS = Queue("tickets", "email", "en", 600.0, Promise(0.9, 14400.0))
QUEUES = (PHONE, CHAT, FRENCH, TICKETS)
TRAINING = PlannedWork("training", "training", windows=(PlannedWindow(44, 52, people=2),))
ENGINEER = RoleNeed("engineer", share=0.1, handle_seconds=1200.0)
REASONS = {
    "closed",
    "no contacts",
    "presence",
    "service level",
    "occupancy",
    "abandonment",
    "backlog",
    "planned work",
}


def whole_need(method, queues=QUEUES):
    shape = np.maximum(0.0, np.sin((np.arange(48) - 15) / 48 * 2 * np.pi))
    mean = np.array([40.0, 30.0, 20.0, 9.0])[: len(queues), None] * shape
    days = np.zeros(48, dtype=int)
    names = tuple(queue.name for queue in queues)
    volumes = Volumes(names, 0, 30, mean, mean, mean, {}, days, days)
    team = Team(
        (
            Agent("Ada", "", "UTC", {"en": None, "fr": None}, frozenset({"engineer"}), slower={"fr": 1.2}),
            Agent("Ben", "", "UTC", {"en": None}),
        )
    )
    table = skills(team, queues, [Role("engineer")], [TRAINING])
    settings = NeedSettings({"all": 2}, busy_inside_shift=0.1, method=method)
    hours = dict.fromkeys(names, OFFICE)
    return mean, require(volumes, queues, team, table, hours, settings, [ENGINEER], [TRAINING])


@pytest.fixture(scope="module", params=["interval", "forward"])
def world(request):
    """A need with every kind of row, by either method."""
    return request.param, *whole_need(request.param)


def rows_of(need, name):
    return need.why[need.why["set"] == name].reset_index(drop=True)


def test_every_row_says_all(world):
    _, _, need = world
    why = need.why
    assert len(why) == need.required.size
    assert why["gross"].tolist() == need.required.ravel().tolist()
    assert set(why["reason"]) <= REASONS
    assert {"closed", "presence", "backlog", "planned work"} <= set(why["reason"])
    assert (why["method"] != "").all()
    assert (why["load_erlangs"] >= 0).all()
    closed = why[why["reason"] == "closed"]
    assert not closed["gross"].any()
    assert closed["predicted_service"].isna().all()
    assert set(why["set"]) == {
        "phone",
        "chat",
        "phone fr",
        "tickets",
        "training",
        "engineer",
        "phone + chat + phone fr",
        "phone + chat + phone fr + training",
        "phone + chat + phone fr + tickets",
    }


@pytest.mark.parametrize(("queue", "row"), [(PHONE, 0), (CHAT, 1), (FRENCH, 2)])
def test_predicted_is_what_the_net_people_give(world, queue, row):
    method, mean, need = world
    why = rows_of(need, queue.name)
    some = (why["net"] > 0).to_numpy()
    aht = queue.aht_seconds * (1.2 if queue is FRENCH else 1.0)  # Ada alone speaks French
    contacts, people = mean[row][some], why["net"].to_numpy()[some]
    if method == "forward":
        more = {"chats_at_once": queue.chats_at_once, "leavers": "hand over", "cyclic": False}
        call = (1800.0, aht, queue.promise.within_seconds, queue.patience_seconds)
        expected = transient(contacts, people, *call, **more).service_level
    else:
        call = (aht, queue.promise.within_seconds, queue.patience_seconds)
        expected = [
            (measures if queue.chats_at_once == 1 else chat_measures)(
                count / 1800, call[0], int(n), *call[1:]
            ).service_level
            for count, n in zip(contacts, people, strict=True)
        ]
    assert why["predicted_service"].to_numpy()[some] == pytest.approx(expected, abs=1e-9)
    assert (why["predicted_service"][some] >= queue.promise.share - 1e-9).all()
    assert why["load_erlangs"].to_numpy()[some] == pytest.approx(contacts * aht / 1800)


def test_predicted_of_a_pool_is_that_of_its_people(world):
    method, _, _ = world
    queues = (PHONE, replace(PHONE, name="phone fr", language="fr"))
    mean, need = whole_need(method, queues)
    why = rows_of(need, "phone + phone fr")
    some = (why["net"] > 0).to_numpy()
    people = why["net"].to_numpy()[some]
    # the load of the pool, handled in its mean time
    come = (mean[0] + 1.2 * mean[1])[some] * 300.0 / aht_of(mean)
    if method == "forward":
        got = transient(come, people, 1800.0, aht_of(mean), 20.0, 120.0, "hand over", False).service_level
    else:
        got = [
            measures(count / 1800, aht_of(mean), int(n), 20.0, 120.0).service_level
            for count, n in zip(come, people, strict=True)
        ]
    assert why["predicted_service"].to_numpy()[some] == pytest.approx(got, abs=1e-9)


def aht_of(mean):
    """Handle time of the pool: the mean weighted by load."""
    loads = np.array([mean[0].sum() * 300.0, mean[1].sum() * 360.0])
    return float((loads * [300.0, 360.0]).sum() / loads.sum())


def test_planned_work_joined_predicts_for_those_who_answer(world):
    _, _, need = world
    joined = rows_of(need, "phone + chat + phone fr + training")
    pool = rows_of(need, "phone + chat + phone fr")
    window = (joined["reason"] == "planned work").to_numpy()
    assert np.flatnonzero(window).tolist() == [22, 23, 24, 25]
    assert (joined["net"][window] == pool["net"][window] + 2).all()
    assert joined["predicted_service"][window].tolist() == pool["predicted_service"][window].tolist()


def test_a_role_says_how_often_somebody_is_free(world):
    _, mean, need = world
    why = rows_of(need, "engineer")
    is_open = need.open[0]
    load = mean.sum(axis=0)[is_open] * 0.1 * 1200 / 1800
    assert why["load_erlangs"].to_numpy()[is_open] == pytest.approx(load)
    assert why["predicted_service"].to_numpy()[is_open] == pytest.approx(1 / (1 + load))
    assert not why["load_erlangs"].to_numpy()[~is_open].any()


@pytest.mark.parametrize("load", [0.0, 0.01, 0.25, 1.0, 4.0])
def test_one_on_call_is_busy_a_of_one_plus_a(load):
    assert on_call_busy(load) == pytest.approx(load / (1 + load), rel=1e-14)
    assert on_call_busy(load, 3) == erlang_b(load, 3)
