"""Payroll lines and ``hours.csv`` say the same of one month: its days, and its hours by person and code."""

import csv
import io
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import InputError
from planner.people import Agent, Site, Team
from planner.rota import PayrollTerms, Rota, Shift, pay_terms
from planner.study.export import Dossier, Wanted, make
from planner.study.export.pay_formats import paid_files
from planner.study.export.pay_month import PayMonth, months_of
from planner.study.hours_columns import BUCKETS

MONDAYS = (date(2026, 3, 16), date(2026, 10, 12), date(2026, 12, 21))
PLACES = {"Europe/Rome": "IT", "Europe/Lisbon": "PT", "Asia/Kolkata": "", "America/Santiago": "CL"}
CODES = {
    **{"ordinary_day": "ORD", "ordinary_night": "ORD-N", "sunday_day": "SUN", "sunday_night": "SUN-N"},
    **{"holiday_day": "HOL", "holiday_night": "HOL-N", "overtime": "OT", "training": "TRN"},
}
EVERY_KIND = """
file: mine.csv
rows: pay
columns:
  - {header: id, field: payroll_id}
  - {header: day, field: day}
  - {header: kind, field: bucket}
  - {header: minutes, field: minutes}
"""
OWN = "file: mine.csv\nrows: pay\ncolumns: [{header: Who, field: agent}, {header: H, field: hours}]"


def week(first, name="desk"):
    """Ana's nights of a week in UTC."""
    days = [first + timedelta(days=step) for step in range(7)]
    starts = [datetime(day.year, day.month, day.day, 22, tzinfo=UTC) for day in days]
    shifts = tuple(
        Shift(start, "Ana", start + timedelta(hours=8), start.date(), "night", "UTC") for start in starts
    )
    team = Team((Agent("Ana", "Here", "UTC", {"en": None}, payroll_id="001"),), (Site("Here", "UTC", ""),))
    rota = Rota(name, first, 7, ("Ana",), shifts)
    return Dossier(name, "UTC", "EUR", rota, team, pay_terms(team), PayrollTerms())


@pytest.fixture
def formats(tmp_path):
    (tmp_path / "mine.yaml").write_text(OWN, encoding="utf-8")
    return "hours", "payroll-lines", str(tmp_path / "mine.yaml")


def test_a_month_of_which_the_plan_has_no_day_is_refused_by_each(formats):
    for name in formats:
        with pytest.raises(InputError, match="none of the plans has a day of 2027-01"):
            make(week(date(2026, 3, 30)), [name], Wanted(month="2027-01"))


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (date(2026, 4, 6), ["no plan covers 2026-04-01 – 2026-04-05, 2026-04-13 – 2026-04-30: hours"]),
        (date(2026, 3, 30), ["no plan covers 2026-04-06 – 2026-04-30: hours"]),
        (
            date(2026, 4, 1),
            ["no plan covers 2026-04-08 – 2026-04-30: hours", "no plan covers 2026-03-31: if"],
        ),
    ],
)
def test_days_that_no_plan_has_are_named_by_each(formats, first, said):
    of = week(first)
    told = []
    for name in formats:
        notices = [str(notice) for notice in make(of, [name], Wanted(month="2026-04")).notices]
        told.append([line for line in notices if line.startswith(("no plan", "overtime is told"))])
        assert all(any(line.startswith(each) for line in told[-1]) for each in said)
    assert told[0] == told[1] == told[2]
    together = make(of, formats, Wanted(month="2026-04"))
    assert len([line for line in together.notices if line.code == "payroll.uncovered"]) == 1  # said once


def random_plans(rng):
    """Two plans of one team that follow each other or overlap, with nights over their border."""
    first = rng.choice(MONDAYS) + timedelta(days=rng.choice([0, 0, 2]))
    begins = rng.choice([7, 14])
    sites, agents, shifts = [], [], []
    for number in range(3):
        zone = rng.choice(sorted(PLACES))
        sites.append(Site(f"S{number}", zone, PLACES[zone], night_premium=0.2))
        weekly = rng.choice([1200, 2400])
        agents.append(
            Agent(f"P{number}", f"S{number}", zone, {}, weekly_minutes=weekly, payroll_id=f"00{number}")
        )
        free = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        for _ in range(rng.randint(6, 20)):
            start = free + timedelta(minutes=15 * rng.randint(0, 100))
            end = free = start + timedelta(minutes=15 * rng.randint(8, 48))
            kind = rng.choice(["work", "work", "work", "on_call", "training", "meeting"])
            day = start.astimezone(ZoneInfo(zone)).date()
            shifts.append(Shift(start, f"P{number}", end, day, kind, zone, kind, counted=kind != "on_call"))
    shifts = [shift for shift in sorted(shifts) if (shift.day - first).days < begins + 14]
    team = Team(tuple(agents), tuple(sites))
    terms = PayrollTerms(rng.randint(1, 28), rng.choice(["full time", "contract", "none", 1500]))
    names = tuple(agent.name for agent in agents)

    def plan(name, step):
        start, last = first + timedelta(days=step), first + timedelta(days=step + 13)
        mine = tuple(shift for shift in shifts if start <= shift.day <= last)
        rota = Rota(name, start, 14, names, mine)
        return Dossier(name, "UTC", "EUR", rota, team, pay_terms(team), terms)

    return plan("first", 0), plan("second", begins)


