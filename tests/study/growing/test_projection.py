"""A backlog ahead: by hand, against the simulation, and of the shipped desk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from planner.study import Scenario
from planner.study.charts.growing import backlog_ahead
from planner.study.growing import project
from planner.study.growing.projection import projection_frame

SHIPPED = Path(__file__).parents[3] / "scenarios" / "backlog-and-hiring"
TEXT = """
people: [{count: 2, weekly_hours: 40}]
period: {first_day: 2026-06-01, weeks: 2}
volume: 40 a weekday
queues: [{name: email en, aht: 15 min, replies: 1, promise: 90% within 9 business hours}]
open_tickets: {email en: 300}
busy_inside_shift: 0%
no_shows: 0%
solve: {effort: quick, replications: 6}
"""


def desk(**changes):
    return Scenario.from_text(TEXT).replace(**changes)


def test_two_people_by_hand():
    """2 x 40 h at a quarter of an hour each are 320 a week; some 216 come in (40 a weekday, 5.4 of them)."""
    found = project(desk(), weeks=6, simulate=False)
    assert found.capacity == pytest.approx([320] * 6)
    assert found.contacts == pytest.approx([216] * 6, rel=0.02)
    a_week = found.contacts - found.capacity
    expected = np.maximum(0, 300 + np.cumsum(a_week))
    # only as long as no case has come to nothing
    assert found.open_.mean(axis=0)[:2] == pytest.approx(expected[:2], rel=0.1)
    assert found.grows == pytest.approx(a_week.mean())
    early, middle, late = found.weeks_until
    assert early is not None
    assert middle is not None
    assert late is not None
    assert early <= middle <= late
    assert middle == np.flatnonzero(expected <= 216 / 5)[0] + 1
    assert "gone after" in str(next(found.told()))


def test_too_few_people_never_get_there():
    found = project(desk(people=[{"count": 1, "weekly_hours": 40}]), weeks=8, simulate=False)
    assert found.weeks_until == (None, None, None)
    assert found.grows == pytest.approx(216 - 160, rel=0.05)
    assert "never gone: it grows by 5" in str(next(found.told()))


def test_a_ramp_a_mentor_and_leave_take_their_hours():
    team = [{"name": "Ana", "weekly_hours": 40, "leave": "2026-06-01..2026-06-05"}]
    new = {"name": "New", "weekly_hours": 40}
    said = {"training": "none", "ramp": "50% for 1 week", "mentor": "10% for 1 week"}
    base = desk(people=None, agents=team, hiring=said)
    hired = desk(people=None, agents=[*team, new], hiring=said)
    found = project(hired, base, weeks=3, simulate=False)
    # week 1: Ana is away, the new one does 50 % less 10 % of a mentor; week 2: both; week 3: half of a
    # working day is leave as in the planned weeks: 5 of 20 days
    assert found.capacity == pytest.approx([0.4 * 160, 320, 0.75 * 320])
    assert found.productive == pytest.approx([1.4, 2, 2])


def test_hires_of_a_plan_start_on_their_day():
    said = {"training": "none", "ramp": "none", "mentor": "none"}
    found = project(desk(hiring=said), None, [date(2026, 6, 15)], weeks=3, simulate=False)
    assert found.capacity == pytest.approx([320, 320, 480])
    assert found.heads == pytest.approx([2, 2, 3])


def test_people_leave_after_the_planned_weeks():
    scenario = desk(people=[{"count": 20, "weekly_hours": 40}], hiring={"attrition": "30%"})
    found = project(scenario, weeks=54, simulate=False)
    assert found.heads[:2] == pytest.approx([20, 20])
    assert found.heads[-1] == pytest.approx(20 * 0.7, rel=0.06)


def test_more_comes_in_never_leaves_less():
    less, more = (project(desk(volume=f"{n} a weekday"), weeks=6, simulate=False) for n in (40, 50))
    assert (more.open_.mean(axis=0) >= less.open_.mean(axis=0)).all()


def test_the_shipped_backlog_is_that_of_the_simulation():
    """What is worked out from contracts lies where the simulated rota is, in each planned week."""
    base = Scenario.load(SHIPPED / "scenario.yaml").replace(solve={"effort": "quick", "replications": 6})
    found = project(base, weeks=30)
    assert len(found.simulated) == 5
    low, high = np.percentile(found.open_, [10, 90], axis=0)
    assert (low[:5] <= found.simulated).all()
    assert (found.simulated <= high[:5]).all()
    frame = projection_frame([found])
    chart = backlog_ahead(frame)
    assert list(chart.data[-1].y) == pytest.approx(list(frame["open_mean"]))
    assert frame["simulated_mean"].notna().sum() == 5
    assert found.open_.mean(axis=0)[-1] > 1_200


def test_help_centre_and_hires_bring_the_shipped_backlog_down():
    base = Scenario.load(SHIPPED / "scenario.yaml")
    left = {}
    for file in ("scenario", "help-centre", "two-hires", "both"):
        found = project(Scenario.load(SHIPPED / f"{file}.yaml"), base, weeks=26, simulate=False)
        left[file] = found
    after = {file: found.open_.mean(axis=0)[11] for file, found in left.items()}
    assert after["both"] < min(after["help-centre"], after["two-hires"])
    assert max(after["help-centre"], after["two-hires"]) < after["scenario"]
    assert left["both"].weeks_until[2] is not None
    assert left["scenario"].weeks_until[1] is None
