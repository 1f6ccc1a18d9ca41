"""Rotas that were changed since they were solved, and exports over exports."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import openpyxl
import pytest
from icalendar import Calendar

from planner.__main__ import main
from planner.cli.verb import MISTAKES
from planner.study import Scenario, plan, write_plan
from planner.study.export import open_dossier

DESK = """
name: Small desk
zone: Europe/Rome
period: {first_day: 2026-03-23, weeks: 1}
agents:
  - {name: Ana Rossi, languages: it, payroll_id: "1", email: ana@example.com}
  - {name: Bo, languages: it, payroll_id: "2", email: bo@example.com}
queues: [{name: phone it, channel: phone, language: it}]
need: {phone it: 2}
opening_hours: [{queues: all, days: mon-fri, open: 08:00, close: 16:00}]
shifts: [{name: day, start: 08:00, paid_hours: 8}]
solve: {effort: quick, seed: 1}
"""


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    target = tmp_path_factory.mktemp("plan")
    write_plan(plan(Scenario.from_text(DESK)), target)
    return target


@pytest.fixture
def folder(planned, tmp_path):
    return shutil.copytree(planned, tmp_path / "plan")


def lines_of(folder):
    return (folder / "rota.csv").read_text(encoding="utf-8").splitlines(keepends=True)


def write(path, lines):
    path.write_text("".join(lines), encoding="utf-8")
    return path


def cells(path):
    book = openpyxl.load_workbook(path)
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_rota_changed_in_its_folder_is_not_certified(folder, capsys):
    assert main(["export", str(folder), "--format", "xlsx"]) == 0
    assert "No finding" in cells(folder / "export" / "rota.xlsx")
    assert "nobody has judged" not in capsys.readouterr().err
    write(folder / "rota.csv", lines_of(folder)[:-1])
    of = open_dossier(folder)
    assert (of.judged, of.cost_cents, of.findings) == (False, None, ())
    assert main(["export", str(folder), "--format", "xlsx"]) == 0
    assert "nobody has judged it since" in capsys.readouterr().err
    assert "No finding" not in cells(folder / "export" / "rota.xlsx")


@pytest.mark.parametrize("words", [["export", "--format", "csv"], ["payroll", "--month", "2026-03"]])
def test_nothing_is_written_over_a_plan(folder, words, capsys):
    before = (folder / "rota.csv").read_bytes()
    verb, *options = words
    assert main([verb, str(folder), *options, "--out", str(folder)]) == MISTAKES
    assert "give another folder" in capsys.readouterr().err
    assert (folder / "rota.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["rota.csv", "plan.json", "staff.json"])
def test_a_zip_does_not_replace_a_file_of_the_plan(folder, name, capsys):
    before = (folder / name).read_bytes()
    assert main(["export", str(folder), "--zip", str(folder / name)]) == MISTAKES
    assert "such as" in capsys.readouterr().err
    assert (folder / name).read_bytes() == before


def test_a_row_that_stands_twice_is_not_paid_twice(folder, tmp_path, capsys):
    head, first, *rest = lines_of(folder)
    hand = write(tmp_path / "hand.csv", [head, first, first, *rest])
    words = ["payroll", str(folder), "--month", "2026-03", "--rota", str(hand)]
    assert main(words) == MISTAKES
    err = capsys.readouterr().err
    assert "overlap" in err
    assert "2026-03-23" in err
    write(hand, [head, first, *rest])
    assert main(words) == 0


def test_calendars_go_on_from_those_in_a_zip(folder, tmp_path):
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    assert main(["export", str(folder), "--zip", str(one)]) == 0
    assert main(["export", str(folder), "--zip", str(two)]) == 0
    assert one.read_bytes() == two.read_bytes()
    shorter = write(tmp_path / "new.csv", lines_of(folder)[:-1])
    assert main(["export", str(folder), "--zip", str(two), "--rota", str(shorter)]) == 0
    with zipfile.ZipFile(two) as packed:
        told = json.loads(packed.read("export/calendars.json"))["entries"]
        inner = zipfile.ZipFile(io.BytesIO(packed.read("export/calendars.zip")))
        calendars = [Calendar.from_ical(inner.read(name)) for name in inner.namelist()]
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    assert sorted(entry["sequence"] for entry in told) == [0] * (len(told) - 1) + [1]
    assert [int(event["sequence"]) for event in events if event["status"] == "CANCELLED"] == [1]


def test_calendars_that_begin_anew_say_so(folder, tmp_path, capsys):
    newer = tmp_path / "newer"
    shutil.copytree(folder, newer)
    words = ["export", str(newer), "--format", "ics", "--against", str(folder), "--out"]
    assert main([*words, str(tmp_path / "a")]) == 0
    assert "begin anew" in capsys.readouterr().err
    assert main(["export", str(folder), "--format", "ics"]) == 0
    capsys.readouterr()
    assert main([*words, str(tmp_path / "b")]) == 0  # goes on from the export of the version before
    assert "begin anew" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["plan.zip", "sent/plan.zip", "plan.archive"])
def test_a_zip_in_the_folder_is_not_packed_again(folder, name, capsys):
    target = folder / name
    target.parent.mkdir(exist_ok=True)
    assert main(["export", str(folder), "--zip", str(target)]) == 0
    once = target.read_bytes()
    assert main(["export", str(folder), "--zip", str(target)]) == 0
    assert target.read_bytes() == once
    err = capsys.readouterr().err
    assert "those who may see pay" in err
    assert all(file in err for file in ("scenario.yaml", "staff.json", "rota.csv"))


def test_a_zip_holds_the_files_of_the_plan_and_nothing_that_lies_beside_them(folder, tmp_path):
    target = tmp_path / "plan.zip"
    assert main(["export", str(folder), "--zip", str(target)]) == 0
    once, its = target.read_bytes(), {path.name for path in folder.iterdir() if path.is_file()}
    assert main(["export", str(folder), "--format", "csv", "--out", str(folder / "for HR")]) == 0
    write(folder / "tried.csv", lines_of(folder)[:-1])
    assert main(["export", str(folder), "--zip", str(target)]) == 0
    assert target.read_bytes() == once
    with zipfile.ZipFile(target) as packed:
        assert its == {name for name in packed.namelist() if "/" not in name} - {"MANIFEST.sha256"}
        packed.extractall(tmp_path / "elsewhere")
    assert open_dossier(tmp_path / "elsewhere").judged


def test_messages_of_an_earlier_change_are_named(folder, tmp_path, capsys):
    shorter = write(tmp_path / "new.csv", lines_of(folder)[:-1])
    words = ["export", str(folder), "--format", "changes", "--against", str(folder)]
    assert main([*words, "--rota", str(shorter)]) == 0
    capsys.readouterr()
    assert main(words) == 0
    assert "changes/" in capsys.readouterr().err
