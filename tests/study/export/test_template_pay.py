"""Lines for payroll against a recount minute by minute, and what a template may make of their codes."""

import csv
import io
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import InputError, ValueTextError
from planner.people import Agent, Site, Team
from planner.rota import PayrollTerms, Rota, Shift, pay_terms
from planner.study.export import Dossier, Wanted, make
from planner.study.export.template import from_template, load_template, template_text
from planner.study.export.template_reading import read_template
from planner.study.hours_columns import BUCKETS

MINUTE = timedelta(minutes=1)
PLACES = {"Europe/Rome": "IT", "Europe/Lisbon": "PT", "Australia/Lord_Howe": "AU-NSW", "Asia/Kolkata": ""}
CODES = {"ordinary": "ORD", "sunday": "SUN", "holiday": "HOL"}
# Weeks with a change of clocks in one or more of the zones, and Christmas.
MONDAYS = (date(2026, 3, 23), date(2026, 3, 30), date(2026, 9, 28), date(2026, 10, 19), date(2026, 12, 21))


def dossier_of(rng, breaks):
    first = rng.choice(MONDAYS)
    agents, sites, shifts = [], [], []
    for number in range(2):
        zone = rng.choice(sorted(PLACES))
        sites.append(Site(f"S{number}", zone, PLACES[zone], night_premium=0.2))
        agents.append(Agent(f"P{number}", f"S{number}", zone, {"it": None}, payroll_id=f"00{number}"))
        begins = first + timedelta(days=rng.choice([0, 3, 5]))
        free = datetime(begins.year, begins.month, begins.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        for _ in range(rng.randint(0, 6)):
            start = free + timedelta(minutes=rng.randint(0, 64) * 15)
            length = rng.randint(9, 48) * 15
            end = free = start + timedelta(minutes=length)
            kind = rng.choice(["work", "work", "on_call", "training", "meeting"])
            shifts.append(
                Shift(
                    *(start, f"P{number}", end, start.astimezone(ZoneInfo(zone)).date(), "day", zone, kind),
                    break_start=start + timedelta(hours=1) if breaks else None,
                    break_minutes=45 if breaks else 0,
                    counted=kind != "on_call",
                )
            )
    team = Team(tuple(agents), tuple(sites))
    rota = Rota("desk", first, 7, ("P0", "P1"), tuple(sorted(shifts)))
    terms = PayrollTerms(overtime_above=rng.choice([1800, "full time"]) if breaks else "none")
    return Dossier("desk", "Europe/Rome", "EUR", rota, team, pay_terms(team), terms)


def dossiers(*said):
    """A rota for each number, so that all of them differ."""
    return st.integers(0, 2**32).map(lambda seed: dossier_of(random.Random(seed), *said))


def rows_of(made, separator=","):
    [content] = made.files.values()
    return list(csv.reader(io.StringIO(content.decode()), delimiter=separator))


@lru_cache
def days_off(place):
    country, _, region = place.partition("-")
    return set(holidays.country_holidays(country, region or None, years=(2026, 2027))) if country else set()


def code_of(at, shift, site):
    """What a minute is, by the clock and calendar of the site."""
    if shift.kind == "training":
        return "TRN"
    local = at.astimezone(ZoneInfo(site.zone))
    kind = (
        "holiday"
        if local.date() in days_off(site.public_holidays)
        else "sunday"
        if local.weekday() == 6
        else "ordinary"
    )
    minute = local.hour * 60 + local.minute
    return CODES[kind] + ("-N" if minute >= site.night[0] or minute < site.night[1] else "")


@settings(max_examples=100, deadline=None)
@given(dossiers(False))
def test_lines_are_every_minute_worked(of):
    expected = Counter()
    for shift in of.rota.shifts:
        agent = of.team.agent(shift.agent)
        site = of.team.site_of(agent)
        at = shift.start
        while at < shift.end and shift.kind != "on_call":
            day = at.astimezone(ZoneInfo(site.zone)).date().isoformat()
            expected[agent.payroll_id, day, code_of(at, shift, site)] += Fraction(1, 60)
            at += MINUTE
    rows = rows_of(from_template(of, load_template("payroll-lines")))
    assert rows[0] == ["employee", "date", "code", "quantity"]
    assert {tuple(row[:3]): Fraction(row[3]) for row in rows[1:]} == dict(expected)
    assert len(rows) == len(expected) + 1


@settings(max_examples=100, deadline=None)
@given(dossiers(True))
def test_lines_add_up_to_the_paid_hours(of):
    """With breaks, and overtime at the end of a week."""
    expected, counted = Counter(), Counter()
    for shift in of.rota.shifts:
        if shift.kind != "on_call":
            agent = of.team.agent(shift.agent)
            expected[agent.payroll_id] += shift.paid_minutes
            year, week, _ = shift.day.isocalendar()
            counted[agent.payroll_id, year, week] += shift.paid_minutes
    found, over = Counter(), 0
    for employee, _, code, quantity in rows_of(from_template(of, load_template("payroll-lines")))[1:]:
        minutes = Fraction(quantity) * 60
        found[employee] += minutes
        over += minutes if code == "OT" else 0
    assert found == expected
    most = 2400 if of.payroll.overtime_above == "full time" else of.payroll.overtime_above
    assert over == sum(max(0, minutes - most) for minutes in counted.values())


def desk(payroll_id="0012"):
    """A night of eight hours in Rome that ends on a Sunday, and a duty on call."""
    team = Team(
        (Agent("Ana", "Rome", "Europe/Rome", {"it": None}, payroll_id=payroll_id),),
        (Site("Rome", "Europe/Rome", "Rome"),),
    )
    start = datetime(2026, 4, 18, 20, tzinfo=UTC)
    night = Shift(start, "Ana", start + 480 * MINUTE, date(2026, 4, 18), "night", "Europe/Rome")
    later = start + timedelta(days=1)
    call = Shift(
        *(later, "Ana", later + 60 * MINUTE, date(2026, 4, 19), "call", "Europe/Rome", "on_call"),
        counted=False,
    )
    rota = Rota("desk", date(2026, 4, 13), 7, ("Ana",), (night, call))
    return Dossier("desk", "Europe/Rome", "EUR", rota, team, pay_terms(team))


def test_worked_hours_with_the_number_as_text():
    made = from_template(desk(), load_template("payroll-lines"))
    assert made.files["payroll-lines.csv"].decode().splitlines() == [
        '"employee",date,code,quantity',
        '"0012",2026-04-18,ORD-N,2.00',
        '"0012",2026-04-19,SUN-N,6.00',
    ]
    assert made.lacking == ()


def test_hours_with_one_code_are_one_line():
    text = """
        file: a.csv
        header: no
        rows: pay
        decimal: comma
        separator: semicolon
        columns:
          - {field: payroll_id}
          - {field: day, format: ddmmyyyy}
          - {field: bucket, codes: {on_call: "77"}, otherwise: "1"}
          - {field: hours}
          - {field: minutes}
    """
    assert rows_of(from_template(desk(), read_template(text, "x.yaml")), ";") == [
        ["0012", "18042026", "1", "2", "120"],
        ["0012", "19042026", "1", "6", "360"],
        ["0012", "19042026", "77", "1", "60"],
    ]
    days = text.replace('          - {field: bucket, codes: {on_call: "77"}, otherwise: "1"}\n', "")
    assert rows_of(from_template(desk(), read_template(days, "x.yaml")), ";") == [
        ["0012", "18042026", "2", "120"],
        ["0012", "19042026", "7", "420"],
    ]


def test_hours_without_a_code_are_not_lost_unseen():
    text = "file: a.csv\nrows: pay\ncolumns: [{header: Code, field: bucket, codes: {on_call: C}}]"
    made = from_template(desk(), read_template(text, "x.yaml"))
    assert not made.files  # of a title alone
    assert [str(each).partition(";")[0] for each in made.lacking] == [
        'a.csv: no code for "ordinary_night" in column Code',
        'a.csv: no code for "sunday_night" in column Code',
        "a.csv is not written: with them left out, nobody is in it",
    ]


def test_people_without_a_number_are_named():
    made = from_template(desk(""), load_template("payroll-lines"))
    assert [str(each) for each in made.lacking] == [
        "payroll-lines.csv: no payroll_id; left out: Ana",
        "payroll-lines.csv is not written: with them left out, nobody is in it",
    ]
    assert not made.files


def test_every_kind_of_hours_has_a_code():
    assert [name for name in BUCKETS if f"      {name}: " not in template_text("payroll-lines")] == []


@pytest.mark.parametrize("key", ["unpaid_breaks: cut", "midnight: '24:00'", "clock: site", "kinds: work"])
def test_rows_of_hours_have_no_times(key):
    with pytest.raises(InputError, match="rows of paid hours"):
        read_template(f"file: a.csv\nrows: pay\n{key}\ncolumns: [{{header: H, field: hours}}]", "x.yaml")


def test_lines_of_a_month_are_its_days():
    """Months together have every line of the period once, cut where the plan's payroll months are cut."""
    first = date(2026, 3, 16)
    starts = (datetime(2026, 3, 16 + number, 21, tzinfo=UTC) for number in range(7))
    rota = tuple(
        Shift(start, "Ana", start + timedelta(hours=8), start.date(), "night", "UTC") for start in starts
    )
    team = Team((Agent("Ana", "Here", "UTC", {"en": None}, payroll_id="001"),), (Site("Here", "UTC", ""),))
    terms = PayrollTerms(21, "none")
    of = Dossier("desk", "UTC", "EUR", Rota("desk", first, 7, ("Ana",), rota), team, pay_terms(team), terms)

    def lines(month):
        made = make(of, ["payroll-lines"], Wanted(month=month)).files["payroll-lines.csv"]
        return made.decode().splitlines()[1:]

    march, april = lines("2026-03"), lines("2026-04")
    assert {line.split(",")[1] for line in march} == {f"2026-03-{day}" for day in range(16, 21)}
    assert {line.split(",")[1] for line in april} == {f"2026-03-{day}" for day in range(21, 24)}
    assert march + april == lines("")
    with pytest.raises(ValueTextError, match="no month"):
        lines("spring")
