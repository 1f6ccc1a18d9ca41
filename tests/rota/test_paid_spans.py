"""Paid time in its order: every minute and every cent once, counted again by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import PublicHolidays
from planner.rota import Allowance, PayTerms, Shift, SitePay, paid_spans, shift_cost

ZONES = ("Europe/Rome", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham")
CHANGES = (date(2026, 3, 28), date(2026, 4, 4), date(2026, 10, 3), date(2026, 10, 24), date(2026, 12, 24))
SHARES = st.sampled_from((None, 0.0, 0.15, 0.25, 0.5))


@st.composite
def paid(draw):
    """A duty, and terms of pay with premiums that may be equal, unknown or none, and an allowance."""
    zone, day = draw(st.sampled_from(ZONES)), draw(st.sampled_from(CHANGES))
    night = draw(st.sampled_from(((1320, 360), (240, 420), (1200, 1320))))
    site = SitePay(zone, night, draw(SHARES), draw(SHARES), PublicHolidays("IT"), draw(SHARES),
                   draw(st.sampled_from(("add up", "highest"))))  # fmt: skip
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 2880)))
    length = draw(st.integers(1, 1440))
    rest = draw(st.integers(0, min(120, length - 1)))
    begins = start + timedelta(minutes=draw(st.integers(0, length - rest))) if draw(st.booleans()) else None
    share, own = draw(st.sampled_from((1.0, 0.15))), start.astimezone(ZoneInfo(zone)).date()
    end = start + timedelta(minutes=length)
    duty = Shift(start, "Anna", end, own, "", zone, "work", begins if rest else None, rest, "draft", share)
    terms = PayTerms(
        {"here": site}, {"Anna": draw(st.integers(1, 9999))}, {"Anna": "here"},
        allowances=(Allowance((1200, 240), 700),) if draw(st.booleans()) else (),
        prepaid=frozenset({"Anna"} if draw(st.booleans()) else ()),
    )  # fmt: skip
    return duty, site, terms


def kind_at(at: datetime, site: SitePay) -> tuple[date, bool, bool, bool]:
    local = at.astimezone(ZoneInfo(site.zone))
    (opens, closes), minute = site.night, 60 * local.hour + local.minute
    night = opens <= minute < closes if opens < closes else minute >= opens or minute < closes
    return local.date(), night, local.weekday() == 6, site.holidays.name_of(local.date()) is not None


def share_of(kind: tuple[date, bool, bool, bool], site: SitePay) -> Fraction:
    shares = (site.night_premium, site.sunday_premium, site.holiday_premium)
    due = [Fraction(share or 0) for on, share in zip(kind[1:], shares, strict=True) if on]
    return max(due, default=Fraction(0)) if site.premiums == "highest" else sum(due, Fraction(0))


@given(paid())
@settings(max_examples=150)
def test_every_minute_and_every_cent_once(made):
    duty, site, terms = made
    found = paid_spans(duty, "Anna", terms)
    assert (found[0].start, found[-1].end) == (duty.start, duty.end)
    assert all(first.end == second.start for first, second in pairwise(found))
    for span in found:
        at = span.start
        while at < span.end:
            assert kind_at(at, site) == (span.day, span.night, span.sunday, span.holiday)
            at += timedelta(minutes=1)
        assert 0 <= span.paid_minutes <= (span.end - span.start) / timedelta(minutes=1)
        assert min(span.base_cents, span.premium_cents) >= 0
    assert sum(span.paid_minutes for span in found) == duty.elapsed_minutes - duty.break_minutes
    cost = shift_cost(duty, "Anna", terms)
    assert sum(span.base_cents for span in found) == cost.base_cents
    assert sum(span.premium_cents for span in found) == cost.premium_cents


@given(paid())
@settings(max_examples=150)
def test_the_break_is_of_the_cheapest_time(made):
    """Unpaid minutes by share: as many as are left after removing one cheapest minute after another."""
    duty, site, terms = made
    every = sorted(
        share_of(kind_at(duty.start + timedelta(minutes=n), site), site) for n in range(duty.elapsed_minutes)
    )
    left = Counter(every[duty.break_minutes :])
    found: Counter[Fraction] = Counter()
    for span in paid_spans(duty, "Anna", terms):
        found[share_of((span.day, span.night, span.sunday, span.holiday), site)] += span.paid_minutes
    assert +found == left


@given(paid())
@settings(max_examples=100)
def test_cents_are_where_they_are_earned(made):
    """No span is further than a cent from its exact part, and none without premium time has premium."""
    duty, site, terms = made
    found = paid_spans(duty, "Anna", terms)
    cost = shift_cost(duty, "Anna", terms)
    minutes = sum(span.paid_minutes for span in found)
    shares = [share_of((s.day, s.night, s.sunday, s.holiday), site) * s.paid_minutes for s in found]
    for span, share in zip(found, shares, strict=True):
        assert abs(span.base_cents - Fraction(cost.base_cents * span.paid_minutes, minutes)) <= 1
        due = share / sum(shares) if sum(shares) else Fraction(span.paid_minutes, minutes)
        assert abs(span.premium_cents - cost.premium_cents * due) <= 1
        assert due or not span.premium_cents


def duty_at(start: datetime, hours: int, **more: object) -> Shift:
    local = start.astimezone(ZoneInfo("Europe/Rome")).date()
    return Shift(start, "Anna", start + timedelta(hours=hours), local, "", "Europe/Rome", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lies", "minutes"),
    [
        (None, [90, 480, 120]),  # nobody knows: the earliest of the cheapest
        (datetime(2026, 5, 12, 19, 30, tzinfo=UTC), [90, 480, 120]),
        (datetime(2026, 5, 13, 4, 30, tzinfo=UTC), [120, 480, 90]),  # 06:30, in the morning
        (datetime(2026, 5, 13, 0, 0, tzinfo=UTC), [90, 480, 120]),  # in the night, which is dearer
    ],
)
def test_among_equals_the_break_is_where_it_lies(lies, minutes):
    """Tuesday 20:00 to Wednesday 08:00: ordinary, night in two days, ordinary."""
    site = SitePay("Europe/Rome", night_premium=0.25)
    duty = duty_at(datetime(2026, 5, 12, 18, tzinfo=UTC), 12, break_start=lies, break_minutes=30)
    found = paid_spans(duty, "Anna", PayTerms({"x": site}, {"Anna": 1400}, {"Anna": "x"}))
    assert [
        found[0].paid_minutes,
        found[1].paid_minutes + found[2].paid_minutes,
        found[3].paid_minutes,
    ] == minutes
    assert sum(span.premium_cents for span in found) == 8 * 1400 // 4


def test_two_kinds_of_premium_time_only():
    """Saturday 23:00 to Sunday 05:00: the break is of Saturday's night, longer ones also of Sunday's."""
    site = SitePay("Europe/Rome", night_premium=0.2, sunday_premium=0.3)
    terms = PayTerms({"x": site}, {"Anna": 1000}, {"Anna": "x"})
    duty = duty_at(datetime(2026, 5, 9, 21, tzinfo=UTC), 6)
    for rest, minutes, cents in ((0, [60, 300], [200, 2500]), (45, [15, 300], [50, 2500]),
                                 (90, [0, 270], [0, 2250])):  # fmt: skip
        found = paid_spans(replace(duty, break_minutes=rest), "Anna", terms)
        assert [span.paid_minutes for span in found] == minutes
        assert [span.premium_cents for span in found] == cents


def test_an_allowance_alone_goes_by_time():
    site = SitePay("Europe/Rome")
    terms = PayTerms({"x": site}, {"Anna": 1000}, {"Anna": "x"}, allowances=(Allowance((1320, 360), 800),))
    found = paid_spans(duty_at(datetime(2026, 5, 12, 20, tzinfo=UTC), 8), "Anna", terms)
    assert [(span.paid_minutes, span.premium_cents) for span in found] == [(120, 200), (360, 600)]
