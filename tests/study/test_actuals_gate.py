"""The gate on actuals: not yet known, go and no-go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from planner._messages import Message
from planner.study import Scenario
from planner.study.actuals_gate import actuals_gate
from planner.study.gates import GateResult, Judged, ask
from planner.study.rollout import Rollout
from planner.study.rollout_files import gates_text
from planner.study.summary import rollout_summary

TEXT = """
name: Early
zone: UTC
people: 3
starts: 2026-06-01
period: {first_day: 2026-05-18, weeks: 1}
history: {file: counts.csv}
queues: [{name: email en}]
gates:
  - actuals: {within: 20%, for: 2 weeks}
"""


def counts(first, days, seed, per_day):
    rng, lines = np.random.default_rng(seed), ["interval_start,queue,arrivals"]
    for hour in range(24 * days):
        at = datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(hours=hour)
        lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},email en,{rng.poisson(per_day / 24)}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gate")
    june = date(2026, 6, 1)
    files = {
        "counts.csv": counts(date(2025, 12, 1), 168, 1, 60),
        "good.csv": counts(june, 21, 2, 63),
        "busy.csv": counts(june, 21, 3, 90),
        "short.csv": counts(june, 9, 4, 60),
        "whole.csv": counts(date(2026, 5, 1), 60, 5, 60),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "bad.csv").write_text("nothing\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def stage(folder):
    return Scenario.from_text(TEXT, folder=folder)


def answer(stage, file, **settings):
    (gate,) = stage.gates
    return actuals_gate(stage, {**gate.settings, **settings}, file)


def test_before_the_stage_is_live_nothing_is_known(stage):
    passed, value, threshold, message = answer(stage, None)
    assert (passed, value, threshold) == (None, None, None)
    assert "starts on 2026-06-01" in str(message)
    later = stage.replace(starts=None)
    assert "first 2 weeks" in str(answer(later, None)[3])


def test_too_few_days_or_a_file_that_cannot_be_read_is_not_yet_known(stage, folder):
    passed, *_, message = answer(stage, folder / "short.csv")
    assert passed is None
    assert "9 of 14" in str(message)
    assert answer(stage, folder / "bad.csv")[0] is None


def test_within_a_share(stage, folder):
    passed, value, threshold, message = answer(stage, folder / "good.csv")
    assert passed
    assert threshold == 0.2
    assert value == pytest.approx(0.05, abs=0.06)
    passed, value, _, message = answer(stage, folder / "busy.csv")
    assert passed is False
    assert value == pytest.approx(0.5, abs=0.1)
    assert "at most 20 %" in str(message)


def test_within_the_band(stage, folder):
    assert answer(stage, folder / "good.csv", within="band")[0]
    passed, _, threshold, message = answer(stage, folder / "busy.csv", within="band")
    assert passed is False
    assert threshold is None
    assert "no surprise" in str(message)


def test_only_days_since_the_stage_is_live_count(stage, folder):
    *_, message = answer(stage, folder / "whole.csv")
    assert message.values["days"] == 29


def test_an_unknown_gate_neither_stops_a_stage_nor_lets_it_go(desk, planned):
    unknown = GateResult("actuals", None, None, None, Message("actuals.gate_no_file", {"weeks": 2}))
    passed = GateResult("escalation", True, None, None, Message("study.gate_no_role"))
    rollout = Rollout((planned, planned, planned), ((), (unknown,), (unknown, passed)), comparison=None)
    assert [rollout.go(number) for number in range(3)] == [None, None, True]
    failed = replace(rollout, gates=((), (unknown,), (unknown, replace(passed, passed=False))))
    assert failed.go(2) is False
    assert gates_text(rollout).count("not yet known") == 4  # the answer, and in the sentence
    assert "not yet known: give" in "\n".join(map(str, rollout_summary(rollout)))


def test_it_is_asked_like_any_gate(stage, folder):
    judged = Judged(SimpleNamespace(scenario=stage), None)
    found = ask(stage.gates[0], judged, judged, judged, folder / "good.csv")
    assert (found.kind, found.passed, found.threshold) == ("actuals", True, 0.2)
    assert ask(stage.gates[0], judged, judged, judged).passed is None
