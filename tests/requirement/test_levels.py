"""Service levels read off between loads that are worked out."""

from __future__ import annotations

import numpy as np
import pytest

from planner.requirement.levels import levels_of
from planner.requirement.pool import Pool

POOLS = {
    "calls": Pool(300.0, 20.0, 120.0, 0.8),
    "patient calls": Pool(300.0, 20.0, None, 0.8),
    "chats": Pool(600.0, 60.0, 180.0, 0.8, 3, (1.0, 0.85, 0.83)),
    "days that may come": Pool(300.0, 20.0, None, 0.8, variance=0.03, policy="quantile"),
}


@pytest.mark.parametrize("pool", POOLS.values(), ids=POOLS)
def test_as_if_each_interval_were_worked_out(pool):
    loads = 6.0 + 4.0 * np.sin(np.arange(600) * 0.37)
    loads[::50] = 0.0
    teams = pool.teams(loads)
    asked = []

    def level(load: float, people: int) -> float:
        asked.append(load)
        return pool.predicted(load, people)

    found = levels_of(loads, teams, level)
    some = np.flatnonzero(loads > 0)
    assert np.isnan(found[loads == 0]).all()
    assert len(asked) < len(some) / 2
    each = [pool.predicted(float(loads[k]), int(teams[k])) for k in some[::7]]
    assert found[some[::7]] == pytest.approx(each, abs=1e-5)


def test_few_loads_of_a_team_are_worked_out_to_the_bit():
    pool = POOLS["calls"]
    loads, teams = np.array([3.1, 0.0, 8.2, 3.1, 7.9]), np.array([5, 0, 11, 6, 11])
    found = levels_of(loads, teams, pool.level)
    assert found[[0, 2, 3, 4]].tolist() == [pool.level(float(loads[k]), int(teams[k])) for k in (0, 2, 3, 4)]


def test_corners_are_cut_until_they_are_near_enough():
    loads = np.linspace(0.1, 2.0, 500)
    found = levels_of(loads, np.ones(500, int), lambda load, people: max(0.0, 1.0 - load))
    assert found == pytest.approx(np.maximum(0.0, 1.0 - loads), abs=1e-4)
