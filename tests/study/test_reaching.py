"""How far a team stretches: small desks whose answer is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner._errors import ScenarioError
from planner.study import Scenario, reach, reach_summary, write_reach
from planner.study.longer_hours import Direction, directions_of, longer, most_minutes
from planner.study.reaching_files import reach_frame

DESK = """
name: One seat
period: {weeks: 1}
people: [{count: 2, languages: en, cost: 15}]
queues: [{name: chat en, channel: chat, language: en}]
need: {chat en: 1}
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
solve: {effort: quick}
"""


def desk(text: str = "") -> Scenario:
    """Two contracts of 40 h, where 40 h are asked."""
    return Scenario.from_text(DESK + text)


def test_two_contracts_are_sixteen_hours_a_day() -> None:
    found = reach(desk(), 120, "mon-fri later, sat")
    later, saturday = found.grown
    assert later.minutes == 8 * 60
    assert found.widest.missing_hours == found.today.missing_hours == 0
    assert later.fails is not None
    assert later.fails.bound == 10
    assert (saturday.minutes, saturday.why) == (0, "missing")
    text = [str(line) for line in reach_summary(found)]
    assert text[0].startswith(
        "without a hire 2 people can open mon-fri 09:00–01:00 instead of mon-fri 09:00–17:00"
    )
    assert (
        "next would be 09:00–03:00: at least 10.0 person-hours missing, whatever the rota (proven" in text[2]
    )
    assert "sat: not one block more" in text[3]


def test_a_user_s_order_decides_who_gets_the_hours() -> None:
    """Two contracts are 80 h: 24 h of Saturday first leave 16 h, too few for a shift on each weekday."""
    found = reach(desk("rules: [{max_days_in_row: {days: 6}}]\n"), 240, "sat, mon-fri earlier")
    saturday, earlier = found.grown
    assert (saturday.minutes, earlier.minutes) == (24 * 60, 0)
    assert found.widest.missing_hours == 0


def test_rules_may_be_what_fails() -> None:
    """Nobody may work nights, so nothing after six in the evening can be covered by shifts that end later."""
    found = reach(desk().replace(people=[{"count": 2, "nights": "no"}], rules=[]), 240, "mon-fri later")
    (later,) = found.grown
    assert later.minutes == 240
    assert later.fails is not None
    assert later.fails.missing_hours > 0


def test_more_may_be_missing_where_that_is_said() -> None:
    """One contract of 40 h, five hours more a week: they are missing, and that is fine."""
    full = desk().replace(people=[{"count": 1, "languages": "en"}])
    found = reach(full, 60, "mon-fri earlier", may_miss=5.0)
    assert found.grown[0].minutes == 60
    assert found.widest.missing_hours == 5
    assert found.grown[0].fails is not None
    assert "at least 10.0 person-hours missing" in str(reach_summary(found)[2])


def test_nothing_more_for_a_team_that_is_full() -> None:
    found = reach(desk().replace(people=[{"count": 1, "languages": "en"}]), 60, "mon-fri earlier")
    assert found.grown[0].minutes == 0
    assert "cannot open longer" in str(reach_summary(found)[0])


def test_a_team_that_misses_people_today_may_miss_as_many() -> None:
    found = reach(desk().replace(people=[{"count": 1}], need={"chat en": 2}), 60, "mon-fri earlier")
    assert found.today.missing_hours == 40
    assert found.grown[0].minutes == 0


def test_contacts_decide_the_order() -> None:
    scenario = Scenario.from_text(
        """
        period: {weeks: 1}
        people: [{count: 6}]
        queues: [{name: email en}]
        volume: 60 a weekday
        opening_hours: [{days: mon-fri, open: 10:00, close: 16:00}]
        solve: {effort: quick}
        """
    )
    found = reach(scenario, 180, "", None, lambda: True)
    contacts = [grown.contacts for grown in found.grown]
    assert contacts == sorted(contacts, reverse=True)
    assert contacts[0] > 0
    assert {grown.why for grown in found.grown} == {"stopped"}
    assert "stopped, plans made: 1" in str(reach_summary(found)[-1])


def test_hours_all_day_cannot_grow() -> None:
    around = desk().replace(opening_hours=[{"days": "all", "open": "00:00", "close": "24:00"}])
    assert directions_of(around) == ()


def test_earlier_and_later_share_the_day() -> None:
    earlier, later = directions_of(desk())[:2]
    assert most_minutes(desk(), later, {earlier: 9 * 60}) == 7 * 60
    assert most_minutes(desk(), earlier, {later: 12 * 60}) == 4 * 60
    assert longer(desk(), {earlier: 540, later: 420}).said.opening_hours[0].open == 0


def test_closed_days_open_at_the_usual_hour() -> None:
    saturday = Direction(None, "sat", "open")
    wider = longer(desk(), {saturday: 120})
    assert [(line.open, line.close) for line in wider.said.opening_hours] == [(540, 1020), (540, 660)]
    assert longer(desk(), {saturday: 0}) == desk()


def test_directions_that_are_none_are_told() -> None:
    with pytest.raises(ScenarioError, match='"tuesdays" is no way to open longer; there is mon-fri earlier'):
        reach(desk(), 60, "tuesdays")


def test_files(tmp_path: Path) -> None:
    found = reach(desk(), 240, "mon-fri earlier")
    write_reach(found, tmp_path)
    assert Scenario.load(tmp_path / "widest.yaml") == found.widest.scenario
    row = reach_frame(found).iloc[0]
    assert (row["block"], row["hours_more"], row["open"]) == ("mon-fri earlier", 8.0, "01:00–17:00")
    assert (tmp_path / "reach.csv").read_text(encoding="utf-8").startswith("schema_version,block,")
