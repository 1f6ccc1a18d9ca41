"""Who comes at an edge of the period is no part of what may be published, nor of waits before and after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from planner.rota import Rota, Shift
from planner.study import Scenario, publish, steps
from planner.study.publish import Publication, publication
from planner.study.publishable import publishable
from planner.study.stages.in_hours import Came, answerable, newly, open_quarters, opens_later

HOUR = 3600.0
SHIFTS = {"early": 6, "late": 14, "night": 22}
ROUND = """
name: Round
zone: Europe/Lisbon
period: {first_day: 2026-03-02, weeks: 2}
sites: [{name: Lisbon, zone: Europe/Lisbon}]
people: [{count: 8, site: Lisbon, languages: en}]
queues: [{name: email en, channel: email, language: en, aht: 5 min, replies: 1, promise: 90% within 2 h}]
volume: {email en: 60}
no_shows: 0%
opening_hours: {days: all, open: 00:00, close: 24:00}
shifts:
  - {name: early, start: 06:00, paid_hours: 8}
  - {name: late, start: 14:00, paid_hours: 8}
  - {name: night, start: 22:00, paid_hours: 8}
"""


@pytest.fixture(scope="module")
def around() -> Scenario:
    return Scenario.from_text(ROUND)


@pytest.fixture(scope="module")
def rota(around: Scenario) -> Rota:
    """Two people on each shift of each day: nobody on the first Monday before six, two on the second."""
    names, zone = [agent.name for agent in around.team.agents], ZoneInfo("Europe/Lisbon")
    shifts = []
    for number in range(around.days):
        day = around.first_day + timedelta(days=number)
        for place, (name, hour) in enumerate(SHIFTS.items()):
            start = datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
            for who in names[2 * place : 2 * place + 2]:
                shifts.append(Shift(start, who, start + timedelta(hours=8), day, name, "Europe/Lisbon"))
    return Rota("round", around.first_day, around.days, tuple(names), tuple(sorted(shifts)))


@pytest.fixture(scope="module")
def found(around: Scenario, rota: Rota) -> Publication:
    return publish(around, rota)


def nights(found: Any) -> Any:
    return next(row for row in found if row.part == "evenings and nights")


def test_the_first_night_does_not_slow_what_is_published(
    around: Scenario, rota: Rota, found: Publication
) -> None:
    told = nights(found.rows)
    assert told.verdict == "publish"
    assert told.worst_seconds <= told.within_seconds <= HOUR
    assert told.longest_seconds < 3 * HOUR
    volumes = steps.forecast(steps.read_history(around), around)
    service = steps.simulate(rota, volumes, around, replications=found.replications)
    everybody = nights(publishable(service, around, np.ones((1, service.intervals), dtype=bool)))
    # With the hours before the first shift the same rota looks as if Monday nights took hours.
    assert everybody.worst_hour.startswith("Mon 0")
    assert everybody.worst_seconds > 3 * HOUR
    assert everybody.longest_seconds > 5 * HOUR
    # They are contacts of the week all the same.
    assert told.contacts_per_week == everybody.contacts_per_week
    assert publication(service, around).rows == found.rows


def test_waits_in_new_hours_leave_the_first_night_aside(around: Scenario, rota: Rota) -> None:
    days = around.replace(opening_hours=[{"queues": "all", "days": "all", "open": "06:00", "close": "22:00"}])
    first, intervals = steps.horizon(around)
    need = SimpleNamespace(first_quarter=first, intervals=intervals, quarters_per_interval=2)
    before, stage = (SimpleNamespace(scenario=each, need=need) for each in (days, around))
    masks = newly(stage, before)  # type: ignore[arg-type]  # all that is looked at of both
    assert masks["email en"].sum() == 2 * 7 * 4 * 8
    told, after = answerable(before, stage)  # type: ignore[arg-type]  # as above
    volumes = steps.forecast(steps.read_history(around), around)
    now = Came(steps.simulate(rota, volumes, around, replications=40))
    assert not after["email en"][: 4 * 6].any()
    assert after["email en"][4 * 6 :].all()
    assert not told["email en"][: 4 * 6].any()
    all_nights = now.became(masks, opens_later(open_quarters(stage)))  # type: ignore[arg-type]  # as above
    assert all_nights.nine > 1.5 * now.became(masks, after).nine
    assert now.coming(masks).contacts > 0
