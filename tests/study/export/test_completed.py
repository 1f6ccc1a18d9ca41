"""Personal data that came after the solve, from a file of people."""

from __future__ import annotations

import csv
import shutil

import pytest

from planner.__main__ import main
from planner._errors import InputError
from planner.cli.verb import FINDINGS, MISTAKES
from planner.study import Scenario, plan, write_plan
from planner.study.export import dossier_of, make
from planner.study.export.completed import completed
from planner.study.export.formats import Wanted

DESK = """
name: Small desk
zone: Europe/Rome
period: {first_day: 2026-03-23, weeks: 1}
agents:
  - {name: Ana Rossi, languages: it, grade: senior, payroll_id: "0012"}
  - {name: Bo, languages: it}
queues: [{name: phone it, channel: phone, language: it}]
need: {phone it: 2}
opening_hours: [{queues: all, days: mon-fri, open: 08:00, close: 16:00}]
shifts: [{name: day, start: 08:00, paid_hours: 8}]
solve: {effort: quick, seed: 1}
"""


@pytest.fixture(scope="module")
def made():
    return plan(Scenario.from_text(DESK))


@pytest.fixture(scope="module")
def planned(made, tmp_path_factory):
    target = tmp_path_factory.mktemp("plan")
    write_plan(made, target)
    return target


@pytest.fixture
def folder(planned, tmp_path):
    return shutil.copytree(planned, tmp_path / "plan")


@pytest.fixture
def of(made):
    return dossier_of(made.scenario, made.rota)


def test_only_what_is_said_is_taken(of):
    data = b"name;email;payroll_id;grade\nana  ROSSI;ana@example.com;;\nBo;;0007;junior\n"
    (found,), notices = completed([of], data, "people.csv")
    people = {agent.name: (agent.email, agent.payroll_id, agent.grade) for agent in found.team.agents}
    assert people == {"Ana Rossi": ("ana@example.com", "0012", "senior"), "Bo": ("", "0007", "junior")}
    assert notices == ()
    assert (found.rota, found.terms) == (of.rota, of.terms)


def test_a_team_file_completes_people_and_moves_nobody(of):
    data = b"name,site,languages,weekly_hours,cost,email\nBo,,en,20,99,bo@example.com\n"
    (found,), _ = completed([of], data, "team.csv")
    agent, before = found.team.agent("Bo"), of.team.agent("Bo")
    assert agent.email == "bo@example.com"
    assert (agent.languages, agent.cost_per_hour) == (before.languages, before.cost_per_hour)
    assert (agent.weekly_minutes, agent.site) == (before.weekly_minutes, before.site)


def test_people_of_no_rota_are_named(of):
    data = b"name,email\nBo,bo@example.com\nZoe,zoe@example.com\n"
    _, (notice,) = completed([of, of], data, "people.csv")
    assert str(notice) == "people.csv also names people who are not in this rota: Zoe"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"name,email\nBo,=HYPERLINK(1)\n", "people.csv:2: email"),
        (b"name,email\nBo,not-an-email\n", 'people.csv:2: email: "not-an-email" is no e-mail address; write'),
        (b"name,email\nBo,bo@a@b\n", "is no e-mail"),
        (b"name,email\nBo,@example.com\n", "people.csv:2: email"),
        (b"name,email\nBo,bo@\n", "is no e-mail"),
        ("name,email\nBo,b\u00a0o@example.com\n".encode(), "is no e-mail"),
        (b"name,email\nBo,bo@example.com; b@example.com\n", "is no e-mail"),
        (b"name,email\nBo,bo@example.com\nbo,b@example.com\n", "people.csv:3: name"),
        (b"name,languages\nBo,it\n", "one of these"),
        (b"email\nbo@example.com\n", "people.csv:1"),
        (b"name,mail\nBo,bo@example.com\n", "mail"),
    ],
)
def test_a_file_that_says_nothing_right_is_refused_by_place(of, data, told):
    with pytest.raises(InputError, match=r"people\.csv") as refused:
        completed([of], data, "people.csv")
    assert told in str(refused.value)


def test_the_verb_takes_them_and_nothing_is_solved_again(folder, tmp_path, capsys):
    people = tmp_path / "people.csv"
    words = ["export", str(folder), "--format", "deputy"]
    assert main(words) == MISTAKES
    assert "--people" in capsys.readouterr().err
    people.write_text("name,email\nAna Rossi,ana@example.com\nBo,bo@example.com\n", encoding="utf-8")
    assert main([*words, "--people", str(people)]) == 0
    with (folder / "export" / "deputy.csv").open(encoding="utf-8", newline="") as source:
        assert {row["Email"] for row in csv.DictReader(source)} == {"ana@example.com", "bo@example.com"}


