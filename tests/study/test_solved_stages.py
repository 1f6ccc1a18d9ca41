import csv

import pytest

from planner._messages import Message, render
from planner.study import Scenario, workspace
from planner.study.gates import GateResult
from planner.study.mended_stage import changes_of_mend
from planner.study.solved_stages import Mend, read_solved
from planner.study.stages.candidates import Failed, candidates_for

SAMPLE = workspace.SAMPLES / "weekday-to-247"
RECORD = """
{"stages": [{"number": 1, "scenario": "A", "go": null}, {"number": 2, "scenario": "B", "go": false}]}
"""
COMPARISON = """scenario,figure,unit,value,difference,verdict,difference_low,difference_high
A,wages and premiums,EUR a month,1000,0,same,0,0
A,answered within the promise: email en,share,0.95,,,,
A,answered within the promise: chat en,share,0.9,,,,
B,wages and premiums,EUR a month,1100,100,higher,50,
B,answered within the promise: email en,share,,,,,
"""
GATES = """number,gate,answer,finding
2,cost_uplift,no-go,dearer
2,actuals,not yet known,later
"""
COSTS = "cost_change_a_month,cost_change_low_a_month,cost_change_high_a_month"
MENDING = f"""number,gate,change,what,passes,mends_gate,{COSTS},weeks_from_decision,still_failing,notes
2,cost_uplift,half,half of it,yes,yes,-40,,10,4,,
"""


@pytest.fixture
def folder(tmp_path):
    """Files of a rollout of two stages."""
    for name, text in {
        "rollout.json": RECORD,
        "comparison.csv": COMPARISON,
        "gates.csv": GATES,
        "mending.csv": MENDING,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_the_files_say_of_each_stage(folder):
    one, two = read_solved(folder)
    assert (one.go, one.change, one.cost, one.currency) == (None, None, 1000.0, "EUR")
    assert (one.kept, one.queue) == (0.9, "chat en")
    assert (two.go, two.change, two.low, two.high, two.verdict) == (False, 0.1, 0.05, None, "higher")
    assert (two.kept, two.queue) == (None, "")
    assert [(gate.kind, gate.passed) for gate in two.gates] == [("cost_uplift", False), ("actuals", None)]
    (mend,) = two.gates[0].mends
    assert (mend.what, mend.cost, mend.low, mend.high, mend.weeks) == ("half of it", -40.0, None, 10.0, 4)


def test_files_that_are_gone_say_nothing(tmp_path, folder):
    assert read_solved(tmp_path / "nowhere") == ()
    for name in ("comparison.csv", "gates.csv", "mending.csv"):
        (folder / name).unlink()
    assert [stage.cost for stage in read_solved(folder)] == [None, None]


@pytest.mark.parametrize("stage", ["stage-1-two-early-hours", "stage-3-weekdays-24-hours", "stage-4-24-7"])
def test_every_change_that_may_be_tried_is_found_again_by_its_words(stage):
    scenario, before = Scenario.load(SAMPLE / f"{stage}.yaml"), Scenario.load(SAMPLE / "scenario.yaml")
    checked = 0
    for gate in scenario.gates:
        unit = "nights a month" if gate.kind == "fairness" else ""
        threshold = gate.settings.get("nights") if unit else gate.settings.get("at_most")
        queue = {"queue": "premium en"} if gate.kind == "promise_kept" else {}
        found = GateResult(gate.kind, False, None, threshold, Message("study.x", queue), unit)
        for way in candidates_for(Failed(gate, found, scenario, before)):
            mend = Mend(way.kind, render(way.what, "en"), True, True, 0.0, None, None, 4, "", "")
            assert changes_of_mend(scenario, before, gate, mend) == dict(way.changes)
            checked += 1
    assert checked > 10


def test_a_change_that_is_not_thought_of_any_more_is_none():
    scenario = Scenario.load(SAMPLE / "stage-1-two-early-hours.yaml")
    mend = Mend("half", "something else", True, True, 0.0, None, None, 4, "", "")
    assert changes_of_mend(scenario, scenario, scenario.gates[0], mend) is None


def test_the_columns_read_are_those_that_are_written(folder):
    from planner.study.columns import COLUMNS

    for name in ("comparison.csv", "gates.csv", "mending.csv"):
        with (folder / name).open(encoding="utf-8") as file:
            assert set(next(csv.reader(file))) <= {column.name for column in COLUMNS[name]}
