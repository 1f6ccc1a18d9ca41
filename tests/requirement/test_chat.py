"""Several chats at once: reference rows, exact chains over people, the limit of one at a time."""

import csv
import itertools
import math
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import InputError
from planner.demand import CHAT_SPEED
from planner.requirement import chat_measures, fit_speed, measures, required_agents, required_chat_agents
from planner.requirement.chat import one_person

REFERENCE = Path(__file__).parents[2].parent / "shared" / "data" / "staffing" / "staffing_reference.csv"
POINTS = 0.015
NEARER = 0.0075


def rows():
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["model"] == "erlang_chat"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_reference_rows(row):
    note = row["note"]
    speed = tuple(float(word) for word in note.split("speed (")[1].split(")")[0].split(","))
    got = chat_measures(
        float(row["arrivals_per_hour"]) / 3600,
        float(row["aht_s"]),
        int(row["agents"]),
        float(row["T_s"]),
        float(row["patience_s"]) if row["patience_s"] else None,
        int(note.split("max chats ")[1][0]),
        speed,
    )
    assert got.service_level == pytest.approx(float(row["service_level_offered"]), abs=NEARER)
    assert got.p_wait == pytest.approx(float(row["p_wait"]), abs=POINTS)
    assert got.p_abandon == pytest.approx(float(row["p_abandon"]), abs=POINTS)


def test_there_are_reference_rows():
    assert len(rows()) == 3


def exact(load, agents, at_once, speed, within, patience, longest=250):
    """P(wait), service level and hang-ups of the chain over how many people hold how many chats.

    Rates per handle time of a chat alone; ``within`` and ``patience`` likewise. New chats go to
    whoever has fewest.
    """
    shapes = [
        counts for counts in itertools.product(range(agents + 1), repeat=at_once + 1) if sum(counts) == agents
    ]
    full = tuple([0] * at_once + [agents])
    states = [(shape, 0) for shape in shapes] + [(full, waiting) for waiting in range(1, longest)]
    number = {state: index for index, state in enumerate(states)}
    rate = np.zeros((len(states), len(states)))

    def go(source, target, amount):
        rate[number[source], number[target]] += amount
        rate[number[source], number[source]] -= amount

    def moved(shape, holding, step):
        changed = list(shape)
        changed[holding] -= 1
        changed[holding + step] += 1
        return tuple(changed)

    for shape, waiting in states:
        if shape == full:
            if (full, waiting + 1) in number:
                go((full, waiting), (full, waiting + 1), load)
        else:
            fewest = next(holding for holding in range(at_once) if shape[holding])
            go((shape, 0), (moved(shape, fewest, 1), 0), load)
        for holding in range(1, at_once + 1):
            ends = shape[holding] * holding * speed[holding - 1]
            if waiting:
                go((full, waiting), (full, waiting - 1), ends if holding == at_once else 0.0)
            elif ends:
                go((shape, 0), (moved(shape, holding, -1), 0), ends)
        if waiting:
            go((full, waiting), (full, waiting - 1), waiting / patience)
    equations = np.vstack((rate.T, np.ones(len(states))))
    share = np.linalg.lstsq(equations, np.append(np.zeros(len(states)), 1.0), rcond=None)[0]
    pace = agents * at_once * speed[at_once - 1]
    level = wait = gone = 0.0
    for (shape, waiting), probability in zip(states, share, strict=True):
        if shape != full:
            level += probability
            continue
        wait += probability
        gone += probability * waiting / patience
        # a pure death process from here: the chance to be served within the time, step by step
        level += probability * served_in_time(pace, waiting, within, patience)
    return wait, level, gone / load


def served_in_time(pace, ahead, within, patience, steps=400):
    """P(answered within a time) with so many ahead, by the matrix exponential of a small chain."""
    size = ahead + 2  # states: waiting with 0..ahead before, and answered last
    chain = np.zeros((size, size))
    for before in range(ahead + 1):
        out = pace + before / patience
        chain[before, before] = -out - 1 / patience
        chain[before, before - 1 if before else ahead + 1] += out
    step = np.eye(size) + chain * within / steps / 8
    for _ in range(3):
        step = step @ step
    return float(np.linalg.matrix_power(step, steps)[ahead, ahead + 1])


