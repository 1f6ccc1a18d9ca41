"""A stage as its cheapest change mends it, as a file that plans to go; and changes that change nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner._messages import Message
from planner.study import Rollout, Scenario, rollout, rollout_brief, rollout_summary, write_rollout
from planner.study.gates import GateResult
from planner.study.rollout_files import rollout_record
from planner.study.stages.candidates import Failed, candidates_for
from planner.study.stages.mended import cheapest_by_stage
from planner.study.stages.mended_files import write_mended
from planner.study.stages.mending import FEWEST_TRIES, MOST_TRIES, paid_once
from planner.study.stages.mending_words import mending_text

DESK = """
name: Small desk
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 1}
team: team.csv
volume: 40 a weekday
queues:
  - {name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 4 business hours}
opening_hours: {days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: "07:00, 08:00, 09:00, 11:00", paid_hours: 8}
solve: {effort: quick, rounds: 1, replications: 20}
"""
TEAM = "name,languages,weekly_hours,cost\nAna,en,40,12\nBo,en,40,12\nCy,en,40,12\nDee,en,40,12\n"
LONGER = """
starts_from: desk.yaml
name: Longer
opening_hours: {days: mon-fri, open: 07:00, close: 19:00}
outsource: {from: 09:00, to: 13:00, days: mon-fri, languages: en, price: 90 per hour, set_up_cost: 5000}
gates: [{survives: any one person absent for a shift}]
"""
ROUND = """
starts_from: longer.yaml
name: Longer still
opening_hours: {days: mon-sat, open: 07:00, close: 19:00}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("desk")
    files = {"desk.yaml": DESK, "team.csv": TEAM, "longer.yaml": LONGER, "round.yaml": ROUND}
    for name, text in files.items():
        (place / name).write_text(text.lstrip(), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def made(folder: Path) -> Rollout:
    return rollout([Scenario.load(folder / name) for name in ("desk.yaml", "longer.yaml", "round.yaml")])


class TestEveryStage:
    def test_each_stage_that_is_no_go_is_mended(self, made: Rollout) -> None:
        assert [made.go(1), made.go(2)] == [False, False]
        assert [(each.stage, each.gate) for each in made.mending] == [(2, "survives"), (3, "survives")]
        assert all(FEWEST_TRIES <= each.tried <= MOST_TRIES for each in made.mending)
        first, second = made.mending
        assert first.cheapest is not None
        assert second.cheapest is None
        assert cheapest_by_stage(made.mending) == {2: first.cheapest}

    def test_what_was_tried_of_a_stage_stands_in_the_record(self, made: Rollout) -> None:
        stages: Any = rollout_record(made)["stages"]
        assert [bool(stage["mending"]) for stage in stages] == [False, True, True]
        assert str(stages[1]["mending"][-1]) == "   changes planned again: 5 of 6 that were thought of"

    def test_that_stages_share_their_tries_is_said(self, made: Rollout) -> None:
        fewer = replace(made, mending=(replace(made.mending[0], fewer=True),))
        assert "more stages are no-go, and with --mend all more is tried" in str(rollout_summary(fewer)[-1])


class TestNothingChanges:
    def test_a_partner_that_takes_no_seat_is_named_and_is_not_closest(self, made: Rollout) -> None:
        for each in made.mending:
            assert "the stated partner takes seats" in str(each.same[0])
            assert "partner" not in [one.kind for one in each.tries]
        assert "partner" not in mending_text(made.mending)
        lines = [str(line) for line in rollout_summary(made)]
        told = "   tried: the stated partner takes seats from 09:00 to 13:00 where they are worth it"
        assert f"{told}: changes nothing" in lines

    def test_nothing_but_such_changes_is_told(self, made: Rollout) -> None:
        alone = replace(made, mending=(replace(made.mending[0], tries=()),))
        told = "stage 2 (survives): what was tried and planned again changes nothing: the stated partner"
        assert str(rollout_summary(alone)[-1]).startswith(told)
        assert any(str(line).strip().startswith(told) for line in rollout_brief(alone))


def test_what_is_paid_once_stands_beside(made: Rollout) -> None:
    [hire] = [one for one in made.mending[0].tries if one.kind == "hire"]
    assert hire.once == 2 * 40 * 12  # two weeks of training
    lines = "\n".join(map(str, rollout_summary(made)))
    assert "one more person like Ana: +2,087 EUR a month, and 960 EUR once (" in lines
    rows = list(csv.DictReader(io.StringIO(mending_text(made.mending))))
    assert list(rows[0])[-2:] == ["one_off_cost", "file"]
    once = {(row["number"], row["change"]): row["one_off_cost"] for row in rows}
    assert (once["2", "hire"], once["2", "minimum"]) == ("960.00", "0.00")


def test_setting_a_partner_up_is_paid_once(made: Rollout) -> None:
    stage = made.plans[1].scenario
    assert paid_once(stage.replace(solve={"outsource": "yes"}), stage) == 5000
    assert paid_once(stage, stage) == 0


class TestFile:
    def test_it_plans_to_go(self, made: Rollout, folder: Path, tmp_path: Path) -> None:
        written = write_rollout(made, tmp_path)
        assert [path.name for path in written if path.name.startswith("mended")] == ["mended-2.yaml"]
        assert written[-1].name == "rollout.json"
        best = made.mending[0].cheapest
        assert best is not None
        mended = Scenario.load(tmp_path / "mended-2.yaml")
        assert mended.plain == best.scenario.plain
        assert rollout([Scenario.load(folder / "desk.yaml"), mended], mend="none").go(1) is True

    def test_it_is_named_where_the_change_is(self, made: Rollout) -> None:
        rows = list(csv.DictReader(io.StringIO(mending_text(made.mending))))
        assert [row["file"] for row in rows if row["file"]] == ["mended-2.yaml"]
        assert rows[0]["file"] == "mended-2.yaml"
        for lines in (rollout_summary(made), rollout_brief(made)):
            assert [str(x).strip() for x in lines].count("as a scenario file: mended-2.yaml") == 1

    def test_no_file_of_a_scenario_is_written_over(self, made: Rollout, folder: Path) -> None:
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        write_mended(made, folder)
        after = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert after.items() >= before.items()
        assert after.keys() - before.keys() == {"mended-2.yaml"}
        (folder / "mended-2.yaml").unlink()


@pytest.mark.parametrize("stage", ["stage-3-weekdays-24-hours.yaml", "stage-4-24-7.yaml"])
def test_ways_out_of_a_shipped_stage_are_as_different_as_can_be(stage: str) -> None:
    place = Path(__file__).parents[2] / "scenarios/weekday-to-247"
    scenario, before = Scenario.load(place / stage), Scenario.load(place / "stage-2-two-late-hours.yaml")
    for gate in scenario.gates:
        found = GateResult(gate.kind, False, None, None, Message("study.gate_no_role"))
        kinds = [way.kind for way in candidates_for(Failed(gate, found, scenario, before))]
        assert len(set(kinds[: len(set(kinds))])) == len(set(kinds)), gate.kind
        first = kinds[:MOST_TRIES]
        assert "half" in first
        assert "promise" in first or gate.kind not in ("promise_kept", "cost_uplift")
