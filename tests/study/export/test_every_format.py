"""Every format holds the same rota: read back by code that shares nothing with what wrote it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import icalendar
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.cli.export import DIALECT_NAMES
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms, rota_cost
from planner.study.export import FORMATS, Dossier, Wanted, make
from planner.study.export.dialect import DIALECTS

# Clocks with whole, half and odd hours, and a change of half an hour; each with days on which it changes.
CHANGES = {
    "Europe/Rome": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/St_Johns": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Pacific/Chatham": (date(2026, 4, 5), date(2026, 9, 27)),
    "Asia/Kathmandu": (date(2026, 4, 14),),
    "Asia/Kolkata": (date(2026, 8, 15),),
}
PLACES = {"Europe/Rome": "Rome", "America/New_York": "US", "Asia/Kolkata": "IN"}
NAMES = ("=HYPERLINK(0)", 'Ana; Lopes, "Nina"', "Zoë-Łucja O'Neil", "@SUM(1)", "+39 02 1234", "-2+3", "Bo")
DAYS = 9


@st.composite
def dossiers(draw):
    """A team of up to four at up to two places, and a rota around a clock change of one of them."""
    zones = draw(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=2, unique=True))
    first = draw(st.sampled_from(CHANGES[zones[0]])) - timedelta(days=draw(st.integers(1, 7)))
    sites = tuple(Site(f"Site {z}", z, PLACES.get(z, ""), night_premium=0.25) for z in zones)
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    agents = tuple(
        Agent(
            name,
            site.name,
            site.zone,
            {"en": None},
            cost_per_hour=draw(st.sampled_from((11.11, 14.0, 17.35))),
            payroll_id=f"{n:04d}",
            email=f"p{n}@example.com",
            teams=frozenset({"support"}),
        )
        for n, name in enumerate(names)
        for site in (sites[n % len(sites)],)
    )
    shifts = [
        shift
        for agent in agents
        for day in range(DAYS)
        if (shift := draw(duties(agent, first + timedelta(days=day)))) is not None
    ]
    # Nobody is in two places at once: a duty that begins before the last one ends is left out.
    kept: list[Shift] = []
    for shift in sorted(shifts):
        if not any(other.agent == shift.agent and other.end > shift.start for other in kept):
            kept.append(shift)
    rota = Rota("Any", first, DAYS, tuple(names), tuple(kept))
    team = Team(agents, sites)
    terms = pay_terms(team, {site.name: 0.5 for site in sites})
    cost = rota_cost(rota, terms).total_cents
    return Dossier("Any", zones[0], "EUR", rota, team, terms, versions={"planner": "1"}, cost_cents=cost)


@st.composite
def duties(draw, agent, day):
    """One duty of a day, or none."""
    if not draw(st.booleans()):
        return None
    minute = draw(st.integers(0, 95)) * 15
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZoneInfo(agent.zone))
    start = wall.astimezone(UTC)
    start_day = start.astimezone(ZoneInfo(agent.zone)).date()
    end = start + timedelta(minutes=15 * draw(st.integers(8, 48)))
    kind = draw(st.sampled_from(("work", "work", "work", "on_call", "training")))
    rest = start + timedelta(minutes=60) if draw(st.booleans()) and kind == "work" else None
    share, counted = (0.15, False) if kind == "on_call" else (1.0, True)
    minutes = 30 if rest else 0
    return Shift(
        start, agent.name, end, start_day, "shift", agent.zone, kind, rest, minutes, "draft", share, counted
    )


def told(of: Dossier):
    """Who is on duty from when to when, as the rota itself says."""
    return Counter((s.agent, s.start, s.end) for s in of.rota.shifts)


def rows_of(content: bytes, delimiter=","):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def plain(cell: str) -> str:
    """A text cell without the apostrophe that keeps it from being run."""
    return cell[1:] if cell[:2] in {"'=", "'+", "'-", "'@"} else cell


def local(day: str, time: str, zone: str, form: str):
    """Every instant that a wall-clock stamp may mean."""
    stamp = datetime.strptime(f"{day} {time}", form).replace(tzinfo=ZoneInfo(zone))
    return {stamp.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}


def matched(rows, of: Dossier):
    """Rows of (who, possible starts, possible ends), each of which fits a shift of its own."""
    left = told(of)
    for who, starts, ends in rows:
        fitting = [each for each in left if each[0] == who and each[1] in starts and each[2] in ends]
        assert fitting, (who, starts, ends)
        left[fitting[0]] -= 1
        left += Counter()
    return not left


any_dossier = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@any_dossier
@given(dossiers(), st.sampled_from(("plain", "it", "fr", "de", "pt")))
def test_rota_csv(of, dialect):
    content = make(of, ["csv"], Wanted(dialect=dialect)).files["rota.csv"]
    form = {"plain": "%Y-%m-%dT%H:%M:%SZ", "de": "%d.%m.%Y %H:%M"}.get(dialect, "%d/%m/%Y %H:%M")
    found = Counter()
    for row in rows_of(content, "," if dialect == "plain" else ";"):
        start, end = (
            datetime.strptime(row[column], form).replace(tzinfo=UTC) for column in ("start_utc", "end_utc")
        )
        found[plain(row["agent"]), start, end] += 1
        assert float(row["elapsed_hours"].replace(",", ".")) == (end - start).total_seconds() / 3600
    assert found == told(of)
    assert content.startswith(b"\xef\xbb\xbf") == (dialect != "plain")


@any_dossier
@given(dossiers())
def test_pieces_of_rota_csv(of):
    """Split at midnight: pieces of one shift follow each other, none passes midnight, hours are the same."""
    found: dict[str, list] = {}
    for row in rows_of(make(of, ["csv"], Wanted(split=True)).files["rota.csv"]):
        start, end = (
            datetime.strptime(row[column], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
            for column in ("start_utc", "end_utc")
        )
        zone = ZoneInfo(row["zone"])
        last = end - timedelta(seconds=1)
        assert row["day"] == str(start.astimezone(zone).date()) == str(last.astimezone(zone).date())
        found.setdefault(row["shift_id"], []).append(
            (start, end, plain(row["agent"]), float(row["paid_hours"]))
        )
    whole = Counter()
    for pieces in found.values():
        pieces.sort()
        assert all(a[1] == b[0] for a, b in pairwise(pieces))
        whole[pieces[0][2], pieces[0][0], pieces[-1][1]] += 1
    assert whole == told(of)
    paid = sum(piece[3] for pieces in found.values() for piece in pieces)
    assert paid == pytest.approx(sum(s.paid_minutes for s in of.rota.shifts) / 60, abs=1e-3)


@any_dossier
@given(dossiers())
def test_workbook(of):
    made = make(of, ["xlsx"], Wanted()).files["rota.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert not [
        cell.coordinate
        for sheet in book
        for row in sheet
        for cell in row
        if cell.data_type == "f" or cell.hyperlink
    ]
    sheet = book["Shifts"]
    heads = [cell.value for cell in sheet[4]]
    who, start, end = (heads.index(head) for head in ("Person", "Start (UTC)", "End (UTC)"))
    found = Counter()
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if row[who] is not None and row[start] is not None:
            found[row[who], row[start].replace(tzinfo=UTC), row[end].replace(tzinfo=UTC)] += 1
    assert found == told(of)


@any_dossier
@given(dossiers())
def test_calendars(of):
    found = Counter()
    files = make(of, ["ics"], Wanted()).files
    people = {path: content for path, content in files.items() if path.endswith(".ics")}
    for content in people.values():
        calendar = icalendar.Calendar.from_ical(content)
        # The parser does not know this property, so that its escapes are still there.
        who = str(calendar["X-WR-CALNAME"]).replace("\\,", ",").replace("\\;", ";")
        for event in calendar.walk("VEVENT"):
            (name,) = [agent for agent in of.rota.agents if agent in who]
            found[name, event.decoded("DTSTART"), event.decoded("DTEND")] += 1
    assert found == told(of)
    with zipfile.ZipFile(io.BytesIO(files["calendars.zip"])) as packed:
        assert {f"calendars/{name}": packed.read(name) for name in packed.namelist()} == people


@any_dossier
@given(dossiers())
def test_deputy(of):
    people = {agent.email: agent for agent in of.team.agents}
    rows = []
    for row in rows_of(make(of, ["deputy"], Wanted()).files["deputy.csv"]):
        agent = people[row["Email"]]
        rows.append(
            (
                agent.name,
                local(row["Start Date"], row["Start Time"], agent.zone, "%Y-%m-%d %H:%M:%S"),
                local(row["End Date"], row["End Time"], agent.zone, "%Y-%m-%d %H:%M:%S"),
            )
        )
    without_calls = replace(of.rota, shifts=tuple(s for s in of.rota.shifts if s.kind != "on_call"))
    assert matched(rows, of) or matched(rows, replace(of, rota=without_calls))


@any_dossier
@given(dossiers())
def test_payroll(of):
    """Hours by person and money in all are those of the rota, whatever the clock did."""
    files = make(of, ["hours"], Wanted()).files
    minutes = Counter()
    for shift in of.rota.shifts:
        minutes[shift.agent] += round((shift.end - shift.start).total_seconds() / 60) - shift.break_minutes
    found = Counter()
    for row in rows_of(files["hours.csv"]):
        hours, rest = row["total_time"].split(":")
        found[plain(row["agent"])] += int(hours) * 60 + int(rest)
        buckets = [name for name in row if name.endswith("_time") and name != "total_time"]
        parts = [row[name].split(":") for name in buckets]
        assert sum(int(h) * 60 + int(m) for h, m in parts) == int(hours) * 60 + int(rest)
    assert +found == +minutes
    cents = sum(round(float(row["total"]) * 100) for row in rows_of(files["hours_cost.csv"]))
    assert cents == of.cost_cents


@any_dossier
@given(dossiers())
def test_payroll_lines(of):
    """Worked hours by employee number, whatever the clock did."""
    numbers = {agent.payroll_id: agent.name for agent in of.team.agents}
    found = Counter()
    content = make(of, ["payroll-lines"], Wanted()).files["payroll-lines.csv"]
    text = content.decode("utf-8-sig")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    for number, _, _, quantity in rows[1:]:
        found[numbers[number]] += round(float(quantity.replace(",", ".")) * 60)
    minutes = Counter()
    for shift in of.rota.shifts:
        if shift.kind != "on_call":
            minutes[shift.agent] += shift.paid_minutes
    assert set(found) <= set(minutes)
    assert all(abs(found[name] - minutes[name]) <= 1 for name in minutes)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dossiers())
def test_the_same_bytes_and_no_formula(of):
    wanted = Wanted(against=of)
    made = make(of, [*FORMATS], wanted)
    assert made.files == make(of, [*FORMATS], wanted).files
    for name, content in made.files.items():
        if name.endswith(".csv"):
            text = content.decode("utf-8-sig")
            delimiter = max(",;\t", key=text.partition("\n")[0].count)
            cells = [c for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for c in row]
            live = [cell for cell in cells if cell[:1] in set("=@\t\r")]
            live += [cell for cell in cells if cell[:1] in {"+", "-"} and not cell[1:2].isdigit()]
            assert live == [], name


def test_the_verbs_know_every_dialect():
    assert tuple(DIALECTS) == DIALECT_NAMES


def test_a_line_end_in_a_name_breaks_no_row():
    """A lone carriage return ends a row for spreadsheets, and what stands behind it begins a cell."""
    first, start = date(2026, 3, 2), datetime(2026, 3, 2, 8, tzinfo=UTC)
    team = Team((Agent("Bo\r=2", "Here", "UTC", {"en": None}, email="bo@x.it"),), (Site("Here", "UTC", ""),))
    shift = Shift(start, "Bo\r=2", start + timedelta(hours=8), first, "day\r@x", "UTC")
    rota = Rota("desk", first, 7, ("Bo\r=2",), (shift,))
    of = Dossier("desk", "UTC", "EUR", rota, team, pay_terms(team))
    for dialect, separator in (("plain", ","), ("it", ";")):
        made = make(of, ["csv", "hours", "deputy", "insightful"], Wanted(dialect))
        for name, content in made.files.items():
            text = content.decode("utf-8-sig")
            sign = separator if name in ("rota.csv", "hours.csv", "hours_cost.csv") else ","
            table = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
            assert len(table) == 2
            assert {len(row) for row in table} == {len(table[0])}
            assert any("Bo\r=2" in row for row in table) or name in ("hours_cost.csv", "deputy.csv")