def recounted(plans):
    """Minutes by person, local day and kind, minute by minute; overtime by weeks of all plans."""
    [team, terms] = plans[0].team, plans[0].payroll
    found = Counter()
    for agent in team.agents:
        site, worked = team.site_of(agent), Counter()
        most = {"full time": 2400, "contract": agent.weekly_minutes, "none": 10**6}.get(
            terms.overtime_above, terms.overtime_above
        )
        for shift in sorted({shift for of in plans for shift in of.rota.tour(agent.name)}):
            at = shift.start
            while at < shift.end:
                local = at.astimezone(ZoneInfo(site.zone))
                kind = "sunday" if local.weekday() == 6 else "ordinary"
                kind = "holiday" if local.date() in days_off(site.public_holidays) else kind
                bucket = kind + ("_day" if 6 <= local.hour < 22 else "_night")
                bucket = shift.kind if shift.kind in ("on_call", "training") else bucket
                worked[shift.day.isocalendar()[:2]] += shift.counted
                over = shift.counted and worked[shift.day.isocalendar()[:2]] > most
                found[agent.payroll_id, local.date().isoformat(), "overtime" if over else bucket] += 1
                at += timedelta(minutes=1)
    return found


@lru_cache
def days_off(place):
    return set(holidays.country_holidays(place, years=(2025, 2026, 2027))) if place else set()


def table(made, file):
    return list(csv.DictReader(io.StringIO(made.files[file].decode())))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_lines_across_plans_are_the_hours(seed):
    """By person and kind the columns of hours.csv; by day every minute of these plans, each once."""
    rng = random.Random(seed)
    plans = random_plans(rng)
    first, last = plans[0].rota.first_day, plans[1].rota.first_day + timedelta(days=13)
    expected = recounted(plans)
    for month in months_of(first, last, plans[0].payroll):
        with TemporaryDirectory() as folder:
            own = Path(folder, "mine.yaml")
            own.write_text(EVERY_KIND, encoding="utf-8")
            made = paid_files(rng.sample(plans, 2), ["hours", "payroll-lines", str(own)], month)
        lines = table(made, "mine.csv")
        days = {day.isoformat() for day in month.days()}
        assert {(each["id"], each["day"], each["kind"]): int(each["minutes"]) for each in lines} == {
            key: minutes for key, minutes in expected.items() if key[1] in days
        }
        by_kind, by_code = Counter(), Counter()
        for each in lines:
            by_kind[each["id"], each["kind"]] += int(each["minutes"])
        for each in table(made, "payroll-lines.csv"):
            by_code[each["employee"], each["code"]] += Fraction(each["quantity"]) * 60
        for person in table(made, "hours.csv"):
            for kind in BUCKETS:
                hours, minutes = person[f"{kind}_time"].split(":")
                assert by_kind.pop((person["payroll_id"], kind), 0) == int(hours) * 60 + int(minutes)
                if kind in CODES:
                    said = Fraction(person[f"{kind}_hours"]) * 60
                    assert by_code.pop((person["payroll_id"], CODES[kind]), 0) == said
        assert not by_kind
        assert not by_code


def test_what_is_no_format_of_paid_time(tmp_path):
    (tmp_path / "shifts.yaml").write_text("file: a.csv\ncolumns: [{header: W, field: agent}]", "utf-8")
    (tmp_path / "wrong.yaml").write_text(
        "file: a.csv\nrows: pay\ncolumns: [{header: W, field: agnt}]", "utf-8"
    )
    names = ["deputy", str(tmp_path / "shifts.yaml"), str(tmp_path / "wrong.yaml")]
    with pytest.raises(InputError) as wrong:
        paid_files([week(date(2026, 3, 30))], names)
    said = [str(message) for message in wrong.value.messages]
    assert said[0].startswith('"deputy" is no format of paid time; write hours, payroll-lines')
    assert "shifts.yaml has rows: shift" in said[1]
    assert '"agnt" is no field' in said[2]


def test_a_number_that_only_one_plan_knows_is_in_every_line():
    first, second = week(date(2026, 3, 30)), week(date(2026, 4, 6))
    [ana] = second.team.agents
    second = replace(second, team=replace(second.team, agents=(replace(ana, payroll_id=""),)))
    made = paid_files([second, first], ["payroll-lines"], PayMonth(2026, 4))
    assert {each["employee"] for each in table(made, "payroll-lines.csv")} == {"001"}
    assert made.lacking == ()
