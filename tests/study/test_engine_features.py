"""Features of shifts through a whole plan, each in a small world whose answer is worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from planner.clock import zone_named
from planner.rota import Rota, Shift
from planner.study.plan import Plan, plan
from planner.study.scenario import Scenario

PLAN = "solve: {effort: quick}\n"


def planned(text: str) -> Plan:
    return plan(Scenario.from_text(text + PLAN))


def local(shift: Shift) -> str:
    return f"{shift.start.astimezone(zone_named(shift.zone)):%a %H:%M}"


def hours_of(rota: Rota, agent: str) -> float:
    return sum(shift.paid_minutes for shift in rota.tour(agent)) / 60


@pytest.mark.parametrize(
    ("interval", "step", "opens", "closes"),
    [
        (15, 15, "09:15", "17:15"),
        (15, 15, "09:45", "17:45"),
        (30, 30, "09:30", "17:30"),
        (30, 15, "09:30", "17:30"),
        (60, 60, "10:00", "18:00"),
    ],
)
def test_starts_every_15_30_or_60_minutes(interval: int, step: int, opens: str, closes: str) -> None:
    made = planned(f"""
period: {{first_day: 2026-06-01, weeks: 1}}
interval: {interval} min
people: 1
need: {{seat: 1}}
opening_hours: [{{days: mon-fri, open: '{opens}', close: '{closes}'}}]
shifts: [{{name: day, start: 08:00-12:00 every {step} min, paid_hours: 8}}]
""")
    # One person of 8 hours meets 8 open hours from one start only.
    assert made.result.missing_hours == 0
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    assert [local(shift) for shift in made.rota.shifts] == [f"{day} {opens}" for day in days]


def test_an_interval_is_met_only_if_all_its_quarters_are() -> None:
    made = planned("""
period: {first_day: 2026-06-01, weeks: 1}
interval: 60 min
people: 1
need: {seat: 1}
opening_hours: [{days: mon, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:15, paid_hours: 8}]
""")
    # From 09:15 to 17:15: the hour from 09:00 is not met, the other seven are.
    assert made.result.missing_hours == 1
    assert len(made.rota.shifts) == 1


def test_the_right_one_of_two_lengths() -> None:
    made = planned("""
period: {first_day: 2026-06-01, weeks: 2}
agents: [{name: Ana, cost: 10, languages: en}, {name: Bia, cost: 10, languages: en}]
need: {seat: 1}
opening_hours:
- {days: 'mon, wed', open: 09:00, close: 17:00}
- {days: 'tue, thu', open: 09:00, close: 13:00}
- {days: fri, open: 09:00, close: 21:00}
shifts:
- {name: long, start: 09:00-13:00 every 60 min, paid_hours: 8}
- {name: short, start: 09:00-17:00 every 60 min, paid_hours: 4}
""")
    # 8 + 8 hours by long shifts, 4 + 4 by short ones, 12 on Friday by one of each: 36 hours a week.
    assert made.result.missing_hours == 0
    assert made.result.objective.labour == 2 * 36 * 1000
    assert 0.999 * 72000 <= made.result.bound_cents <= 72000
    kinds = Counter((f"{shift.start:%a}", shift.name) for shift in made.rota.shifts)
    assert kinds["Tue", "short"] == kinds["Thu", "short"] == 2
    paid = Counter[str]()
    for shift in made.rota.shifts:
        paid[f"{shift.start:%a}"] += shift.paid_minutes
    assert paid == {"Mon": 960, "Tue": 480, "Wed": 960, "Thu": 480, "Fri": 1440}


@pytest.mark.parametrize("people", [2, 3, 4])
def test_breaks_do_not_meet_where_another_place_is_free(people: int) -> None:
    made = planned(f"""
period: {{first_day: 2026-06-01, weeks: 1}}
people: {people}
need: {{seat: {people - 1}}}
opening_hours: [{{days: mon-fri, open: 09:00, close: 18:00}}]
shifts: [{{name: day, start: 09:00, paid_hours: 8, break: 1 h unpaid, break_after: 3 h to 6 h}}]
""")
    # One more than the need is there, so that breaks must come one after the other: 12:00, 13:00, 14:00 ...
    assert made.result.missing_hours == 0
    for day in range(5):
        here = [s for s in made.rota.shifts if s.day == date(2026, 6, 1) + timedelta(days=day)]
        breaks = sorted(shift.break_start for shift in here if shift.break_start)
        assert len(here) == len(breaks) == people
        assert all(later - first >= timedelta(hours=1) for first, later in pairwise(breaks))
        assert all(12 <= at.hour + at.minute / 60 <= 15 for at in breaks)


def test_a_break_goes_where_nobody_is_needed() -> None:
    made = planned("""
