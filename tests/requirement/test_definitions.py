"""Three definitions of a service level, caps of hang-ups and of occupancy, and what binds."""

import math
import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from planner._errors import InputError
from planner.clock import OpeningHours, OpeningLine
from planner.demand import Promise, Queue, Volumes
from planner.people import Agent, Team, skills
from planner.requirement import (
    NeedSettings,
    chat_measures,
    erlang_report,
    measures,
    require,
    required_agents,
    required_chat_agents,
)

DEFINITIONS = ("offered", "answered", "gone")
ALWAYS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0), patience_seconds=90.0)


def need_of(contacts, queue, **decided):
    team = Team((Agent("Ada", "", "UTC", {"en": None}),))
    mean = np.atleast_2d(np.asarray(contacts, dtype=float))
    days = np.zeros(mean.shape[1], dtype=int)
    volumes = Volumes((queue.name,), 960, 30, mean, mean, mean, {}, days, days)
    return require(
        volumes, [queue], team, skills(team, [queue]), {queue.name: ALWAYS}, NeedSettings(**decided)
    )


def level(got, definition):
    names = {"offered": "service_level", "answered": "service_level_answered", "gone": "service_level_gone"}
    return getattr(got, names[definition])


@pytest.mark.parametrize("definition", DEFINITIONS)
@pytest.mark.parametrize("seed", range(3))
def test_one_less_misses(definition, seed):
    random_ = random.Random(seed)
    for _ in range(60):
        load, aht = 10 ** random_.uniform(-2, 2.5), random_.uniform(30, 900)
        call = (
            load / aht,
            aht,
            random_.choice((0.0, 5.0, 20.0, 300.0)),
            random_.choice((15.0, 90.0, 3600.0)),
        )
        target = random_.uniform(0.05, 0.995)
        people = required_agents(*call, target=target, definition=definition)
        assert people >= 1
        assert level(measures(*call[:2], people, *call[2:]), definition) >= target - 1e-12
        if people > 1:
            assert level(measures(*call[:2], people - 1, *call[2:]), definition) < target


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_one_less_misses_with_chats(definition):
    random_ = random.Random(4)
    for _ in range(60):
        load, aht, at_once = 10 ** random_.uniform(-1, 1.6), random_.uniform(60, 900), random_.randint(2, 5)
        call = (load / aht, aht, 60.0, random_.choice((30.0, 180.0)))
        target = random_.uniform(0.3, 0.99)
        people = required_chat_agents(*call, target=target, chats_at_once=at_once, definition=definition)

        def got(agents, call=call, at_once=at_once):
            return level(chat_measures(*call[:2], agents, *call[2:], at_once), definition)

        assert got(people) >= target - 1e-12
        assert people == 1 or got(people - 1) < target


def test_definitions_agree_when_nobody_hangs_up():
    for definition in DEFINITIONS:
        assert required_agents(200 / 3600, 180.0, 20.0, target=0.8, definition=definition) == 14
        assert required_chat_agents(0.1, 600.0, 60.0, target=0.8, definition=definition) == (
            required_chat_agents(0.1, 600.0, 60.0, target=0.8)
        )


def test_offered_is_the_strictest():
    for load in (0.5, 3.0, 20.0, 100.0):
        offered, answered, gone = (
            required_agents(load / 300, 300.0, 20.0, 60.0, target=0.8, definition=each)
            for each in DEFINITIONS
        )
        assert offered >= max(answered, gone)


def test_somebody_answers_even_if_enough_hang_up_in_time():
    # 1 - exp(-300 / 15) of all are gone in time with nobody there
    assert required_agents(0.001, 60.0, 300.0, 15.0, target=0.8, definition="gone") == 1
    assert required_chat_agents(0.001, 60.0, 300.0, 15.0, target=0.8, definition="gone") == 1


def test_a_definition_that_is_none_is_refused():
    with pytest.raises(
        InputError, match="the service level is of all; write one of: offered, answered, gone"
    ):
        required_agents(0.1, 60.0, 20.0, target=0.8, definition="all")  # type: ignore[arg-type]


def test_the_report_takes_a_definition():
    got = [erlang_report(200, 3600, 180, 10, 20, 60, 0.8, definition=each) for each in DEFINITIONS]
    assert [each["required_agents"] for each in got] == [12, 10, 10]


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_the_need_keeps_the_definition_of_the_promise(definition):
    contacts = np.linspace(0, 150, 40)
    queue = replace(PHONE, promise=Promise(0.8, 20.0, definition=definition))
    need = need_of(contacts, queue, occupancy_cap=1.0)
    for count, people, predicted in zip(
        contacts, need.required[0], need.why["predicted_service"], strict=True
    ):
        floor = math.ceil(count / 6 - 1e-9)
        if not count:
            assert people == 0
            continue
        assert people == max(
            floor, required_agents(count / 1800, 300.0, 20.0, 90.0, target=0.8, definition=definition)
        )
        got = level(measures(count / 1800, 300.0, int(people), 20.0, 90.0), definition)
        assert predicted == pytest.approx(got, abs=1e-9)


@pytest.mark.parametrize(("cap", "most"), [(0.02, "abandonment"), (0.2, "service level")])
def test_the_reason_says_which_goal_binds(cap, most):
    calls = replace(PHONE, max_abandon=cap)
    need = need_of([3.0, 30.0, 600.0], calls, occupancy_cap=0.8)
    for count, people, reason in zip([3.0, 30.0, 600.0], need.required[0], need.why["reason"], strict=True):
        goals = {
            "service level": required_agents(count / 1800, 300.0, 20.0, 90.0, target=0.8),
            "abandonment": required_agents(count / 1800, 300.0, 20.0, 90.0, max_abandon=cap),
            "occupancy": math.ceil(Fraction(count) * 300 / 1800 / Fraction("0.8")),
        }
        assert people == max(goals.values())
        assert reason == next(name for name, value in goals.items() if value == people)
    assert need.why["reason"].tolist() == [most, most, "occupancy"]


def test_a_cap_of_hang_ups_asks_nothing_of_patient_customers():
    patient = replace(PHONE, patience_seconds=None)
    assert need_of([30.0], replace(patient, max_abandon=0.001)).required.tolist() == (
        need_of([30.0], patient).required.tolist()
    )


def test_a_cap_that_cannot_be_is_refused():
    with pytest.raises(InputError, match="queue phone: the cap of hang-ups is 5"):
        need_of([1.0], replace(PHONE, max_abandon=5.0))


def test_pools_keep_the_strictest_of_their_queues():
    team = Team((Agent("Ada", "", "UTC", {"en": None, "fr": None}),))
    queues = [
        replace(PHONE, max_abandon=0.02),
        replace(PHONE, name="phone fr", language="fr", max_abandon=0.01),
    ]
    mean = np.array([[30.0], [60.0]])
    days = np.zeros(1, dtype=int)
    volumes = Volumes(("phone", "phone fr"), 960, 30, mean, mean, mean, {}, days, days)
    hours = {"phone": ALWAYS, "phone fr": ALWAYS}
    need = require(volumes, queues, team, skills(team, queues), hours, NeedSettings())
    assert need.required[2].tolist() == [required_agents(90 / 1800, 300.0, 20.0, 90.0, max_abandon=0.01)]
    assert need.why["reason"].iloc[2] == "abandonment"
