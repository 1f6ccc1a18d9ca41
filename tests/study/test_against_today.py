"""Added hours that are unstaffed, shortages that nobody proved, and work that is stopped on its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest

from planner.study import PlanProgress, Scenario, best_hours, frontier, reach, reach_summary
from planner.study.against_today import against_today
from planner.study.at_promise import Worked
from planner.study.next_hours.blocks import candidates
from planner.study.next_hours.go import wants_people
from planner.study.next_hours.run import to_plan
from planner.study.next_hours.screening import Screened, screen

SEAT = """
name: One seat
period: {weeks: 1}
people: [{count: 3, languages: en, cost: 15}]
queues: [{name: chat en, channel: chat, language: en}]
need: {chat en: 1}
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
rules: [{weekly_hours: {at_most: contract}}]
solve: {effort: quick}
"""
EMPTY_SATURDAY = SEAT.replace("close: 17:00", "close: 19:00").replace(
    "{weekly_hours: {at_most: contract}}",
    "{weekly_hours: {at_most: contract}}, {max_weekends: {weekends: 0}}",
)
"""Nobody works on weekends. Today no shift ends after 17:00, so ten person-hours are missing; more hours
bring a start at 11:00 and mend that, so that Saturday without anybody misses fewer people in all."""


def test_hours_without_anybody_are_not_reached_though_fewer_are_missing_in_all() -> None:
    found = reach(Scenario.from_text(EMPTY_SATURDAY), 120, "sat")
    (saturday,) = found.grown
    assert saturday.fails is not None
    assert (found.today.missing_hours, saturday.fails.missing_hours) == (10, 2)
    assert (saturday.minutes, saturday.why) == (0, "inside")
    assert "in the added hours themselves the best rota found misses 2.0 person-hours" in str(
        reach_summary(found)[2]
    )


def test_nor_are_they_on_the_frontier() -> None:
    found = frontier(Scenario.from_text(EMPTY_SATURDAY), [0], 120, "sat")
    (point,) = found.points
    assert (point.hours_a_week, found.proven(point)) == (50, 0)


@pytest.fixture(scope="module")
def tried() -> tuple[Worked, Worked]:
    """Today, and eight hours more a day that three contracts cover."""
    found = reach(Scenario.from_text(SEAT), 480, "mon-fri later")
    return found.today, found.widest


def missing(made: Worked, hours: float, bound: float | None) -> Worked:
    result = replace(made.result, missing_hours=hours, missing_hours_bound=bound)
    return replace(made, result=result, bound=bound)


@pytest.mark.parametrize(
    ("before", "after", "bound", "go", "hire"),
    [
        ((193.5, 191.0), 193.5, 191.0, True, False),
        ((193.5, 191.0), 195.0, 191.0, None, False),
        ((193.5, 191.0), 250.0, 191.0, None, True),
        ((193.5, 191.0), 250.0, None, None, True),
        ((193.5, 191.0), 195.0, 194.0, False, True),
        ((0.0, 0.0), 2.0, 0.0, None, True),
        ((0.0, 0.0), 2.0, 2.0, False, True),
    ],
)
def test_only_a_proof_is_a_no_go_and_only_a_rota_a_go(
    tried: tuple[Worked, Worked],
    before: tuple[float, float],
    after: float,
    bound: float | None,
    go: bool | None,
    hire: bool,
) -> None:
    today, made = missing(tried[0], *before), missing(tried[1], after, bound)
    held = against_today(today, made)
    assert (held.go, wants_people(today, made, held)) == (go, hire)


def stop_at(of: Callable[[PlanProgress], int], number: int) -> tuple[Callable[..., None], Callable[[], bool]]:
    """Stops once so many stages or rounds have begun."""
    seen = [0]

    def tell(said: PlanProgress) -> None:
        seen[0] = max(seen[0], of(said))

    return tell, lambda: seen[0] >= number


def test_reach_stopped_on_its_way_keeps_the_longest_hours_so_far() -> None:
    """Today is the first plan, two hours later the second; the third is stopped."""
    found = reach(Scenario.from_text(SEAT), 120, "mon-fri later", *stop_at(lambda said: said.round or 0, 3))
    assert (found.cancelled, found.grown[0].minutes, found.grown[0].why) == (True, 120, "stopped")
    assert found.widest.scenario.said.opening_hours[0].close == 19 * 60
    assert found.widest.missing_hours == 0


def test_a_frontier_stopped_on_its_way_keeps_whole_teams() -> None:
    """Today's hours are the first stage, each team one more."""
    found = frontier(
        Scenario.from_text(SEAT), [-1, 0, 1], 480, "mon-fri later", *stop_at(lambda said: said.stage or 0, 3)
    )
    assert (found.cancelled, [point.people for point in found.points]) == (True, [2])
    assert found.points[0].hours_a_week == 80


def test_next_hours_stopped_on_their_way_keep_planned_blocks() -> None:
    found = best_hours(
        Scenario.from_text(SEAT), 120, (), (), 3, False, *stop_at(lambda said: said.stage or 0, 3)
    )
    assert (found.cancelled, len(found.planned)) == (True, 1)
    assert len(found.ranked) > 1


def test_three_people_never_hold_one_seat_around_the_clock() -> None:
    """168 h a week are 4.2 contracts of 40 h: nobody opens longer than contracts last, five hold it all."""
    text = SEAT.replace("weeks: 1", "weeks: 2").replace(
        "day, start: 09:00", "day, start: 01:00-17:00 every 8 h"
    )
    hours = {
        point.people: point.hours_a_week for point in frontier(Scenario.from_text(text), range(3), 480).points
    }
    assert list(hours.values()) == sorted(hours.values())
    assert all(weekly <= 40 * people for people, weekly in hours.items())
    assert hours[3] < 168


def test_planned_blocks_are_spread_over_kinds_of_days() -> None:
    """Each queue's best is on weekdays; its next are on the days that the others have planned least."""
    scenario = Scenario.from_text(
        SEAT.replace(
            "language: en}]",
            "language: en}, {name: phone en, channel: phone, language: en}]",
        ).replace("need: {chat en: 1}", "need: {chat en: 1, phone en: 1}")
    )
    screened = [
        replace(each, person_hours=float(number))
        for number, each in enumerate(
            sorted(screen(scenario, candidates(scenario)), key=lambda each: min(each.block.days.weekdays))
        )
    ]
    chosen = to_plan(screened, 3)
    kinds = [min(each.block.days.weekdays) for each in chosen]
    assert MappingProxyType({day: kinds.count(day) for day in (0, 5, 6)}) == {0: 3, 5: 3, 6: 2}
    assert all(isinstance(each, Screened) for each in chosen)
