"""Inputs at the edge: a sensible answer or a refusal in a sentence; never a crash or a negative share."""

import math
import random
from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest

from planner._errors import InputError
from planner.requirement import (
    chat_measures,
    erlang_b,
    erlang_c,
    gross_people,
    measures,
    required_agents,
    required_chat_agents,
    staff_forward,
    transient,
)

SHARES = ("p_wait", "service_level", "service_level_answered", "service_level_gone", "occupancy", "p_abandon")


def sensible(got):
    for field in fields(got):
        value = getattr(got, field.name)
        assert value >= 0.0, field.name
        if field.name in SHARES:
            assert value <= 1.0, field.name
    assert got.service_level <= got.service_level_answered + 1e-13
    assert got.service_level <= got.service_level_gone + 1e-13
    return got


@pytest.mark.parametrize("agents", [0, 1, 9, 10])
def test_people_no_more_than_the_load(agents):
    never = sensible(measures(10 / 300, 300.0, agents, 20.0))
    assert (never.service_level, never.p_wait, never.asa_seconds) == (0.0, 1.0, math.inf)
    assert erlang_c(10.0, agents) == 1.0
    leave = sensible(measures(10 / 300, 300.0, agents, 20.0, 60.0))
    assert leave.p_abandon >= 1 - agents / 10 - 1e-12
    assert 0.0 <= leave.service_level < 0.9
    chats = sensible(chat_measures(30 / 300, 300.0, agents, 20.0, None, 3))
    assert (chats.service_level == 0.0) == (agents * 2.49 <= 30)


def test_one_ulp_around_saturation():
    for agents in (1, 10, 1000):
        load = float(agents)
        for near in (math.nextafter(load, 0), load, math.nextafter(load, math.inf)):
            got = sensible(measures(near / 256, 256.0, agents, 20.0))
            assert got.p_wait == pytest.approx(1.0, abs=1e-9)
            assert required_agents(near / 256, 256.0, 20.0, target=0.5) > agents


@pytest.mark.parametrize("load", [1e-3, 1e-9, 1e-100, 1e-300, 5e-324])
@pytest.mark.parametrize("patience", [None, 60.0])
def test_less_than_one_person_of_load(load, patience):
    got = sensible(measures(load / 64, 64.0, 1, 0.0, patience))
    assert got.service_level >= 1 - 2e-3
    needed = 1 if load / 64 > 0 else 0
    assert required_agents(load / 64, 64.0, 0.0, patience, target=0.99) == needed
    assert required_chat_agents(load / 64, 64.0, 0.0, patience, target=0.99) == needed
    sensible(chat_measures(load / 64, 64.0, 1, 0.0, patience))


@pytest.mark.parametrize("patience", [None, 60.0])
def test_no_time_at_all(patience):
    got = sensible(measures(10 / 300, 300.0, 12, 0.0, patience))
    assert got.service_level == pytest.approx(1 - got.p_wait, abs=1e-14)
    people = required_agents(10 / 300, 300.0, 0.0, patience, target=0.9)
    assert measures(10 / 300, 300.0, people, 0.0, patience).service_level >= 0.9
    assert measures(10 / 300, 300.0, people - 1, 0.0, patience).service_level < 0.9


@pytest.mark.parametrize("within", [5e-324, 1e-300, 1e300, 1.7e308])
@pytest.mark.parametrize("patience", [None, 60.0])
def test_times_beyond_all_use(within, patience):
    got = sensible(measures(10 / 300, 300.0, 12, within, patience))
    if within > 1.0:
        assert got.service_level == pytest.approx(1.0 - got.p_abandon, abs=1e-12)
    else:
        assert got.service_level == pytest.approx(1.0 - got.p_wait, abs=1e-12)
    sensible(chat_measures(10 / 300, 300.0, 5, within, patience))


def test_customers_who_leave_at_once_are_erlang_b():
    for patience in (1e-300, 1e-12, 1e-6):
        for agents in (1, 8, 13):
            got = sensible(measures(10 / 300, 300.0, agents, 20.0, patience))
            assert got.p_abandon == pytest.approx(erlang_b(10.0, agents), rel=1e-6)
            assert got.service_level == pytest.approx(1 - erlang_b(10.0, agents), rel=1e-6)
    assert required_agents(10 / 300, 300.0, 20.0, 1e-300, max_abandon=0.1) == next(
        n for n in range(99) if erlang_b(10.0, n) <= 0.1
    )


