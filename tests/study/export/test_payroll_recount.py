"""hours.csv against a recount minute by minute, for random teams, zones and clock changes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.people import Agent, Site, Team
from planner.rota import PayrollTerms, Rota, Shift, pay_terms, rota_cost
from planner.study.export import Dossier
from planner.study.export.pay_month import PayMonth
from planner.study.export.payroll import payroll
from planner.study.hours_columns import BUCKETS

MINUTE = timedelta(minutes=1)
PLACES = {
    "Europe/Rome": "IT",
    "Europe/Lisbon": "PT",
    "America/St_Johns": "CA-NL",
    "Australia/Lord_Howe": "AU-NSW",
    "Asia/Kathmandu": "",
    "Pacific/Chatham": "NZ",
    "Africa/Cairo": "",
    "America/Santiago": "CL",
    "Asia/Manila": "PH",
}
NIGHTS = [(1320, 360), (1320, 420), (1380, 300), (0, 360)]
# Weeks with a change of clocks in one or more of the zones, Christmas and the turn of the year.
MONDAYS = [date(2026, 3, 2), date(2026, 3, 23), date(2026, 3, 30), date(2026, 9, 28), date(2026, 10, 19),
           date(2026, 4, 20), date(2026, 12, 21)]  # fmt: skip


@st.composite
def plans(draw, breaks=False, overtime=True):
    """Two weeks of three people at two sites."""
    first = draw(st.sampled_from(MONDAYS))
    sites, agents, shifts = [], [], []
    for number in range(2):
        zone = draw(st.sampled_from(sorted(PLACES)))
        night, sunday, holiday = draw(
            st.sampled_from([(0.25, 0.1, 0.5), (0.15, 0.4, 1.0), (0.3, 0.07, 0.11), (0.123, 0.2, 0.35)])
        )
        sites.append(
            (
                Site(
                    *(f"Site {number}", zone, PLACES[zone]),
                    full_time_minutes=draw(st.sampled_from([2280, 2400])),
                    night=draw(st.sampled_from(NIGHTS)),
                    night_premium=night,
                    sunday_premium=sunday,
                    premiums="add up" if breaks else draw(st.sampled_from(["add up", "highest"])),
                ),
                holiday,
            )
        )
    for name in ("Ana", "Bo", "Cy"):
        site = draw(st.sampled_from(sites))[0]
        cost = draw(st.integers(700, 4000)) / 100
        grade = draw(st.sampled_from(["", "junior", "senior"]))
        weekly = draw(st.sampled_from([1200, 2310, 2400]))
        agents.append(
            Agent(name, site.name, site.zone, {}, weekly_minutes=weekly, cost_per_hour=cost, grade=grade)
        )
        mine = []
        for day in draw(st.lists(st.integers(0, 13), unique=True, max_size=9)):
            shift = draw(_shift(name, site.zone, first + timedelta(days=day), breaks))
            if all(shift.end <= other.start or other.end <= shift.start for other in mine):
                mine.append(shift)
        shifts += mine
    team = Team(tuple(agents), tuple(site for site, _ in sites))
    rota = Rota("Desk", first, 14, tuple(agent.name for agent in agents), tuple(sorted(shifts)))
    above = draw(st.sampled_from(["full time", "contract", "none", 1500])) if overtime else "none"
    terms = pay_terms(team, {site.name: holiday for site, holiday in sites})
    return Dossier("Desk", "UTC", "EUR", rota, team, terms, PayrollTerms(draw(st.integers(1, 28)), above))


@st.composite
def _shift(draw, agent, zone, day, breaks):
    wall = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(
        minutes=15 * draw(st.integers(0, 95))
    )
    start = datetime.fromtimestamp(wall.timestamp() // 900 * 900, UTC)
    kind = draw(st.sampled_from(["work", "work", "work", "training", "meeting", "on_call"]))
    length = 15 * draw(st.integers(8, 48))
    return Shift(
        *(start, agent, start + length * MINUTE, start.astimezone(ZoneInfo(zone)).date(), kind, zone, kind),
        break_minutes=draw(st.sampled_from([0, 30, 45])) if breaks else 0,
        pay_share=0.15 if kind == "on_call" else 1.0,
        counted=kind != "on_call",
    )


@lru_cache
def calendar_of(place):
    if not place:
        return {}
    country, _, part = place.partition("-")
    return holidays.country_holidays(country, subdiv=part or None, years=range(2025, 2029))


def minutes_of(shift, site):
    """Every minute of a shift: its local day, and what it would be without overtime and breaks."""
    zone, place = ZoneInfo(site.zone), calendar_of(site.public_holidays)
    at, found = shift.start, []
    while at < shift.end:
        local = at.astimezone(zone)
        minute, (opens, closes) = local.hour * 60 + local.minute, site.night
        night = opens <= minute < closes if opens < closes else minute >= opens or minute < closes
        kind = "holiday" if local.date() in place else "sunday" if local.weekday() == 6 else "ordinary"
        bucket = f"{kind}_{'night' if night else 'day'}"
        bucket = shift.kind if shift.kind in ("on_call", "training") else bucket
        found.append((local.date(), bucket))
        at += MINUTE
    return found


def buckets_of(plan):
    """Minutes by person and day and bucket, without breaks."""
    found = Counter()
    for agent in plan.team.agents:
        site = plan.team.site_of(agent)
        most = {"full time": site.full_time_minutes, "contract": agent.weekly_minutes, "none": 10**6}.get(
            plan.payroll.overtime_above, plan.payroll.overtime_above
        )
        worked = Counter()
        for shift in sorted(plan.rota.tour(agent.name)):
            week = shift.day.isocalendar()[:2]
            for day, bucket in minutes_of(shift, site):
                worked[week] += shift.counted
                found[agent.name, day, "overtime" if shift.counted and worked[week] > most else bucket] += 1
    return found


def rows(made, file="hours.csv"):
    return list(csv.DictReader(io.StringIO(made.files[file].decode("utf-8"))))


def minutes(text):
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_buckets_are_those_of_a_count_minute_by_minute(plan):
    counted = buckets_of(plan)
    for month in _months(plan):
        if (month.last_day < plan.rota.first_day) or month.first_day > _last(plan):
            continue
        found = {each["agent"]: each for each in rows(payroll([plan], month))}
        for agent in plan.team.agents:
            for bucket in BUCKETS:
                expected = sum(
                    count
                    for (name, day, kind), count in counted.items()
                    if (name, kind) == (agent.name, bucket) and month.first_day <= day <= month.last_day
                )
                assert minutes(found[agent.name][f"{bucket}_time"]) == expected
                assert float(found[agent.name][f"{bucket}_hours"]) == pytest.approx(expected / 60, abs=5e-5)


def _months(plan):
    day, cut = plan.rota.first_day, plan.payroll.month_from_day
    year, month = day.year, day.month
    for _ in range(3):
        yield PayMonth(year, month, cut)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _last(plan):
    return plan.rota.first_day + timedelta(days=plan.rota.days - 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(breaks=True, overtime=False))
def test_a_break_is_taken_from_the_cheapest_time(plan):
    found = {each["agent"]: each for each in rows(payroll([plan]))}
    for agent in plan.team.agents:
        site, expected = plan.team.site_of(agent), Counter()
        holiday = plan.terms.sites[site.name].holiday_premium
        for shift in plan.rota.tour(agent.name):
            classes = Counter(bucket for _, bucket in minutes_of(shift, site))
            if shift.kind in ("on_call", "training"):
                classes[shift.kind] -= shift.break_minutes
            else:
                worth = {
                    bucket: (site.night_premium if bucket.endswith("night") else 0)
                    + (holiday if bucket.startswith("holiday") else 0)
                    + _sunday(bucket, site)
                    for bucket in classes
                }
                # The premium of a Sunday on top of a public holiday's changes no order here.
                left = shift.break_minutes
                for bucket in sorted(classes, key=worth.__getitem__):
                    taken = min(left, classes[bucket])
                    classes[bucket] -= taken
                    left -= taken
            expected += classes
        for bucket in BUCKETS:
            assert minutes(found[agent.name][f"{bucket}_time"]) == expected[bucket]


def _sunday(bucket, site):
    return site.sunday_premium if bucket.startswith("sunday") else 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(breaks=True))
def test_lines_add_up_to_the_cost_and_the_hours_of_the_plan(plan):
    made = payroll([plan])
    lines = rows(made, "hours_cost.csv")
    cost = rota_cost(plan.rota, plan.terms)
    cents = [
        sum(round(float(each[name]) * 100) for each in lines) for name in ("base_pay", "premiums", "total")
    ]
    assert cents == [cost.base_cents, cost.premium_cents, cost.total_cents]
    paid = sum(shift.paid_minutes for shift in plan.rota.shifts)
    assert sum(minutes(each["time"]) for each in lines) == paid
    people = rows(made)
    assert sum(minutes(each["total_time"]) for each in people) == paid
    for each in people:
        assert sum(minutes(each[f"{bucket}_time"]) for bucket in BUCKETS) == minutes(each["total_time"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_months_add_up_to_the_whole(plan):
    """Whatever is cut off at the end of a month is in the next, to the cent."""
    total, cents = Counter(), 0
    for month in _months(plan):
        if month.last_day < plan.rota.first_day or month.first_day > _last(plan):
            continue
        made = payroll([plan], month)
        for each in rows(made):
            total[each["agent"]] += minutes(each["total_time"])
            total[each["agent"], "nights"] += int(each["nights"])
        cents += sum(round(float(each["total"]) * 100) for each in rows(made, "hours_cost.csv"))
    whole = payroll([plan])
    ends_later = any(
        max(day for day, _ in minutes_of(shift, plan.team.site_of(plan.team.agent(shift.agent))))
        > max(m.last_day for m in _months(plan) if m.first_day <= _last(plan))
        for shift in plan.rota.shifts
    )
    if ends_later:
        return
    for each in rows(whole):
        assert total[each["agent"]] == minutes(each["total_time"])
        assert total[each["agent"], "nights"] == int(each["nights"])
    assert cents == rota_cost(plan.rota, plan.terms).total_cents


def part(plan, first, last):
    """The days of a plan from one number to another, as a plan of their own."""
    begins = plan.rota.first_day + timedelta(days=first)
    ends = plan.rota.first_day + timedelta(days=last)
    shifts = tuple(shift for shift in plan.rota.shifts if begins <= shift.day <= ends)
    return replace(plan, rota=replace(plan.rota, first_day=begins, days=last - first + 1, shifts=shifts))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(breaks=True), st.integers(0, 12), st.integers(0, 12), st.booleans())
def test_plans_that_follow_each_other_or_overlap_are_one(plan, cut, overlap, turned):
    parts = [part(plan, 0, cut), part(plan, max(0, cut + 1 - overlap), 13)]
    month = next(month for month in _months(plan) if month.last_day >= plan.rota.first_day)
    whole, both = payroll([plan], month), payroll(parts[::-1] if turned else parts, month)
    assert both.files == whole.files
    assert both.notices == whole.notices