@pytest.mark.parametrize(
    ("agents", "at_once", "busy", "patience"),
    [
        (1, 3, 0.9, 0.4),
        (2, 2, 0.8, 0.3),
        (2, 5, 1.0, 0.3),
        (3, 2, 1.1, 0.5),
        (3, 3, 0.9, 0.2),
        (4, 2, 0.7, 1.0),
    ],
)
def test_close_to_the_exact_chain_over_people(agents, at_once, busy, patience):
    load = busy * agents * float(one_person(at_once, CHAT_SPEED))
    wait, level, gone = exact(load, agents, at_once, CHAT_SPEED, 0.15, patience, longest=60)
    got = chat_measures(load / 400, 400.0, agents, 60.0, patience * 400.0, at_once)
    assert got.service_level == pytest.approx(level, abs=POINTS)
    assert got.p_abandon == pytest.approx(gone, abs=POINTS)
    assert got.p_wait == pytest.approx(wait, abs=POINTS)


@pytest.mark.parametrize("busy", [0.7, 1.0, 1.2])
@pytest.mark.parametrize(
    ("agents", "speed"),
    [
        (2, (1.0, 0.8)),
        (5, (1.0, 0.8)),
        (3, (1.0, 0.8, 0.62)),
        (4, (1.0, 0.9, 0.8)),
        (4, (1.0, 0.85, 0.83)),
        (2, (1.0, 0.8, 0.62, 0.5)),
        (3, (1.0, 1.0, 1.0)),
    ],
)
def test_service_level_within_three_quarters_of_a_point(agents, speed, busy):
    at_once = len(speed)
    load = busy * agents * float(one_person(at_once, speed))
    wait, level, gone = exact(load, agents, at_once, speed, 0.15, 0.3, longest=50)
    got = chat_measures(load / 400, 400.0, agents, 60.0, 120.0, at_once, speed)
    assert got.service_level == pytest.approx(level, abs=NEARER)
    assert got.p_abandon == pytest.approx(gone, abs=NEARER)
    assert got.p_wait == pytest.approx(wait, abs=POINTS)


@pytest.mark.parametrize("patience", [None, 60.0])
@pytest.mark.parametrize(
    ("load", "agents"), [(0.05, 1), (3.0, 4), (10.0, 14), (200.0, 190), (500.0, 520), (2000.0, 2050)]
)
def test_one_at_a_time_is_erlang(load, agents, patience):
    got = chat_measures(load / 300, 300.0, agents, 20.0, patience, 1)
    plain = measures(load / 300, 300.0, agents, 20.0, patience)
    for name in type(plain).__slots__:
        assert getattr(got, name) == pytest.approx(getattr(plain, name), rel=1e-11, abs=1e-14), name


def test_one_at_a_time_needs_as_many():
    random_ = random.Random(3)
    for _ in range(60):
        call = (random_.uniform(0.001, 0.1), random_.uniform(60, 900), 30.0, random_.choice((None, 90.0)))
        assert required_chat_agents(*call, target=0.85, chats_at_once=1) == required_agents(
            *call, target=0.85
        )


@pytest.mark.parametrize("seed", range(3))
def test_smallest_team_and_each_one_more_is_better(seed):
    random_ = random.Random(seed)
    for _ in range(60):
        at_once = random_.randint(1, 5)
        aht = random_.uniform(60, 900)
        load = 10 ** random_.uniform(-2, 1.8)
        call = (load / aht, aht, random_.choice((0.0, 20.0, 120.0)), random_.choice((None, 60.0, 900.0)))
        target = random_.uniform(0.05, 0.99)
        people = required_chat_agents(*call, target=target, chats_at_once=at_once)
        levels = [
            chat_measures(call[0], aht, n, *call[2:], at_once).service_level
            for n in range(max(0, people - 3), people + 3)
        ]
        assert levels == sorted(levels)
        assert levels[min(3, people)] >= target - 1e-12
        assert people == 0 or levels[min(3, people) - 1] < target


