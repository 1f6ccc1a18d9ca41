"""Learning from a pilot: the closed form against a posterior that is added up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand.told.pilot import unevenness_of, update


def posterior_by_grid(came, expected, doubt, told=1.0):
    """Mean and relative variance of the factor: prior times likelihood, added up."""
    factor = np.linspace(1e-6, 15.0, 150_001)
    logs = (1 / doubt - 1 + told * came) * np.log(factor) - factor * (1 / doubt + told * expected)
    chance = np.exp(logs - logs.max())
    chance /= chance.sum()
    mean = float(chance @ factor)
    return mean, float(chance @ (factor - mean) ** 2) / mean**2


@pytest.mark.parametrize(
    ("came", "expected", "doubt"), [(0, 5.0, 0.3), (3, 0.5, 0.2), (30, 20.0, 0.05), (400, 250.0, 0.3)]
)
@pytest.mark.parametrize("unevenness", [0.0, 0.02])
def test_closed_form_is_the_posterior(came, expected, doubt, unevenness):
    learnt = update(came, expected, doubt, unevenness)
    mean, left = posterior_by_grid(came, expected, doubt, 1 / (1 + unevenness * expected))
    assert learnt.factor == pytest.approx(mean, rel=1e-3)
    assert learnt.doubt == pytest.approx(left, rel=1e-2)


@given(st.floats(0, 500), st.floats(0.1, 500), st.floats(0.01, 0.5), st.floats(0, 0.1))
def test_a_pilot_pulls_towards_what_came_and_never_adds_doubt(came, expected, doubt, unevenness):
    learnt = update(came, expected, doubt, unevenness)
    low, high = sorted((1.0, came / expected))
    assert low - 1e-9 <= learnt.factor <= high + 1e-9
    assert learnt.doubt <= doubt + 1e-12
    assert update(came, expected, doubt, 0.0).doubt <= learnt.doubt + 1e-12


def test_without_doubt_or_pilot_nothing_changes():
    assert update(10, 5, 0.0).factor == 1.0
    assert update(0, 0, 0.2) == update(0, 0.0, 0.2)
    assert update(0, 0, 0.2).doubt == pytest.approx(0.2)


def test_a_pilot_of_many_weeks_is_more_even():
    assert unevenness_of(0.02, 0.03, 8, 40) < unevenness_of(0.02, 0.03, 2, 10)
    # Of pure level noise of that size, the update believes what came only as far as its level is known.
    assert update(2000, 1000, 0.1, 0.05).factor == pytest.approx(1 + 0.1 / (0.1 + 0.05 + 1 / 1000), rel=1e-2)