def test_payroll_takes_their_numbers(folder, tmp_path, capsys):
    people = tmp_path / "people.csv"
    people.write_text("name,payroll_id\nBo,0013\n", encoding="utf-8")
    words = ["payroll", str(folder), "--month", "2026-03", "--rest"]
    assert main([*words, "--people", str(people)]) == 0
    with (folder / "export" / "hours.csv").open(encoding="utf-8", newline="") as source:
        assert {row["agent"]: row["payroll_id"] for row in csv.DictReader(source)} == {
            "Ana Rossi": "0012",
            "Bo": "0013",
        }
    assert main([*words, "--people", str(tmp_path / "no.csv")]) == MISTAKES
    assert "no.csv cannot be read" in capsys.readouterr().err


def test_files_are_those_of_a_team_that_said_it_at_once(made, of):
    data = b"name,email\nAna Rossi,ana@example.com\nBo,bo@example.com\n"
    (found,), _ = completed([of], data, "people.csv")
    text = DESK.replace('"0012"}', '"0012", email: ana@example.com}').replace(
        "{name: Bo, languages: it}", "{name: Bo, languages: it, email: bo@example.com}"
    )
    at_once = dossier_of(Scenario.from_text(text), made.rota)
    for name in ("csv", "deputy", "personio", "ics"):
        assert make(found, [name], Wanted()).files == make(at_once, [name], Wanted()).files


def test_one_format_that_lacks_somebody_keeps_no_other_back(folder, capsys):
    assert main(["export", str(folder)]) == FINDINGS
    err = capsys.readouterr().err
    there = {path.name for path in (folder / "export").iterdir()}
    assert {"rota.csv", "rota.xlsx", "calendars.zip"} <= there
    assert not {"deputy.csv", "personio.csv", "hours.csv", "LEFT_OUT.txt"} & there
    assert "Ana Rossi, Bo" in err
    assert "not written: hours, deputy, personio" in err
    assert main(["export", str(folder), "--rest"]) == 0
    there = {path.name for path in (folder / "export").iterdir()}
    assert "hours.csv" in there
    assert not {"deputy.csv", "personio.csv"} & there
    assert "personio.csv is not written: with them left out, nobody is in it" in capsys.readouterr().err
    assert (
        main(["export", str(folder), "--format", "deputy", "--rest", "--out", str(folder / "x")]) == FINDINGS
    )
    assert "deputy.csv is not written" in capsys.readouterr().err
    assert not (folder / "x").exists()


def test_one_number_of_two_people_keeps_no_other_back(folder, tmp_path, capsys):
    people = tmp_path / "people.csv"
    people.write_text("name,payroll_id,email\nBo,0012,bo@example.com\n", encoding="utf-8")
    assert main(["export", str(folder), "--people", str(people), "--rest"]) == FINDINGS
    assert "belongs to" in capsys.readouterr().err
    there = {path.name for path in (folder / "export").iterdir()}
    assert {"rota.csv", "rota.xlsx", "deputy.csv"} <= there
    assert "hours.csv" not in there


def test_whoever_left_is_told_of_shifts_that_are_gone(planned, folder, tmp_path, capsys):
    before = tmp_path / "before"
    with_cleo = DESK.replace("  - {name: Bo", "  - {name: Cleo, languages: it}\n  - {name: Bo")
    write_plan(plan(Scenario.from_text(with_cleo.replace("phone it: 2", "phone it: 3"))), before)
    words = ["export", str(folder), "--format", "changes", "--against"]
    assert main([*words, str(before / "rota.csv")]) == 0
    assert "Cleo" in (folder / "export" / "changes.csv").read_text(encoding="utf-8")
    copied = tmp_path / "old.csv"
    copied.write_bytes((before / "rota.csv").read_bytes())
    capsys.readouterr()
    assert main([*words, str(copied)]) == MISTAKES
    err = capsys.readouterr().err
    assert "Cleo" in err
    assert "give --against the folder" in err


def test_an_address_of_a_scenario_is_checked_at_its_place():
    with pytest.raises(InputError, match=r"agents\[0\]\.email: \"ana\.example\.com\" is no e-mail address"):
        Scenario.from_text(DESK.replace('"0012"}', '"0012", email: ana.example.com}'))
    said = Scenario.from_text(DESK.replace('"0012"}', '"0012", email: "Ana.Rossi+x@münchen"}'))
    assert said.team.agent("Ana Rossi").email == "Ana.Rossi+x@münchen"
