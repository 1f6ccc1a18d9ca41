"""Promises over a day: never more people than any other plan that keeps them, by trying them all."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import OpeningHours, OpeningLine
from planner.demand import Promise, Queue, Spread, Volumes
from planner.people import Agent, Team, skills
from planner.requirement import NeedSettings, measures, require
from planner.requirement.overday import fewest_over_day

ALWAYS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0, over="day"))


def need_of(contacts, queues, days=None, spread=None, **decided):
    team = Team((Agent("Ada", "", "UTC", {"en": None, "fr": None}),))
    mean = np.atleast_2d(np.asarray(contacts, dtype=float))
    day_of = np.zeros(mean.shape[1], dtype=int) if days is None else np.asarray(days)
    names = tuple(queue.name for queue in queues)
    volumes = Volumes(names, 960, 30, mean, mean, mean, spread or {}, day_of, day_of * 0)
    hours = dict.fromkeys(names, ALWAYS)
    return require(volumes, queues, team, skills(team, queues), hours, NeedSettings(**decided))


def day_level(contacts, people, definition="offered", patience=None, aht=300.0, within=20.0):
    """The day's level straight from the formulas, customer by customer."""
    in_time, of = [], []
    for count, agents in zip(contacts, people, strict=True):
        if not count:
            continue
        got = measures(count / 1800, aht, int(agents), within, patience)
        in_time.append(count * (got.service_level_gone if definition == "gone" else got.service_level))
        of.append(count * (1 - got.p_abandon if definition == "answered" else 1))
    return math.fsum(in_time) / math.fsum(of)


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from([0.0, 0.4, 2.0, 9.0, 15.0]), min_size=1, max_size=4),
    st.floats(0.5, 0.97),
    st.sampled_from(["offered", "answered", "gone"]),
    st.sampled_from([None, 30.0, 300.0]),
    st.sampled_from([0.6, 0.85, 1.0]),
)
def test_no_plan_of_the_day_is_smaller(contacts, share, definition, patience, cap):
    promise = Promise(share, 20.0, definition=definition, over="day")
    need = need_of(contacts, [replace(PHONE, promise=promise, patience_seconds=patience)], occupancy_cap=cap)
    people = need.required[0]
    least = [
        max(math.ceil(c / 6 / cap - 1e-9), math.floor(c / 6) + 1 if patience is None else 1) for c in contacts
    ]
    least = [floor if count else 0 for floor, count in zip(least, contacts, strict=True)]
    assert (people >= least).all()
    if not any(contacts):
        assert not people.any()
        return
    assert day_level(contacts, people, definition, patience) >= share - 1e-12
    fewer = int(people.sum()) - 1
    spare = fewer - sum(least)
    if spare < 0:
        return
    for extra in itertools.product(range(spare + 1), repeat=len(contacts)):
        if sum(extra) == spare and all(e == 0 or c for e, c in zip(extra, contacts, strict=True)):
            plan = [floor + more for floor, more in zip(least, extra, strict=True)]
            assert day_level(contacts, plan, definition, patience) < share


def hill(steps, top):
    """Gains whose increments rise up to the ``top`` and fall from there on."""
    rising, falling = sorted(steps[:top]), sorted(steps[top:], reverse=True)
    return np.cumsum([-8.0, *rising, *falling, *[0.0] * 40]).tolist()


# No two steps alike: increments that rise do so at every step.
steps = st.lists(st.integers(0, 500).map(lambda step: step / 100), min_size=7, max_size=7, unique=True)
hills = st.builds(hill, steps, st.integers(0, 4))


