"""Ways to staff nights: one seat around the clock, whose figures are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner._errors import ScenarioError
from planner.study import Nights, Scenario, nights, nights_summary, write_nights
from planner.study.night_hours import night_shifts
from planner.study.night_unstaffed import on_call, stay_closed
from planner.study.night_ways import (
    by_partner,
    new_contracts,
    nights_a_week,
    rotation_for_all,
    volunteers,
)
from planner.study.nights_files import nights_frame
from planner.study.steps import demand_and_need

DESK = """
name: One seat
period: {weeks: 2}
agents:
  - {name: A, languages: en, cost: 15}
  - {name: B, languages: en, cost: 15}
  - {name: C, languages: en, cost: 15}
  - {name: D, languages: en, cost: 15}
  - {name: E, languages: en, cost: 15, night_crew: yes}
  - {name: F, languages: en, cost: 15, night_crew: yes}
queues: [{name: chat en, channel: chat, language: en}]
need: {chat en: 1}
opening_hours: [{days: all, open: 00:00, close: 24:00}]
shifts:
  - {name: early, start: 06:00, paid_hours: 8}
  - {name: late, start: 14:00, paid_hours: 8}
  - {name: night, start: 22:00, paid_hours: 8}
rules: [{max_days_in_row: {days: 5}}, {minimum_rest: {hours: 11}}]
hires: {types: [{languages: en, max: 3, cost: 14}]}
outsource: {from: 22:00, to: 06:00, price: 12}
solve: {effort: quick, replications: 20}
"""
MONTH = 365.25 / 12 / 14


@pytest.fixture(scope="module")
def found() -> Nights:
    """All ways of the desk, planned."""
    return nights(Scenario.from_text(DESK))


def test_every_way_is_planned_and_on_call_is_told(found: Nights) -> None:
    assert [made.way.way for made in found.plans] == ["rotation", "volunteers", "new contracts", "partner"]
    assert [way.way for way in found.not_planned] == ["on call", "closed"]
    assert all(made.result.missing_hours == 0 for made in found.plans)
    assert all(made.broken == 0 for made in found.plans)


def test_what_is_paid(found: Nights) -> None:
    """Six contracts of 80 h at 15 in all of them; two hires of 80 h at 14; 14 nights of 8 h at 12."""
    rotation, crew, hired, bought = (made.cost.paid for made in found.plans)
    contracts = 6 * 80 * 15
    assert rotation == crew == pytest.approx(contracts * MONTH)
    assert hired == pytest.approx((contracts + 2 * 80 * 14) * MONTH)
    assert bought == pytest.approx((contracts + 14 * 8 * 12) * MONTH)


def test_who_works_nights(found: Nights) -> None:
    rotation, crew, hired, bought = found.plans
    assert len(rotation.nights) == 6
    assert max(rotation.nights) <= 3 * MONTH + 1e-9
    for made, names in ((crew, {"E", "F"}), (hired, {"hire 1: en", "hire 2: en"})):
        at_night = {shift.agent for shift in made.rota.shifts if shift.name == "night"}
        assert at_night == names
        assert all(s.name == "night" for s in made.rota.shifts if s.agent in names)
    assert bought.nights == ()
    assert {s.agent for s in bought.rota.shifts if s.name == "partner"} == {"partner 1: all languages"}
    assert "night" not in {s.name for s in bought.rota.shifts}


def test_only_what_is_proven_is_said(found: Nights) -> None:
    _rotation, crew, hired, bought = found.plans
    assert (crew.verdict_cost, crew.verdict_missing) == ("same", "same") or (
        crew.verdict_cost == "not distinguishable"
    )
    assert hired.verdict_cost == "higher"
    assert bought.verdict_cost == "higher"
    text = "\n".join(str(line) for line in nights_summary(found))
    assert "rotation for all: " in text
    assert "against rotation for all: dearer (proven" in text
    assert "no escalation is stated" in text


def test_files(found: Nights, tmp_path: Path) -> None:
    write_nights(found, tmp_path)
    assert len(nights_frame(found)) == 4
    lines = (tmp_path / "nights.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("1,rotation,")
    crew = Scenario.load(tmp_path / "volunteers" / "scenario.yaml")
    assert crew == found.plans[1].way.scenario
    assert (tmp_path / "new-contracts" / "rota.csv").is_file()


def test_ways_are_scenarios_that_a_file_could_say() -> None:
    desk = Scenario.from_text(DESK)
    assert night_shifts(desk) == ("night",)
    for way in (rotation_for_all(desk, 7), volunteers(desk), new_contracts(desk), by_partner(desk)):
        assert way.scenario is not None
        assert Scenario.from_text(way.scenario.dump()) == way.scenario


def test_ways_that_cannot_be() -> None:
    bare = Scenario.from_text(DESK).replace(agents=[{"name": "A"}], hires=None, outsource=None)
    for make, told in ((volunteers, "night_crew"), (new_contracts, "hires"), (by_partner, "outsource")):
        way = make(bare)
        assert way.scenario is None
        assert told in str(way.why)
    days_only = Scenario.from_text(DESK).replace(hires={"types": [{"nights": "no"}]})
    assert new_contracts(days_only).scenario is None
    assert "write escalation" in str(on_call(bare).why)
    engineer = bare.replace(agents=[{"name": "A", "teams": "engineer"}], escalation=[{"role": "engineer"}])
    for make in (on_call, stay_closed):
        assert "states its need" in str(make(engineer).why)


def test_limits_for_all_are_not_asked_of_a_crew() -> None:
    limited = Scenario.from_text(DESK).replace(rules=[{"max_nights": {"nights": 3}}])
    for way in (volunteers(limited), new_contracts(limited)):
        assert way.scenario is not None
        assert "max_nights" not in {name for rule in way.scenario.said.rules for name in rule}
        assert "max_nights of the scenario" in str(way.why)
    assert by_partner(limited).why is None


def test_nights_a_week_are_those_that_are_asked_for() -> None:
    desk = Scenario.from_text(DESK)
    assert nights_a_week(demand_and_need(desk)[2], desk.zone) == 7
    week = desk.replace(opening_hours=[{"days": "mon-fri", "open": "00:00", "close": "24:00"}])
    assert nights_a_week(demand_and_need(week)[2], week.zone) == 5


def test_a_desk_without_nights_is_told() -> None:
    with pytest.raises(ScenarioError, match="no shift at night"):
        nights(Scenario.from_text("people: 3\nshifts: [{name: day, start: 09:00}]\n"))


def test_stopped_keeps_the_first_way() -> None:
    stopped = nights(Scenario.from_text(DESK), is_cancelled=lambda: True)
    assert stopped.cancelled
    assert [made.way.way for made in stopped.plans] == ["rotation"]
    assert "stopped after 1 ways" in str(nights_summary(stopped)[-1])


def test_a_crew_that_is_not_worth_it_takes_its_rules_along() -> None:
    """Nobody is hired where people missing are cheap: rules for the crew name nobody then."""
    cheap = Scenario.from_text(DESK).replace(
        prices={"missing_hour": "0.1"}, agents=[{"name": "A"}], outsource=None
    )
    _rotation, hired = nights(cheap).plans
    assert hired.taken == ()
    assert hired.nights == ()
    assert "allowed_shifts" in str(hired.way.scenario.said.rules)
