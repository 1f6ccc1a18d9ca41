"""Hours against people: desks whose answer is known by counting contracts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner._errors import InputError, ScenarioError
from planner.study import Scenario, frontier, frontier_summary, write_frontier
from planner.study.charts import hours_against_people
from planner.study.frontier import Frontier, parse_changes
from planner.study.frontier_files import frontier_frame
from planner.study.team_size import alike, sized

DESK = """
name: One seat
period: {weeks: 1}
people: [{count: 2, languages: en, cost: 15}]
queues: [{name: chat en, channel: chat, language: en}]
need: {chat en: 1}
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
rules: [{weekly_hours: {at_most: contract}}]
solve: {effort: quick}
"""


@pytest.fixture(scope="module")
def found() -> Frontier:
    return frontier(Scenario.from_text(DESK), range(-1, 2), 480, "mon-fri later, mon-fri earlier")


def test_one_contract_of_40_hours_is_one_seat_of_eight_hours(found: Frontier) -> None:
    """One, two and three contracts of 40 h: 8, 16 and 24 hours of one seat on weekdays."""
    assert [(point.people, point.hours_a_week) for point in found.points] == [(1, 40), (2, 80), (3, 120)]
    assert all(point.made is not None and point.made.missing_hours == 0 for point in found.points)


def test_one_block_more_surely_misses_what_no_contract_has(found: Frontier) -> None:
    """Eight hours more on five days are 40 person-hours more than there are."""
    assert [found.proven(point) for point in found.points] == [40, 40, 0]
    assert [grown.fails for grown in found.points[-1].grown] == [None, None]


def test_hours_never_fall_with_people(found: Frontier) -> None:
    hours = [point.hours_a_week for point in found.points]
    assert hours == sorted(hours)


def test_the_file_says_what_the_object_says(found: Frontier, tmp_path: Path) -> None:
    (path,) = write_frontier(found, tmp_path)
    read = pd.read_csv(path)
    assert read["hours_per_week"].tolist() == [point.hours_a_week for point in found.points]
    assert read["people"].tolist() == [1, 2, 3]
    assert read["proven"].tolist() == ["yes", "yes", "no"]
    assert read["next_missing_bound"].tolist() == [40, 40, 0]
    assert read["open"].tolist()[0] == "mon-fri 09:00–17:00"
    text = [str(line) for line in frontier_summary(found)]
    assert "1 people (-1): 40 h a week" in text[1]
    assert "at least 40.0 person-hours, whatever the rota (proven)" in text[1]
    assert "assumed: people more or fewer have the team's most common contract" in text[4]


def test_the_chart_draws_the_file(found: Frontier) -> None:
    figure = hours_against_people(frontier_frame(found))
    assert list(figure.data[0].x) == [1, 2, 3]
    assert list(figure.data[0].y) == [40, 80, 120]


def test_a_team_too_small_for_today_opens_shorter() -> None:
    """One contract of 40 h where two are needed for 16 hours: eight are left, the busiest end stays."""
    wide = Scenario.from_text(
        DESK.replace("17:00", "01:00").replace("09:00, paid", "09:00-17:00 every 8 h, paid")
    )
    found = frontier(wide, [-1, 0], 480, "mon-fri earlier")
    smaller, today = found.points
    assert (smaller.hours_a_week, today.hours_a_week) == (40, 80)
    assert today.made is found.today


def test_five_people_hold_one_seat_around_the_clock() -> None:
    """168 h a week are 4.2 contracts of 40 h: four people miss 8 h whatever the rota."""
    text = DESK.replace("count: 2", "count: 5").replace(
        "mon-fri, open: 09:00, close: 17:00", "all, open: 00:00, close: 24:00"
    )
    whole = Scenario.from_text(text.replace("start: 09:00", 'start: "00:00, 08:00, 16:00"'))
    found = frontier(whole, [0], 480)
    (point,) = found.points
    assert (point.people, point.hours_a_week) == (5, 168)


def test_stopped_keeps_what_is_there() -> None:
    found = frontier(Scenario.from_text(DESK), [0, 1], 480, "", None, lambda: True)
    assert (found.points, found.cancelled) == ((), True)
    assert "stopped, teams worked out: 0" in str(frontier_summary(found)[-1])


@pytest.mark.parametrize("text", ["2", "a..b", "3..1", "-30..0", ""])
def test_ranges_that_are_none_are_told(text: str) -> None:
    with pytest.raises(InputError, match="is no range of people; write"):
        parse_changes(text)


def test_nobody_leaves_who_is_not_there() -> None:
    with pytest.raises(ScenarioError, match="5 people fewer cannot be: at most 1 with a contract of 40 h"):
        frontier(Scenario.from_text(DESK), [-5])


def test_the_first_kind_of_hire_joins_where_one_is_stated() -> None:
    text = DESK + "hires: {types: [{languages: en, weekly_hours: 20, max: 2}]}\n"
    larger = sized(Scenario.from_text(text), 1)
    assert [agent.weekly_minutes for agent in larger.team.agents] == [2400, 2400, 1200]
    assert alike(Scenario.from_text(text)).stated


def test_whom_a_rule_names_stays() -> None:
    text = DESK.replace("contract}}]", "contract, for: Agent 2}}]")
    names = [agent.name for agent in Scenario.from_text(text).team.agents]
    rule = DESK.replace("contract}}", f"contract, for: {names[1]}" + "}}")
    assert [agent.name for agent in sized(Scenario.from_text(rule), -1).team.agents] == [names[1]]
