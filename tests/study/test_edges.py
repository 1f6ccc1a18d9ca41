"""Hours that only a neighbouring period could cover are left out and said; all others stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.requirement import Backlog, Need
from planner.study import Scenario
from planner.study.edges import judged, left_out, trim_edges
from planner.study.steps import forecast, horizon, require

ROUND = {
    "opening_hours": [{"queues": "all", "days": "all", "open": "00:00", "close": "24:00"}],
    "shifts": [
        {"name": "early", "start": "06:00", "paid_hours": 8},
        {"name": "late", "start": "14:00", "paid_hours": 8},
        {"name": "night", "start": "22:00", "paid_hours": 8},
    ],
}
BOTH = frozenset({"email en", "phone en"})


@pytest.fixture
def around(desk: Scenario) -> Scenario:
    """Around the clock in three shifts; Monday before 06:00 is Sunday's night shift."""
    return desk.replace(**ROUND)


def need_of(scenario: Scenario, backlogs: tuple[Backlog, ...] = ()) -> Need:
    first, intervals = horizon(scenario)
    sets = (frozenset({"email en"}), frozenset({"phone en"}), BOTH)
    required = np.ones((3, intervals), dtype=np.int64)
    names = ("email en", "phone en")
    return Need("x", first, 30, names, sets, required, backlogs, (names,), np.ones((2, intervals), bool))


def test_the_first_night_is_left_out_and_said(around: Scenario) -> None:
    need = need_of(around)
    trimmed, notices = trim_edges(need, around)
    assert not trimmed.required[:, :12].any()
    assert (trimmed.required[:, 12:] == 1).all()
    assert [str(notice) for notice in notices] == [
        "2026-03-02 00:00 to 2026-03-02 06:00 (Europe/Lisbon) is left out: only a shift of the neighbouring "
        "period could cover it; give last period's rota as carryover"
    ]
    assert trimmed.need_id != need.need_id
    assert left_out(need, around).sum() == 2 * 12
    assert trim_edges(trimmed, around)[0] is trimmed


def test_promises_due_after_the_opening_are_judged_by_night_too(desk: Scenario) -> None:
    timed = need_of(desk)
    timed.open[:, :18] = False
    queues = [{"name": "phone en", "aht": "6 min"}]
    for goal in (
        "90% by opening + 1 h",
        "90% by Monday 10:00",
        "90% within 2 business hours",
        "90% within 2 h",
    ):
        scenario = desk.replace(queues=[{"name": "email en", "aht": "10 min", "promise": goal}, *queues])
        mail, phone = judged(timed, scenario)
        assert mail.all() == (" by " in goal)
        assert (phone == timed.open[1]).all()
        if " by " not in goal:
            assert (mail == timed.open[0]).all()


def test_the_last_hours_of_people_further_east(around: Scenario) -> None:
    """At 16:00 in Lisbon the period's last day has ended in Manila; their next day is another period's."""
    east = around.replace(
        sites=[{"name": "Manila", "zone": "Asia/Manila"}], people=[{"count": 4, "site": "Manila", "cost": 5}]
    )
    trimmed, notices = trim_edges(need_of(east), east)
    out = np.flatnonzero(trimmed.required[2] == 0)
    assert len(notices) == 1
    assert out.min() == 7 * 48 - 4  # the last night shift ends at 06:00 in Manila, 22:00 in Lisbon
    assert out.max() == 7 * 48 - 1


def test_a_cycle_has_no_edges(around: Scenario) -> None:
    need = need_of(around)
    cycle = around.replace(edge="cyclic", solve={"engine": "cp-sat"})
    assert trim_edges(need, cycle) == (need, ())
    assert not left_out(need, cycle).any()


def test_an_hour_that_nobody_ever_reaches_is_missing_not_an_edge(around: Scenario) -> None:
    days_only = around.replace(shifts=ROUND["shifts"][:2])
    need = need_of(days_only)
    assert trim_edges(need, days_only) == (need, ())


def test_carried_shifts_reach_the_first_night(around: Scenario, tmp_path: Path) -> None:
    text = "agent,start_local,end_local\nPerson 1,2026-03-01 22:00,2026-03-02 06:00\n"
    (tmp_path / "last.csv").write_text(text, encoding="utf-8")
    (tmp_path / "s.yaml").write_text(around.dump() + "carryover: last.csv\n", encoding="utf-8")
    scenario = Scenario.load(tmp_path / "s.yaml")
    need = need_of(scenario)
    assert trim_edges(need, scenario) == (need, ())


