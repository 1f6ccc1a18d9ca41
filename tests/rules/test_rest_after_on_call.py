"""Rest after a duty on call by hand: which duties, which shift, across clock changes and periods."""

from __future__ import annotations

from datetime import date

import pytest

from planner.rules import REGISTRY


def rule(**settings):
    return REGISTRY["rest_after_on_call"](**settings)


def agreed(anna, made, tour) -> list[int]:
    """Amounts of the judge, which the reader of shapes adds up to as well."""
    found = [violation.amount for violation in anna.check(made, tour)]
    assert anna.read(made, tour) == sum(found)
    return found


@pytest.mark.parametrize(
    ("settings", "letters", "broken"),
    [
        ({"hours": 11}, "KD-----", [600]),  # on call to 07:00, at work at 08:00: 1 h
        ({"hours": 11}, "KL-----", [240]),  # at 14:00: 7 h
        ({"hours": 11}, "KN-----", []),  # at 22:00: 15 h
        ({"hours": 11}, "CD-----", []),  # on call to 19:00: 13 h
        ({"hours": 30}, "KDD----", [1740]),  # only the first shift after it
        ({"hours": 30}, "K-D----", [300]),  # 25 h
        ({"hours": 11}, "KKD----", [600]),  # a duty on call is no shift of work
        ({"hours": 11}, "DKL----", [240]),
        ({"hours": 14, "shifts": "on call night"}, "CDKD---", [780]),  # 13 h after the day do not count
        ({"hours": 14, "shifts": "on call day"}, "CDKD---", [60]),
        ({"hours": 11, "weekdays": "tue"}, "KDKDKD-", []),  # Monday, Wednesday, Friday
        ({"hours": 11, "weekdays": "mon, fri"}, "KDKDKD-", [600, 600]),
    ],
)
def test_one_week(person, settings, letters, broken):
    anna = person()
    assert agreed(anna, rule(**settings), anna.tour(letters)) == broken


def test_rest_after_on_call_is_time_that_passes(person):
    spring = person(days=14, first_day=date(2026, 3, 23))
    # From 19:00 on Saturday to 08:00 on Sunday are 12 h where the clocks go forward, 14 h where they go back.
    assert agreed(spring, rule(hours=13), spring.tour("-----CD")) == [60]
    autumn = person(days=14, first_day=date(2026, 10, 19))
    assert agreed(autumn, rule(hours=14), autumn.tour("-----CD")) == []
    [found] = spring.check(rule(hours=13), spring.tour("-----CD"))
    assert str(found.message) == (
        "Anna, 2026-03-29: 12 h between the duty on call and the shift at 08:00, at least 13 h are needed"
    )


def test_the_last_duty_of_the_period_before_counts(person):
    anna = person(carried="------K")
    assert agreed(anna, rule(hours=11), anna.tour("D------")) == [600]
    assert agreed(anna, rule(hours=11, weekdays="sun"), anna.tour("D------")) == [600]
    assert agreed(anna, rule(hours=11, weekdays="mon"), anna.tour("D------")) == []
    worked = person(carried="-----KD")  # the shift that was too early stands in the period before
    assert agreed(worked, rule(hours=60), worked.tour("D------")) == []


def test_a_cyclic_period_goes_round(person):
    week = person(cyclic=True)
    assert agreed(week, rule(hours=11), week.tour("D-----K")) == [600]
    assert agreed(week, rule(hours=11, weekdays="sun"), week.tour("D-----K")) == [600]
