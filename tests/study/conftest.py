"""A desk small enough to be planned in about a second, and its plan, made once for the tests of this room."""

from __future__ import annotations

from typing import Any

import pytest

from planner.study import Scenario, plan

DESK = """
name: Small desk
zone: Europe/Lisbon
period: {first_day: 2026-03-02, weeks: 1}
interval: 30 min
sites:
  - {name: Lisbon, zone: Europe/Lisbon, full_time_hours: 40, night: 22:00-07:00, night_premium: 25%}
people:
  - {count: 4, site: Lisbon, languages: en, cost: 12}
queues:
  - name: email en
    channel: email
    language: en
    aht: 10 min
    replies: 1
    promise: 90% within 2 business hours
  - name: phone en
    channel: phone
    language: en
    aht: 6 min
    promise: 80% within 60 s
    hangs_up_after: 4 min
volume: {email en: 40, phone en: 12}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 17:00}
minimum_on_duty: {all: 1}
shifts:
  - {name: day, start: 08:00-10:00 every 60 min, paid_hours: 8, break: 1 h unpaid}
rules:
  - max_days_in_row: {days: 5}
solve: {effort: quick, seed: 1}
"""


@pytest.fixture(scope="session")
def desk() -> Scenario:
    """Four people in Lisbon, e-mail and phone, five days of eight hours, one week, no file."""
    return Scenario.from_text(DESK, name="desk.yaml")


@pytest.fixture(scope="session")
def planned(desk: Scenario) -> Any:
    """The small desk, planned."""
    return plan(desk)
