"""Files of the shipped templates against the rota, recounted minute by minute on the clocks of the places."""

import csv
import io
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms, rota_frame
from planner.rota.table import ROTA_COLUMNS
from planner.study.export import Dossier
from planner.study.export.formats import SYSTEMS
from planner.study.export.template import TEMPLATES, from_template, load_template, template_text
from planner.study.export.template_reading import read_template

GOLDEN = Path(__file__).parent / "golden"
MINUTE = timedelta(minutes=1)
# Days before the clocks change, by zone; where they never do, Christmas Eve.
CHANGES = {
    "Europe/Rome": ((2026, 3, 28), (2026, 10, 24)),
    "Europe/Lisbon": ((2026, 3, 28), (2026, 10, 24)),
    "America/New_York": ((2026, 3, 7), (2026, 10, 31)),
    "America/St_Johns": ((2026, 3, 7), (2026, 10, 31)),
    "Australia/Lord_Howe": ((2026, 4, 4), (2026, 10, 3)),
    "Pacific/Chatham": ((2026, 4, 4), (2026, 9, 26)),
    "America/Santiago": ((2026, 4, 4), (2026, 9, 5)),
    "Africa/Cairo": ((2026, 4, 23), (2026, 10, 29)),
    "Asia/Kolkata": ((2026, 12, 24),),
}
ZONES = tuple(CHANGES)
NAMES = ("Ana Sousa", "Łukasz Wójcik", "=1+1", "O'Hara, Bea", 'Ida "Ida" Neri')


