"""What a plan's folder keeps for its files, and reading it back."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from zipfile import ZipFile

import pytest

from planner.__main__ import main
from planner._errors import InputError
from planner._messages import speaking
from planner.cli.verb import MISTAKES
from planner.rota import rota_cost
from planner.rules import load_pack
from planner.study import Scenario, plan, write_plan
from planner.study.export import Made, dossier_of, make, open_dossier, staff_of, together, write_made
from planner.study.export.formats import Wanted
from planner.study.export.staff import read_staff, staff_text
from planner.study.export.writing import left_behind

DESK = """
name: Night desk
zone: Europe/Rome
period: {first_day: 2026-03-23, weeks: 1}
sites: [{name: Rome, zone: Europe/Rome, public_holidays: Rome, country_rules: it, night_premium: 15%}]
agents:
  - {name: "=Ana", languages: "it, en(email) x1.2", cost: 14.5, payroll_id: "0012", leave: 2026-03-24}
  - {name: Bo, languages: it, cost: 13, teams: engineer, from: 2026-01-01, until: 2026-12-31}
  - {name: Carla, languages: it, weekly_hours: 20, email: carla@example.com}
queues: [{name: phone it, channel: phone, language: it}]
need: {phone it: 1}
opening_hours: [{queues: all, days: mon-fri, open: 08:00, close: 18:00}]
shifts:
  - {name: day, start: 08:00-10:00 every 60 min, paid_hours: 8, break: 1 h unpaid}
  - {name: on call, start: 18:00, paid_hours: 14, kind: on_call, teams: [engineer]}
solve: {effort: quick, seed: 1}
"""


@pytest.fixture(scope="module")
def made():
    return plan(Scenario.from_text(DESK))


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    target = tmp_path_factory.mktemp("plan")
    write_plan(made, target)
    return target


def test_staff_comes_back_as_it_was(made, folder):
    staff, scenario = read_staff(folder), made.scenario
    assert staff == staff_of(scenario)
    assert staff.team == scenario.team
    assert staff.team.agent("=Ana").payroll_id == "0012"
    assert [kind.pay_share for kind in staff.shift_types] == [kind.pay_share for kind in scenario.shift_types]


def test_staff_is_the_same_bytes(made):
    assert staff_text(made.scenario) == staff_text(Scenario.from_text(DESK))


def test_a_dossier_is_the_plan(made, folder):
    found = open_dossier(folder)
    assert found.rota.shifts == made.rota.shifts
    assert found.terms == dossier_of(made.scenario, made.rota).terms
    assert found.cost_cents == rota_cost(found.rota, found.terms).total_cents == made.result.objective.pay
    assert found.findings == tuple(str(each.message) for each in made.violations)
    assert (found.judged, found.versions["planner"]) == (True, made.versions["planner"])
    assert found.not_checked == dossier_of(made.scenario, made.rota).not_checked != ()
    pack = load_pack("it")
    assert found.versions["pack it"] == f"{pack.as_of}, {pack.title}"
    assert (found.versions["seed"], len(found.versions["need_id"])) == ("1", 12)


def test_sentences_of_the_plan_are_said_in_the_language_spoken_here(made, folder):
    with speaking("it"):
        italian = open_dossier(folder)
        assert italian.not_checked == dossier_of(made.scenario, made.rota).not_checked
    assert italian.not_checked != open_dossier(folder).not_checked


def test_carried_shifts_are_left_out(made):
    carried = tuple(replace(shift, status="carried") for shift in made.rota.shifts[:2])
    rota = replace(made.rota, shifts=(*carried, *made.rota.shifts[2:]))
    assert dossier_of(made.scenario, rota).rota.shifts == made.rota.shifts[2:]


def test_a_rota_saved_by_a_spreadsheet_keeps_its_version(folder, tmp_path):
    """Semicolons, and UTF-16 with tabs, as Excel saves: a published rota is no first version again."""
    excel = tmp_path / "excel.csv"
    of = replace(open_dossier(folder), rota_version=3)
    excel.write_bytes(make(of, ["csv"], Wanted("it")).files["rota.csv"])
    tabs = tmp_path / "tabs.csv"
    plain = make(of, ["csv"], Wanted()).files["rota.csv"].decode()
    table = csv.reader(plain.splitlines())
    tabs.write_bytes("\r\n".join("\t".join(row) for row in table).encode("utf-16"))
    for path in (excel, tabs):
        found = open_dossier(folder, path)
        assert found.rota_version == 3
        assert found.rota.shifts == of.rota.shifts


def test_another_rota_of_the_plan(folder, tmp_path):
    lines = (folder / "rota.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    edited = tmp_path / "edited.csv"
    edited.write_text("".join(lines[:-1]).replace(",1,s", ",3,s"), encoding="utf-8")
    found = open_dossier(folder, edited)
    assert len(found.rota.shifts) == len(lines) - 2
    assert (found.rota_version, found.judged, found.cost_cents) == (3, False, None)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("staff.json", None, "plan again"),
        ("staff.json", "{", "staff.json cannot be read"),
        ("staff.json", '{"scenario": 1}', "staff.json cannot be read"),
        ("plan.json", None, "holds no plan"),
        ("plan.json", "[]", "plan.json cannot be read"),
        ("plan.json", '{"cost": "much"}', "plan.json cannot be read"),
    ],
)
def test_a_folder_that_is_no_plan(folder, tmp_path, file, text, said):
    for name in ("staff.json", "plan.json", "rota.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / file).unlink()
    if text is not None:
        (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        open_dossier(tmp_path)


def test_staff_of_another_version(folder, tmp_path):
    for name in ("plan.json", "rota.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    staff = json.loads((folder / "staff.json").read_text(encoding="utf-8"))
    (tmp_path / "staff.json").write_text(json.dumps({**staff, "version": 2}), encoding="utf-8")
    with pytest.raises(InputError, match="version 2"):
        open_dossier(tmp_path)


def test_unknown_formats_are_named_at_once(folder):
    with pytest.raises(InputError) as refused:
        make(open_dossier(folder), ["xslx", "pdf"], Wanted())
    assert [message.code for message in refused.value.messages] == ["export.unknown_near", "export.unknown"]
    assert "did you mean xlsx" in str(refused.value)


def test_files_land_together_or_not_at_all(tmp_path):
    two = together([Made({"b.csv": b"b"}), Made({"a/c.ics": b"c"})])
    assert [path.relative_to(tmp_path).as_posix() for path in write_made(two, tmp_path)] == [
        "a/c.ics",
        "b.csv",
    ]
    assert (tmp_path / "a" / "c.ics").read_bytes() == b"c"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be written"):
        write_made(two, tmp_path / "file")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b.csv", "file"]


def test_files_of_an_earlier_export_are_named(tmp_path):
    """A message of the change before must not be sent again; files beside those for people are nobody's."""
    write_made(Made({"changes/Ana.txt": b"", "changes/Bo.txt": b"", "changes.csv": b""}), tmp_path)
    (tmp_path / "notes.txt").write_bytes(b"")
    made = Made({"changes/Ana.txt": b"", "changes.csv": b""})
    write_made(made, tmp_path)
    assert left_behind(made, tmp_path) == ("changes/Bo.txt",)
    assert left_behind(Made({"rota.csv": b""}), tmp_path) == ()