def test_caps_of_occupancy_and_of_hang_ups():
    call = (0.1, 600.0, 60.0)
    people = required_chat_agents(*call, max_occupancy=0.75, chats_at_once=3)
    assert people == math.ceil(60 / 2.49 / 0.75)
    assert chat_measures(*call[:2], people, 60.0).occupancy <= 0.75
    few = required_chat_agents(*call, 120.0, max_abandon=0.02)
    assert chat_measures(*call[:2], few, 60.0, 120.0).p_abandon <= 0.02
    assert chat_measures(*call[:2], few - 1, 60.0, 120.0).p_abandon > 0.02


@pytest.mark.parametrize("patience", [None, 120.0])
@pytest.mark.parametrize("at_once", [1, 2, 3, 5])
def test_what_comes_leaves(at_once, patience):
    agents, load = 6, 5.0
    got = chat_measures(load / 400, 400.0, agents, 30.0, patience, at_once)
    # Little: chats open = answered per second x time open; each is open at most as long as at full speed
    assert got.chats_per_person * agents == pytest.approx(
        load / 400 * (1 - got.p_abandon) * got.handle_seconds
    )
    assert got.handle_seconds * (1 + 1e-12) >= 400.0
    assert got.handle_seconds <= 400.0 / CHAT_SPEED[at_once - 1] * (1 + 1e-12)
    assert got.service_level <= got.service_level_answered
    assert got.service_level <= got.service_level_gone


def test_extremes_answer_sensibly():
    nobody = chat_measures(0.1, 400.0, 0, 30.0, 120.0)
    assert (nobody.service_level, nobody.p_abandon) == (0.0, 1.0)
    endless = chat_measures(0.1, 400.0, 16, 30.0)  # 16 x 2.49 < 40 erlang
    assert (endless.service_level, endless.asa_seconds, endless.chats_per_person) == (0.0, math.inf, 3.0)
    assert chat_measures(0.1, 400.0, 0, 30.0).mean_wait_seconds == math.inf
    assert chat_measures(0.0, 400.0, 2, 30.0).service_level == 1.0
    assert chat_measures(1e-9, 400.0, 50, 30.0).p_wait == 0.0
    assert required_chat_agents(0.0, 400.0, 30.0, target=0.8) == 0


def test_numbers_that_cannot_be_are_refused():
    with pytest.raises(InputError, match="chats at once are 0"):
        chat_measures(0.1, 400.0, 3, 30.0, chats_at_once=0)
    with pytest.raises(InputError, match="6 chats at once need 6 numbers of speed"):
        chat_measures(0.1, 400.0, 3, 30.0, chats_at_once=6)
    with pytest.raises(InputError, match="never rise"):
        required_chat_agents(0.1, 400.0, 30.0, target=0.8, chats_at_once=2, speed=(1.0, 1.5))
    with pytest.raises(InputError, match="observed with 2 at once, -3 s"):
        fit_speed([(1, 300), (2, -3)])


@given(st.lists(st.floats(0.3, 1.0), min_size=1, max_size=5), st.integers(1, 4))
def test_fit_finds_the_curve_that_made_the_data(falls, repeated):
    curve = tuple(np.cumprod([1.0, *falls]).tolist())
    seen = [(q + 1, 400.0 / s * f) for q, s in enumerate(curve) for f in (0.5, 1.5)] * repeated
    assert fit_speed(seen) == pytest.approx(curve)


def test_fit_never_rises_and_weighs_what_was_seen():
    seen = [(1, 400.0)] * 5 + [(2, 600.0)] * 3 + [(2.4, 600.0)] + [(3, 500.0)] * 1 + [(5, 1000.0)]
    # 600 (4 seen) and 500 (1 seen) are 580 together; four at once lie half-way to 1000
    assert fit_speed(seen) == pytest.approx((1.0, 400 / 580, 400 / 580, 400 / 790, 0.4))
    noisy = np.random.default_rng(4)
    data = [(q, float(noisy.lognormal(6, 1))) for q in noisy.integers(1, 6, 400)]
    curve = fit_speed(data)
    assert curve[0] == 1.0
    assert list(curve) == sorted(curve, reverse=True)
    assert chat_measures(0.05, 400.0, 9, 60.0, 180.0, len(curve), curve).p_wait < 1.0
