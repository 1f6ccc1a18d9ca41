"""Changing intervals against matrix exponentials of the whole chain, which share nothing with ours.

Reference rows beyond those in the file are of this kind: steps, an overloaded hour, few people, with
patience and without, contacts finished or handed over by those who leave, several chats at once.
"""

import math
from functools import cache

import numpy as np
import pytest

from planner.requirement import measures, transient

STATES = 72
SECONDS = 900.0


def exponential(matrix):
    """e^matrix, and the mean of e^(t matrix) over t from 0 to 1: Taylor series of a small part, doubled."""
    halvings = max(0, math.ceil(math.log2(max(np.abs(matrix).sum(axis=1).max(), 1e-9) / 0.25)))
    small = matrix / 2**halvings
    total = mean = term = np.eye(len(matrix))
    for k in range(1, 14):
        term = term @ small / k
        total, mean = total + term, mean + term / (k + 1)
    for _ in range(halvings):
        total, mean = total @ total, (mean + mean @ total) / 2
    return total, mean


def pace(number, people, speed):
    """Contacts ended per handle time, everybody holding as even a number as they can."""
    most = min(number, people * len(speed))
    holding = [most // people + (person < most % people) for person in range(people)] if people else []
    return sum(q * speed[q - 1] for q in holding if q)


def oracle(arrivals, agents, aht, within, patience, leavers, speed=(1.0,)):
    """Service level, answered, answered or gone in time, and hang-ups, interval by interval."""
    state = np.zeros(STATES)
    state[0] = 1.0
    found, before = [], None
    for count, people in zip(arrivals, agents, strict=True):
        if before is not None and people < before and leavers == "finish":
            state = taken_along(state, before, people)
        places = people * len(speed)
        rate = np.zeros((STATES, STATES))
        for number in range(STATES):
            ends = pace(number, people, speed) / aht
            waiting = max(0, number - places)
            out = ends + (waiting / patience if patience else 0.0)
            if number + 1 < STATES:
                rate[number, number + 1] = count / SECONDS
            if number:
                rate[number, number - 1] = out
            rate[number, number] = -rate[number].sum()
        moved, averaged = exponential(rate * SECONDS)
        mean, state = state @ averaged, state @ moved
        in_time, ever, gone = served(people, aht, within, patience, speed)
        found.append(
            (
                mean[:places].sum() + mean[places:] @ in_time[: STATES - places],
                mean[:places].sum() + mean[places:] @ ever[: STATES - places],
                mean[:places].sum() + mean[places:] @ (in_time + gone)[: STATES - places],
                (mean[places:] * np.arange(STATES - places)).sum() * SECONDS / patience if patience else 0.0,
            )
        )
        before = people
    return np.array(found).T


def taken_along(state, before, people):
    """Who leaves is drawn without replacement; those busy take their contact along."""
    after = np.zeros(STATES)
    leaving = before - people
    for number, probability in enumerate(state):
        busy = min(number, before)
        for taken in range(min(busy, leaving) + 1):
            ways = math.comb(busy, taken) * math.comb(before - busy, leaving - taken)
            after[number - taken] += probability * ways / math.comb(before, leaving)
    return after


@cache
def served(people, aht, within, patience, speed):
    """Of who finds 0, 1, ... waiting: answered in time, answered ever, gone in time."""
    size = STATES + 2  # ahead of me 0, 1, ...; then answered; then gone
    leave = 1 / patience if patience else 0.0
    full = people * len(speed) * speed[-1] / aht
    rate = np.zeros((size, size))
    for ahead in range(STATES):
        rate[ahead, ahead - 1 if ahead else STATES] += full + ahead * leave
        rate[ahead, STATES + 1] += leave
        rate[ahead, ahead] -= full + (ahead + 1) * leave
    there = exponential(rate * within)[0][:STATES]
    ever = np.ones(STATES)
    for ahead in range(STATES):
        before = ever[ahead - 1] if ahead else 1.0
        out = full + (ahead + 1) * leave
        ever[ahead] = before * (full + ahead * leave) / out if out else 0.0
    return there[:, STATES], ever, there[:, STATES + 1]


STEP = ([7.5, 7.5, 15.0, 22.5, 10.0, 5.0], [4, 4, 7, 9, 5, 3])
OVERLOAD = ([10.0, 20.0, 20.0, 10.0, 6.0], [4, 6, 6, 5, 3])
FEW = ([0.5, 1.5, 0.0, 0.5], [1, 1, 0, 1])


@pytest.mark.parametrize("leavers", ["finish", "hand over"])
@pytest.mark.parametrize("patience", [None, 60.0, 180.0])
@pytest.mark.parametrize(("arrivals", "agents"), [STEP, OVERLOAD, FEW])
def test_like_the_whole_chain(arrivals, agents, patience, leavers):
    within = 120.0 if patience == 60.0 else 20.0
    got = transient(arrivals, agents, SECONDS, 300.0, within, patience, leavers, cyclic=False)
    level, answered, settled, gone = oracle(arrivals, agents, 300.0, within, patience, leavers)
    some = np.array(arrivals) > 0
    assert got.service_level[some] == pytest.approx(level[some], abs=1e-10)
    assert got.service_level_gone[some] == pytest.approx(settled[some], abs=1e-10)
    if patience:
        assert got.abandoned == pytest.approx(gone, abs=1e-9)
        assert got.gone[some] == pytest.approx(1 - answered[some], abs=1e-10)


@pytest.mark.parametrize("patience", [None, 180.0])
def test_chats_like_the_whole_chain(patience):
    arrivals, agents, speed = [9.0, 30.0, 12.0], [3, 6, 4], (1.0, 0.85, 0.83)
    got = transient(
        arrivals,
        agents,
        SECONDS,
        600.0,
        60.0,
        patience,
        "hand over",
        False,
        chats_at_once=3,
        chat_speed=speed,
    )
    level, answered, settled, _ = oracle(arrivals, agents, 600.0, 60.0, patience, "hand over", speed)
    assert got.service_level == pytest.approx(level, abs=1e-10)
    assert got.service_level_gone == pytest.approx(settled, abs=1e-10)
    assert got.gone == pytest.approx(1 - answered, abs=1e-10)


def test_the_oracle_itself_reaches_the_steady_state():
    level, *_ = oracle([15.0] * 6, [6] * 6, 300.0, 20.0, 60.0, "finish")
    assert level[-1] == pytest.approx(measures(15 / 900, 300.0, 6, 20.0, 60.0).service_level, abs=1e-6)
