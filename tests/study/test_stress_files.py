"""A stress test asked for by a page: a job's payload in, one file out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner._errors import ScenarioError
from planner.study import Scenario, write_plan
from planner.study.progress import PlanProgress
from planner.study.stress_files import STRESS, WHAT, stress_test


@pytest.fixture
def asked(desk: Scenario, planned: Any, tmp_path: Path) -> dict[str, Any]:
    """The small desk and its rota as files."""
    write_plan(planned, tmp_path / "plan")
    (tmp_path / "desk.yaml").write_text(desk.dump(), encoding="utf-8")
    rush = {"day": "2026-03-03", "from_hour": 10, "hours": 2, "factor": 5}
    scenario, rota = str(tmp_path / "desk.yaml"), str(tmp_path / "plan" / "rota.csv")
    return {"scenario": scenario, "rota": rota, "rush": rush}


@pytest.mark.parametrize("what", WHAT)
def test_each_question_is_answered_in_sentences_and_figures(
    asked: dict[str, Any], tmp_path: Path, what: str
) -> None:
    said: list[PlanProgress] = []
    path = stress_test({**asked, "what": what}, tmp_path / "out", said.append)
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["what"] == what
    assert all(message["text"] for message in record["messages"])
    assert said[-1].stage == said[-1].stages
    found = record["found"]
    if what == "absent":
        assert found["cases"][0]["queues"][0]["queue"] == "email en"
        assert found["shifts"] > len(found["cases"]) > 5
    elif what == "bad_day":
        assert found["rush"] == {**asked["rush"], "factor": 5}
    else:
        assert found["low"] < 1 < found["high"]


@pytest.mark.parametrize("what", WHAT)
def test_stopped_at_once_there_is_nothing_to_tell(asked: dict[str, Any], tmp_path: Path, what: str) -> None:
    path = stress_test({**asked, "what": what}, tmp_path, is_cancelled=lambda: True)
    assert path.name == STRESS
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["messages"] == []


def test_a_stated_need_has_nobody_to_simulate(asked: dict[str, Any], tmp_path: Path) -> None:
    stated = tmp_path / "stated.yaml"
    people = "people: [{count: 4, site: Lisbon, languages: en}]\nsites: {name: Lisbon, zone: Europe/Lisbon}\n"
    stated.write_text(f"need: {{seat: 1}}\nperiod: {{first_day: 2026-03-02, weeks: 1}}\n{people}", "utf-8")
    with pytest.raises(ScenarioError, match="states how many people it needs"):
        stress_test({**asked, "scenario": str(stated), "what": "absent"}, tmp_path / "out")
