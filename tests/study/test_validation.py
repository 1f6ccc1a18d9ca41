"""The validation document is what running gives, and a wrong formula would be seen.

Written anew by ``python -m planner validate --write planner/study/validation/VALIDATION.md``.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from planner.__main__ import main
from planner._messages import Message
from planner.cli.verb import DONE, FINDINGS, MISTAKES
from planner.study import validation
from planner.study.validation import GROUPS, Case, checks, errata
from planner.study.validation.register import run


def part(name):
    return import_module(f"planner.study.validation.{name}")


def test_every_number_agrees():
    assert [(check.id, check.expected, check.got) for check in checks() if not check.passed] == []


def test_every_erratum_shows():
    assert [erratum.id for erratum in errata() if not erratum.shown] == []
    assert len({erratum.id for erratum in errata()}) == len(errata()) >= 20


def test_the_document_is_what_running_gives():
    written = validation.FILE.read_text(encoding="utf-8")
    assert written == validation.document(checks(), errata()), f"run {part('writing').COMMAND}"


def test_the_document_has_a_row_for_each():
    text = validation.FILE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w\d+) \|", text, re.MULTILINE)
    assert len(rows) == len(checks()) + len(errata())
    assert {check.group for check in checks()} == set(GROUPS)
    assert all(check.source for check in checks())


def test_every_row_of_the_reference_is_used(shared):
    ours = Path(validation.FILE).parent
    for folder, name in (("staffing", "staffing_reference.csv"), ("time", "time_cases.json")):
        assert (ours / name).read_bytes() == (shared / "data" / folder / name).read_bytes()
    rows = part("sources").table("staffing_reference.csv")
    assert {row["id"] for row in rows} <= {check.id for check in checks()}
    cases = [case["id"] for kind in ("shift", "civil_day", "rest", "iso_week", "iso_week_hours")
             for case in part("sources").time_cases(kind)]  # fmt: skip
    assert len(cases) == 30
    assert set(cases) <= {check.id for check in checks()}


def test_every_published_value_of_the_reference_is_checked():
    stated = {row["id"] for row in part("sources").table("staffing_reference.csv") if row["published_value"]}
    assert stated == {check.id for check in checks() if check.published and check.id.startswith("S")}


def test_running_takes_seconds():
    began = time.process_time()
    assert len(list(run())) == len(checks())
    assert time.process_time() - began < 20


# Each formula a little wrong: a factor, a sign, a rounding, an hour.
MUTANTS = {
    "report": ("formulas", "erlang_report", lambda f: lambda *a, **k: {
        name: value if value is None or name == "required_agents" else value * (1 + 1e-11)
        for name, value in f(*a, **k).items()}, "fifty_digits"),
    "one too many": ("formulas", "erlang_report", lambda f: lambda *a, **k: {
        name: value + 1 if name == "required_agents" else value for name, value in f(*a, **k).items()},
        "published"),
    "lost calls": ("formulas", "erlang_b", lambda f: lambda load, n: f(load, n + 1), "published"),
    "float ceiling": ("teams", "gross_people", lambda f: lambda net, away: -int(-net / (1 - away)) + 1,
                      "shrinkage"),
    "ratio for small teams": ("teams", "rostered_people", lambda f: lambda n, away, sure: round(
        n / (1 - away)), "shrinkage"),
    "absence twice": ("teams", "payroll_fte", lambda f: lambda h, w, away: f(h, w, away) / (1 - away),
                      "shrinkage"),
    "pool": ("teams", "required_agents", lambda f: lambda *a, **k: f(*a, **k) + 1, "pools"),
    "chats as calls": ("chains", "chat_measures", lambda f: lambda r, aht, n, t, p, k, s: part(
        "chains").measures(r, aht / k, n, t, p), "chats"),
    "leavers": ("chains", "transient", lambda f: lambda *a, **k: f(*a, leavers="hand over", **k), "changing"),
    "quantile": ("chances", "quantile_factor", lambda f: lambda v, q: f(v, q) + 1e-3, "chances"),
    "days": ("chances", "chance_below", lambda f: lambda x, v: f(x + v, v), "chances"),
    "noise": ("chances", "noise_floor", lambda f: lambda m: f(m + 1e-9), "chances"),
    "premiums": ("law", "shift_cost", lambda f: lambda *a: replace(f(*a), premium_cents=0), "law"),
    "planner's miss": ("forecasts", "backtest", lambda f: lambda *a: f(*a).assign(
        wape=lambda frame: frame["wape"] * 1.03), "forecasts"),
    "walls": ("clocks", "week_hours", lambda f: lambda *a: 168.0, "clocks"),
    "offset": ("clocks", "to_utc", lambda f: lambda day, wall, zone: f(day, wall, "UTC"), "clocks"),
}  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_formula_is_seen(monkeypatch, mutant):
    name, function, wrong, checked = MUTANTS[mutant]
    module = part(name)
    assert all(check.passed for check in getattr(module, checked)())
    monkeypatch.setattr(module, function, wrong(getattr(module, function)))
    assert not all(check.passed for check in getattr(module, checked)())


def test_a_laxer_law_is_seen(monkeypatch):
    law = part("law")
    country, name, hours = law.PUBLISHED[0]
    monkeypatch.setattr(law, "PUBLISHED", ((country, name, hours - 1), (country, name, hours)))
    assert [check.passed for check in law.law()][:2] == [False, True]


def test_one_person_fewer_is_seen(monkeypatch):
    rotas = part("rotas")
    monkeypatch.setattr(rotas, "SEAT", rotas.SEAT.replace("{seat: 1}", "{seat: 2}"))
    assert not next(iter(rotas.rotas())).passed


CASE = Case("X1", "erlang", Message("validation.title"), "a book")


@pytest.mark.parametrize(
    ("check", "passed", "difference"),
    [
        (CASE.printed(".95", 0.95499), True, "+5.0e-03"),
        (CASE.printed(".95", 0.95501), False, "+5.0e-03"),
        (CASE.printed("2400", 2400.4), True, "+4.0e-01"),
        (CASE.printed(".10", 0.1013, 0.01), True, "+1.3e-03"),
        (CASE.printed("14", float("inf")), False, "+inf"),
        (CASE.digits("0.682118204689332", 0.6821182046893321), True, "below 1e-12"),
        (CASE.digits("0.682118204689332", 0.682118204699), False, "+9.7e-12"),
        (CASE.digits("inf", float("inf")), True, "below 1e-12"),
        (CASE.digits("inf", 7.0), False, "-inf"),
        (CASE.near("0.7788", 0.7843, 0.015), True, "+5.5e-03"),
        (CASE.near("0.7788", 0.7943, 0.015), False, "+1.5e-02"),
        (CASE.between("0.55", "0.64", 0.6449), True, "4.9e-03"),
        (CASE.between("0.55", "0.64", 0.5449), False, "5.1e-03"),
        (CASE.same(5, 5), True, "0"),
        (CASE.same("8 h", "7 h"), False, "not the same"),
    ],
)
def test_comparisons(check, passed, difference):
    assert (check.passed, check.difference) == (passed, difference)


def test_a_missed_number_shows_more_digits():
    assert CASE.printed(".95", 0.95501).got == "0.95501"
    assert CASE.printed(".95", 0.951).got == "0.95"


class TestVerb:
    def test_all_is_well(self, capsys, tmp_path):
        assert main(["validate", "--write", str(tmp_path / "V.md")]) == DONE
        assert capsys.readouterr().out == validation.summary(checks(), errata()) + "\n"
        assert (tmp_path / "V.md").read_bytes() == validation.FILE.read_bytes()

    def test_what_is_missed_is_printed(self, capsys, monkeypatch):
        first, *others = checks()
        monkeypatch.setattr(validation, "checks", lambda: (replace(first, passed=False), *others))
        hidden = replace(errata()[0], shown=False)
        monkeypatch.setattr(validation, "errata", lambda: (hidden, *errata()[1:]))
        assert main(["validate"]) == FINDINGS
        out = capsys.readouterr().out
        assert f"| {first.id} |" in out
        assert "MISSED" in out
        assert "no longer shows: E01" in out
        assert ": 1 missed;" in out

    def test_there_is_no_such_folder(self, capsys, tmp_path):
        assert main(["validate", "--write", str(tmp_path / "none" / "V.md")]) == MISTAKES
        assert "no such folder" in capsys.readouterr().err


def test_frames_filter():
    every = validation.checks_frame(checks())
    assert len(every) == len(checks())
    law = validation.checks_frame(checks(), "law")
    assert 0 < len(law) < len(every)
    printed = validation.checks_frame(checks(), only_published=True)
    assert len(printed) == sum(check.published for check in checks())
    assert list(validation.errata_frame(errata()).columns) == ["id", "what", "said", "right", "why", "source"]
