"""Where promises are missed: on the whole, and in which hours of the week."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from planner.demand import Promise
from planner.requirement import Need, reachable_share
from planner.study import Scenario
from planner.study import misses as misses_module
from planner.study.misses import hours_of_week, misses
from planner.study.steps import horizon

LISBON = "Europe/Lisbon"


def world(desk: Scenario, late: dict[int, int], each: int = 10, weeks: int = 1) -> tuple[Any, Need]:
    """``each`` contacts an hour of e-mail, of which ``late[hour of the week]`` are late; phone has none."""
    scenario = desk.replace(period={"weeks": weeks})
    first, intervals = horizon(scenario)
    names = ("email en", "phone en")
    open_ = np.ones((2, intervals), dtype=bool)
    need = Need("x", first, 30, names, (), np.zeros((0, intervals), int), (), (names,), open_)
    arrived, kept = [], []
    for hour in range(168 * weeks):
        arrived += [3600.0 * (hour + n / each) for n in range(each)]
        kept += [n >= late.get(hour % 168, 0) for n in range(each)]
    count = len(arrived)
    nought = np.zeros(count, dtype=np.int64)
    records = SimpleNamespace(arrived=np.array(arrived), queue=nought, replication=nought)
    service = SimpleNamespace(
        records=records, queues=scenario.queues, fates=(np.ones(count, bool), np.array(kept))
    )
    return service, need


@pytest.fixture(autouse=True)
def given_fates(monkeypatch: pytest.MonkeyPatch) -> None:
    def fates(service: Any) -> Any:
        measured, kept = service.fates
        return SimpleNamespace(measured=measured, kept=kept)

    monkeypatch.setattr(misses_module, "fates", fates)


def test_all_kept(desk: Scenario) -> None:
    service, need = world(desk, {})
    found = misses(service, need, need.open, LISBON)
    assert found.kept["email en"] == 1.0
    assert np.isnan(found.kept["phone en"])
    assert (found.short, found.weak, found.concentrated) == ({}, {}, frozenset())


def test_half_a_point_is_no_miss(desk: Scenario) -> None:
    for late, short in ((10, False), (11, True)):  # of each hundred
        service, need = world(desk, dict.fromkeys(range(168), late), each=100)
        found = misses(service, need, need.open, LISBON)
        assert bool(found.short) is short
        assert not found.weak
    assert found.short["email en"] == pytest.approx(0.01)


def test_a_slower_team_is_held_to_what_it_could_reach(desk: Scenario) -> None:
    """Within 15 min 90 % of replies of 6 min can be sent, and fewer where they take twice as long."""
    slow = desk.replace(people=[{"count": 4, "languages": "en x2"}])
    tight = replace(desk.queues[0], aht_seconds=360.0, promise=Promise(0.9, 900.0))
    service, need = world(desk, dict.fromkeys(range(168), 20), each=100)
    service.queues = (tight, *service.queues[1:])
    assert slow.skills.factor("email en") == 2.0
    assert reachable_share(tight) > 0.9 > 0.8 > reachable_share(tight, 2.0)
    given = (service, need, need.open, LISBON)
    assert misses(*given).short["email en"] == pytest.approx(0.1)
    assert misses(*given, desk.skills).short["email en"] == pytest.approx(0.1)
    assert misses(*given, slow.skills).short == {}


def test_few_contacts_say_nothing(desk: Scenario) -> None:
    service, need = world(desk, dict.fromkeys(range(168), 1), each=1)
    judged = need.open.copy()
    judged[:, 2 * 29 :] = False
    assert misses(service, need, judged, LISBON).short == {}
    judged[:, : 2 * 30] = True
    assert misses(service, need, judged, LISBON).short == {"email en": pytest.approx(0.9)}


def test_hours_that_do_not_count_do_not(desk: Scenario) -> None:
    service, need = world(desk, dict.fromkeys(range(6), 10))
    judged = need.open.copy()
    judged[:, :12] = False
    assert misses(service, need, judged, LISBON).kept["email en"] == 1.0


def test_misses_of_one_hour_are_found_there(desk: Scenario) -> None:
    service, need = world(desk, {33: 100}, each=100)  # Tuesday at 9
    found = misses(service, need, need.open, LISBON)
    assert found.weak == {"email en": (33,)}
    assert found.short == {}  # one hour of 168
    assert found.concentrated == {"email en"}
    assert found.hours["email en"][33] == 0.0


def test_few_in_an_hour_are_read_with_the_same_hour_of_like_days(desk: Scenario) -> None:
    service, need = world(desk, {9 + 24 * day: 4 for day in range(5)})  # four of ten, Monday to Friday
    found = misses(service, need, need.open, LISBON)
    assert found.weak == {"email en": tuple(9 + 24 * day for day in range(5))}
    assert found.hours["email en"][9] == pytest.approx(0.6)
    assert np.isnan(found.hours["email en"][5 * 24 + 9])  # ten on a Saturday say nothing


def test_late_everywhere_is_not_concentrated(desk: Scenario) -> None:
    service, need = world(desk, dict.fromkeys(range(168), 40), each=100)
    found = misses(service, need, need.open, LISBON)
    assert len(found.weak["email en"]) == 168
    assert found.concentrated == frozenset()


def test_hours_are_those_on_the_local_clock(desk: Scenario) -> None:
    spring = desk.replace(period={"first_day": "2026-03-26"})  # a Thursday; the clocks change on Sunday
    first, intervals = horizon(spring)
    need = Need("x", first, 30, (), (), np.zeros((0, intervals), int), (), (), np.ones((0, intervals), bool))
    hours = hours_of_week(need, LISBON)
    assert hours[0] == 3 * 24
    assert hours[-1] == 2 * 24 + 23
    sunday = hours[(hours >= 144) & (hours < 168)]
    assert 6 * 24 + 1 not in sunday
    assert len(sunday) == 46
