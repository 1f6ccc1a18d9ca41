"""Cost to the cent, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.rota import Allowance, Rota, ShiftType, options_for, pay_terms, rota_cost, shift_cost, shift_of


@pytest.mark.parametrize(
    ("start", "end", "base", "premium"),
    [
        # 8 paid hours of 21.35 are 170.80; 8, 7 and 9 hours of night at 15 %.
        ("2026-03-10 22:00", "2026-03-11 06:00", 17080, 2562),
        ("2026-03-28 22:00", "2026-03-29 06:00", 14945, 2242),  # 22.4175 rounds half up at 22.42
        ("2026-10-24 22:00", "2026-10-25 06:00", 19215, 2882),  # 28.8225
        ("2026-03-10 14:00", "2026-03-10 23:00", 19215, 320),  # one hour of night: 3.2025
        ("2026-03-10 08:00", "2026-03-10 16:00", 17080, 0),
        ("2026-03-10 08:00", "2026-03-10 08:10", 356, 0),  # 3.558 of a hand-made shift
    ],
)
def test_night_premium(team, shift_at, start, end, base, premium):
    cost = shift_cost(shift_at("Anna", start, end), "Anna", pay_terms(team))
    assert (cost.base_cents, cost.premium_cents) == (base, premium)
    assert cost.total_cents == base + premium


def test_break_is_taken_from_hours_without_premium_first(team, shift_at):
    terms = pay_terms(team)
    whole_night = shift_at("Anna", "2026-03-10 22:00", "2026-03-11 06:00", break_minutes=60)
    assert shift_cost(whole_night, "Anna", terms).premium_cents == round(7 * 2135 * 0.15)
    late = shift_at("Anna", "2026-03-10 16:00", "2026-03-11 01:00", break_minutes=60)
    assert shift_cost(late, "Anna", terms).premium_cents == round(3 * 2135 * 0.15)


def test_premiums_add_up_on_a_holiday_night(team, shift_at):
    easter_monday = shift_at("Anna", "2026-04-06 20:00", "2026-04-07 04:00")  # 4 h holiday, 6 h night
    cost = shift_cost(easter_monday, "Anna", pay_terms(team, {"Rome": 0.5}))
    assert cost.premium_cents == round(2135 * (4 * 0.5 + 6 * 0.15))
    assert shift_cost(easter_monday, "Anna", pay_terms(team)).premium_cents == round(2135 * 6 * 0.15)


def test_on_call_pays_its_share(team, shift_at):
    duty = shift_at(
        "Eve", "2026-03-10 08:00", "2026-03-10 20:00", kind="on_call", pay_share=0.15, counted=False
    )
    assert shift_cost(duty, "Eve", pay_terms(team)).base_cents == 5400  # 12 h x 30.00 x 15 %


def test_allowance_per_duty(team, shift_at):
    terms = pay_terms(team, allowances=(Allowance((1200, 240), 600),))
    for start, paid in [("19:45", 0), ("20:00", 600), ("03:45", 600), ("04:00", 0)]:
        shift = shift_at("Bo", f"2026-03-10 {start}", "2026-03-11 05:00", "Asia/Manila")
        plain = shift_cost(shift, "Bo", pay_terms(team)).premium_cents
        assert shift_cost(shift, "Bo", terms).premium_cents - plain == paid


def test_option_and_shift_cost_the_same(team):
    terms = pay_terms(team, {"Rome": 0.3})
    types = [ShiftType("day", (480,), 540, break_minutes=45), ShiftType("night", (1320,), 480, pay_share=0.9)]
    anna, first = team.agent("Anna"), date(2026, 3, 26)
    shifts = []
    for options in options_for(anna, types, first, 12):
        for option in options:
            shifts.append(shift_of(option, anna, None, first))
            assert shift_cost(option, "Anna", terms) == shift_cost(shifts[-1], "Anna", terms)
    rota = Rota("x", first, 12, ("Anna",), tuple(sorted(shifts)))
    total = sum(shift_cost(shift, "Anna", terms).total_cents for shift in shifts)
    assert rota_cost(rota, terms).total_cents == total
    carried = replace(rota, shifts=tuple(replace(shift, status="carried") for shift in shifts))
    assert rota_cost(carried, terms).total_cents == 0
