"""rota.csv in every dialect: it comes back as it was, and says the same to a spreadsheet."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.__main__ import main
from planner._errors import InputError
from planner.cli.verb import FINDINGS
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, ShiftType, pay_terms, read_rota
from planner.study import Scenario
from planner.study.export import Dossier
from planner.study.export.dialect import DIALECTS
from planner.study.export.rota_csv import rota_csv

GOLDEN = Path(__file__).parent / "golden"
NAMES = ("=HYPERLINK(0)", 'Ana; Lopes, "Nina"', "Zoë-Łucja O'Neil", "@SUM(1)", "+39 02 1234", "-2+3", "00123")
TYPES = (
    ShiftType("night", (1320,), 480, 30),
    ShiftType("watch", (0,), 720, kind="on_call", pay_share=0.15, counted=False),
    ShiftType("=cheap; shift", (480,), 480, pay_share=0.9),
)
ZONES = {
    "Europe/Rome": (date(2026, 3, 28), date(2026, 10, 24)),
    "Australia/Lord_Howe": (date(2026, 4, 4), date(2026, 10, 3)),
    "Asia/Kathmandu": (date(2026, 6, 9),),
    "Africa/Cairo": (date(2026, 4, 23), date(2026, 10, 29)),
}
FIRST, DAYS = date(2026, 1, 1), 365


def dossier(shifts, agents, zone="Europe/Rome") -> Dossier:
    site = Site("Sede, via; Po", zone, night_premium=0.25)
    team = Team(tuple(replace(agent, site=site.name) for agent in agents), (site,))
    order = tuple(sorted(shifts, key=lambda shift: (shift.start, shift.agent, shift.end)))
    rota = Rota("Desk; one", FIRST, DAYS, tuple(agent.name for agent in agents), order)
    return Dossier("Desk; one", zone, "EUR", rota, team, pay_terms(team), rota_version=2)


@st.composite
def dossiers(draw):
    """Up to three people with duties around a change of their clocks, some of them on one day or twice."""
    zone = draw(st.sampled_from(sorted(ZONES)))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    agents = [Agent(name, "", zone, {"it": None}, payroll_id=f"{n:04d}") for n, name in enumerate(names)]
    day = draw(st.sampled_from(ZONES[zone]))
    shifts = []
    for _ in range(draw(st.integers(0, 5))):
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            minutes=draw(st.integers(0, 4000))
        )
        length = draw(st.one_of(st.integers(1, 2880), st.sampled_from((480, 540))))
        rest = draw(st.integers(0, min(90, length - 1)))
        begins = (
            start + timedelta(minutes=draw(st.integers(0, length - rest))) if draw(st.booleans()) else None
        )
        kind = draw(st.sampled_from(TYPES))
        shifts.append(
            Shift(
                start,
                draw(st.sampled_from(names)),
                start + timedelta(minutes=length),
                start.astimezone(ZoneInfo(zone)).date(),
                kind.name,
                zone,
                kind.kind,
                begins if rest else None,
                rest,
                draw(st.sampled_from(("draft", "published", "locked"))),
                kind.pay_share,
                kind.counted,
            )
        )
    return dossier(shifts, agents, zone)


def read_back(content: bytes, of: Dossier, **more: object):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rota.csv"
        path.write_bytes(content)
        return read_rota(path, of.team, TYPES, FIRST, DAYS, **more)  # type: ignore[arg-type]


def in_order(shifts) -> list[str]:
    """Shifts of equal start, person and end have no order of their own."""
    return sorted(map(repr, shifts))


@given(dossiers(), st.sampled_from(sorted(DIALECTS)), st.booleans(), st.booleans())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_every_way_of_writing_comes_back(of, dialect, split, raw):
    made = rota_csv(of, dialect, split, raw)
    assert (list(made.files), made.lacking, made.notices) == (["rota.csv"], (), ())
    found = read_back(made.files["rota.csv"], of)
    assert in_order(found.shifts) == in_order(of.rota.shifts)
    assert (found.agents, found.first_day, found.days) == (of.rota.agents, FIRST, DAYS)
    assert found.scenario == ("Desk; one" if of.rota.shifts else "")
    assert rota_csv(of, dialect, split, raw).files == made.files


@given(dossiers(), st.sampled_from(sorted(set(DIALECTS) - {"plain"})), st.booleans(), st.booleans())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_dialect_says_what_the_plain_file_says(of, dialect, split, raw):
    """Cell by cell, read with a pattern of the dialect that is written here, not there."""
    plain = rota_csv(of, "plain", split, raw).files["rota.csv"].decode()
    content = rota_csv(of, dialect, split, raw).files["rota.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    rows = list(csv.reader(io.StringIO(plain, newline="")))
    others = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == others[0]
    day = "%d.%m.%Y" if dialect == "de" else "%d/%m/%Y"
    for row, other in zip(rows[1:], others[1:], strict=True):
        for column, cell, told in zip(rows[0], row, other, strict=True):
            if column == "day":
                assert told == date.fromisoformat(cell).strftime(day)
            elif column in {"start_local", "end_local", "start_utc", "end_utc", "break_starts_utc"} and cell:
                assert told == datetime.fromisoformat(cell).strftime(f"{day} %H:%M")
            elif column.endswith("_hours") or column == "premium_cost":
                assert told == cell.replace(".", ",")
            else:
                assert told == cell


def test_plain_files_are_those_of_a_plan(autumn):
    from planner.rota import rota_frame
    from planner.study.tables import csv_text

    frame = rota_frame(autumn.rota, autumn.team, autumn.terms, 2)
    assert rota_csv(autumn).files["rota.csv"] == csv_text("rota.csv", frame).encode()


def test_a_published_rota_says_so(autumn):
    told = replace(autumn, published_at=datetime(2026, 10, 1, tzinfo=UTC))
    assert {shift.status for shift in read_back(rota_csv(told).files["rota.csv"], told).shifts} == {
        "published"
    }


def test_unknown_dialects_are_named(autumn):
    with pytest.raises(InputError, match="did you mean it"):
        rota_csv(autumn, "itt")
    with pytest.raises(InputError, match="plain, it, fr, de, pt"):
        rota_csv(autumn, "klingon")


def formula_names(shared) -> list[str]:
    path = shared / "data" / "exports" / "synthetic" / "formula_agent_names.csv"
    return [row["name"] for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))]


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_names_like_formulas_are_text_and_come_back(dialect, split, shared):
    names = formula_names(shared)
    agents = [Agent(name, "", "Europe/Rome", {}, payroll_id="00123") for name in names]
    start = datetime(2026, 10, 24, 20, tzinfo=UTC)
    shifts = [
        Shift(start, n, start + timedelta(hours=9), date(2026, 10, 24), "night", "Europe/Rome") for n in names
    ]
    of = dossier(shifts, agents)
    separator = "," if dialect == "plain" else ";"
    for raw in (False, True):
        content = rota_csv(of, dialect, split, raw).files["rota.csv"]
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))
        assert len(rows) == len(names) * (1 + split)
        assert {row["payroll_id"] for row in rows} == {"00123"}
        found = {row["agent"] for row in rows}
        assert found == (set(names) if raw else {f"'{name}" for name in names})
        if not raw:
            assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]
        assert {shift.agent for shift in read_back(content, of).shifts} == set(names)


@pytest.fixture
def autumn() -> Dossier:
    """A week of a clock change: a night of 9 hours, two duties within the hour that comes twice, a break
    over midnight, the last night of the week."""
    agents = [
        Agent("Zoë", "", "Europe/Rome", {"it": None, "fr": None}, frozenset({"b", "a"}), cost_per_hour=14.2,
              payroll_id="00123"),
        Agent("=Ana", "", "Europe/Rome", {"it": None}, cost_per_hour=20),
    ]  # fmt: skip

    def duty(name, start, hours, **more):
        begins = datetime.fromisoformat(start).replace(tzinfo=UTC)
        local = begins.astimezone(ZoneInfo("Europe/Rome")).date()
        return Shift(begins, name, begins + timedelta(hours=hours), local, "night", "Europe/Rome", **more)

    rest = datetime(2026, 10, 22, 21, 45, tzinfo=UTC)
    shifts = [
        duty("Zoë", "2026-10-24T20:00", 9),
        duty("=Ana", "2026-10-25T00:15", 0.5),
        duty("=Ana", "2026-10-25T01:15", 0.5),
        duty("Zoë", "2026-10-22T19:00", 8, break_start=rest, break_minutes=30),
        duty("=Ana", "2026-10-25T21:00", 8, break_minutes=30, status="locked"),
    ]
    return dossier(shifts, agents)


@pytest.mark.parametrize(("name", "split"), [("rota-it", False), ("rota-it-split", True)])
def test_golden(name, split, autumn):
    content, golden = rota_csv(autumn, "it", split).files["rota.csv"], GOLDEN / f"{name}.csv"
    assert content == golden.read_bytes()
    assert read_back(content, autumn).shifts == autumn.rota.shifts


def test_a_file_that_an_office_program_saved(autumn):
    """The Italian file opened in LibreOffice 7 and saved with the dates of an American machine."""
    content = (GOLDEN / "rota-it-split-saved-by-libreoffice.csv").read_bytes()
    assert b"10/24/2026 10:00 PM" in content
    assert read_back(content, autumn).shifts == autumn.rota.shifts


DESK = """
name: Desk
zone: Europe/Rome
period: {first_day: 2026-10-19, weeks: 1}
sites: [{name: Rome, zone: Europe/Rome, public_holidays: Rome, country_rules: it}]
agents:
  - {name: "=Ana", languages: it, payroll_id: "0012"}
  - {name: Bo, languages: it}