def test_customers_who_stay_for_years_are_erlang_c():
    got = sensible(measures(10 / 300, 300.0, 12, 20.0, 1e12))
    never = measures(10 / 300, 300.0, 12, 20.0)
    assert got.service_level == pytest.approx(never.service_level, rel=1e-8)
    assert got.asa_seconds == pytest.approx(never.asa_seconds, rel=1e-7)
    # too few people: what they cannot do leaves, after a wait of patience x log(load / people)
    few = sensible(measures(10 / 300, 300.0, 8, 20.0, 1e11))
    assert few.p_abandon == pytest.approx(0.2, rel=1e-6)
    assert few.asa_seconds == pytest.approx(1e11 * math.log(10 / 8), rel=1e-6)
    assert required_agents(10 / 300, 300.0, 20.0, 1e10, max_abandon=0.05) == 10
    for patience in (1e300, 1.7e308):
        with pytest.raises(InputError, match="leave it out when nobody hangs up"):
            measures(10 / 300, 300.0, 12, 20.0, patience)


def test_loads_beyond_all_use():
    got = sensible(measures(100_000 / 300, 300.0, 100_400, 20.0))
    assert got.p_wait < 0.3
    sensible(measures(100_000 / 300, 300.0, 99_000, 20.0, 600.0))
    for call in (measures, chat_measures):
        with pytest.raises(InputError, match="the formulas take 0 to 100000"):
            call(1e300, 300.0, 3, 20.0)
    with pytest.raises(InputError, match="no team of up to 1000000 people is enough"):
        required_agents(1.0, 300.0, 20.0, max_occupancy=1e-9)
    with pytest.raises(InputError, match="no team of up to 1000000 people is enough"):
        required_agents(1.0, 300.0, 20.0, 60.0, max_occupancy=1e-9)
    assert sensible(measures(1.0, 5e-324, 1, 20.0, 600.0)).p_wait == 0.0


def test_targets_next_to_everything_and_to_nothing():
    assert required_agents(1.0, 300.0, 0.0, target=math.nextafter(1.0, 0.0)) < 500
    assert required_agents(1.0, 300.0, 20.0, target=1e-300) == 301
    assert required_agents(1.0, 300.0, 20.0, 60.0, target=1e-300) == 1
    assert required_agents(1.0, 300.0, 20.0, 60.0, max_abandon=1.0) == 1


@pytest.mark.parametrize("seed", range(4))
def test_ties_exactly_at_the_target_are_met(seed):
    # the target is what n people give, to the last bit: n are enough, and n - 1 are not
    draw = random.Random(seed)
    for _ in range(40):
        load, aht = 10 ** draw.uniform(-2, 2), draw.choice((60.0, 300.0))
        within, stays = draw.choice((0.0, 20.0)), draw.choice((None, 90.0))
        people = math.ceil(load) + draw.randint(1, 3)
        for definition in ("offered", "answered", "gone"):
            target = measures(load / aht, aht, people, within, stays).level(definition)
            less = measures(load / aht, aht, people - 1, within, stays).level(definition)
            if 0.0 < target < 1.0 - 1e-9 and less < target - 1e-9:
                assert (
                    required_agents(load / aht, aht, within, stays, target, None, None, definition) == people
                )


def test_caps_that_are_exact_fractions():
    for load, cap, people in (("48", 0.75, 64), ("0.3", 0.3, 1), ("2.1", 0.7, 3), ("0.7", 0.07, 10)):
        rate = float(Fraction(load) / 100)
        assert required_agents(rate, 100.0, 20.0, max_occupancy=cap) == people
    assert required_chat_agents(0.249, 100.0, 20.0, max_occupancy=0.1) == 100  # 24.9 / (2.49 x 0.1)
    for net, away, people in ((21, 0.30, 30), (9, 0.55, 20), (42, 0.30, 60), (7, 0.3, 10), (0, 0.99, 0)):
        assert gross_people(net, away) == people


def test_periods_at_the_edge():
    nobody = transient([0.0, 0.0], [0, 0], 1800.0, 300.0, 20.0)
    assert np.isnan(nobody.service_level).all()
    assert staff_forward([1e-300, 0.0], 1800.0, 300.0, 20.0, 0.8).tolist() == [1, 0]
    for short in ({"aht_seconds": 1e-9}, {"patience_seconds": 1e-9}):
        call = {"aht_seconds": 300.0, "within_seconds": 20.0, "patience_seconds": None} | short
        with pytest.raises(InputError, match="too short to be followed"):
            transient([1.0], [1], 1800.0, **call)
    long = transient([5.0, 5.0], [1, 1], 1800.0, 300.0, 0.0, 1e6)
    assert 0.0 <= long.service_level[0] < 0.3
