"""One period's rota is the next one's past: rest, runs and cover go on across the border."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from planner.study import Plan, Scenario, plan, write_plan
from planner.study.gates import survives
from planner.study.steps import audit, with_carried

SEAT = """
name: {name}
zone: Europe/Lisbon
period: {{first_day: {first_day}, weeks: 1}}
interval: 60 min
people: [{{count: 6, languages: en, cost: 12}}]
queues:
  - {{name: seat, channel: phone, language: en}}
need: {{seat: 1}}
opening_hours: [{{queues: all, days: all, open: 00:00, close: 24:00}}]
shifts:
  - {{name: early, start: 06:00, paid_hours: 8}}
  - {{name: late, start: 14:00, paid_hours: 8}}
  - {{name: night, start: 22:00, paid_hours: 8}}
rules:
  - minimum_rest: {{hours: 11 h}}
  - max_days_in_row: {{days: 5}}
solve: {{effort: quick}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenario files; the second carries the first one's rota."""
    folder = tmp_path_factory.mktemp("carryover")
    march = SEAT.format(name="First", first_day="2026-03-16")
    after = SEAT.format(name="Next", first_day="2026-03-23")
    (folder / "first.yaml").write_text(march, encoding="utf-8")
    (folder / "alone.yaml").write_text(after, encoding="utf-8")
    (folder / "next.yaml").write_text("starts_from: alone.yaml\ncarryover: out/rota.csv\n", encoding="utf-8")
    write_plan(plan(Scenario.load(folder / "first.yaml")), folder / "out")
    return folder


@pytest.fixture(scope="module")
def following(folder: Path) -> Plan:
    """The plan of the second period."""
    return plan(Scenario.load(folder / "next.yaml"))


def test_edge_hours_are_no_longer_left_out(folder: Path, following: Plan) -> None:
    alone = plan(Scenario.load(folder / "alone.yaml"))
    assert any(notice.code == "study.edge_left_out" for notice in alone.notices)
    assert not alone.need.required[:, :6].any()
    assert not any(notice.code == "study.edge_left_out" for notice in following.notices)
    assert (following.need.required == 1).all()


def test_last_nights_shift_covers_the_first_hours(following: Plan) -> None:
    assert following.cover.on_duty[0][:6].tolist() == [1] * 6
    assert not any(shift.start < following.rota.shifts[0].start for shift in following.rota.shifts)
    assert following.result.missing_hours == 0
    assert following.cover.missing_intervals == 0


def test_carried_shifts_are_no_part_of_the_new_rota(following: Plan) -> None:
    assert all(shift.day >= date(2026, 3, 23) for shift in following.rota.shifts)
    everybody = with_carried(following.rota, following.scenario)
    assert len(everybody.shifts) > len(following.rota.shifts)


def test_rest_and_runs_go_on_across_the_border(following: Plan) -> None:
    assert following.violations == audit(following.rota, following.scenario) == ()
    everybody = with_carried(following.rota, following.scenario)
    pairs = 0
    for agent in following.scenario.team.agents:
        tour = everybody.tour(agent.name)
        days = sorted({shift.day.toordinal() for shift in tour})
        longest = run = 1
        for one, two in pairwise(days):
            run = run + 1 if two == one + 1 else 1
            longest = max(longest, run)
        assert longest <= 5, agent.name
        for one, two in pairwise(tour):
            assert (two.start - one.end).total_seconds() >= 11 * 3600
            pairs += one.day < date(2026, 3, 23) <= two.day
    assert pairs >= 3, "the border is crossed by people"


def test_who_came_home_at_six_does_not_start_at_once(folder: Path, following: Plan) -> None:
    """Without its past the first morning may go to whoever was on duty at night; with it, never."""
    [night] = [
        shift for shift in with_carried(following.rota, following.scenario).shifts
        if shift.day == date(2026, 3, 22) and shift.name == "night"
    ]  # fmt: skip
    tired = [s for s in following.rota.tour(night.agent) if s.day == date(2026, 3, 23)]
    assert all(shift.name == "night" for shift in tired)
    swapped = following.rota.shifts[0]
    assert swapped.name == "early"
    rest = [s for s in following.rota.shifts if s.agent != night.agent and s is not swapped]
    rota = replace(following.rota, shifts=tuple(sorted([replace(swapped, agent=night.agent), *rest])))
    found = audit(rota, following.scenario)
    assert [(v.rule, v.agent, v.amount) for v in found if v.rule == "minimum_rest"] == [
        ("minimum_rest", night.agent, 660)
    ]
    assert not [v for v in audit(rota, Scenario.load(folder / "alone.yaml")) if v.rule == "minimum_rest"]


def test_gates_see_who_is_still_there(following: Plan) -> None:
    found = survives(following)
    assert not found.passed
    assert found.value == 8.0


def test_people_who_have_left_are_told(folder: Path) -> None:
    text = "agent,start_local,end_local\nGone,2026-03-22 22:00,2026-03-23 06:00\n"
    (folder / "left.csv").write_text(text, encoding="utf-8")
    (folder / "left.yaml").write_text("starts_from: alone.yaml\ncarryover: left.csv\n", encoding="utf-8")
    made = plan(Scenario.load(folder / "left.yaml"))
    told = [str(notice) for notice in made.notices if notice.code == "scenario.carryover_left"]
    assert len(told) == 1
    assert "Gone" in told[0]
    assert made.rota.tour("Gone") == ()
