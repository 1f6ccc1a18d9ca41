"""A fair share by hand: what the ledger brings decides who gets fewer now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.people import Agent, Site, Team
from planner.rota import ShiftType, options_for, shift_of
from planner.rules import REGISTRY, amounts, calendars, read_rules

MONDAY = date(2026, 3, 2)
KINDS = (
    ShiftType("early", (375,), 480),
    ShiftType("night", (1320,), 480),
    ShiftType("small hours", (180,), 480),
)
ROME = Site("Rome", "Europe/Rome", "Rome", night=(1320, 360))


def team(**contracts: int) -> Team:
    agents = [
        Agent(name, "Rome", "Europe/Rome", {}, weekly_minutes=60 * hours) for name, hours in contracts.items()
    ]
    return Team(tuple(agents), (ROME,))


def shares(people, rule, **balances):
    found = calendars(people, KINDS, MONDAY, 28, balances=balances)
    return {name: rule.share(calendar) for name, calendar in found.items()}


def fair(of="nights", **settings):
    return REGISTRY["fair_share"](of=of, **settings)


def test_who_did_more_before_gets_fewer_now():
    ledger = {"Anna": {"nights": 12, "days": 84}, "Bo": {"nights": 4, "days": 84}}
    assert shares(team(Anna=40, Bo=40), fair(a_week=2), **ledger) == {"Anna": 0, "Bo": 8}
    ledger["Anna"]["nights"] = 8
    assert shares(team(Anna=40, Bo=40), fair(a_week=2), **ledger) == {"Anna": 2, "Bo": 6}


def test_the_ledgers_mean_is_what_there_is_to_share():
    ledger = {"Anna": {"nights": 9, "days": 84}, "Bo": {"nights": 3, "days": 84}}  # one a week
    assert shares(team(Anna=40, Bo=40), fair(), **ledger) == {"Anna": 0, "Bo": 5}
    assert shares(team(Anna=40, Bo=40), fair()) == {"Anna": None, "Bo": None}


def test_part_timers_have_a_part():
    assert shares(team(Anna=40, Bo=20), fair(a_week=3)) == {"Anna": 8, "Bo": 4}
    ledger = {"Anna": {"weekends": 6, "days": 84}, "Bo": {"weekends": 6, "days": 84}}
    assert shares(team(Anna=40, Bo=20), fair("weekends", a_week=1.5), **ledger) == {"Anna": 6, "Bo": 0}


def test_newcomers_need_not_make_up_for_weeks_before_they_came():
    ledger = {"Anna": {"nights": 12, "days": 84}}
    assert shares(team(Anna=40, New=40), fair(a_week=1), **ledger) == {"Anna": 1, "New": 4}


def test_leave_makes_a_share_smaller():
    people = team(Anna=40, Bo=40)
    away = frozenset(date(2026, 3, day) for day in range(2, 16))
    people = Team((replace(people.agents[0], unavailable=away), people.agents[1]), people.sites)
    assert shares(people, fair(a_week=3)) == {"Anna": 4, "Bo": 8}


def test_who_works_no_nights_has_none_and_takes_none():
    people = team(Anna=40, Bo=40)
    people = Team((replace(people.agents[0], nights=False), people.agents[1]), people.sites)
    assert shares(people, fair(a_week=1)) == {"Anna": 0, "Bo": 4}
    assert shares(people, fair("weekends", a_week=1)) == {"Anna": 2, "Bo": 2}


@pytest.mark.parametrize("a_week", [0.5, 1, 7, 13.25])
def test_shares_are_enough_for_all_there_is(a_week):
    ledger = {"Anna": {"nights": 12, "days": 84}, "Bo": {"nights": 1, "days": 30}}
    found = shares(team(Anna=40, Bo=40, Cleo=24), fair(a_week=a_week), **ledger)
    assert sum(found.values()) >= a_week * 4


def test_early_starts_are_no_nights_and_the_judge_agrees():
    people = team(Anna=40)
    calendar = calendars(people, KINDS, MONDAY, 7)["Anna"]
    rule = fair("early_starts", a_week=1)
    early, night, small = (
        options_for(people.agents[0], [kind], MONDAY, 3)[day][0] for day, kind in enumerate(KINDS)
    )
    twice = replace(early, day=4, start=early.start + 4 * 96, end=early.end + 4 * 96)
    options = [early, night, small, twice]
    [shape] = rule.shapes(calendar)
    shifts = [shift_of(option, people.agents[0], None, MONDAY) for option in options]
    [found] = rule.check(calendar, shifts, [])
    assert (found.amount, found.day.isoformat()) == (1, "2026-03-06")
    assert amounts(shape, calendar, options) == 1
    assert "2 early starts, the fair share is 1 (0 before)" in str(found.message)


def test_as_a_scenario_writes_it():
    [rule] = read_rules([{"fair_share": {"of": "public_holidays", "within": "1", "penalty": "40"}}])
    assert (rule.within, rule.hard, rule.a_week) == (1, False, None)
    assert "Public holidays in turn" in str(rule.explain())
