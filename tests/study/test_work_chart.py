import numpy as np
import pytest

from planner.requirement import Backlog, Need
from planner.study.charts import deferred_by_day, deferred_hours

MONDAY = 1968672  # 2026-02-23 00:00 UTC in absolute quarter-hours


def need_of(rows, groups):
    """A need over two weeks of half-hours with these backlogs and nothing else."""
    queues = tuple(name for group in groups for name in group)
    return Need(
        "", MONDAY, 30, queues, (), np.zeros((0, 672), int), rows, groups, np.ones((len(queues), 672), bool)
    )


def row(names, units, per_person=100):
    return Backlog(frozenset(names), np.asarray(units), np.zeros(672, int), per_person, ())


def test_hours_are_the_mean_of_each_weekday():
    units = np.zeros(672, int)
    units[0:4] = 100  # the first Monday: 4 person-intervals of half an hour
    units[336] = 200  # the second Monday: 2
    hours = deferred_hours(need_of((row(["a"], units),), (("a",),)), "UTC")
    assert hours == (1.5, 0, 0, 0, 0, 0, 0)


def test_the_union_counts_once_and_groups_add_up():
    units = np.full(672, 50)
    rows = (row(["a"], units), row(["b"], units), row(["a", "b"], 2 * units), row(["c"], units))
    hours = deferred_hours(need_of(rows, (("a", "b"), ("c",))), "UTC")
    assert hours == (36.0,) * 7


def test_days_are_cut_on_the_clock_of_the_scenario():
    units = np.zeros(672, int)
    units[0] = 200
    assert deferred_hours(need_of((row(["a"], units),), (("a",),)), "America/New_York")[6] > 0


def test_bars_say_hours_and_zone():
    figure = deferred_by_day(need_of((row(["a"], np.full(672, 100)),), (("a",),)), "Europe/Rome").to_dict()
    assert list(figure["data"][0]["y"])[1] == pytest.approx(24.0)
    assert "Europe/Rome" in figure["layout"]["xaxis"]["title"]["text"]
