"""What a scenario says of hiring: read, written back, and refused in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner._errors import ScenarioError
from planner.study import Scenario


def test_everything_is_read_and_written_back():
    text = """
people: 5
hiring:
  decided: 2026-04-20
  lead_time: 6 weeks
  notice: 2 weeks
  ramp: 30% for 2 weeks, 60% for 2 weeks
  mentor: 25% for 5 weeks
  attrition: 30% a year
  recruiting: 3000
  training: none
  equipment: 1500
  budget: 40000 a month
  months: 36 months
"""
    scenario = Scenario.from_text(text)
    said = scenario.said.hiring
    assert said.ramp == ((0.3, timedelta(weeks=2)), (0.6, timedelta(weeks=2)))
    assert said.until_full == timedelta(weeks=4)
    assert (said.attrition, said.budget, said.months) == (0.3, 40_000, 36)
    assert Scenario.from_text(scenario.dump()).said.hiring == said


def test_nothing_said_is_a_usual_desk():
    said = Scenario.from_text("people: 5").said.hiring
    assert said.until_full == timedelta(weeks=10)
    assert said.mentor == (0.25, timedelta(weeks=5))
    assert said.attrition == said.recruiting == said.equipment == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ramp: fast", "is not a share for a while"),
        ("ramp: [{share: 30%}]", "is not a share for a while"),
        ("ramp: [60% for 2 weeks, 30% for 2 weeks]", "falls from 60% to 30%"),
        ("ramp: [60% for 0 weeks]", "lasts no time"),
        ("mentor: 25%", "is not a share for a while"),
        ("attrition: 100% a year", "everybody would be gone"),
        ("lead_time: 300 weeks", "is longer than 104 weeks"),
        ("training: soon", "is not a length of time"),
        ("months: 60", "from 1 to 48"),
        ("budget: much", "is not an amount of money"),
        ("decided: soon", "is not a day"),
        ("leadtime: 8 weeks", "did you mean lead_time"),
    ],
)
def test_mistakes_say_what_to_write(line, told):
    with pytest.raises(ScenarioError, match=told):
        Scenario.from_text(f"people: 5\nhiring:\n  {line}\n")


def test_all_mistakes_come_at_once():
    text = (
        "people: 5\nhiring: {attrition: 100%, lead_time: 300 weeks, ramp: [60% for 2 weeks, 30% for 1 week]}"
    )
    with pytest.raises(ScenarioError) as error:
        Scenario.from_text(text)
    assert len(error.value.messages) == 3
    with pytest.raises(ScenarioError) as error:
        Scenario.from_text("people: 5\nhiring: {months: 60, decided: soon, mentor: 25%}")
    assert len(error.value.messages) == 3
