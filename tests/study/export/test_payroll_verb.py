"""``python -m planner payroll``: a month of plans as they lie in their folders."""

from __future__ import annotations

import csv
import json
import shutil

import pytest

from planner.__main__ import main
from planner.cli.verb import MISTAKES
from planner.study import Scenario, plan, write_plan
from planner.study.export import make, open_dossier
from planner.study.export.formats import Wanted

DESK = """
name: Night desk
zone: Europe/Rome
period: {first_day: 2026-03-23, weeks: 1}
sites:
  - {name: Rome, zone: Europe/Rome, public_holidays: Rome, night_premium: 15%, sunday_premium: 10%, leave_counts: planned shift}
agents:
  - {name: Ana, languages: it, cost: 14.53, payroll_id: "0012", grade: senior}
  - {name: Bo, languages: it, cost: 13.07, payroll_id: "0013", teams: engineer, leave: 2026-03-24}
  - {name: Carla, languages: it, weekly_hours: 20, payroll_id: "0014"}
queues: [{name: phone it, channel: phone, language: it}]
need: {phone it: 1}
opening_hours: [{queues: all, days: all, open: 20:00, close: "06:00"}]
shifts:
  - {name: night, start: "20:00", paid_hours: 10}
  - {name: on call, start: 18:00, paid_hours: 14, kind: on_call, teams: [engineer]}
payroll: {month_from_day: 21, overtime_above: 20 h}
solve: {effort: quick, seed: 1}
"""  # noqa: E501


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("plan")
    write_plan(plan(Scenario.from_text(DESK)), target)
    return target


@pytest.fixture
def run(capsys):
    def go(*words):
        code = main([str(word) for word in ("payroll", *words)])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return go


def rows(path):
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_a_month_adds_up_to_the_plan(folder, tmp_path, run):
    code, out, err = run(folder, "--month", "2026-04", "--out", tmp_path / "pay")
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "pay").iterdir()) == ["hours.csv", "hours_cost.csv"]
    assert out.count("written: ") == 2
    record = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    lines = rows(tmp_path / "pay" / "hours_cost.csv")
    assert sum(round(float(line["total"]) * 100) for line in lines) == round(record["cost"] * 100)
    paid = sum(float(line["paid_hours"]) for line in rows(folder / "rota.csv"))
    people = rows(tmp_path / "pay" / "hours.csv")
    assert paid > 60
    assert sum(float(each["total_hours"]) for each in people) == pytest.approx(paid, abs=1e-3)
    assert {(each["first_day"], each["last_day"]) for each in people} == {("2026-03-21", "2026-04-20")}
    assert [each["payroll_id"] for each in people] == ["0012", "0013", "0014"]
    bo = people[1]
    assert bo["leave_credit_hours"] == "10.0000"  # the usual shift
    assert {line["grade"] for line in lines} == {"senior", "no grade"}
    assert "no plan covers 2026-03-21 – 2026-03-22, 2026-03-30 – 2026-04-20" in err
    assert "public holiday" not in err
    assert "overtime" in {line["bucket"] for line in lines}


def test_the_folder_of_the_plan_if_none_is_given(folder, run):
    assert run(folder, "--month", "2026-04")[0] == 0
    assert (folder / "export" / "hours.csv").exists()
    shutil.rmtree(folder / "export")