period: {first_day: 2026-06-01, weeks: 1}
people: 1
need: {seat: 1}
opening_hours:
- {days: mon-fri, open: 09:00, close: 12:30}
- {days: mon-fri, open: 13:30, close: 18:00}
shifts: [{name: day, start: 09:00, paid_hours: 8, break: 1 h unpaid, break_after: 3 h to 5 h}]
""")
    # Closed from 12:30 to 13:30: the one place among those from 12:00 to 14:00 at which nobody is missed.
    assert made.result.missing_hours == 0
    assert [f"{shift.break_start:%H:%M}" for shift in made.rota.shifts] == ["12:30"] * 5


def test_a_part_timer_works_their_hours() -> None:
    text = """
period: {first_day: 2026-06-01, weeks: 1}
agents: [{name: Ana, languages: en}, {name: Bia, languages: en, weekly_hours: HOURS}]
need: {seat: 1}
opening_hours: [{days: all, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
rules: [weekly_hours: {at_most: contract}]
"""
    # 56 hours: 40 of Ana and two days of Bia; of 12 hours a week only one shift fits.
    made = planned(text.replace("HOURS", "20"))
    assert made.result.missing_hours == 0
    assert (hours_of(made.rota, "Ana"), hours_of(made.rota, "Bia")) == (40, 16)
    less = planned(text.replace("HOURS", "12"))
    assert less.result.missing_hours == less.result.missing_hours_bound == 8
    assert (hours_of(less.rota, "Ana"), hours_of(less.rota, "Bia")) == (40, 8)


def test_part_time_contracts_are_met_on_both_sides() -> None:
    made = planned("""
period: {first_day: 2026-06-01, weeks: 2}
agents:
- {name: Ana, languages: en, weekly_hours: 40}
- {name: Bia, languages: en, weekly_hours: 20}
- {name: Cid, languages: en, weekly_hours: 12}
need: {seat: 1}
opening_hours: [{days: mon-fri, open: 08:00, close: 20:00}]
shifts:
- {name: long, start: '08:00, 12:00', paid_hours: 8}
- {name: short, start: '08:00, 12:00, 16:00', paid_hours: 4}
rules: [weekly_hours: {at_least: contract, at_most: contract}]
""")
    assert made.result.missing_hours == 0
    assert [hours_of(made.rota, name) for name in ("Ana", "Bia", "Cid")] == [80, 40, 24]


@pytest.mark.parametrize(("first_day", "hours"), [("2026-03-23", 7), ("2026-10-19", 9), ("2026-06-01", 8)])
def test_a_week_in_which_clocks_change(first_day: str, hours: int) -> None:
    made = planned(f"""
zone: Europe/Rome
period: {{first_day: {first_day}, weeks: 1}}
sites: [{{name: Rome, night: 22:00-06:00, night_premium: 20%}}]
people: {{count: 2, cost: 10}}
need: {{seat: 1}}
opening_hours: [{{days: all, open: 22:00, close: 06:00}}]
shifts: [{{name: night, start: 22:00, paid_hours: 8}}]
rules: [minimum_rest: {{hours: 11 h}}]
""")
    # Seven nights; that from Saturday to Sunday lasts 7, 9 or 8 hours. All are paid, as night hours.
    assert made.result.missing_hours == 0
    assert [shift.elapsed_minutes / 60 for shift in made.rota.shifts] == [8, 8, 8, 8, 8, hours, 8]
    paid = 48 + hours
    assert (made.result.objective.labour, made.result.objective.premiums) == (1000 * paid, 200 * paid)


def test_each_site_works_on_its_own_clock() -> None:
    made = planned("""
zone: Europe/Lisbon
period: {first_day: 2026-03-23, weeks: 2}
sites: [{name: Manila, zone: Asia/Manila}]
agents:
- {name: Ana, site: Manila, languages: en}
- {name: Bia, site: Manila, languages: en}
need: {seat: 1}
opening_hours: [{days: all, open: 00:00, close: 08:00}]
shifts: [{name: day, start: '07:00, 08:00', paid_hours: 8}]
""")
    # Midnight in Lisbon is 08:00 in Manila until 29 March and 07:00 after it; on that day Lisbon is open for
    # 7 hours, which both starts cover.
    assert made.result.missing_hours == 0
    starts = [local(shift)[4:] for shift in made.rota.shifts]
    assert (starts[:6], starts[7:]) == (["08:00"] * 6, ["07:00"] * 7)
    assert np.array_equal([shift.elapsed_minutes for shift in made.rota.shifts], [480] * 14)
