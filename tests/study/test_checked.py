"""Who is under which rule, from which layer; packs of one's own; exceptions with their reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner._errors import InputError
from planner._messages import speaking
from planner.cli.verb import DONE
from planner.rules import load_pack, pack_names
from planner.study import rules_report
from planner.study.checked import IN_COST, in_words, no_finding, not_checked, packs_of
from planner.study.scenario import Scenario, findings

HOUSE = """
title: House rules
as_of: 2026-10-01
layer: company
for: [night crew, Bo]
parameters:
  rest: {value: 12, severity: hard, source: handbook 3, status: T, treated: rule,
         rule: {minimum_rest: {hours: 12}}}
  photos: {value: true, severity: manual, source: handbook 9, status: T, treated: manual}
"""
AGREEMENT = """
title: Our agreement
as_of: 2026-10-01
extends: it
parameters:
  rest: {value: 10, severity: hard, source: art. 12, status: T, treated: rule,
         rule: {minimum_rest: {hours: 10, derogation: art. 17 of the law}}}
  hours: {value: 50, severity: hard, source: art. 13, status: T, treated: rule,
          rule: {average_hours: {hours: 50, weeks: 17}}}
"""
DESK = """
agents:
  - {name: Anna, languages: en, site: Milan}
  - {name: Bo, languages: en, site: Milan}
  - {name: Cleo, languages: en, site: Milan, teams: night crew}
queues: [{name: email en}]
sites: {name: Milan, zone: Europe/Rome, country_rules: our-agreement.yaml}
packs: [house.yaml]
rules:
  - max_days_in_row: {days: 5}
  - max_days_in_row: {days: 6, for: Anna}
  - max_days_in_row: {days: 7, for: [Bo], derogation: asked for it in writing}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scenario with an agreement that extends Italy's law, and house rules for some."""
    (tmp_path / "house.yaml").write_text(HOUSE)
    (tmp_path / "our-agreement.yaml").write_text(AGREEMENT)
    (tmp_path / "desk.yaml").write_text(DESK)
    return tmp_path


def values(scenario: Scenario, name: str, rule: str, field: str) -> list[object]:
    return [getattr(each, field) for each in scenario.personal_rules[name] if each.name == rule]


def test_every_layer_is_asked_of_whom_it_names(folder: Path) -> None:
    scenario = Scenario.load(folder / "desk.yaml")
    rest = {name: values(scenario, name, "minimum_rest", "hours") for name in ("Anna", "Bo", "Cleo")}
    assert rest == {"Anna": [10], "Bo": [12], "Cleo": [12]}
    days = {name: values(scenario, name, "max_days_in_row", "days") for name in ("Anna", "Bo", "Cleo")}
    assert days == {"Anna": [5], "Bo": [7], "Cleo": [5]}
    assert values(scenario, "Anna", "average_hours", "hours") == [48]


def test_what_was_decided_and_why_is_told(folder: Path) -> None:
    told = [str(line) for line in rules_report(Scenario.load(folder / "desk.yaml"), "Bo")]
    assert told[0] == "Bo:"
    at = told.index(
        "  At least 12 hours' rest between two shifts [company; house.yaml: rest, handbook 3 (T)]"
    )
    assert (
        "because it is stricter: At least 10 hours' rest between two shifts [collective agreement"
        in told[at + 1]
    )
    at = told.index("  At most 7 days of work in a row [person; asked for it in writing]")
    assert told[at + 1].startswith("    an exception with its reason instead of: At most 5 days")
    together = [str(line) for line in rules_report(Scenario.load(folder / "desk.yaml"))]
    assert together.count("Anna:") == 1
    with pytest.raises(InputError, match="nobody is called Zoe; known are Anna, Bo, Cleo"):
        rules_report(Scenario.load(folder / "desk.yaml"), "Zoe")


def test_the_report_names_own_packs_and_their_checklists(folder: Path) -> None:
    scenario = Scenario.load(folder / "desk.yaml")
    assert str(no_finding(scenario)) == (
        "no finding under pack our-agreement.yaml of 2026-10-01, house.yaml of 2026-10-01"
    )
    lines = [str(line) for line in not_checked(scenario)]
    assert "pack house.yaml of 2026-10-01; for people to check, the planner cannot: photos" in lines


def test_mistakes_of_own_packs_have_their_places(folder: Path) -> None:
    (folder / "house.yaml").write_text(
        "title: House\nas_of: soon\nlayer: law\nparameters:\n"
        "  a: {value: 1, severity: hard, source: x, status: Z, treated: rule}\n"
        "  b: {value: 1, severity: hard, source: x, status: T, treated: rule, "
        "rule: {minimum_rest: {hour: 9}}}\n"
    )
    found = [str(message) for message in findings([folder / "desk.yaml"]).mistakes]
    assert any(text.startswith("house.yaml:2:8: as_of: write the day") for text in found)
    assert any("house.yaml:3:8: layer:" in text and "collective agreement, company" in text for text in found)
    assert any("house.yaml:5:" in text and '"Z" is not known here' in text for text in found)
    assert any("house.yaml:5:" in text and "treated is rule if, and only if" in text for text in found)
    assert any("house.yaml:6:" in text and "did you mean hours?" in text for text in found)


def test_names_that_nobody_bears_and_files_that_are_not_there(folder: Path) -> None:
    (folder / "desk.yaml").write_text(DESK.replace("for: Anna", "for: Ann"))
    [found] = findings([folder / "desk.yaml"]).mistakes
    assert '"Ann" is no person, site or team; did you mean Anna?' in str(found)
    (folder / "desk.yaml").write_text(DESK.replace("[house.yaml]", "[../house.yaml]"))
    assert any("packs" in str(message) for message in findings([folder / "desk.yaml"]).mistakes)
    (folder / "desk.yaml").write_text(DESK.replace("[house.yaml]", "[home.yaml]"))
    assert any("home.yaml" in str(message) for message in findings([folder / "desk.yaml"]).mistakes)


def test_the_verb_prints_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from planner.__main__ import main

    assert main(["rules", "--scenario", str(folder / "desk.yaml"), "--for", "Anna"]) == DONE
    out = capsys.readouterr().out
    assert "[country; it: weekly_rest_min_h, art. 9 (S)]" in out
    assert "not checked here" in out


@pytest.mark.parametrize("language", ["en", "it"])
def test_whatever_a_shipped_pack_leaves_to_people_is_said_in_words(language: str) -> None:
    told = 0
    for name in pack_names():
        pack = load_pack(name)
        premiums = [each for each in pack.of("cost") if each.name.startswith(("premium_", "overtime_"))]
        for each in (*pack.of("not checked"), *pack.of("manual"), *premiums):
            if each.name in IN_COST:
                continue
            with speaking(language):
                said = str(in_words(each))
            assert "_" not in said, each
            if isinstance(each.value, int) and not isinstance(each.value, bool) and each not in premiums:
                assert str(each.value) in said
            told += 1
    assert told > 20


def test_what_an_own_pack_calls_its_own_way_keeps_its_key(folder: Path) -> None:
    [own] = [pack for pack in packs_of(Scenario.load(folder / "desk.yaml")) if pack.name == "house.yaml"]
    assert in_words(own.of("manual")[0]) == "photos"
