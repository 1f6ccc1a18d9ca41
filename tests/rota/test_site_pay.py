"""Premiums, minute by minute: counted on the wall clock by code that shares nothing with shift_cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import PublicHolidays, window_minutes
from planner.people import Agent
from planner.rota import Allowance, PayTerms, Shift, ShiftType, SitePay, options_for, shift_cost, shift_of
from planner.rota.site_pay import stretches

# Zones with the days around which their clocks change, and public holidays of the place.
PLACES = {
    "Europe/Rome": ("Rome", (date(2026, 3, 28), date(2026, 10, 24), date(2026, 4, 5))),
    "Asia/Kolkata": ("IN", (date(2026, 8, 14),)),
    "Asia/Kathmandu": ("", (date(2026, 5, 2),)),
    "Australia/Lord_Howe": ("AU", (date(2026, 4, 4), date(2026, 10, 3))),
    "America/St_Johns": ("CA", (date(2026, 3, 7), date(2026, 10, 31))),
    "Atlantic/Azores": ("PT", (date(2026, 3, 28), date(2026, 10, 24))),  # its clocks change at midnight
    "Africa/Cairo": ("EG", (date(2026, 4, 23), date(2026, 10, 29))),  # where some days have no midnight
}
# No edge lies in an hour that comes twice or not at all; those are tried by hand below.
NIGHTS = ((1320, 360), (1380, 420), (1200, 1260), (210, 330), (600, 600), (0, 1440))
SHARES = st.sampled_from((None, 0.0, 0.1, 0.15, 0.25, 1 / 3, 0.5, 1.0))


@st.composite
def duties(draw):
    """A duty of any minutes around a clock change or a holiday, and the pay of its site."""
    zone = draw(st.sampled_from(sorted(PLACES)))
    place, days = PLACES[zone]
    site = SitePay(
        zone,
        draw(st.sampled_from(NIGHTS)),
        draw(SHARES),
        draw(SHARES),
        PublicHolidays(place),
        draw(SHARES),
        draw(st.sampled_from(("add up", "highest"))),
    )
    day = draw(st.sampled_from(days))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    start = noon + timedelta(minutes=draw(st.integers(-900, 1500)))
    length = draw(st.integers(1, 1500))
    rest = draw(st.integers(0, length - 1)) if draw(st.booleans()) else 0
    begins = start + timedelta(minutes=draw(st.integers(0, length - rest))) if rest else None
    share = draw(st.sampled_from((1.0, 0.15, 0.9)))
    own = start.astimezone(ZoneInfo(zone)).date()
    end = start + timedelta(minutes=length)
    duty = Shift(start, "Anna", end, own, "any", zone, "work", begins, rest, "draft", share)
    return duty, site


def terms_of(site: SitePay, **more: object) -> PayTerms:
    return PayTerms({"here": site}, {"Anna": 2135}, {"Anna": "here"}, **more)  # type: ignore[arg-type]


def kinds(duty: Shift, site: SitePay) -> list[tuple[date, bool, bool, bool]]:
    """Day, night, Sunday and holiday of every minute of a duty, as the wall clock shows them."""
    opens, closes = site.night
    found = []
    for number in range(duty.elapsed_minutes):
        local = (duty.start + timedelta(minutes=number)).astimezone(ZoneInfo(site.zone))
        minute = 60 * local.hour + local.minute
        night = opens <= minute < closes if opens < closes else minute >= opens or minute < closes
        holiday = site.holidays.name_of(local.date()) is not None
        found.append((local.date(), night, local.isoweekday() == 7, holiday))
    return found


def premium(kind: tuple[date, bool, bool, bool], site: SitePay) -> Fraction:
    """Share on top of base pay of a minute, in millionths as money is counted here."""
    known = (site.night_premium, site.sunday_premium, site.holiday_premium)
    due = [
        Fraction(round((share or 0) * 10**6), 10**6) for on, share in zip(kind[1:], known, strict=True) if on
    ]
    return max(due, default=Fraction(0)) if site.premiums == "highest" else sum(due, Fraction(0))


def half_up(cents: Fraction) -> int:
    return floor(cents + Fraction(1, 2))


def by_hand(duty: Shift, site: SitePay) -> tuple[int, int]:
    """Base and premium cents: every minute but the cheapest ones, which are the unpaid break."""
    minute = Fraction(2135, 60) * Fraction(str(duty.pay_share))
    shares = sorted(premium(kind, site) for kind in kinds(duty, site))
    paid = shares[duty.break_minutes :]
    return half_up(minute * len(paid)), half_up(minute * sum(paid, Fraction(0)))


@given(duties())
@settings(max_examples=150)
def test_stretches_are_the_minutes_of_the_wall_clock(made):
    duty, site = made
    found = stretches(duty.start, duty.end, site)
    assert (found[0].start, found[-1].end) == (duty.start, duty.end)
    minutes = [each[2:6] for each in found for _ in range(each.minutes)]
    assert minutes == kinds(duty, site)
    assert sum(each.minutes for each in found) == duty.elapsed_minutes
    for each in found:
        assert each.millionths == premium(each[2:6], site) * 10**6


@given(duties())
@settings(max_examples=150)
def test_cost_is_that_of_the_minutes(made):
    duty, site = made
    cost = shift_cost(duty, "Anna", terms_of(site))
    assert (cost.base_cents, cost.premium_cents) == by_hand(duty, site)


@given(duties())
@settings(max_examples=40)
def test_break_lies_where_it_costs_least(made):
    """Tried wherever the break could be taken in one piece: no place is cheaper."""
    duty, site = made
    shares = [premium(kind, site) for kind in kinds(duty, site)]
    rest, minute = duty.break_minutes, Fraction(2135, 60) * Fraction(str(duty.pay_share))
    worked = sum(shares, Fraction(0))
    within = sum(shares[:rest], Fraction(0))
    most = within
    for number in range(rest, len(shares)):
        within += shares[number] - shares[number - rest]
        most = min(most, within)
    cents = shift_cost(duty, "Anna", terms_of(site)).premium_cents
    assert cents >= half_up(minute * (worked - most))
    lowest = min(shares)
    if most == rest * lowest:  # the cheapest time is long enough to hold it
        assert cents == half_up(minute * (worked - most))


@given(duties(), st.integers(0, 1439), st.integers(0, 1439), st.integers(1, 2000))
@settings(max_examples=60)
def test_allowances_are_paid_once_where_the_duty_starts(made, opens, closes, cents):
    duty, site = made
    local = duty.start.astimezone(ZoneInfo(site.zone))
    minute, clock = 60 * local.hour + local.minute, opens
    window = set()
    while not window or clock != closes:
        window.add(clock)
        clock = (clock + 1) % 1440
    plain = shift_cost(duty, "Anna", terms_of(site))
    more = shift_cost(duty, "Anna", terms_of(site, allowances=(Allowance((opens, closes), cents),)))
    assert more.premium_cents - plain.premium_cents == cents * (minute in window)
    assert more.base_cents == plain.base_cents


@given(duties())
@settings(max_examples=30)
def test_base_pay_that_is_owed_anyway_is_no_cost_of_a_duty(made):
    duty, site = made
    owed = shift_cost(duty, "Anna", terms_of(site, prepaid=frozenset({"Anna"})))
    assert (owed.base_cents, owed.premium_cents) == (0, by_hand(duty, site)[1])


@pytest.mark.parametrize("premiums", ["add up", "highest"])
@pytest.mark.parametrize(
    ("zone", "first"),
    [("Europe/Rome", date(2026, 3, 26)), ("Australia/Lord_Howe", date(2026, 10, 1))],
)
def test_option_and_shift_cost_the_same_and_what_the_minutes_say(zone, first, premiums):
    site = SitePay(zone, (1260, 420), 0.2, 0.5, PublicHolidays(PLACES[zone][0]), 0.35, premiums)
    types = [ShiftType("night", (1275, 1320), 600, 45), ShiftType("day", (420,), 540, 60, pay_share=0.9)]
    anna, seen = Agent("Anna", "here", zone, {"en": None}), 0
    terms = terms_of(site, allowances=(Allowance((1300, 60), 500),))
    for options in options_for(anna, types, first, 6):
        for option in options:
            shift = shift_of(option, anna, None, first)
            cost = shift_cost(option, "Anna", terms)
            assert cost == shift_cost(shift, "Anna", terms)
            base, extra = by_hand(shift, site)
            assert (cost.base_cents, cost.premium_cents) == (
                base,
                extra + 500 * (option.start_minute == 1320),
            )
            seen += 1
    assert seen == 18


def test_a_duty_wholly_in_premium_time_of_two_kinds():
    """Saturday 23:00 to Sunday 05:00: an hour of night, five of Sunday night; the break is of the night."""
    start = datetime(2026, 5, 9, 21, tzinfo=UTC)
    site = SitePay("Europe/Rome", night_premium=0.2, sunday_premium=0.3)
    duty = Shift(start, "Anna", start + timedelta(hours=6), date(2026, 5, 9), "night", "Europe/Rome")
    hour = Fraction(2135)
    for rest, night, sunday in ((0, 60, 300), (30, 30, 300), (60, 0, 300), (90, 0, 270)):
        cost = shift_cost(replace(duty, break_minutes=rest), "Anna", terms_of(site)).premium_cents
        assert cost == half_up(hour * (Fraction(night, 60) / 5 + Fraction(sunday, 60) / 2))
    highest = replace(site, premiums="highest")
    cost = shift_cost(replace(duty, break_minutes=90), "Anna", terms_of(highest)).premium_cents
    assert cost == half_up(hour * Fraction(270, 60) * Fraction(3, 10))


def test_premiums_that_nobody_knows_are_not_in_the_cost():
    start = datetime(2026, 4, 5, 18, tzinfo=UTC)  # Easter Sunday, 20:00 to 04:00 on Easter Monday
    site = SitePay("Europe/Rome", holidays=PublicHolidays("Rome"), sunday_premium=None)
    duty = Shift(start, "Anna", start + timedelta(hours=8), date(2026, 4, 5), "night", "Europe/Rome")
    assert shift_cost(duty, "Anna", terms_of(site)).premium_cents == 0
    known = shift_cost(duty, "Anna", terms_of(replace(site, sunday_premium=0.5))).premium_cents
    assert known == 4 * 2135 // 2


@pytest.mark.parametrize(
    ("night", "start", "minutes"),
    [
        ((1320, 150), datetime(2026, 10, 24, 20, tzinfo=UTC), 270),  # until 02:30 as it comes first
        ((1320, 150), datetime(2026, 3, 28, 21, tzinfo=UTC), 240),  # 02:30 does not come: until 03:00
        ((150, 360), datetime(2026, 10, 24, 20, tzinfo=UTC), 270),  # from 02:30 as it comes first
        ((150, 360), datetime(2026, 3, 28, 21, tzinfo=UTC), 180),  # from 03:00
    ],
)
def test_nights_with_an_edge_in_a_clock_change(night, start, minutes):
    site = SitePay("Europe/Rome", night, 0.25)
    end = start + timedelta(hours=11)
    found = stretches(start, end, site)
    assert sum(each.minutes for each in found if each.night) == minutes
    assert window_minutes(start, end, night, "Europe/Rome") == minutes


@pytest.mark.parametrize(("clock", "paid"), [("07:59", 0), ("08:00", 500), ("09:59", 500), ("10:00", 0)])
def test_edges_of_an_allowance_by_day(clock, paid, shift_at):
    duty = shift_at("Anna", f"2026-05-12 {clock}", "2026-05-12 16:00")
    terms = terms_of(SitePay("Europe/Rome"), allowances=(Allowance((480, 600), 500),))
    assert shift_cost(duty, "Anna", terms).premium_cents == paid
