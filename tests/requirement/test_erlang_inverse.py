"""The smallest team: n meets the goals, n - 1 does not."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest

from planner._errors import InputError
from planner.requirement import measures, required_agents
from planner.requirement.erlang_inverse import smallest_team, smallest_teams


def meets(rate, aht, agents, within, patience, target, occupancy, abandon):
    got = measures(rate, aht, agents, within, patience)
    return (
        (target is None or got.service_level >= target)
        and (occupancy is None or got.occupancy <= occupancy)
        and (abandon is None or got.p_abandon <= abandon)
        and math.isfinite(got.asa_seconds)
    )


@pytest.mark.parametrize("seed", range(10))
def test_one_less_misses(seed):
    random_ = random.Random(seed)
    for _ in range(150):
        load = 10 ** random_.uniform(-3, 2.3)
        aht = random_.uniform(30, 900)
        within = random_.choice((0.0, 1.0, 20.0, 60.0, 600.0, 7200.0))
        patience = random_.choice((None, 15.0, 120.0, 3600.0))
        target = random_.choice((None, random_.uniform(0.01, 0.999)))
        occupancy = random_.choice((None, random_.uniform(0.3, 0.99)))
        abandon = random_.uniform(0.001, 0.4) if target is None and occupancy is None else None
        goals = (target, occupancy, abandon)
        agents = required_agents(load / aht, aht, within, patience, *goals)
        assert meets(load / aht, aht, agents, within, patience, *goals)
        assert agents == 0 or not meets(load / aht, aht, agents - 1, within, patience, *goals)


def test_patient_callers_never_hang_up_so_that_cap_asks_for_nothing():
    assert required_agents(10 / 180, 180.0, 20.0, max_abandon=0.05) == 11


@pytest.mark.parametrize(
    ("load", "cap", "people"),
    [("48", 0.75, 64), ("48", 0.85, 57), ("0.3", 0.3, 1), ("0.6", 0.2, 3), ("2.1", 0.7, 3), ("10", 1.0, 11)],
)
def test_occupancy_cap_is_exact(load, cap, people):
    assert smallest_team(Fraction(load), 300.0, 20.0, None, None, max_occupancy=cap) == people


def test_a_tie_at_the_target_is_met():
    # one person, 0.2 erlang: exactly 80 % find them free
    assert required_agents(12 / 3600, 60.0, 0.0, target=0.8) == 1
    assert required_agents(0.5 / 300, 300.0, 0.0, target=0.5) == 1
    # one person, 0.5 erlang, patience as long as a call: 1 / (1 + a + a^2/2 + ...) = exp(-a) are free
    assert required_agents(0.5 / 300, 300.0, 0.0, 300.0, target=math.exp(-0.5)) == 1


def test_no_goal_is_refused():
    with pytest.raises(InputError, match="nothing says how many people are enough"):
        required_agents(0.1, 60.0, 20.0)


@pytest.mark.parametrize("patience", [None, 120.0])
def test_many_loads_at_once_are_each_load_alone(patience):
    loads = np.random.default_rng(5).gamma(0.8, 6.0, 400)
    loads[:5] = 0.0
    together = smallest_teams(loads, 370.0, 20.0, patience, 0.8)
    alone = [smallest_team(float(load), 370.0, 20.0, patience, 0.8) for load in loads]
    assert together.tolist() == alone
    assert smallest_teams(np.empty(0), 370.0, 20.0, patience, 0.8).tolist() == []


def test_pooling_languages_as_published():
    loads = (2.0, 1.0, 0.5, 0.3, 0.2)
    assert sum(smallest_team(load, 370.0, 20.0, None, 0.8) for load in loads) == 12
    assert smallest_team(sum(loads), 370.0, 20.0, None, 0.8) == 7