def test_the_same_plan_twice_counts_once(folder, tmp_path, run):
    shutil.copytree(folder, tmp_path / "again")
    run(folder, "--month", "2026-04", "--out", tmp_path / "one")
    run(folder, tmp_path / "again", folder, "--month", "2026-04", "--out", tmp_path / "two")
    for name in ("hours.csv", "hours_cost.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_plans_that_differ_are_refused_and_nothing_is_written(folder, tmp_path, run):
    shutil.copytree(folder, tmp_path / "again")
    lines = (folder / "rota.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "again" / "rota.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    code, out, err = run(folder, tmp_path / "again", "--month", "2026-04", "--out", tmp_path / "pay")
    assert (code, out) == (MISTAKES, "")
    last = rows(folder / "rota.csv")[-1]
    assert f"{last['agent']} {last['day']}. Correct rota.csv" in err
    assert not (tmp_path / "pay").exists()


def test_an_edited_rota_of_one_plan(folder, tmp_path, run):
    lines = (folder / "rota.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    edited = tmp_path / "edited.csv"
    edited.write_text("".join(lines[:-1]), encoding="utf-8")
    assert run(folder, "--rota", edited, "--month", "2026-04", "--out", tmp_path / "pay")[0] == 0
    paid = sum(float(each["total_hours"]) for each in rows(tmp_path / "pay" / "hours.csv"))
    assert paid == pytest.approx(sum(float(each["paid_hours"]) for each in rows(edited)), abs=1e-3)
    code, _, err = run(folder, folder, "--rota", edited, "--month", "2026-04")
    assert code == MISTAKES
    assert "one plan only: leave --rota out" in err


@pytest.mark.parametrize("month", ["2026-13", "April", "2026", "04/2026"])
def test_a_month_that_is_none(folder, run, month):
    code, _, err = run(folder, "--month", month)
    assert code == MISTAKES
    assert err.strip() == f'"{month}" is no month; write year and month, such as 2026-04'


def test_a_month_of_which_there_is_no_plan(folder, tmp_path, run):
    code, _, err = run(folder, "--month", "2026-09", "--out", tmp_path / "pay")
    assert code == MISTAKES
    assert "none of the plans has a day of 2026-09 (2026-08-21 to 2026-09-20)" in err


def test_all_folders_that_are_no_plan_at_once(folder, tmp_path, run):
    shutil.copytree(folder, tmp_path / "old")
    (tmp_path / "old" / "staff.json").unlink()
    code, _, err = run(
        tmp_path / "nowhere", tmp_path / "old", "--month", "2026-04", "--out", tmp_path / "pay"
    )
    assert code == MISTAKES
    assert "holds no plan" in err
    assert "plan again" in err


def test_people_without_an_id_stop_it_unless_the_rest_is_asked_for(tmp_path, folder, run):
    shutil.copytree(folder, tmp_path / "plan")
    staff = json.loads((folder / "staff.json").read_text(encoding="utf-8"))
    staff["team"]["agents"][1]["payroll_id"] = ""
    (tmp_path / "plan" / "staff.json").write_text(json.dumps(staff), encoding="utf-8")
    code, out, err = run(tmp_path / "plan", "--month", "2026-04", "--out", tmp_path / "pay")
    assert (code, out) == (MISTAKES, "")
    assert "no payroll id of Bo" in err
    assert "--rest" in err
    assert not (tmp_path / "pay").exists()
    code, _, err = run(tmp_path / "plan", "--month", "2026-04", "--out", tmp_path / "pay", "--rest")
    assert code == 0
    assert "no payroll id of Bo" in err
    assert [each["agent"] for each in rows(tmp_path / "pay" / "hours.csv")] == ["Ana", "Carla"]


def test_export_makes_the_same_files(folder):
    of = open_dossier(folder)
    month = make(of, ["hours"], Wanted(month="2026-04"))
    whole = make(of, ["hours"], Wanted())
    assert list(month.files) == list(whole.files) == ["hours.csv", "hours_cost.csv"]
    cents = [
        sum(round(float(each["total"]) * 100) for each in csv.DictReader(text.decode().splitlines()))
        for text in (month.files["hours_cost.csv"], whole.files["hours_cost.csv"])
    ]
    assert cents == [of.cost_cents, of.cost_cents]


def test_payroll_in_a_spreadsheets_dialect(folder, run, tmp_path):
    """Excel in German: the same hours and cents, by another separator, decimal sign and form of days."""
    plain, german = tmp_path / "plain", tmp_path / "german"
    assert run(folder, "--month", "2026-04", "--out", plain)[0] == 0
    assert run(folder, "--month", "2026-04", "--out", german, "--dialect", "de")[0] == 0
    for name in ("hours.csv", "hours_cost.csv"):
        content = (german / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        found = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
        expected = rows(plain / name)
        assert found[0]["first_day"] == "21.03.2026"
        assert found[0]["last_day"] == "20.04.2026"
        for said, known in zip(found, expected, strict=True):
            numbers = {
                key for key in known if key.endswith("hours") or key in ("base_pay", "premiums", "total")
            }
            assert numbers
            for key in known.keys() - {"first_day", "last_day"}:
                assert said[key] == (known[key].replace(".", ",") if key in numbers else known[key])


def test_export_of_hours_takes_the_dialect(folder):
    of = open_dossier(folder)
    hours = make(of, ["hours"], Wanted(dialect="it", month="2026-04")).files["hours.csv"].decode("utf-8-sig")
    assert hours.splitlines()[1].startswith("1;2026-04;21/03/2026;20/04/2026;Ana;0012;Rome;")


def test_other_terms_are_those_of_a_plan_that_had_them(run, folder, tmp_path):
    other = tmp_path / "plan"
    text = DESK.replace(
        "month_from_day: 21, overtime_above: 20 h", "month_from_day: 5, overtime_above: contract"
    )
    write_plan(plan(Scenario.from_text(text)), other)
    out = tmp_path / "asked"
    said = ("--month", "2026-04", "--month-from-day", "5", "--overtime-above", "contract")
    assert run(folder, *said, "--out", out)[0] == 0
    assert run(other, "--month", "2026-04", "--out", tmp_path / "planned")[0] == 0
    for name in ("hours.csv", "hours_cost.csv"):
        assert (out / name).read_bytes() == (tmp_path / "planned" / name).read_bytes()
    assert run(folder, "--month", "2026-04", "--out", tmp_path / "usual")[0] == 0
    assert (tmp_path / "usual" / "hours.csv").read_bytes() != (out / "hours.csv").read_bytes()


@pytest.mark.parametrize("wrong", [("--month-from-day", "31"), ("--overtime-above", "much")])
def test_terms_that_cannot_be_are_refused(run, folder, wrong):
    code, _, err = run(folder, "--month", "2026-04", *wrong)
    assert code == MISTAKES
    assert wrong[1] in err


def test_lines_of_the_same_month_and_terms_as_hours(run, folder, tmp_path):
    """Across two plans, on terms asked for here: lines by person and code are the columns of hours."""
    other = tmp_path / "next"
    text = DESK.replace("first_day: 2026-03-23", "first_day: 2026-03-30").replace("leave: 2026-03-24", "")
    write_plan(plan(Scenario.from_text(text)), other)
    said = ("--month", "2026-04", "--month-from-day", "25", "--overtime-above", "25 h")
    formats = ("--format", "hours", "--format", "payroll-lines")
    code, out, err = run(folder, other, *said, *formats, "--out", tmp_path / "pay", "--language", "it")
    assert code == 0
    assert out.count(".csv") == 3
    assert "nessun piano copre" in err
    lines, people = rows(tmp_path / "pay" / "payroll-lines.csv"), rows(tmp_path / "pay" / "hours.csv")
    assert {each["date"] for each in lines} >= {"2026-03-26", "2026-04-02"}
    assert min(each["date"] for each in lines) >= "2026-03-25"
    columns = {"ORD": "ordinary_day", "ORD-N": "ordinary_night", "SUN": "sunday_day", "SUN-N": "sunday_night"}
    columns |= {"OT": "overtime", "HOL": "holiday_day", "HOL-N": "holiday_night", "TRN": "training"}
    for each in people:
        own = [line for line in lines if line["employee"] == each["payroll_id"]]
        for name, column in columns.items():
            summed = sum(float(line["quantity"]) for line in own if line["code"] == name)
            assert summed == pytest.approx(float(each[f"{column}_hours"]), abs=0.01)
    assert any(line["code"] == "OT" for line in lines)


def test_only_lines_and_no_other_format(run, folder, tmp_path):
    said = (folder, "--month", "2026-04", "--out", tmp_path / "pay")
    code, _, err = run(*said, "--format", "payroll-lines", "--dialect", "it")
    assert code == 0
    assert [path.name for path in (tmp_path / "pay").iterdir()] == ["payroll-lines.csv"]
    assert "--dialect changes none of these files" in err
    code, _, err = run(*said, "--format", "personio")
    assert code == MISTAKES
    assert '"personio" is no format of paid time' in err


def test_what_is_refused_is_said_in_the_language_too(run, folder):
    code, _, err = run(folder, "--month", "aprile", "--language", "it")
    assert (code, err) == (
        MISTAKES,
        '"aprile" non è un mese; scrivi anno e mese, per esempio 2026-04\n',
    )
    assert "is no month" in run(folder, "--month", "aprile")[2]  # and only there


def test_an_export_is_refused_in_the_language_too(folder, capsys):
    assert main(["export", str(folder), "--format", "exel", "--language", "it"]) == MISTAKES
    assert '"exel" non è un formato' in capsys.readouterr().err
