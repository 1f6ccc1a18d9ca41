"""rota.xlsx read back by another library: the grid is the rota, totals are right, nothing runs."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from planner._messages import speaking
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms
from planner.study.export import Dossier
from planner.study.export.workbook import rota_xlsx

FIRST = date(2026, 3, 23)  # the clocks of Rome change on its first Sunday; Easter Monday is 6 April
HOLIDAY, WEEKEND = "FFDDD2EA", "FFE9E9E9"


def duty(agent: Agent, day: date, hour: float, hours: float, name: str, kind="work", rest=0) -> Shift:
    wall = datetime(day.year, day.month, day.day, int(hour), int(hour % 1 * 60), tzinfo=ZoneInfo(agent.zone))
    start = wall.astimezone(UTC)
    counted = kind != "on_call"
    end = start + timedelta(hours=hours)
    return Shift(start, agent.name, end, day, name, agent.zone, kind, None, rest, counted=counted)


@pytest.fixture(scope="module")
def team():
    rome = Site("Rome", "Europe/Rome", "Rome", night_premium=0.15)
    kolkata = Site("Kolkata", "Asia/Kolkata", "IN")
    people = (
        ("=HYPERLINK(0)", rome, {"payroll_id": "0012"}),
        ("Bo", rome, {"unavailable": frozenset({date(2026, 3, 25)}), "weekly_minutes": 1200}),
        ("+39 02 1234", kolkata, {"available_from": date(2026, 3, 30)}),
    )
    agents = tuple(Agent(n, s.name, s.zone, {"en": None}, cost_per_hour=14, **more) for n, s, more in people)
    return Team(agents, (rome, kolkata))


@pytest.fixture(scope="module")
def of(team):
    eve, bo, kim = team.agents
    shifts = [duty(eve, FIRST + timedelta(days=d), 22, 8, "night", rest=30) for d in (3, 4, 5, 13)]
    shifts += [duty(bo, FIRST + timedelta(days=d), 7, 8.5, "early", rest=30) for d in range(5) if d != 2]
    shifts += [duty(bo, FIRST, 18, 4, "training", "training")]
    shifts += [duty(kim, FIRST + timedelta(days=d), 9.5, 9, "day", rest=60) for d in range(7, 12)]
    shifts += [duty(kim, FIRST + timedelta(days=12), 19, 12, "on call", "on_call")]
    rota = Rota("Desk & night", FIRST, 14, tuple(a.name for a in team.agents), tuple(sorted(shifts)))
    terms = pay_terms(team, {"Rome": 0.3})
    return Dossier(
        "Desk & night", "Europe/Rome", "EUR", rota, team, terms, findings=("Bo: too short a rest",),
        not_checked=("pack it: nobody looked",), versions={"planner": "0.1.0", "tzdata": "2026f"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def book(of):
    return openpyxl.load_workbook(io.BytesIO(rota_xlsx(of).files["rota.xlsx"]))


def find(sheet, text):
    """The cell that holds exactly this."""
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    return cell


def grid(sheet, of):
    """Cells of the grid by person and day; heads say day and month only."""
    head = find(sheet, "Person")
    days = {}
    for cell in sheet[head.row]:
        found = re.match(r"(\d{2} [A-Z][a-z]{2})", str(cell.value or ""))
        if found:
            stamp = datetime.strptime(f"{found[1]} 2026", "%d %b %Y").replace(tzinfo=UTC)
            days[cell.column] = stamp.date()
    rows = {sheet.cell(row, 1).value: row for row in range(head.row + 1, head.row + 1 + len(of.team.agents))}
    return {
        (name, day): sheet.cell(row, column) for name, row in rows.items() for column, day in days.items()
    }


def test_the_grid_is_the_rota(of, book):
    cells = grid(book.worksheets[0], of)
    assert len(cells) == 3 * 14
    expected = Counter()
    for shift in of.rota.shifts:
        zone = ZoneInfo(shift.zone)
        span = "-".join(
            f"{at.astimezone(zone):%H}" + (f":{at.astimezone(zone):%M}" if at.astimezone(zone).minute else "")
            for at in (shift.start, shift.end)
        )
        expected[shift.agent, shift.day, span] += 1
    found = Counter()
    for (name, day), cell in cells.items():
        for span in re.findall(r"\d{2}(?::\d{2})?-\d{2}(?::\d{2})?", str(cell.value or "")):
            found[name, day, span] += 1
    assert found == expected


def test_cells_tell_kinds_apart(of, book):
    cells = grid(book.worksheets[0], of)
    texts = {key: str(cell.value or "") for key, cell in cells.items()}
    assert texts["=HYPERLINK(0)", date(2026, 3, 26)].startswith("N ")
    assert len(texts["Bo", FIRST].splitlines()) == 2  # work, then training, with its own signs
    assert "[" in texts["Bo", FIRST] or "{" in texts["Bo", FIRST]
    assert texts["+39 02 1234", FIRST + timedelta(days=12)].startswith("(")
    assert texts["Bo", date(2026, 3, 25)] == "away"
    assert texts["+39 02 1234", FIRST] != ""  # not yet employed


def test_no_hours_are_broken_in_the_middle(of):
    """A month of two sites with half-hour times: narrow columns, where office programs break at a hyphen."""
    eve, bo, kim = of.team.agents
    days = [FIRST + timedelta(days=n) for n in range(28)]
    shifts = tuple(sorted(duty(who, day, 14.5, 9, "late") for who in (eve, bo, kim) for day in days))
    rota = replace(of.rota, days=28, shifts=shifts)
    read = openpyxl.load_workbook(io.BytesIO(rota_xlsx(replace(of, rota=rota)).files["rota.xlsx"]))
    texts = [str(cell.value) for cell in grid(read.worksheets[0], of).values()]
    assert sum("14:30" in text for text in texts) == 3 * 28
    broken = {text for text in texts if "-\n" in text}
    assert broken in (set(), set(texts))  # ends stand below starts everywhere, or nowhere


def test_weekends_and_holidays_are_shaded(of, book):
    cells = grid(book.worksheets[0], of)
    assert cells["Bo", date(2026, 3, 28)].fill.fgColor.rgb == WEEKEND
    assert cells["Bo", date(2026, 4, 5)].fill.fgColor.rgb == HOLIDAY  # Easter Sunday in Rome
    assert cells["Bo", date(2026, 3, 31)].fill.fgColor.rgb not in {WEEKEND, HOLIDAY}
    work = cells["=HYPERLINK(0)", date(2026, 3, 27)].fill.fgColor.rgb
    assert work not in {WEEKEND, HOLIDAY, cells["Bo", FIRST].fill.fgColor.rgb}


def test_totals_are_values_and_right(of, book):
    sheet = book.worksheets[0]
    head = find(sheet, "Person")
    last = max(cell.column for cell in sheet[head.row] if cell.value is not None)
    for row in range(head.row + 1, head.row + 4):
        name = sheet.cell(row, 1).value
        mine = [s for s in of.rota.shifts if s.agent == name and s.kind != "on_call"]
        paid = sum((s.end - s.start).total_seconds() / 3600 - s.break_minutes / 60 for s in mine)
        assert (sheet.cell(row, last - 1).value, sheet.cell(row, last).value) == (
            len(mine),
            pytest.approx(paid),
        )
    # The night in which the clocks go forward is 7.5 paid hours long wherever its end is shown.
    people = find(sheet, "People").row
    by_day = [sheet.cell(people, column).value for column in range(3, 17)]
    working = Counter((s.day - FIRST).days for s in {s.agent + str(s.day): s for s in of.rota.shifts
                                                      if s.kind != "on_call"}.values())  # fmt: skip
    assert by_day == [working[day] for day in range(14)]


def test_hours_and_fairness(of, book):
    sheet = book["Hours"]
    heads = {cell.value: cell.column for cell in sheet[find(sheet, "Person").row]}
    row = find(sheet, "Bo").row
    assert sheet.cell(row, heads["Paid hours"]).value == pytest.approx(4 * 8 + 4)
    # Two weeks of 20 h; a day of leave counts a fifth of the week, Easter Monday lies outside.
    assert sheet.cell(row, heads["Contract hours"]).value == pytest.approx(40 - 4)
    sheet = book["Fairness"]
    heads = {cell.value: cell.column for cell in sheet[find(sheet, "Person").row]}
    assert sheet.cell(find(sheet, "=HYPERLINK(0)").row, heads["Nights"]).value == 4


def test_shifts_are_dates_and_ids_are_text(of, book):
    sheet = book["Shifts"]
    heads = {cell.value: cell.column for cell in sheet[find(sheet, "Person").row]}
    rows = list(sheet.iter_rows(min_row=find(sheet, "Person").row + 1))
    assert len(rows) == len(of.rota.shifts)
    for row, shift in zip(rows, sorted(of.rota.shifts), strict=True):
        start = shift.start.astimezone(ZoneInfo(shift.zone)).replace(tzinfo=None)
        assert row[heads["Start"] - 1].value == start
        assert row[heads["Person"] - 1].value == shift.agent
        assert isinstance(row[heads["Shift id"] - 1].value, str)
    assert {row[heads["Payroll id"] - 1].value for row in rows} >= {"0012"}
    assert sheet.auto_filter.ref is not None


def test_findings_and_legend(book):
    told = "\n".join(str(c.value) for s in ("Findings", "Legend") for r in book[s].iter_rows() for c in r)
    assert "Bo: too short a rest" in told
    assert "pack it: nobody looked" in told
    assert "2026f" in told
    assert "Europe/Rome" in told


def test_an_unjudged_rota_says_so(of):
    changed = replace(of, judged=False, findings=(), not_checked=())
    read = openpyxl.load_workbook(io.BytesIO(rota_xlsx(changed).files["rota.xlsx"]))
    assert [c.value for r in read["Findings"].iter_rows() for c in r] != [
        c.value
        for r in openpyxl.load_workbook(
            io.BytesIO(rota_xlsx(replace(of, findings=(), not_checked=())).files["rota.xlsx"])
        )["Findings"].iter_rows()
        for c in r
    ]


def test_every_sheet_prints_on_a4_with_its_heads(book):
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize in {9, "9"}
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    first = book.worksheets[0]
    assert first.page_setup.orientation == "landscape"
    assert first.freeze_panes is not None
    assert first.print_title_rows
    assert first.print_title_cols


def test_nothing_runs_and_nobody_reads_pay(of, shared):
    sample = shared / "data/exports/synthetic/formula_agent_names.csv"
    names = [row["name"] for row in csv.DictReader(io.StringIO(sample.read_text(encoding="utf-8")))]
    agents = tuple(replace(of.team.agents[0], name=name, cost_per_hour=1234.56) for name in names)
    shifts = tuple(duty(agent, FIRST, 9, 8, "=1+1") for agent in agents)
    team = Team(agents, of.team.sites)
    rota = Rota("=SUM(A1)", FIRST, 7, tuple(names), shifts)
    content = rota_xlsx(replace(of, scenario="=SUM(A1)", rota=rota, team=team)).files["rota.xlsx"]
    read = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in read for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert set(names) <= {cell.value for cell in cells}
    assert not [cell.value for cell in cells if isinstance(cell.value, int | float) and cell.value > 1000]
    packed = ZipFile(io.BytesIO(content))
    assert not [name for name in packed.namelist() if "vba" in name.lower() or "externalLink" in name]
    assert not [name for name in packed.namelist() if b"<f>" in packed.read(name)]


def test_italian(of):
    with speaking("it"):
        read = openpyxl.load_workbook(io.BytesIO(rota_xlsx(of).files["rota.xlsx"]))
    assert read.sheetnames[1:3] == ["Ore", "Equità"]
    told = " ".join(str(cell.value) for row in read.worksheets[0].iter_rows() for cell in row)
    assert "lun" in told
    assert "Person " not in told


def test_the_same_bytes_in_every_process(of):
    content = rota_xlsx(of).files["rota.xlsx"]
    assert content == rota_xlsx(of).files["rota.xlsx"]
    code = (
        "import hashlib; from tests.bench.export import dossier; "
        "from planner.study.export.workbook import rota_xlsx; "
        "print(hashlib.sha256(rota_xlsx(dossier(3, 7)).files['rota.xlsx']).hexdigest())"
    )
    root = Path(__file__).parents[3]
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={"PYTHONPATH": str(root), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(found) == 1
    assert len(found.pop()) > 60
