"""Call-outs: how many are expected, what they cost, after which duties people rest; figures by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from planner._errors import ScenarioError
from planner.rota import Rota, Shift
from planner.study import steps
from planner.study.call_outs import CallOuts, call_outs, contacts_while_open, rests_after_call_outs
from planner.study.plan import plan
from planner.study.record import plan_record
from planner.study.scenario import Scenario
from planner.study.summary import summary

DESK = """
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 1}
agents:
- {name: Ana, languages: en}
- {name: Bia, languages: en}
- {name: Eva, languages: en, teams: engineer, cost: 30, weekly_hours: 16}
- {name: Gil, languages: en, teams: engineer, cost: 20, weekly_hours: 16}
queues: [{name: email en}]
volume: 100 a weekday
opening_hours: [{days: mon-fri, open: 00:00, close: 24:00}]
shifts:
- {name: day, start: 09:00, paid_hours: 8}
- {name: on call day, start: 07:00, paid_hours: 12, kind: on_call, teams: engineer}
- {name: on call night, start: 19:00, paid_hours: 12, kind: on_call, teams: engineer}
"""
ROLE = "{role: engineer, share: 5%, takes: 45 min, call_out_minimum: 2 h, rest_after_call_out: 11 h}"


def desk(role: str = ROLE) -> Scenario:
    """A desk of 100 contacts a weekday, spread evenly over day and night."""
    made = Scenario.from_text(f"{DESK}escalation: [{role}]")
    volumes = made.expected
    even = np.full_like(volumes.mean, 100 / 48)
    made.__dict__["expected"] = replace(volumes, mean=even, low=even, high=even)
    return made


def duty(agent: str, start: str, hours: float, name: str = "on call night", kind: str = "on_call") -> Shift:
    begins = datetime.fromisoformat(start).replace(tzinfo=UTC)  # Lisbon is an hour ahead in summer
    day = (begins + timedelta(hours=1)).date()
    return Shift(begins, agent, begins + timedelta(hours=hours), day, name, "Europe/Lisbon", kind)


def rota(*shifts: Shift) -> Rota:
    return Rota("desk", date(2026, 6, 1), 7, ("Ana", "Bia", "Eva", "Gil"), tuple(sorted(shifts)))


def test_call_outs_of_a_duty_by_hand() -> None:
    # 12 h of 100 / 24 contacts an hour are 50; 5 % of them are 2.5 call-outs of 2 h at 30 an hour.
    [found] = call_outs(rota(duty("Eva", "2026-06-01T18:00", 12)), desk())
    assert (found.role, found.duties, found.cents) == ("engineer", 1, 15_000)
    assert (found.expected, found.paid_hours) == pytest.approx((2.5, 5.0))
    assert found.chance == pytest.approx(1 - math.exp(-2.5))


def test_what_takes_longer_than_the_minimum_is_paid_in_full() -> None:
    longer = ROLE.replace("45 min", "3 h")
    [found] = call_outs(rota(duty("Eva", "2026-06-01T18:00", 12)), desk(longer))
    assert (found.paid_hours, found.cents) == (pytest.approx(7.5), 22_500)


def test_people_on_call_together_share_the_cases() -> None:
    both = rota(duty("Eva", "2026-06-01T18:00", 12), duty("Gil", "2026-06-01T18:00", 12))
    [found] = call_outs(both, desk())
    assert (found.duties, found.expected) == (2, pytest.approx(2.5))
    assert found.cents == 6250 * 2 // 2 + 7500 - 1250  # 1.25 x 2 h at 30, and at 20


def test_hours_at_work_and_closed_hours_have_no_call_outs() -> None:
    # At work from 09:00 UTC on for two of the twelve hours; on Saturday and Sunday nothing is open.
    working = duty("Eva", "2026-06-02T05:00", 8, "day", "work")
    [found] = call_outs(rota(duty("Eva", "2026-06-01T18:00", 12), working), desk())
    assert found.expected == pytest.approx(11 * 100 / 24 * 0.05)
    [weekend] = call_outs(rota(duty("Eva", "2026-06-06T06:00", 12)), desk())
    [sunday] = call_outs(rota(duty("Eva", "2026-06-07T18:00", 12)), desk())
    assert sunday.expected == pytest.approx(7 * 100 / 24 * 0.05)  # until Monday 07:00, as in the first week
    assert weekend == CallOuts("engineer", 1, 0.0, 0.0, 0.0, 0)


def test_nothing_stated_is_nothing_expected() -> None:
    nights = rota(duty("Eva", "2026-06-01T18:00", 12))
    assert call_outs(nights, desk("{role: engineer, call_out_minimum: 2 h}")) == ()
    assert call_outs(nights, desk("{role: engineer, share: 5%}")) == ()
    assert not rests_after_call_outs(desk("{role: engineer, share: 5%}"))


def test_rest_follows_the_duties_in_which_a_call_out_is_likely() -> None:
    found = rests_after_call_outs(desk())
    assert sorted(found) == ["Eva", "Gil"]
    # Friday's night has 5 open hours: 1.04 call-outs, still likely; Sunday's has 7. Days are given mon-fri.
    rules = [(rule.hours, rule.shifts, rule.weekdays) for rule in found["Eva"]]
    assert rules == [(11.0, ("on call day", "on call night"), "")]


def test_rest_from_another_chance() -> None:
    # 2.5 call-outs are a chance of 92 %, 1.04 on Friday night one of 65 %, 1.46 on Sunday's one of 77 %.
    rare = rests_after_call_outs(desk(ROLE.replace("11 h}", "11 h, rest_from_chance: 90%}")))
    assert [(rule.shifts, rule.weekdays) for rule in rare["Eva"]] == [
        (("on call day",), ""),
        (("on call night",), "mon-thu"),
    ]
    assert not rests_after_call_outs(desk(ROLE.replace("11 h}", "11 h, rest_from_chance: 95%}")))


def test_the_judge_asks_for_the_rest() -> None:
    early = duty("Eva", "2026-06-02T08:00", 8, "day", "work")
    tired = rota(duty("Eva", "2026-06-01T18:00", 12), early)
    found = [v for v in steps.audit(tired, desk()) if v.rule == "rest_after_on_call"]
    assert [(v.agent, v.day, v.amount, v.hard) for v in found] == [("Eva", date(2026, 6, 2), 540, True)]
    rare = desk(ROLE.replace("share: 5%", "share: 1%"))  # 0.5 call-outs: a chance of 39 %
    assert not [v for v in steps.audit(tired, rare) if v.rule == "rest_after_on_call"]


def test_contacts_are_counted_while_open() -> None:
    found = contacts_while_open(desk())
    assert found.came.sum() == pytest.approx(500.0)
    assert found.came[5 * 96 :].sum() == 0.0


def test_a_plan_keeps_the_rest_and_tells_the_cost_apart() -> None:
    text = DESK.replace("weeks: 1", "weeks: 1") + f"escalation: [{ROLE}]\nsolve: {{effort: quick, rounds: 1}}"
    made = plan(Scenario.from_text(text))
    assert not [v for v in made.violations if v.rule == "rest_after_on_call"]
    record = plan_record(made)
    outs = record["call_outs"]
    assert outs["expected"] == outs["roles"][0]["expected"] > 0
    assert outs["cost_with_call_outs"] == pytest.approx(record["cost"] + outs["cost"])
    told = [str(line) for line in summary(made)]
    assert [line for line in told if line.startswith("engineer on call: about ")]
    assert [line for line in told if "a call-out is likely (chance of 50 % or more)" in line]


def test_what_is_missing_for_it_is_told() -> None:
    unknown = Scenario.from_text(f"{DESK}escalation: [{{role: engineer, call_out_minimum: 2 h}}]")
    assert next(str(n) for n in unknown.notices if "call_out_minimum" in str(n)).endswith(
        "no share of contacts is stated for engineer, so no call-out is expected, paid or rested for; "
        "write share: 2%"
    )


@pytest.mark.parametrize("engine", ["search", "cp-sat"])
def test_the_engine_gives_the_rest(engine: str) -> None:
    made = plan(
        Scenario.from_text(f"""
