"""A desk small enough to be planned in about a second, and its plan, made once for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from planner.rota import Rota
from planner.study import Plan, Scenario, plan

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


EVERYTHING = """
name: Everything once
zone: Europe/Lisbon
period: {first_day: 2026-06-15, weeks: 1}
interval: 30 min
public_holidays: Lisbon
sites: [{name: Lisbon, zone: Europe/Lisbon, full_time_hours: 40}]
agents:
  - {name: Ana, languages: "en, it x1.3", teams: expert}
  - {name: Bruno, languages: "en, it(email) x1.25"}
  - {name: Carla, languages: en}
  - {name: Dino, languages: "en, it", teams: expert}
  - {name: Elsa, languages: en}
  - {name: Fabio, languages: "en, it", leave: 2026-06-17}
  - {name: Gina, languages: en, weekly_hours: 20}
  - {name: Eva, languages: none, teams: engineer, weekly_hours: 0}
queues:
  - {name: email en, aht: 8 min, replies: 1.5, promise: 90% within 4 business hours}
  - {name: email it, aht: 8 min, promise: 90% by opening + 1 h}
  - {name: social en, aht: 5 min, promise: 80% by Wednesday 12:00}
  - name: phone en
    aht: 5 min
    promise: 80% of answered within 60 s
    promise_over: day
    hangs_up_after: 4 min
    abandoned_at_most: 10%
  - name: urgent en
    channel: phone
    customers: premium
    priority: 2
    aht: 6 min
    promise: 80% answered or gone within 60 s
    hangs_up_after: 5 min
  - {name: chat en, promise: 80% within 60 s, chats_at_once: 2, chat_times: {1: 8 min, 2: 10 min}}
volume: {email en: 40, email it: 8, social en: 6, phone en: 12, urgent en: 3, chat en: 12}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 17:00}
when_closed: {phone en: {voicemail: 60%, to email en: 20%, returns at opening: 10%, lost: 10%}}
voicemail_within: 3 h
open_tickets: {email en: 12}
planned_work:
  - {name: school, what: training, people: 1, days: tue, from: 14:00, to: 15:00, weeks: every 2 weeks}
  - {name: tutor, what: mentoring, people: 1, length: 30 min}
  - {name: notes, minutes: 60 min a weekday, between: 10:00-16:00, piece: 15 min, who: email en}
  - {name: calls back, what: call-backs, who: phone en, outbound: {file: calls.csv}, between: 10:00-16:00}
meetings:
  - {name: weekly, on: wed 09:30, who: all in 4 turns, length: 30 min}
appointments:
  - {queues: phone en, share: 20%, arriving: fri, on: mon 09:00-12:00, length: 30 min, team: expert}
escalation:
  - {role: engineer, kind: on_call, share: 2%, takes: 45 min, call_out_minimum: 2 h,
     rest_after_call_out: 11 h}
staffing: {method: interval, forecast: quantile 70%, small_teams: 90%}
busy_inside_shift: 10%
shifts:
  - {name: day, start: 08:30-09:00 every 30 min, paid_hours: 8, break: 30 min unpaid}
  - {name: half, start: "09:00, 12:00, 13:00", paid_hours: 4}
rules: [{max_days_in_row: {days: 5}}]
solve: {effort: quick, seed: 1, rounds: 1, replications: 10}
"""


def calls_made(weeks: int) -> str:
    """A file of calls that a team made: four of five minutes each weekday at 10:30, weeks before June."""
    lines = ["interval_start,queue,arrivals,aht_seconds"]
    for day in range(7 * weeks):
        at = datetime(2026, 4, 6, 9, 30, tzinfo=UTC) + timedelta(days=day)
        if at.weekday() < 5:
            lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},phone en,4,300")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Eight people, six queues, a week: every key of requirement and service once, with a file of calls."""
    folder = tmp_path_factory.mktemp("everything")
    (folder / "calls.csv").write_text(calls_made(6), encoding="utf-8")
    (folder / "scenario.yaml").write_text(EVERYTHING, encoding="utf-8")
    return Scenario.load(folder / "scenario.yaml")


@pytest.fixture(scope="session")
def desk() -> Scenario:
    """Four people in Lisbon, e-mail and phone, five days of eight hours, one week, no file."""
    return Scenario.from_text(DESK, name="desk.yaml")


class Plans:
    """``plan`` for tests that only read: the same scenario, from the same rota, is worked out once a process.

    Who listens, may stop or knows what is asked gets a plan of their own.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, Rota | None], Plan] = {}

    def __call__(
        self,
        scenario: Scenario,
        on_progress: Any = None,
        is_cancelled: Any = None,
        warm: Rota | None = None,
        known: Any = None,
    ) -> Plan:
        if on_progress or is_cancelled or known:
            return plan(scenario, on_progress, is_cancelled, warm, known)
        asked = (scenario.dump(), str(scenario.source_path), warm)
        if asked not in self._made:
            self._made[asked] = plan(scenario, warm=warm)
        return self._made[asked]


@pytest.fixture(scope="session")
def plans() -> Plans:
    """Plans that were made, for all tests."""
    return Plans()


@pytest.fixture(scope="module")
def plan_once(plans: Plans) -> Iterator[Callable[[str], None]]:
    """Let a module of the room take plans that were made, for the tests of a file."""
    with pytest.MonkeyPatch.context() as patch:
        yield lambda name: patch.setattr(import_module(f"planner.study.{name}"), "plan", plans)


@pytest.fixture(scope="session")
def planned(desk: Scenario, plans: Plans) -> Any:
    """The small desk, planned."""
    return plans(desk)