def dossier_of(rng):
    """A rota of three people at two sites around a change of clocks."""
    changing = rng.choice(ZONES)
    first = date(*rng.choice(CHANGES[changing]))
    zones = (changing, rng.choice(ZONES))
    sites = tuple(Site(f"Site {n}", zone, night_premium=0.2) for n, zone in enumerate(zones))
    agents, shifts = [], []
    for number, name in enumerate(rng.sample(NAMES, 3)):
        site = rng.choice(sites)
        zone = rng.choice([site.zone, changing, *ZONES])
        agents.append(
            Agent(name, site.name, zone, {"it": None}, payroll_id=f"00{number}", email=f"p{number}@x.com")
        )
        free = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        free += rng.choice([0, 16, 19]) * 60 * MINUTE
        for _ in range(rng.randint(1, 4)):
            start = free + timedelta(minutes=rng.randint(0, 40) * 15)
            length = rng.randint(2, 48) * 15
            away = rng.choice([0, 0, 30, 60]) if length > 150 else 0
            pause = start + timedelta(minutes=rng.randint(0, (length - away) // 15) * 15)
            end = free = start + timedelta(minutes=length)
            shifts.append(
                Shift(
                    start,
                    name,
                    end,
                    start.astimezone(ZoneInfo(zone)).date(),
                    rng.choice(["day", "night, late", "@x"]),
                    zone,
                    rng.choice(["work", "work", "on_call", "training", "meeting"]),
                    pause if away else None,
                    away,
                )
            )
    team = Team(tuple(agents), sites)
    rota = Rota("desk", first, 7, tuple(a.name for a in agents), tuple(sorted(shifts)))
    return Dossier("desk", "Europe/Rome", "EUR", rota, team, pay_terms(team))


def dossiers(*said):
    """A rota for each number, so that all of them differ."""
    return st.integers(0, 2**32).map(lambda seed: dossier_of(random.Random(seed), *said))


def read(made, separator=","):
    """Rows of the only file, as tuples, without its titles."""
    [content] = made.files.values()
    return [
        tuple(row)
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    ][1:]


def wall(at, zone, form):
    return at.astimezone(ZoneInfo(zone)).strftime(form)


def guarded(text):
    return f"'{text}" if text[0] in "=@" else text


def written(of):
    """Shifts that are no duty on call, with person and site."""
    for shift in of.rota.shifts:
        if shift.kind != "on_call":
            agent = of.team.agent(shift.agent)
            yield shift, agent, of.team.site_of(agent)


def test_shipped_templates_are_the_formats():
    assert tuple(sorted(SYSTEMS)) == TEMPLATES
    for name in TEMPLATES:
        template = load_template(name)
        assert (template.name, template.file) == (name, f"{name}.csv")
        assert template.title
        assert len(template.source) > 50
        assert template == read_template(template_text(name), f"{name}.yaml")


@settings(max_examples=100, deadline=None)
@given(dossiers())
def test_deputy_is_the_rota(of):
    made = from_template(of, load_template("deputy"))
    expected = Counter()
    for shift, agent, site in written(of):
        pause, resume = shift.break_start, shift.break_start
        if pause is not None:
            resume = pause + timedelta(minutes=shift.break_minutes)
        stamps = [
            "" if at is None else wall(at, site.zone, form)
            for at in (shift.start, shift.end, pause, resume)
            for form in ("%Y-%m-%d", "%H:%M:%S")
        ]
        first, _, last = agent.name.rpartition(" ")
        who = (guarded(first or last), last if first else "", agent.email)
        places = (site.name, site.name, str(shift.break_minutes))
        rest = ("", "", "", "", guarded(shift.name), "No", "No")
        expected[(*who, *stamps[:4], *places, *stamps[4:], *rest)] += 1
    assert Counter(read(made)) == expected
    assert made.lacking == ()


@settings(max_examples=100, deadline=None)
@given(dossiers())
def test_hrnest_and_insightful_are_the_rota(of):
    hrnest, insightful = Counter(), Counter()
    for shift, agent, _ in written(of):
        start, end = (wall(at, agent.zone, "%Y-%m-%dT%H:%M") for at in (shift.start, shift.end))
        away, name = str(shift.break_minutes), guarded(shift.name)
        hrnest["", "", agent.payroll_id, start, end, away, name, "false"] += 1
        start, end = (wall(at, agent.zone, "%m/%d/%Y %H:%M:%S") for at in (shift.start, shift.end))
        insightful[guarded(agent.name), start, end, agent.zone] += 1
    assert Counter(read(from_template(of, load_template("hrnest")))) == hrnest
    assert Counter(read(from_template(of, load_template("insightful")))) == insightful


@settings(max_examples=100, deadline=None)
@given(dossiers())
def test_personio_is_every_minute_of_work(of):
    expected = Counter()
    for shift, agent, _ in written(of):
        zone = ZoneInfo(agent.zone)
        pause = shift.break_start or shift.end
        resume = pause + timedelta(minutes=shift.break_minutes)
        stretch = []
        at = shift.start
        while at <= shift.end:
            here = at < shift.end and not pause <= at < resume
            if stretch and (not here or at.astimezone(zone).date() != stretch[-1].astimezone(zone).date()):
                begins, ends = stretch[0].astimezone(zone), at.astimezone(zone)
                row = (
                    agent.email,
                    begins.strftime("%d.%m.%Y"),
                    begins.strftime("%H:%M"),
                    ends.strftime("%H:%M"),
                )
                expected[(*row, guarded(shift.name))] += 1
                stretch = []
            if here:
                stretch.append(at)
            at += MINUTE
    assert Counter(read(from_template(of, load_template("personio")))) == expected


@settings(max_examples=100, deadline=None)
@given(dossiers())
def test_columns_of_the_rota_are_those_of_rota_csv(of):
    names = ROTA_COLUMNS
    columns = "".join(f"  - {{header: {name}, field: {name}}}\n" for name in names)
    template = read_template(
        f"file: x.csv\nkinds: [work, on_call, training, meeting]\ncolumns:\n{columns}", "x.yaml"
    )
    rows = read(from_template(of, template))
    frame = rota_frame(of.rota, of.team, of.terms, of.rota_version)
    for row, record in zip(rows, frame.to_dict("records"), strict=True):
        for name, cell in zip(names, row, strict=True):
            if name.endswith("_hours"):
                assert float(cell) == record[name]
            else:
                assert cell == (
                    guarded(record[name])
                    if record[name] and isinstance(record[name], str)
                    else str(record[name])
                )


@settings(max_examples=100, deadline=None)
@given(dossiers(), st.sampled_from(["person", "site", "scenario", "utc"]), st.booleans())
def test_parts_of_days_add_up_to_the_rota(of, clock, cut):
    template = read_template(
        f"""
        file: x.csv
        rows: day
        clock: {clock}
        unpaid_breaks: {"cut" if cut else "keep"}
        kinds: [work, on_call, training, meeting]
        columns:
          - {{header: id, field: shift_id}}
          - {{header: day, field: day}}
          - {{header: from, field: start_utc}}
          - {{header: to, field: end_utc}}
          - {{header: paid, field: paid_minutes}}
          - {{header: break, field: break_minutes}}
          - {{header: night, field: night_hours}}
        """,
        "x.yaml",
    )
    rows = read(from_template(of, template))
    frame = rota_frame(of.rota, of.team, of.terms)
    shifts = sorted(of.rota.shifts, key=lambda shift: (shift.start, shift.agent, shift.end))
    for shift_id, shift, night in zip(frame["shift_id"], shifts, frame["night_hours"], strict=True):
        mine = [row for row in rows if row[0] == shift_id]
        agent = of.team.agent(shift.agent)
        zone = {"person": agent.zone, "site": of.team.site_of(agent).zone, "scenario": of.zone, "utc": "UTC"}[
            clock
        ]
        assert sum(int(row[4]) for row in mine) == shift.paid_minutes
        assert sum(int(row[5]) for row in mine) == (0 if cut else shift.break_minutes)
        if not cut:
            assert sum(float(row[6]) for row in mine) == pytest.approx(night, abs=1e-3)
        for _, day, start, end, *_ in mine:
            first, last = (datetime.fromisoformat(text) for text in (start, end))
            assert shift.start <= first < last <= shift.end
            assert {wall(at, zone, "%Y-%m-%d") for at in (first, last - MINUTE)} == {day}


def small(shared):
    """Four people with names like formulas, over the nights on which the clocks change in Rome."""
    with (shared / "data/exports/synthetic/formula_agent_names.csv").open(encoding="utf-8") as source:
        names = [row["name"] for row in csv.DictReader(source)]
    rome = Site("Rome", "Europe/Rome", "Rome", night_premium=0.25)
    agents = tuple(
        Agent(name, "Rome", "Europe/Rome", {"it": None}, teams=frozenset({"it"}), payroll_id=f"00{number}",
              email=f"person{number}@example.com")
        for number, name in enumerate(names, start=1)
    )  # fmt: skip
    shifts = []
    for number, name in enumerate(names):
        day = date(2026, 10, 23 + number)
        start = datetime(2026, 10, 23 + number, 21 - number, tzinfo=UTC)
        end = start + timedelta(hours=9)
        kind = ("work", "work", "training", "on_call")[number]
        shifts.append(
            Shift(start, name, end, day, "night", "Europe/Rome", kind, start + timedelta(hours=2), 60)
        )
    team = Team(agents, (rome,))
    rota = Rota("desk", date(2026, 10, 19), 14, tuple(names), tuple(sorted(shifts)))
    return Dossier("desk", "Europe/Rome", "EUR", rota, team, pay_terms(team, {"Rome": 0.5}))


@pytest.mark.parametrize("name", TEMPLATES)
def test_golden(name, shared):
    """Delete the file to have it written anew."""
    made = from_template(small(shared), load_template(name))
    golden = GOLDEN / f"{name}.csv"
    if not golden.exists():
        GOLDEN.mkdir(exist_ok=True)
        golden.write_bytes(made.files[f"{name}.csv"])
    assert made.files[f"{name}.csv"] == golden.read_bytes()
    assert made.lacking == ()
