"""The small facts of shift work come out of scenario files: one person fewer is proved too few."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.study import Scenario, findings, plan
from planner.study.steps import audit

FACTS = Path(__file__).parent / "facts"


@pytest.mark.parametrize("name", ["one-seat-5-people", "two-seats-9-people", "three-shifts-9-people"])
def test_enough_people(name: str) -> None:
    scenario = Scenario.load(FACTS / f"{name}.yaml")
    made = plan(scenario)
    assert made.result.missing_hours == 0
    assert not made.cover.short.any()
    assert made.violations == audit(made.rota, scenario) == ()
    seats = scenario.fixed_need["seat"]
    assert sum(shift.paid_minutes for shift in made.rota.shifts) == seats * 168 * 60


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("one-seat-4-people", 168 - 160),
        ("two-seats-8-people", 336 - 320),
        ("three-shifts-8-people", 336 - 320),
    ],
)
def test_one_fewer_is_proved_too_few(name: str, hours: int) -> None:
    made = plan(Scenario.load(FACTS / f"{name}.yaml"))
    bound = made.result.missing_hours_bound
    assert bound is not None
    assert 0 < bound <= made.result.missing_hours
    assert made.result.missing_hours >= hours  # seats need 168 h each, and 40 h a person are all there are
    assert made.violations == ()


def test_the_rules_matter() -> None:
    """Without rules of rest and hours four people would do, so the bound above is no artefact."""
    scenario = Scenario.load(FACTS / "one-seat-4-people.yaml")
    free = scenario.replace(rules=[{"weekly_hours": {"at_most": "56 h"}}])
    assert plan(free).result.missing_hours == 0


def test_facts_are_files_without_mistakes() -> None:
    files = sorted(FACTS.glob("*.yaml"))
    assert len(files) == 6
    assert findings(files).mistakes == ()
