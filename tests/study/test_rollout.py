"""A rollout: stages on one period, each a solved rota, each asked its gates, written as folders."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner._errors import InputError, ScenarioError
from planner.study import Scenario, read_plan, rollout, rollout_brief, rollout_summary, write_rollout
from planner.study.rollout_files import refuse_folder
from planner.study.steps import audit

GATES = [
    {"promise_kept": {"in": "new hours", "in_weeks": "5 of 10"}},
    {"promise_kept": {"in": "old hours", "not_worse_by": "50 points"}},
    {"nights_per_person": {"at_most": "6 a month"}},
    {"cost_uplift": {"at_most": "1%"}},
]

FILES = [
    "comparison.csv",
    "cost_parts.csv",
    "gates.csv",
    "mending.csv",
    "answers.csv",
    "today.csv",
    "going_back.csv",
    "rollout.json",
]
# How each line begins that is said of the first stage and, before and after its gates, of the second.
FIRST = ["today (Small desk): ", "   email en: ", "   phone en: ", "1. Small desk", "wages and premiums "]
SECOND = [
    "   opens 5 h a week: email en, phone en: ",
    "   all queues: ",
    "      email en: ",
    "      phone en: ",
    "   hires: 1; ",
    "   cost: ",
    "   once: ",
    "   a month each: ",
    "   earliest start ",
    "wages and premiums ",
    "   wages and premiums ",
    "   in points of the first scenario's pay: ",
    "   what makes it so: ",
]
AFTER = ["   going back to Small desk: ", "      assumed: "]


@pytest.fixture(scope="module", autouse=True)
def _planned_once(plan_once: Any) -> None:
    plan_once("rollout")


@pytest.fixture(scope="module")
def stages(desk: Scenario) -> list[Scenario]:
    """Today, and an hour more in the evening with one person more."""
    later = desk.replace(
        name="An hour more",
        starts="2026-06-01",
        people=[{"count": 5, "site": "Lisbon", "languages": "en", "cost": 12}],
        opening_hours=[{"queues": "all", "days": "mon-fri", "open": "09:00", "close": "18:00"}],
        rules=[{"weekly_hours": {"at_least": "contract", "at_most": "contract"}}],
        gates=GATES,
    )
    return [desk, later]


@pytest.fixture(scope="module")
def made(stages: list[Scenario]) -> tuple[Any, list[Any]]:
    said: list[Any] = []
    return rollout(stages, said.append), said


def test_each_stage_is_a_solved_rota(made: tuple[Any, list[Any]], stages: list[Scenario]) -> None:
    result, _ = made
    assert [plan.scenario.name for plan in result.plans] == ["Small desk", "An hour more"]
    assert all(audit(plan.rota, plan.scenario) == () for plan in result.plans)
    assert result.plans[1].rota.scenario == "An hour more"
    assert not result.cancelled


def test_gates_stand_with_their_stage(made: tuple[Any, list[Any]]) -> None:
    result, _ = made
    assert result.gates[0] == ()
    assert result.go(0) is None
    assert [gate.kind for gate in result.gates[1]] == [next(iter(gate)) for gate in GATES]
    uplift = result.gates[1][3]
    wages = [p.result.objective.labour + p.result.objective.premiums for p in result.plans]
    assert uplift.value == pytest.approx(wages[1] / wages[0] - 1)
    assert uplift.passed is (uplift.value <= 0.01)
    assert result.go(1) is all(gate.passed for gate in result.gates[1])


def test_progress_says_which_stage(made: tuple[Any, list[Any]]) -> None:
    _, said = made
    assert [(p.stage, p.stages) for p in said if p.phase == "history"] == [(1, 2), (2, 2)]
    assert [p.stage for p in said if p.phase == "gates"] == [1, 2]


def test_files(made: tuple[Any, list[Any]], tmp_path: Path) -> None:
    result, _ = made
    written = write_rollout(result, tmp_path / "out")
    assert [path.name for path in written if path.parent == tmp_path / "out"] == FILES
    assert list(written[-len(FILES) :]) == [tmp_path / "out" / name for name in FILES]
    assert all(path.is_file() for path in written)
    record = json.loads((tmp_path / "out/rollout.json").read_text(encoding="utf-8"))
    assert [(s["number"], s["folder"], s["go"]) for s in record["stages"]] == [
        (1, "stage-1", None),
        (2, "stage-2", result.go(1)),
    ]
    assert read_plan(tmp_path / "out/stage-2").record["scenario"] == "An hour more"
    with open(tmp_path / "out/gates.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["gate"] for row in rows] == [gate.kind for gate in result.gates[1]]
    assert [row["answer"] for row in rows] == ["go" if g.passed else "no-go" for g in result.gates[1]]


def test_summary_says_go_or_no_go(made: tuple[Any, list[Any]]) -> None:
    result, _ = made
    lines = [str(line) for line in rollout_summary(result)]
    stage = f"2. An hour more: {'go' if result.go(1) else 'no-go'} ("
    gates = [f"   {'go' if gate.passed else 'no-go'}: {gate.message}" for gate in result.gates[1]]
    assert len(gates) == len(GATES)
    begins = [*FIRST, stage, *SECOND, *gates, *AFTER]
    told, mending = lines[: len(begins)], lines[len(begins) :]
    assert [line[: len(begin)] for line, begin in zip(told, begins, strict=True)] == begins
    assert lines[3] == "1. Small desk"
    at = lines.index(gates[0])
    assert lines[at : at + len(gates)] == gates
    assert all(line.startswith(("stage 2 (", "   tried: ", "   changes planned again: ")) for line in mending)
    [uplift] = [line for line in lines if "is often quoted for 24/7" in line]
    assert f"{100 * result.gates[1][3].value:+.1f} % against the first scenario" in uplift
    assert "   go: nobody works nights; 6 a month are allowed" in lines


def test_brief_says_what_fails_and_the_way_to_go(made: tuple[Any, list[Any]]) -> None:
    result, _ = made
    whole = [str(line) for line in rollout_summary(result)]
    lines = [str(line) for line in rollout_brief(result)]
    assert lines[0] == whole[0]
    assert len(lines) < len(whole)
    wages = result.plans[0].result.objective
    cost = f"{(wages.labour + wages.premiums) / 100 * 30.4375 / result.plans[0].scenario.days:,.0f}"
    assert f"1. Small desk: wages and premiums {cost} EUR a month" in lines
    passed = sum(gate.passed is True for gate in result.gates[1])
    assert f"   gates passed: {passed} of {len(GATES)}" in lines
    assert not [line for line in lines if line.startswith("   go: ")]
    [quoted] = [
        line for line in lines if line.startswith("   24/7 is often quoted at 60 to 100 % more; here ")
    ]
    [uplift] = [line for line in whole if "is often quoted for 24/7" in line]
    assert uplift.split(" %")[0].split()[-1] in quoted
    [why] = [
        line for line in whole if line.startswith(("   why less than quoted: ", "   what makes it so: "))
    ]
    assert quoted.endswith(why.partition(": ")[2])
    failed = [line for line in whole if line.startswith("   no-go: ")]
    assert [line for line in lines if line.startswith("   no-go: ")] == failed[1:]
    ways = [line for line in lines if line.startswith("   what would mend it (")]
    assert len(ways) == len(result.mending)
    assert lines[-1].endswith("--full, or the files of --out")


def test_all_reasons_to_refuse_stages_at_once(stages: list[Scenario]) -> None:
    first, later = stages
    wrong = [later, first.replace(starts="2026-05-01"), later.replace(interval="60 min")]
    with pytest.raises(ScenarioError) as refused:
        rollout(wrong)
    assert [message.code for message in refused.value.messages] == [
        "study.other_period",
        "study.same_name",
        "study.stages_out_of_order",
    ]


def test_cancelled_after_a_stage_keeps_it(stages: list[Scenario]) -> None:
    result = rollout(stages, is_cancelled=lambda: True)
    assert result.cancelled
    assert [plan.scenario.name for plan in result.plans] == ["Small desk"]
    assert result.plans[0].result.status.value == "cancelled"
    assert str(rollout_summary(result)[-1]).startswith("stopped early; scenarios planned: 1")


def test_a_folder_that_cannot_be_written_is_refused_first(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(InputError, match="is a file"):
            refuse_folder(folder)
    refuse_folder(tmp_path / "new" / "deeper")
    assert not (tmp_path / "new").exists()


def test_missing_people_stand_beside_go_or_no_go(made: tuple[Any, list[Any]]) -> None:
    result = made[0]
    second = result.plans[1]
    short = replace(second, result=replace(second.result, missing_hours=5.0, missing_hours_bound=4.0))
    told = replace(result, plans=(result.plans[0], short, *result.plans[2:]))
    for lines in (rollout_summary(told), rollout_brief(told)):
        (line,) = (str(line) for line in lines if str(line).startswith("2. "))
        assert line.endswith("; 5.0 person-hours missing, at least 4.0 in any rota)")


def test_money_of_a_month_is_the_same_to_the_cent_in_every_file(made: tuple[Any, list[Any]]) -> None:
    wages = {
        figure.scenario: figure
        for figure in made[0].comparison.figures
        if figure.figure == "wages and premiums"
    }
    for answer in made[0].answers:
        figure = wages[answer.scenario]
        assert figure.value == answer.today.cost == round(answer.today.cost, 2)
        told = [str(line) for line in rollout_summary(made[0])]
        assert any(f"wages and premiums {figure.value:,.0f} EUR a month" in line for line in told)
