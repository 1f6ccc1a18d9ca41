"""A published rota changes as little as it takes, and every change says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.__main__ import main
from planner._errors import InputError
from planner.rota import Rota, changes
from planner.study import Plan, Scenario, plan, steps, summary, write_plan
from planner.study.replan_why import changed
from planner.study.tables import read_csv

DESK = """
name: Small desk
zone: Europe/Lisbon
period: {first_day: 2026-03-02, weeks: 2}
sites: [{name: Lisbon, zone: Europe/Lisbon, full_time_hours: 40}]
agents:
  - {name: Ana, languages: en, cost: 12LEAVE}
  - {name: Bruno, languages: en, cost: 12}
  - {name: Carla, languages: en, cost: 12}
  - {name: Dino, languages: en, cost: 12}
queues:
  - {name: phone en, channel: phone, language: en, aht: 6 min, promise: 80% within 60 s}
need: {phone en: 1}
opening_hours: [{queues: all, days: mon-sat, open: 08:00, close: 20:00}]
shifts:
  - {name: early, start: 08:00, paid_hours: 8}
  - {name: late, start: 12:00, paid_hours: 8}
rules: [{minimum_rest: {hours: 11}}]
solve: {effort: quick}
"""
SICK = date(2026, 3, 10)


def desk(folder: Path, text: str) -> Scenario:
    (folder / "desk.yaml").write_text(text, encoding="utf-8")
    return Scenario.load(folder / "desk.yaml")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    """The desk's rota, and the folder in which it stands as out/rota.csv."""
    folder = tmp_path_factory.mktemp("desk")
    made = plan(desk(folder, DESK.replace("LEAVE", "")))
    assert made.result.missing_hours == 0
    write_plan(made, folder)
    return made, folder


def sick_of(made: Plan) -> str:
    """Whoever works on the day goes on leave."""
    names = [shift.agent for shift in made.rota.shifts if shift.day == SICK]
    text = DESK.replace("LEAVE", "")
    return text.replace(
        f"name: {names[0]}, languages: en, cost: 12",
        f"name: {names[0]}, languages: en, cost: 12, leave: {SICK}",
    )


def replanned(published: tuple[Plan, Path], **replan: Any) -> Plan:
    made, folder = published
    return plan(desk(folder, sick_of(made) + f"replan: {{published: rota.csv{said(replan)}}}\n"))


def said(replan: dict[str, Any]) -> str:
    return "".join(f", {key.rstrip('_')}: {value}" for key, value in replan.items())


def test_one_sick_day_changes_one_shift_and_fills_it(published: tuple[Plan, Path]) -> None:
    after = replanned(published)
    assert after.result.missing_hours == 0
    found = changed(after)
    kinds = sorted(each.change.kind for each in found)
    assert kinds == ["added", "removed"], "one shift goes, one comes in its place"
    assert {each.change.day for each in found} == {SICK}
    gone = next(each for each in found if each.change.kind == "removed")
    assert "leave" in str(gone.why)
    come = next(each for each in found if each.change.kind == "added")
    assert "person-hours of phone en would be missing" in str(come.why)
    assert after.result.objective.soft_rules == {"keep_published": 10000}
    words = [str(line) for line in summary(after)]
    assert any(line.startswith("2 of ") and "for 2 of 4 people" in line for line in words)


def test_without_a_price_more_changes(published: tuple[Plan, Path]) -> None:
    made, folder = published
    free = plan(desk(folder, sick_of(made)).replace(solve={"seed": 7}))
    kept = replanned(published)
    old = made.rota
    assert len(changes(old, free.rota)) > len(changes(old, kept.rota))


def test_what_is_before_the_day_and_what_is_locked_stays(published: tuple[Plan, Path]) -> None:
    after = replanned(published, from_="2026-03-11")
    assert changes(upto(published[0].rota, date(2026, 3, 10)), upto(after.rota, date(2026, 3, 10))) == ()
    assert after.result.no_legal_tour, "leave on a day that may not change any more is a clash that is named"
    locked = replanned(published, lock="[Bruno, Carla]")
    for name in ("Bruno", "Carla"):
        if name not in locked.result.no_legal_tour:
            assert locked.rota.tour(name) == published[0].rota.tour(name)


def test_a_day_after_the_period_is_refused(published: tuple[Plan, Path]) -> None:
    with pytest.raises(InputError, match="after the last day of the period, 2026-03-15"):
        replanned(published, **{"from": "2026-03-16"})


def upto(rota: Rota, last: date) -> Rota:
    return replace(rota, shifts=tuple(shift for shift in rota.shifts if shift.day <= last))


def test_unknown_locks_are_all_told(published: tuple[Plan, Path]) -> None:
    made, folder = published
    scenario = desk(
        folder, sick_of(made) + "replan: {published: rota.csv, lock: [Bob, Ana 2026-13-01, Ana]}\n"
    )
    with pytest.raises(InputError) as refused:
        steps.problem_of(made.need, scenario)
    assert [str(message.place) for message in refused.value.messages] == ["replan.lock[0]", "replan.lock[1]"]


def test_the_verb_takes_a_rota_from_anywhere(
    published: tuple[Plan, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, folder = published
    (tmp_path / "sick.yaml").write_text(sick_of(made), encoding="utf-8")
    arguments = [
        "replan",
        str(tmp_path / "sick.yaml"),
        str(folder / "rota.csv"),
        "--out",
        str(tmp_path / "out"),
    ]
    assert main([*arguments, "--price", "80"]) == 0
    assert "2 of " in capsys.readouterr().out
    table = read_csv(tmp_path / "out" / "changes.csv")
    assert sorted(table["change"]) == ["added", "removed"]
    assert main(["replan", str(tmp_path / "sick.yaml"), "--out", str(tmp_path / "out")]) == 2
    assert "nothing to change" in capsys.readouterr().err
