"""Nobody is offered a shift on a day on which nothing is open for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.rota import options_for
from planner.rules import rules_for
from planner.study import audit, schedule
from planner.study.scenario import Scenario
from planner.study.scenario.sense import sense_mistakes
from planner.study.steps import calendars_of, demand_and_need

DESK = """\
    zone: Europe/Lisbon
    period: {first_day: 2026-03-30, weeks: 2}
    sites: [{name: Lisbon, public_holidays: Lisbon, country_rules: pt}]
    agents: [{name: Ana}, {name: Bruno}, {name: Carla}, {name: Eva, teams: engineer, weekly_hours: 0}]
    queues: [{name: email en}]
    volume: 60
    opening_hours:
    - {days: mon-fri, open: 09:00, close: 18:00}
    - {days: public holidays, closed: yes}
    shifts:
    - {name: day, start: "08:00, 09:00", paid_hours: 8, break: 1 h unpaid}
    - {name: night, start: 22:00, paid_hours: 8, kind: on_call, teams: engineer}
    escalation: [{role: engineer}]
    rules: [{weekly_hours: {at_least: contract, at_most: contract}}, {max_days_in_row: {days: 5}}]
    solve: {effort: quick, rounds: 1}
    """


def read(text: str, **changes: object) -> Scenario:
    made = Scenario.from_text(text.replace("\n    ", "\n").strip())
    return made.replace(**changes) if changes else made


def given(scenario: Scenario, name: str, person: int = 0) -> list[str]:
    """Local days, as 03-30, on which a person is offered a type."""
    kinds = [kind for kind in scenario.shift_types if kind.name == name]
    agent = scenario.team.agents[person]
    if kinds[0].teams:
        agent = type(agent)(agent.name, agent.site, agent.zone, {}, teams=kinds[0].teams)
    offered = options_for(agent, kinds, scenario.first_day, scenario.days)
    days = [scenario.first_day + timedelta(days=index) for index, day in enumerate(offered) if day]
    return [day.isoformat()[5:] for day in days]


def test_weekends_and_closed_holidays_are_left_out() -> None:
    first = ["03-30", "03-31", "04-01", "04-02"]  # Good Friday is the third
    assert given(read(DESK), "day") == [*first, "04-06", "04-07", "04-08", "04-09", "04-10"]


def test_a_type_that_never_meets_open_hours_is_never_given() -> None:
    assert given(read(DESK), "night") == []
    early = [{"days": "mon-fri", "open": "05:00", "close": "18:00"}]
    # 22:00 to 06:00 reaches into the next morning: from Sunday on, not on Friday.
    assert given(read(DESK, opening_hours=early), "night")[:7] == [
        "03-30", "03-31", "04-01", "04-02", "04-05", "04-06", "04-07",
    ]  # fmt: skip


def test_the_day_before_the_period_is_known_too() -> None:
    scenario = read(DESK, opening_hours=[{"days": "mon-fri", "open": "00:00", "close": "24:00"}])
    [night] = [kind for kind in scenario.shift_types if kind.name == "night"]
    assert ("Europe/Lisbon", date(2026, 3, 29)) not in night.not_on
    assert ("Europe/Lisbon", date(2026, 3, 28)) in night.not_on


def test_days_are_those_of_whoever_works() -> None:
    sites = [{"name": "Lisbon"}, {"name": "Manila", "zone": "Asia/Manila"}]
    scenario = read(DESK, sites=sites)
    [kind] = [kind for kind in scenario.shift_types if kind.name == "day"]
    # 09:00 to 18:00 in Manila ends at 11:00 in Lisbon; on Monday as on Friday.
    assert {day.weekday() for zone, day in kind.not_on if zone == "Asia/Manila"} == {5, 6}
    morning = scenario.replace(opening_hours=[{"days": "mon-fri", "open": "00:00", "close": "01:00"}])
    [kind] = [kind for kind in morning.shift_types if kind.name == "day"]
    # 08:00 in Manila is 01:00 in Lisbon in summer: too late.
    assert ("Asia/Manila", date(2026, 4, 1)) in kind.not_on


def test_the_end_of_a_cycle_reaches_its_beginning() -> None:
    seat = {
        "edge": "cyclic",
        "period": {"first_day": "2026-06-01", "weeks": 1},
        "opening_hours": [{"days": "mon", "open": "00:00", "close": "12:00"}],
        "shifts": [{"name": "night", "start": "22:00", "paid_hours": 8}],
        "escalation": None,
        "solve": {"engine": "cp-sat"},
    }
    assert given(read(DESK, **seat), "night") == ["06-07"]
    # The Monday after a single week is a holiday; in a cycle it is the first day again.
    holiday = {**seat, "period": {"first_day": "2026-04-20", "weeks": 1}}
    assert given(read(DESK, **holiday), "night") == ["04-26"]


def test_stated_needs_follow_their_opening_hours() -> None:
    scenario = read("need: {seat: 1}\npeople: 2\nopening_hours: [{days: sat, open: 10:00, close: 14:00}]")
    assert {day.weekday() for kind in scenario.shift_types for _, day in kind.not_on} == {0, 1, 2, 3, 4, 6}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("mon, tue", ["03-30", "03-31", "04-06", "04-07"]),
        ("tue, public holidays", ["03-31", "04-03", "04-05", "04-07"]),
        ("sat, sun", ["04-04", "04-05", "04-11", "04-12"]),
    ],
)
def test_shifts_of_some_days(days: str, expected: list[str]) -> None:
    shifts = [{"name": "day", "start": "09:00", "paid_hours": "8", "days": days}]
    opening = [{"days": "all", "open": "09:00", "close": "18:00"}]
    scenario = read(DESK, shifts=shifts, opening_hours=opening, rules=[])
    assert given(scenario, "day") == expected
    assert Scenario.from_text(scenario.dump()) == scenario


def test_an_open_day_without_a_shift_is_a_mistake() -> None:
    told = [
        str(m)
        for m in sense_mistakes(read(DESK.replace("hours: 8, break", "hours: 8, days: mon-thu, break")))
    ]
    assert any("Friday 09:00-18:00 is open but no shift reaches it" in text for text in told)
    assert sense_mistakes(read(DESK)) == ()


@pytest.mark.parametrize("engine", ["search", "cp-sat"])
def test_a_rota_keeps_closed_days_free_and_contracts_full(engine: str) -> None:
    scenario = read(DESK, solve={"engine": engine, "effort": "quick"})
    result = schedule(demand_and_need(scenario)[2], scenario)
    assert audit(result.rota, scenario) == ()
    worked = {shift.day for shift in result.rota.shifts}
    assert date(2026, 4, 2) in worked
    assert not {day for day in worked if day.weekday() > 4 or day == date(2026, 4, 3)}
    hours = [sum(s.paid_minutes for s in result.rota.tour(name)) / 60 for name in ("Ana", "Bruno", "Carla")]
    assert hours == [72, 72, 72]


def test_closed_days_that_are_no_holiday_of_the_site_leave_a_tour() -> None:
    # Christmas closes Friday for the customers; the site keeps no holidays, so nothing is credited.
    scenario = read(
        DESK,
        sites=[{"name": "Lisbon", "country_rules": "pt"}],
        public_holidays="Lisbon",
        period={"first_day": "2026-12-21", "weeks": 1},
        agents=[{"name": "Ana"}, {"name": "Eva", "teams": "engineer", "weekly_hours": "0"}],
    )
    assert given(scenario, "day") == ["12-21", "12-22", "12-23", "12-24"]
    rules = rules_for(scenario.team, scenario.rule_settings)["Ana"]
    [hours] = [rule for rule in rules if rule.name == "weekly_hours"]
    [week] = hours.shapes(calendars_of(scenario)["Ana"])
    assert (week.least, week.most) == (32 * 60, 40 * 60)
    result = schedule(demand_and_need(scenario)[2], scenario)
    assert audit(result.rota, scenario) == ()


def test_a_rota_of_before_is_a_good_start() -> None:
    scenario = read(DESK, solve={"effort": "quick"})
    every_day = read(
        DESK, solve={"effort": "quick"}, opening_hours=[{"open": "09:00", "days": "all"}], rules=[]
    )
    need = demand_and_need(scenario)[2]
    before = schedule(demand_and_need(every_day)[2], every_day).rota
    assert any(shift.day.weekday() > 4 for shift in before.shifts)
    after = schedule(need, scenario, warm=before).rota
    assert not any(shift.day.weekday() > 4 for shift in after.shifts)
    assert audit(after, scenario) == ()
