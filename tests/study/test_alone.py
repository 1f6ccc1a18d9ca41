"""A deferred pool by itself: the fewest people, and the safety that they need."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.requirement import Backlog, fluid_staffing
from planner.study import Scenario
from planner.study.alone import lived_through, staffing, starting_safety
from planner.study.fewest import fewest_people
from planner.study.floors import done_by, floor_of
from planner.study.safety import pools
from planner.study.steps import demand_and_need

D = frozenset({"d"})


def row(arriving: list[int], slack: list[int], each: int = 6, taken: int = 0) -> Backlog:
    """Work with so much of the arrived not due."""
    work, count = np.array(arriving), len(arriving)
    arrived = np.cumsum(work)
    due = np.maximum.accumulate(np.maximum(0, arrived - np.array(slack)))
    return Backlog(D, work, arrived - np.minimum(due, arrived), each, ((D, np.full(count, taken)),))


works = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30)), min_size=1, max_size=12)


@given(works, st.integers(1, 9), st.integers(0, 4))
def test_nothing_is_overdue_and_nearly_no_more_people_than_the_fewest(
    work: list[tuple[int, int]], each: int, taken: int
) -> None:
    backlog = row([a for a, _ in work], [s for _, s in work], each, taken)
    nobody, everywhere = np.zeros(len(work), dtype=int), np.ones(len(work), dtype=bool)
    people = fewest_people([backlog], nobody, everywhere)
    assert done_by(backlog, [people])
    if not taken:  # then the smallest number is known
        assert 0 <= people.sum() - fluid_staffing(backlog).sum() <= 2


def test_people_come_early_where_all_of_them_is_used() -> None:
    backlog = row([12, 0, 0, 0], [12, 12, 12, 0])
    people = fewest_people([backlog], np.zeros(4, dtype=int), np.ones(4, dtype=bool))
    assert people.tolist() == [1, 1, 0, 0]
    assert fluid_staffing(backlog).tolist() == [0, 0, 0, 2]


def test_people_come_while_it_is_open() -> None:
    backlog = row([12, 0, 0, 0], [12, 12, 12, 0])
    people = fewest_people([backlog], np.zeros(4, dtype=int), np.array([False, True, True, True]))
    assert people.tolist() == [0, 1, 1, 0]


@pytest.fixture(scope="module")
def desk_of_mail() -> tuple[Scenario, Any, Any]:
    scenario = Scenario.from_text(
        """
name: Mail
zone: UTC
period: {first_day: 2026-03-02, weeks: 1}
people: [{count: 12, languages: en, cost: 12}]
queues: [{name: email en, channel: email, language: en, aht: 9 min, replies: 1, promise: 90% within 2 h}]
volume: {email en: 90}
minimum_on_duty: {all: 0}
opening_hours: [{queues: all, days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 08:00-10:00 every 60 min, paid_hours: 8}]
"""
    )
    _, volumes, need = demand_and_need(scenario)
    return scenario, volumes, need


def test_the_safety_of_a_pool_alone_holds_and_one_step_less_misses(desk_of_mail: Any) -> None:
    scenario, volumes, need = desk_of_mail
    [pool] = pools(need, scenario.queues)
    found = starting_safety(need, volumes, scenario, need.open)[pool]
    assert 0.0 <= found.kept <= 0.03
    assert found.less_kept < 0.0 or found.z == 0.0
    assert found.more == pytest.approx(found.z - 0.42)


def test_where_contracts_are_filled_less_is_not_asked(desk_of_mail: Any) -> None:
    scenario, volumes, need = desk_of_mail
    easy = scenario.replace(
        queues=[
            {
                "name": "email en",
                "channel": "email",
                "language": "en",
                "aht": "9 min",
                "promise": "60% within 8 h",
            }
        ],
        rules=[{"weekly_hours": {"at_least": "contract", "at_most": "contract"}}],
    )
    _, volumes, need = demand_and_need(easy)
    [found] = starting_safety(need, volumes, easy, need.open).values()
    assert found.z is not None
    assert found.z < 0.42
    assert found.more == 0.0


def test_cancelled_guesses_nothing(desk_of_mail: Any) -> None:
    scenario, volumes, need = desk_of_mail
    assert starting_safety(need, volumes, scenario, need.open, lambda: True) == {}


def test_exactly_these_people_are_there(desk_of_mail: Any) -> None:
    scenario, volumes, need = desk_of_mail
    [pool] = pools(need, scenario.queues)
    people = staffing(pool, need, scenario)
    service = lived_through({pool: people}, {pool: frozenset(need.groups[0])}, volumes, scenario, lives=2)
    there = (service.handling + service.waiting_for_work).sum(axis=0) / 2
    assert (there <= people * 1800 + 1e-6).all()
    assert there.sum() > 0.8 * people.sum() * 1800


def test_floors_that_do_the_work_are_named(desk_of_mail: Any) -> None:
    scenario, _, need = desk_of_mail
    [pool] = pools(need, scenario.queues)
    assert floor_of(pool, need, scenario) is None
    many = scenario.replace(minimum_on_duty={"all": 9})
    _, _, served = demand_and_need(many)
    assert floor_of(pool, served, many) == "presence"