@settings(max_examples=80)
@given(st.lists(hills, min_size=1, max_size=3), st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_gains_that_rise_and_fall_are_solved_exactly(values, floors):
    # one interval that makes up for all others, at three people a contact
    values = [*values, np.cumsum([0.0, *[8.0 / 3] * 60]).tolist()]
    floors = [*floors[: len(values) - 1], 0]
    people = fewest_over_day(lambda k, n: values[k][n], floors, [10.0] * len(values))
    assert (people >= floors).all()
    assert sum(values[k][n] for k, n in enumerate(people)) >= -1e-9
    spare = int(people.sum()) - sum(floors) - 1
    if spare >= 0:
        for extra in itertools.product(range(min(spare, 9) + 1), repeat=len(values) - 1):
            if sum(extra) <= spare:
                plan = [
                    floor + more for floor, more in zip(floors, (*extra, spare - sum(extra)), strict=True)
                ]
                assert sum(values[k][n] for k, n in enumerate(plan)) < 1e-9


def test_a_shape_that_rises_and_falls_is_not_climbed_step_by_step():
    # one step at a time goes up the second hill (3 + 1 + 1); the first is steeper further on (0 + 6)
    values = [
        [-3.0, -3.0, 3.0, 3.0, 3.0, 3.0],
        [-3.0, 0.0, 0.0, 0.0, 3.0, 3.0],
        [0.0, 0.5, 1.0, 1.5, 2.0, 2.5],
    ]
    people = fewest_over_day(lambda k, n: values[k][min(n, 5)], [0, 0, 0], [5.0, 5.0, 5.0])
    assert people.tolist() == [2, 0, 0]


def test_a_day_needs_no_more_than_its_intervals_and_says_so():
    contacts = 60 * (1 + 0.8 * np.sin(np.arange(48) / 48 * 2 * np.pi))
    over_day = need_of(contacts, [PHONE])
    each = need_of(contacts, [replace(PHONE, promise=Promise(0.8, 20.0))])
    assert over_day.required.sum() < each.required.sum()
    assert day_level(contacts, over_day.required[0]) >= 0.8
    assert set(over_day.why["method"]) == {"Erlang C over the day"}
    predicted = over_day.why["predicted_service"].to_numpy()
    assert np.average(predicted, weights=contacts) == pytest.approx(
        day_level(contacts, over_day.required[0]), abs=1e-9
    )
    assert predicted.min() < 0.8  # some intervals give what others make up for
    assert set(over_day.why["reason"]) <= {"service level", "occupancy"}


def test_each_local_day_keeps_its_own_promise():
    contacts, days = [30.0, 3.0, 3.0, 30.0], [7, 7, 8, 8]
    need = need_of(contacts, [PHONE], days)
    for day in (7, 8):
        hours = np.flatnonzero(np.array(days) == day)
        assert day_level(np.array(contacts)[hours], need.required[0][hours]) >= 0.8
    assert need.required[0].tolist() == need.required[0][::-1].tolist()


def test_caps_hold_in_each_interval_and_are_named():
    calls = replace(PHONE, promise=Promise(0.5, 60.0, over="day"), patience_seconds=120.0)
    contacts = np.array([20.0, 60.0, 20.0])
    capped = need_of(contacts, [replace(calls, max_abandon=0.01)], occupancy_cap=1.0)
    for count, agents in zip(contacts, capped.required[0], strict=True):
        assert measures(count / 1800, 300.0, int(agents), 60.0, 120.0).p_abandon <= 0.01
        assert measures(count / 1800, 300.0, int(agents) - 1, 60.0, 120.0).p_abandon > 0.01
    assert set(capped.why["reason"]) == {"abandonment"}
    busy = need_of(contacts, [calls], occupancy_cap=0.5)
    assert busy.required[0].tolist() == [7, 20, 7]
    assert set(busy.why["reason"]) == {"occupancy"}


def test_a_pool_promises_over_the_day_when_all_its_queues_do():
    other = replace(PHONE, name="phone fr", language="fr")
    contacts = np.array([[30.0, 6.0, 30.0, 12.0], [6.0, 30.0, 30.0, 3.0]])
    both = need_of(contacts, [PHONE, other])
    pool = both.required[both.sets.index(frozenset({"phone", "phone fr"}))]
    singles = both.required[:2]
    assert (pool >= singles.max(axis=0)).all()
    assert pool.sum() <= singles.sum()
    assert day_level(contacts.sum(axis=0), pool) >= 0.8
    mixed = need_of(contacts, [PHONE, replace(other, promise=Promise(0.8, 20.0))])
    assert set(mixed.why[mixed.why["set"] == "phone + phone fr"]["method"]) == {"Erlang C pooled"}


@pytest.mark.parametrize("policy", ["expected service level", "quantile"])
def test_days_that_may_come_need_more(policy):
    contacts = np.array([30.0, 60.0, 12.0, 0.0])
    spread = {"phone": Spread(day=0.05)}
    usual = need_of(contacts, [PHONE], spread=spread)
    more = need_of(contacts, [PHONE], spread=spread, policy=policy)
    assert more.required.sum() > usual.required.sum()
    assert more.required[0][3] == 0
    if policy == "expected service level":
        predicted = more.why["predicted_service"].to_numpy()[:3]
        assert np.average(predicted, weights=contacts[:3]) >= 0.8 - 1e-9


def test_chats_over_the_day():
    chat = Queue(
        "chat", "chat", "en", 600.0, Promise(0.8, 60.0, over="day"), patience_seconds=180.0, chats_at_once=3
    )
    contacts = np.array([60.0, 10.0, 30.0, 5.0])
    over_day = need_of(contacts, [chat])
    each = need_of(contacts, [replace(chat, promise=Promise(0.8, 60.0))])
    assert over_day.required.sum() <= each.required.sum()
    level = over_day.why["predicted_service"].to_numpy()
    assert np.average(level, weights=contacts) >= 0.8 - 1e-6
