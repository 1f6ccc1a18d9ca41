"""Rows like those of the reference, made and proven here in many digits: every goal, every definition."""

import math
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import mpmath as mp
import pytest

from planner.requirement import erlang_report, gross_people, measures, required_agents

LEVELS = {"offered": 1, "answered": 2, "gone": 3}
OCCUPANCY, ABANDONED = 6, 7
DIGITS = 30  # enough beside 1e-12, and sooner than 50


@pytest.fixture(scope="module")
def exact() -> ModuleType:
    """Formulas in 50 digits, from the benchmark beside the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[2]))
        return import_module("tests.bench.erlang_exact")


@cache
def truth(exact, call, people):
    rate, aht, within, patience = call
    if patience is None:
        if people <= rate * aht:
            return (1, 0, 0, 0, mp.inf, mp.inf, 1, 0)
        return exact.patient(rate, aht, people, within)
    return exact.impatient(rate, aht, people, within, patience)


def enough(exact, call, people, goals, definition):
    if not people:
        return False
    got = truth(exact, call, people)
    target, busy, gone = goals
    return (
        got[4] != mp.inf
        and (target is None or got[LEVELS[definition]] >= target)
        and (busy is None or got[OCCUPANCY] <= mp.mpf(busy))
        and (gone is None or got[ABANDONED] <= gone)
    )


# arrivals per hour, handle time, answer time, patience; target, occupancy cap, cap of hang-ups
ROWS = [
    ((200, 180, 20, None), (0.8, 0.85, None)),
    ((200, 180, 20, None), (0.95, None, None)),
    ((120, 300, 20, 120), (None, None, 0.05)),
    ((1476, 300, 20, 60), (0.8, 0.85, 0.03)),
    ((36, 300, 60, 15), (0.7, 0.9, 0.2)),
    ((720, 240, 20, None), (None, 0.9, None)),
    ((2, 1200, 1800, None), (0.9, None, None)),
    ((50, 180, 3600, 600), (0.95, None, 0.3)),
    ((24000, 300, 20, 600), (0.8, None, 0.01)),
]


@pytest.mark.parametrize("definition", ["offered", "answered", "gone"])
@pytest.mark.parametrize(("call", "goals"), ROWS)
def test_smallest_team_in_many_digits(exact, call, goals, definition):
    hourly, aht, within, patience = call
    with mp.workdps(DIGITS):
        rate = hourly / 3600
        people = required_agents(rate, aht, within, patience, *goals, definition)
        ours = (rate, aht, within, patience)
        assert enough(exact, ours, people, goals, definition)
        assert people == 1 or not enough(exact, ours, people - 1, goals, definition)
    assert erlang_report(hourly, 3600, aht, people, within, patience, *goals, definition)[
        "required_agents"
    ] == (people)


@pytest.mark.parametrize(
    ("agents", "patience"), [(11, None), (12, None), (13, None), (20, None), (9, 300.0), (15, 60.0)]
)
def test_published_example_with_other_teams(exact, agents, patience):
    with mp.workdps(DIGITS):
        call = (200 / 3600, 180.0, 20.0, patience)
        got = measures(call[0], 180.0, agents, 20.0, patience)
        slack = 1.0 if patience else 1.0 - 10 / agents
        share, where = exact.worst_share(got, truth(exact, call, agents), slack)
        assert share <= 1.0, where


@pytest.mark.parametrize("net", [5, 9, 14, 21, 42, 63, 100])
@pytest.mark.parametrize("away", ["0.10", "0.15", "0.30", "0.35", "0.55", "0.07"])
def test_shrinkage_in_fractions(net, away):
    assert gross_people(net, float(away)) == math.ceil(net / (1 - Fraction(away)))


def test_several_kinds_of_time_away_are_multiplied_not_added():
    # 14 people at work, 15 % busy inside the shift, 3 % who do not come: 14 / (0.85 x 0.97) is 16.98
    assert gross_people(14, 0.15, 0.03) == 17
    assert math.ceil(14 / (1 - 0.18)) == 18
