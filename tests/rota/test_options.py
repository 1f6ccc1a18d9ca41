"""Options: local starts become instants, also where clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clock import quarter_of, shift_lengths, to_utc
from planner.people import Agent
from planner.rota import ShiftType, break_starts, option_of, options_for, shift_of

DAY = ShiftType("day", (420, 480), 540, break_minutes=60)
NIGHT = ShiftType("night", (1320,), 480)
ON_CALL = ShiftType(
    "on call", (0,), 1440, kind="on_call", pay_share=0.15, counted=False, teams=frozenset({"engineer"})
)


@given(
    zone=st.sampled_from(
        ["Europe/Rome", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"]
    ),
    first=st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    start=st.integers(0, 95).map(lambda quarter: quarter * 15),
    length=st.integers(4, 48).map(lambda quarter: quarter * 15),
)
def test_lengths_are_the_clocks(zone, first, start, length):
    kind = ShiftType("x", (start,), length, break_minutes=15)
    for index, options in enumerate(options_for(Agent("A", "", zone, {}), [kind], first, 3)):
        day = first + timedelta(days=index)
        expected = shift_lengths(day, start, start + length, zone, 15) if start + length <= 1440 else None
        paid = (to_utc(day, start + length, zone) - to_utc(day, start, zone)).total_seconds() / 60 - 15
        assert [o.paid_minutes for o in options] == ([paid] if paid > 0 else [])
        if expected and options:
            assert options[0].start == quarter_of(expected.start)
            assert options[0].paid_minutes == expected.paid_minutes


def test_sorted_by_start_end_and_name():
    types = [replace(DAY, name="b"), NIGHT, replace(DAY, name="a")]
    [options] = options_for(Agent("A", "", "UTC", {}), types, date(2026, 3, 2), 1)
    assert [(o.start_minute, o.name) for o in options] == [
        (420, "a"), (420, "b"), (480, "a"), (480, "b"), (1320, "night"),
    ]  # fmt: skip


def test_types_for_other_teams_are_skipped():
    anna, eve = Agent("Anna", "", "UTC", {}), Agent("Eve", "", "UTC", {}, teams=frozenset({"engineer"}))
    assert options_for(anna, [ON_CALL], date(2026, 3, 2), 1) == ((),)
    [[duty]] = options_for(eve, [ON_CALL], date(2026, 3, 2), 1)
    assert (duty.counted_minutes, duty.paid_minutes, duty.pay_share, duty.kind) == (0, 1440, 0.15, "on_call")


def test_a_type_is_not_given_on_closed_days_of_a_zone():
    off = frozenset({("Europe/Rome", date(2026, 3, 3)), ("Asia/Manila", date(2026, 3, 4))})
    kinds = [replace(DAY, not_on=off), NIGHT]
    found = options_for(Agent("A", "", "Europe/Rome", {}), kinds, date(2026, 3, 2), 3)
    assert [[option.name for option in day] for day in found] == [
        ["day", "day", "night"], ["night"], ["day", "day", "night"],
    ]  # fmt: skip
    assert options_for(Agent("A", "", "UTC", {}), kinds, date(2026, 3, 2), 3) != found
    assert all(len(day) == 3 for day in options_for(Agent("A", "", "UTC", {}), kinds, date(2026, 3, 2), 3))


def test_a_duty_that_the_clock_change_swallows_does_not_exist():
    hour = ShiftType("hour", (120,), 60)  # 02:00 to 03:00 on the night without that hour
    assert options_for(Agent("A", "", "Europe/Rome", {}), [hour], date(2026, 3, 29), 1) == ((),)


@pytest.mark.parametrize("zone", ["Europe/Rome", "Asia/Manila"])
def test_shift_and_option_are_the_same_duty(zone):
    anna = Agent("Anna", "Rome", zone, {})
    for options in options_for(anna, [DAY, NIGHT], date(2026, 10, 23), 4):
        for option in options:
            shift = shift_of(option, anna, None, date(2026, 10, 23))
            assert option_of(shift, date(2026, 10, 23)) == option
            assert shift.day == date(2026, 10, 23) + timedelta(days=option.day)
            assert shift.break_minutes == option.break_minutes


@given(
    start=st.integers(0, 95),
    first=st.integers(0, 20),
    width=st.integers(0, 12),
    step=st.sampled_from([15, 30, 45, 60]),
)
def test_breaks_are_listed_from_the_middle_outwards(start, first, width, step):
    window = (first * 15, (first + width) * 15)
    kind = ShiftType("x", (start * 15,), 600, 30, window, step)
    [[option]] = options_for(Agent("A", "", "UTC", {}), [kind], date(2026, 3, 2), 1)
    starts = [(at - option.start) * 15 for at in break_starts(option, kind)]
    every = list(range(window[0], window[1] + 1, step))
    assert sorted(starts) == every
    middle = (every[0] + every[-1]) / 2
    away = [abs(at - middle) for at in starts]
    assert away == sorted(away)
    for before, after in pairwise(starts):
        assert abs(before - middle) < abs(after - middle) or before < after


def test_breaks_stay_inside_the_duty():
    night = ShiftType("night", (1320,), 480, break_minutes=60, break_window=(360, 480))
    [options] = options_for(Agent("A", "", "Europe/Rome", {}), [night], date(2026, 3, 28), 1)
    assert [(start - options[0].start) * 15 for start in break_starts(options[0], night)] == [360]
    short = replace(night, present_minutes=300)  # 4 hours in fact, the window begins at 6
    [options] = options_for(Agent("A", "", "Europe/Rome", {}), [short], date(2026, 3, 28), 1)
    assert [(start - options[0].start) * 15 for start in break_starts(options[0], short)] == [180]
