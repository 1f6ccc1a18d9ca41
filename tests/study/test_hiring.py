"""Whom to hire: small desks whose answer is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner._errors import InputError, ScenarioError
from planner.study import Plan, Scenario, audit, hire, hiring, hiring_summary, read_plan, write_hiring
from planner.study.hired import counts
from planner.study.hiring import asked_for, one_fewer
from planner.study.hiring_files import team_text

DESK = """
name: Two seats
period: {first_day: 2026-06-01, weeks: 2}
people: [{count: 1, languages: en, cost: 15}]
queues: [{name: chat en, channel: chat, language: en}]
need: {chat en: 2}
opening_hours: [{days: mon-fri, open: 08:00, close: 16:00}]
shifts: [{name: day, start: 08:00, paid_hours: 8}]
hires: {types: [{languages: en, max: 3, cost: 14.0 per worked hour, ready_after: 8 weeks}]}
solve: {effort: quick}
"""
PARTNER = """
outsource: {from: 08:00, to: 16:00, days: mon-fri, languages: en, price: 12 per hour, set_up: 6 weeks}
"""


def desk(text: str = "") -> Scenario:
    """One person where two are needed from 8 to 16, Monday to Friday."""
    return Scenario.from_text(DESK + text)


def test_fewest_is_one_and_none_is_proven_too_few() -> None:
    found = hire(desk(), "fewest")
    assert found.today.result.missing_hours == 80
    assert [one.name for one in found.taken] == ["hire 1: en"]
    assert found.made.result.missing_hours == 0
    assert found.fewer is not None
    assert (found.fewer.hires, found.fewer.missing_hours, found.fewer.bound) == (0, 80, 80)
    (one,) = found.taken
    assert (one.paid_hours, one.worked_hours, one.idle_hours) == (80, 80, 0)
    assert one.cents == 80 * 1400
    assert one.by(date(2026, 6, 1)) == date(2026, 4, 6)
    text = "\n".join(str(line) for line in hiring_summary(found))
    assert "the fewest hires found: 1" in text
    assert "one fewer cannot: with 0 hires at least 80.0 person-hours are missing (proven" in text
    assert "decide by 2026-04-06 to have them on 2026-06-01" in text


def test_who_is_not_taken_is_not_in_the_plan() -> None:
    found = hire(desk(), "fewest")
    assert [agent.name for agent in found.made.scenario.team.agents] == ["Person 1", "hire 1: en"]
    assert found.made.rota.agents == ("Person 1", "hire 1: en")
    assert found.made.violations == ()
    assert found.made.result.bound_cents is None
    assert found.made.result.objective.labour == 80 * 1500 + 80 * 1400
    assert found.made.decision is not None
    assert found.made.decision.objective.labour == 0


@pytest.mark.parametrize(
    ("minimum", "taken"),
    [("none", "partner 1: en"), ("160 h a month", "partner 1: en"), ("320 h a month", "hire 1: en")],
)
def test_cheapest_weighs_contract_against_the_partner(minimum: str, taken: str) -> None:
    """80 h at 12 are cheaper than a contract at 14, as long as not many more must be paid."""
    found = hire(desk(PARTNER).replace(outsource={"minimum": minimum}))
    assert [one.name for one in found.taken] == [taken]
    assert found.made.result.missing_hours == 0
    cents = {"partner 1: en": 80 * 1200, "hire 1: en": 80 * 1400}[taken]
    assert found.taken[0].cents == cents
    assert found.made.decision is not None
    assert found.made.decision.objective.total == cents
    assert found.made.decision.bound_cents is not None
    assert found.made.decision.bound_cents <= cents


def test_blocks_beyond_the_minimum_are_paid_one_by_one() -> None:
    """80 h a month are 5 blocks in two weeks; ten are worked."""
    found = hire(desk(PARTNER).replace(outsource={"minimum": "80 h a month"}, hires={"types": []}))
    assert found.made.decision is not None
    assert found.made.decision.objective.hires == 5 * 8 * 1200
    assert dict(found.made.decision.objective.soft_rules) == {"partner_minimum": 5 * 8 * 1200}
    assert found.taken[0].cents == 10 * 8 * 1200


def test_the_partner_keeps_none_of_our_rules() -> None:
    scenario = desk(PARTNER + "rules: [{max_days_in_row: {days: 2}}]\n").replace(hires={"types": []})
    found = hire(scenario)
    assert len(found.made.rota.tour("partner 1: en")) == 10
    assert found.made.violations == ()
    assert {shift.name for shift in found.made.rota.tour("partner 1: en")} == {"partner"}
    assert {shift.name for shift in found.made.rota.tour("Person 1")} == {"day"}


def test_nobody_is_worth_hiring_where_missing_hours_are_cheap() -> None:
    found = hire(desk("prices: {missing_hour: 5}\n"))
    assert found.taken == ()
    assert "nobody is worth hiring" in "\n".join(str(line) for line in hiring_summary(found))


def test_nobody_is_hired_where_nobody_is_missing() -> None:
    found = hire(desk().replace(need={"chat en": 1}), "fewest")
    assert found.taken == ()
    assert found.fewer is None
    assert "misses nobody" in str(hiring_summary(found)[0])


def test_todays_rota_is_kept_where_nobody_is_hired_and_it_is_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quick search with hires may end worse than the plan of today's team, which is at hand."""
    real = hiring.plan

    def worse(scenario: Scenario, *args: Any) -> Plan:
        made = real(scenario, *args)
        if scenario.said.solve.hire == "no":
            return made
        return replace(made, result=replace(made.result, missing_hours=1.5))

    monkeypatch.setattr(hiring, "plan", worse)
    found = hire(desk().replace(people=[{"count": 2, "languages": "en", "cost": 15}]), "cheapest")
    assert found.taken == ()
    assert found.made is found.today
    assert found.made.result.missing_hours == 0
    text = "\n".join(str(line) for line in hiring_summary(found))
    assert "nobody needs to be hired: without them nobody is missing" in text
    assert "1.5" not in text