def backlog(arriving: dict[int, int], promise: int, intervals: int = 336) -> Backlog:
    """Units per interval of arrival, due at the end of the interval ``promise`` later."""
    work = np.zeros(intervals, dtype=np.int64)
    due = np.zeros(intervals, dtype=np.int64)
    for k, units in arriving.items():
        work[k] += units
        if k + promise < intervals:
            due[k + promise] += units
    not_due = np.cumsum(work) - np.cumsum(due)
    nothing = np.zeros(intervals, dtype=np.int64)
    return Backlog(frozenset({"email en"}), work, not_due, 100, ((frozenset({"email en"}), nothing),))


def test_deferred_work_due_after_the_edge_stays(around: Scenario) -> None:
    """Due two hours after arrival: what comes by 04:00 is lost with the night, at 05:00 not."""
    row = backlog({0: 10, 7: 20, 10: 40, 11: 80, 100: 5}, promise=4)
    trimmed, notices = trim_edges(need_of(around, (row,)), around)
    [left] = trimmed.backlogs
    assert {int(k): int(left.arriving[k]) for k in np.flatnonzero(left.arriving)} == {10: 40, 11: 80, 100: 5}
    assert left.not_due[9] == 0
    assert left.not_due[12] == 120
    assert left.not_due[14] == 80
    assert left.not_due[15] == 0
    assert (left.not_due >= 0).all()
    assert len(notices) == 1


def test_deferred_work_in_mid_period_is_never_touched(around: Scenario) -> None:
    row = backlog({100: 10, 330: 7}, promise=4)
    trimmed, _ = trim_edges(need_of(around, (row,)), around)
    np.testing.assert_array_equal(trimmed.backlogs[0].arriving, row.arriving)
    np.testing.assert_array_equal(trimmed.backlogs[0].not_due, row.not_due)


def test_safety_goes_with_the_work(around: Scenario) -> None:
    margin = np.ones(336)
    row = replace(backlog({0: 10, 20: 10}, 2), margin_arriving=margin, margin_not_due=margin)
    [left] = trim_edges(need_of(around, (row,)), around)[0].backlogs
    assert not left.margin_arriving[:12].any()
    assert left.margin_arriving[12:].all()
    assert not left.margin_not_due[:12].any()


def test_on_call_duties_are_no_work(around: Scenario) -> None:
    shifts: list[dict[str, Any]] = [*ROUND["shifts"][:2], {**ROUND["shifts"][2], "kind": "on_call"}]
    scenario = around.replace(shifts=shifts)
    assert trim_edges(need_of(scenario), scenario)[1] == ()


def test_planned_work_at_an_edge_is_left_out_with_its_hour() -> None:
    """The first night belongs to a shift of the evening before: so does a training in it."""
    text = """
zone: Europe/Lisbon
period: {first_day: 2026-03-02, weeks: 1}
people: {count: 12, languages: en}
queues: [{name: phone en, aht: 5 min}]
volume: {phone en: 100}
opening_hours: [{days: all, open: 00:00, close: 24:00}]
planned_work: [{name: school, people: 1, days: all, from: 02:00, to: 03:00}]
shifts:
- {name: day, start: 06:00, paid_hours: 8}
- {name: late, start: 14:00, paid_hours: 8}
- {name: night, start: 22:00, paid_hours: 8}
"""
    scenario = Scenario.from_text(text)
    volumes = forecast(None, scenario)
    whole = require(volumes, scenario)
    need, notices = trim_edges(whole, scenario)
    row = need.sets.index(frozenset({"school"}))
    at_night = slice(4, 6)
    assert whole.required[row][at_night].tolist() == [1, 1]
    assert need.required[row][at_night].tolist() == [0, 0]
    assert need.required[row].sum() == 6 * 2
    joined = need.sets.index(frozenset({"school", "phone en"}))
    assert whole.required[joined][at_night].min() > 1
    assert not need.required[joined][at_night].any()
    assert [str(notice)[:36] for notice in notices] == ["2026-03-02 00:00 to 2026-03-02 06:00"]