queues: [{name: phone it, channel: phone, language: it}]
need: {phone it: 1}
opening_hours: [{queues: all, days: all, open: 22:00, close: 06:00}]
shifts: [{name: night, start: "22:00", paid_hours: 8}, {name: late, start: "14:00", paid_hours: 7}]
solve: {effort: quick, seed: 1}
"""


def test_audit_of_a_split_file_in_italian(tmp_path, capsys):
    """The judge says the same of both files: the last night ends after the period, and is one night."""
    scenario = Scenario.from_text(DESK)
    (tmp_path / "scenario.yaml").write_text(DESK, encoding="utf-8")
    shifts = []
    for number in range(7):
        day = date(2026, 10, 19) + timedelta(days=number)
        start = datetime(day.year, day.month, day.day, 22, tzinfo=ZoneInfo("Europe/Rome")).astimezone(UTC)
        end = start + timedelta(hours=9 if day == date(2026, 10, 24) else 8)
        shifts.append(Shift(start, ("=Ana", "Bo")[number % 2], end, day, "night", "Europe/Rome"))
    # Eight hours after a night.
    early = datetime(2026, 10, 20, 12, tzinfo=UTC)
    shifts.append(Shift(early, "=Ana", early + timedelta(hours=7), early.date(), "late", "Europe/Rome"))
    rota = Rota("Desk", date(2026, 10, 19), 7, ("=Ana", "Bo"), tuple(sorted(shifts)))
    team = scenario.team
    of = Dossier("Desk", "Europe/Rome", "EUR", rota, team, pay_terms(team))
    said = {}
    for split in (False, True):
        path = tmp_path / f"rota-{split}.csv"
        path.write_bytes(rota_csv(of, "it", split).files["rota.csv"])
        assert read_rota(path, team, scenario.shift_types, rota.first_day, 7).shifts == rota.shifts
        code = main(["audit", str(tmp_path / "scenario.yaml"), str(path)])
        out, err = capsys.readouterr()
        assert err == ""
        said[split] = (code, out)
    assert said[False] == said[True]
    assert said[True][0] == FINDINGS
    assert "=Ana" in said[True][1]
