"""What is set by hand: where, how much, in which order, and how it is told."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clock import day_starts
from planner.demand import Override
from planner.demand.curve.grid import PlanningGrid
from planner.demand.told.overrides import set_by_hand

FIRST, DAY = date(2026, 3, 28), date(2026, 3, 29)  # clocks go forward in Rome on the second day
START = day_starts(FIRST, 1, "Europe/Rome")[0]
GRID = PlanningGrid.of(START, 71, 60, "Europe/Rome")


def override(**more):
    given = {"first": DAY, "last": DAY, "reason": "Ana", **more}
    return Override(**given)


def mean():
    return np.random.default_rng(1).gamma(2.0, size=(2, 71))


def test_nothing_set_is_nothing_changed():
    given = mean()
    found = set_by_hand(given, ["a", "b"], [], GRID)
    assert found.mean is given
    assert (found.places, found.notices) == ((), ())


def test_local_hours_on_a_day_of_23_hours():
    late = override(from_minute=22 * 60, factor=0.0)
    found = set_by_hand(mean(), ["a", "b"], [late], GRID)
    assert np.flatnonzero(found.mean[0] == 0).tolist() == [24 + 21, 24 + 22]
    gone = override(from_minute=120, to_minute=180, factor=0.0)  # two o'clock is not on that day
    found = set_by_hand(mean(), ["a", "b"], [gone], GRID)
    assert [notice.code for notice in found.notices] == ["asks.by_hand_nowhere"]


@given(st.floats(0, 500), st.integers(0, 23), st.integers(1, 24))
def test_contacts_a_day_are_the_contacts_of_these_hours(contacts, first, length):
    set_to = override(
        first=FIRST, from_minute=first * 60, to_minute=min(first + length, 24) * 60, contacts_a_day=contacts
    )
    before = mean()
    found = set_by_hand(before, ["a", "b"], [set_to], GRID)
    for _, where in found.places:
        for part in (slice(0, 24), slice(24, 47)):
            if where[:, part].any():
                assert found.mean[:, part][where[:, part]].sum() == pytest.approx(contacts)
                shape = before[:, part][where[:, part]]
                assert found.mean[:, part][where[:, part]] == pytest.approx(contacts * shape / shape.sum())
        assert np.array_equal(found.mean[~where], before[~where])


def test_where_nothing_was_expected_hours_are_alike():
    found = set_by_hand(np.zeros((1, 71)), ["a"], [override(contacts_a_day=46.0)], GRID)
    assert found.mean[0, 24:47].tolist() == [2.0] * 23
    assert not found.mean[0, :24].any()


def test_later_ones_are_on_top():
    double, fixed = override(factor=2.0), override(contacts_a_day=40.0, queues=("a",))
    one = set_by_hand(mean(), ["a", "b"], [double, fixed], GRID)
    assert one.mean[0, 24:47].sum() == pytest.approx(40)
    two = set_by_hand(mean(), ["a", "b"], [fixed, double], GRID)
    assert two.mean[0, 24:47].sum() == pytest.approx(80)
    assert len(one.places) == len(one.after) == len(one.notices) == 2


def test_each_is_told_with_its_size():
    flat = np.ones((2, 71))
    overrides = [
        override(
            factor=0.5, queues=("b",), from_minute=540, to_minute=1080, reason="closing early, Ana 3 Nov"
        ),
        override(first=FIRST, last=FIRST, contacts_a_day=1200),
        override(first=date(2026, 4, 2), last=date(2026, 4, 3), factor=2.0),
    ]
    found = set_by_hand(flat, ["a", "b"], overrides, GRID)
    assert [str(notice) for notice in found.notices] == [
        "set by hand, b, 2026-03-29 09:00-18:00: 9 contacts become 4.5 (closing early, Ana 3 Nov)",
        "set by hand, a, b, 2026-03-28: 48 contacts become 1,200 (Ana)",
    ]