period: {{first_day: 2026-06-01, weeks: 1}}
agents:
- {{name: Eva, languages: en, teams: engineer}}
- {{name: Gil, languages: en, teams: engineer}}
need: {{seat: 1}}
opening_hours: [{{days: mon-fri, open: 09:00, close: 17:00}}]
escalation: [{{role: engineer}}]
shifts:
- {{name: day, start: 09:00, paid_hours: 8}}
- {{name: on call, start: 09:00, paid_hours: 8, kind: on_call, teams: engineer}}
rules:
- rest_after_on_call: {{hours: 20 h}}
- max_on_call: {{duties: 3}}
solve: {{effort: quick, engine: {engine}}}
""")
    )
    # One is at work, one on call, 16 hours apart from the next day. Nobody is on call five times, so they
    # change places once, and whoever was on call rests that day: 8 hours are missing, and none can do better.
    assert made.result.missing_hours == 8
    assert not made.violations


CLOSED = "{queues: phone en, days: all, open: '22:00', close: '07:00'}"


def closed_desk(also: str = CLOSED) -> Scenario:
    """Closed from 22 to 7, with somebody on call then for the telephone."""
    text = DESK.replace("{name: email en}", "{name: phone en, aht: 5 min}, {name: email en}").replace(
        "volume: 100 a weekday", "volume: {phone en: 40, email en: 60}"
    )
    text = text.replace("open: 00:00, close: 24:00", "open: 07:00, close: 22:00")
    return Scenario.from_text(f"{text}escalation: [{{role: engineer, call_out_minimum: 2 h, also: {also}}}]")


def test_contacts_of_a_closed_queue_are_call_outs() -> None:
    """From 18:00 UTC for 12 h: 19 to 7 in Lisbon, of which 22 to 7 count, and the telephone alone."""
    made = closed_desk()
    volumes = made.expected
    start = volumes.first_quarter + (18 + 1 + 3) * 4
    mean = np.repeat(volumes.mean[volumes.queues.index("phone en")], 2) / 2
    by_hand = float(mean[start - volumes.first_quarter :][: 9 * 4].sum())
    [found] = call_outs(rota(duty("Eva", "2026-06-01T18:00", 12)), made)
    assert found.expected == pytest.approx(by_hand)
    assert found.paid_hours == pytest.approx(2 * by_hand)
    assert found.cents == round(100 * 2 * 30 * by_hand)


def test_the_role_is_needed_when_all_is_closed() -> None:
    made = closed_desk()
    need = steps.demand_and_need(made)[2]
    role, email = (need.queues.index(name) for name in ("engineer", "email en"))
    row = need.sets.index(frozenset({"engineer"}))
    # 24 h on weekdays, and 9 h of each night of the weekend.
    assert need.open[role].sum() == (5 * 24 + 2 * 9) * 2
    assert need.open[email].sum() == 5 * 15 * 2
    assert (need.required[row] == need.open[role]).all()


def test_hours_on_call_name_queues_that_there_are() -> None:
    with pytest.raises(ScenarioError, match='no queue "phone fr"; did you mean phone en'):
        closed_desk("{queues: phone fr}")
