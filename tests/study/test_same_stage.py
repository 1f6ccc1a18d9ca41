"""A stage that says nothing new, as a file that starts from the one before, changes nothing anywhere."""

from __future__ import annotations

import csv
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from planner.study import Rollout, Scenario, rollout, write_rollout

BASE = """
name: Base
zone: Europe/Lisbon
period: {first_day: 2026-03-02, weeks: 1}
people: 4
volume: {email en: 40, phone en: 12}
queues:
  - {name: email en, aht: 10 min, promise: 90% within 2 business hours}
  - {name: phone en, aht: 6 min, promise: 80% within 60 s}
opening_hours: {days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: 08:00-10:00 every 60 min, paid_hours: 8}
hiring: {decided: 2026-01-05, recruiting: 3000, equipment: 1500}
solve: {effort: quick, rounds: 1, replications: 20}
gates:
  - promise_kept: {in: new hours, in_weeks: 10 of 10}
  - promise_kept: {in: old hours, not_worse_by: 0 points}
  - cost_uplift: {at_most: 0%}
  - contacts_per_new_hour: {at_least: 100}
"""
SHIFT_ID = re.compile(r"\bs[0-9a-f]{12}\b")  # made from the scenario's name
FIGURES = ("early", "late", "nights")


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> Rollout:
    folder = tmp_path_factory.mktemp("same")
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    (folder / "again.yaml").write_text(
        "starts_from: base.yaml\nname: Again\nstarts: 2026-06-01\n", encoding="utf-8"
    )
    return rollout([Scenario.load(folder / name) for name in ("base.yaml", "again.yaml")])


def test_rota_need_and_life_are_the_same(same: Rollout) -> None:
    first, again = same.plans
    assert again.rota == replace(first.rota, scenario="Again")
    assert again.need.need_id == first.need.need_id
    for figure in ("objective", "bound_cents", "missing_hours", "missing_hours_bound", "status"):
        assert getattr(again.result, figure) == getattr(first.result, figure), figure
    assert first.service is not None
    assert again.service is not None
    for name in ("queue", "arrived"):
        mine, theirs = getattr(again.service.records, name), getattr(first.service.records, name)
        assert (mine == theirs).all(), name


def test_every_gate_is_passed_and_nothing_is_mended(same: Rollout) -> None:
    assert same.go(1)
    assert {gate.passed for gate in same.gates[1]} == {True}
    new, old, uplift, contacts = same.gates[1]
    assert (new.value, old.value, uplift.value, contacts.value) == (None, 0.0, 0.0, None)
    assert same.mending == ()


def test_the_answer_is_nothing(same: Rollout) -> None:
    (one,) = same.answers
    assert (one.block, one.closes, one.hours, one.weekly_hours) == ("", "", (), 0.0)
    assert (one.hires, one.leavers, one.seats, one.once_total) == (0, 0, 0, 0)
    for money in (one.step, one.today):
        assert (money.cost, money.change, money.share, money.verdict) == (money.against, 0.0, 0.0, "same")
        assert (money.low, money.high) == (0.0, 0.0)
    assert (one.idle_hours, one.go) == (one.idle_before, True)
    for name in FIGURES:
        load = getattr(one.carried, name)
        assert {getattr(load, each.name) for each in fields(load)} <= {0, None, ""}, (name, load)


def test_going_back_costs_nothing(same: Rollout) -> None:
    (back,) = same.back
    assert back.nothing
    figures = (back.saved, back.contracts, back.contracts_cost, back.owed, back.sunk, back.seats)
    assert set(figures) == {0}
    assert (back.partner_minimum, back.contract_hours, back.closes_again) == (0.0, 0.0, "")
    assert back.idle_hours == pytest.approx(same.answers[0].idle_hours)


def test_files_of_both_stages_hold_the_same(same: Rollout, tmp_path: Path) -> None:
    write_rollout(same, tmp_path / "out")
    for name in sorted(path.name for path in (tmp_path / "out/stage-1").glob("*.csv")):
        one, other = (
            SHIFT_ID.sub("shift", (tmp_path / "out" / f"stage-{n}" / name).read_text(encoding="utf-8"))
            for n in (1, 2)
        )
        assert other.replace("Again", "Base") == one, name
    with (tmp_path / "out/comparison.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["scenario"] == "Again"]
    assert rows
    assert {row["verdict"] for row in rows} <= {"same", "no range", "not distinguishable"}
    assert {float(row["difference"] or 0) for row in rows} == {0.0}