def test_one_zip_has_the_plan_and_every_file(folder, tmp_path):
    plan_folder = tmp_path / "plan"
    plan_folder.mkdir()
    for path in folder.iterdir():
        (plan_folder / path.name).write_bytes(path.read_bytes())
    (plan_folder / "export").mkdir()
    (plan_folder / "export" / "old.csv").write_text("of an earlier export", encoding="utf-8")
    target = tmp_path / "all.zip"
    assert main(["export", str(plan_folder), "--zip", str(target)]) == 0
    with ZipFile(target) as packed:
        names = set(packed.namelist())
        content = {name: packed.read(name) for name in names}
    assert {"scenario.yaml", "plan.json", "staff.json", "rota.csv", "MANIFEST.sha256"} <= names
    assert {"export/rota.csv", "export/rota.xlsx", "export/calendars.zip"} <= names
    assert "export/old.csv" not in names
    # Two of three have no e-mail, and two no payroll number.
    assert not {"export/deputy.csv", "export/hours.csv"} & names
    assert "Bo" in content["export/LEFT_OUT.txt"].decode()
    for line in content["MANIFEST.sha256"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(content[name]).hexdigest() == digest
    assert main(["export", str(plan_folder), "--zip", str(target), "--rest"]) == 0
    with ZipFile(target) as packed:
        assert "carla@example.com" in packed.read("export/deputy.csv").decode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "xlsx", "--split"), "--split changes none of these files: it is for csv"),
        (("--format", "csv", "--month", "2026-03"), "it is for hours, payroll-lines"),
        (("--format", "ics", "--dialect", "it"), "it is for csv, hours"),
        (("--format", "csv", "--dialect", "it", "--split"), ""),
    ],
)
def test_options_that_change_nothing_are_said(folder, tmp_path, capsys, words, told):
    assert main(["export", str(folder), *words, "--out", str(tmp_path / "out")]) == 0
    err = capsys.readouterr().err
    assert told in err
    assert bool(told) == ("changes none" in err)


def test_a_zip_of_some_formats_is_refused(folder, tmp_path, capsys):
    assert main(["export", str(folder), "--zip", str(tmp_path / "a.zip"), "--format", "csv"]) == MISTAKES
    assert "every format" in capsys.readouterr().err
    assert not (tmp_path / "a.zip").exists()