def test_never_more_missing_than_without() -> None:
    """Too few may be hired: the plan with them still misses less, and says what stays."""
    found = hire(
        desk().replace(need={"chat en": 3}, hires={"types": [{"languages": "en", "max": 1}]}), "fewest"
    )
    assert found.made.result.missing_hours == 80 < found.today.result.missing_hours == 160
    assert "80.0 person-hours stay missing" in str(hiring_summary(found)[1])


def test_one_fewer_over_two_kinds() -> None:
    """Two kinds that serve alike: all mixes of one hire are tried, and none does."""
    kinds = [{"languages": "en", "max": 2}, {"languages": "en", "max": 2, "weekly_hours": 40}]
    scenario = desk().replace(need={"chat en": 3}, hires={"types": kinds})
    found = hire(scenario, "fewest")
    assert found.hires == 2
    assert found.fewer is not None
    assert found.fewer.bound == 80
    asked = asked_for(scenario, "fewest")
    assert sum(counts([one.name for one in found.taken], asked).values()) == 2
    assert one_fewer(found.made, asked, 0).missing_hours == 160


def test_hires_whom_no_rule_lets_work_are_told() -> None:
    """Forty hours a week, and two shifts a week at most: nobody can be taken so, and that is said."""
    rules = "rules: [{weekly_hours: {at_least: contract}}, {shifts_a_week: {at_most: 2}}]\n"
    found = hire(desk(rules).replace(people=[{"count": 1, "weekly_hours": 16}]), "fewest")
    assert found.taken == ()
    assert found.never == ("hire 1: en", "hire 2: en", "hire 3: en")
    assert "their rules leave no legal tour: hire 1: en; hire 2: en" in str(hiring_summary(found)[-2])


def test_a_hire_brings_no_queue() -> None:
    text = "people: 2\nvolume: 40\nhires: {types: [{languages: fi}]}\nsolve: {hire: yes, outsource: yes}"
    made = Scenario.from_text(text + "\noutsource: {languages: sv}")
    assert [queue.name for queue in made.queues] == ["email en"]


def test_a_plain_plan_hires_nobody() -> None:
    assert [agent.name for agent in desk(PARTNER).team.agents] == ["Person 1"]
    assert len(desk(PARTNER).replace(solve={"hire": "yes", "outsource": "yes"}).team.agents) == 5


def test_somebody_to_hire_is_needed() -> None:
    for mode in ("fewest", "cheapest"):
        with pytest.raises(ScenarioError, match="names nobody to hire"):
            hire(desk().replace(hires={"types": []}), mode)


def test_stopped_early_keeps_a_plan() -> None:
    found = hire(desk(), "fewest", is_cancelled=lambda: True)
    assert found.cancelled
    assert found.fewer is None
    assert "stopped" in str(hiring_summary(found)[-1])


def test_files_read_back_and_the_team_can_be_pasted(tmp_path: Path) -> None:
    found = hire(desk(), "fewest")
    write_hiring(found, tmp_path, date(2026, 1, 15))
    files = read_plan(tmp_path)
    assert files.record["hires"] == 1
    assert files.record["missing_hours"] == 0
    header, row = (tmp_path / "hires.csv").read_text(encoding="utf-8").splitlines()
    told = dict(zip(header.split(","), row.split(","), strict=True))
    assert (told["name"], told["paid_hours"], told["cost"]) == ("hire 1: en", "80.0000", "1120.00")
    assert (told["decide_by"], told["earliest"]) == ("2026-04-06", "2026-03-12")
    scenario = Scenario.from_text(
        DESK.replace("people: [{count: 1, languages: en, cost: 15}]", "team: team-with-hires.csv"),
        folder=tmp_path,
    )
    assert scenario.team.agents == found.made.scenario.team.agents
    assert audit(tmp_path / "rota.csv", scenario) == ()


def test_team_text_guards_formulas_and_keeps_leave() -> None:
    people = (
        "agents: [{name: =Bo, languages: 'en, it(email) x1.3', leave: 2026-06-02..2026-06-03, nights: no}]\n"
    )
    scenario = Scenario.from_text(people)
    row = team_text(scenario).splitlines()[1]
    assert row.startswith('\'=Bo,,"en, it(email) x1.3"')
    assert row.endswith("no,,,2026-06-02..2026-06-03,,,")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hires: {types: [{max: 60}]}", "60 hires and seats are more than 50"),
        ("hires: {types: [{site: Rome}]}\nsites: [{name: Milan}]", 'there is no site "Rome"'),
        ("outsource: {minimum: much}", '"much" is not an amount a month'),
        ("outsource: {}\nshifts: [{name: partner, start: 08:00}]", "give this shift another name"),
    ],
)
def test_mistakes(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        Scenario.from_text(text)
    assert told in str(caught.value)
