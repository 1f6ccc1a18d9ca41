"""The public shift scheduling instances: reader, checker, and what the engine proves of the small ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from planner.scheduling.crew import crew_of
from planner.scheduling.posts.dive import dive
from planner.scheduling.posts.groups import IMPOSSIBLE, Staff
from planner.scheduling.posts.tree import Tree

TINY = """# a comment
SECTION_HORIZON
7

SECTION_SHIFTS
# id, minutes, may not follow
E,480,
L,480,E

SECTION_STAFF
A,E=7|L=2,2400,960,3,2,2,1
B,E=0|L=7,2400,0,3,1,1,1

SECTION_DAYS_OFF
A,6

SECTION_SHIFT_ON_REQUESTS
A,0,E,3

SECTION_SHIFT_OFF_REQUESTS
B,1,L,2

SECTION_COVER
0,E,1,100,1
0,L,0,100,4
1,L,1,50,1
"""


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark, which is a package of its own beside the tests."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return import_module("tests.bench.shift_scheduling")


@pytest.fixture
def tiny(bench: ModuleType, tmp_path: Path):
    path = tmp_path / "tiny.txt"
    path.write_text(TINY.replace("\n", "\r\n"), encoding="utf-8")
    return bench.read_instance(path)


def test_reader(tiny) -> None:
    assert (tiny.name, tiny.days, [kind.name for kind in tiny.kinds]) == ("tiny", 7, ["E", "L"])
    assert tiny.kinds[1].not_next == frozenset({"E"})
    assert dict(tiny.employees[0].most_of) == {"E": 7, "L": 2}
    assert tiny.employees[0].days_off == frozenset({6})
    assert [(asked.people, asked.under, asked.over) for asked in tiny.cover] == [
        (1, 100, 1),
        (0, 100, 4),
        (1, 50, 1),
    ]


def test_checker_by_hand(bench: ModuleType, tiny) -> None:
    """A not on E (3), B on the unwanted L (2), nobody on E (100), two on an L that nobody asked (8)."""
    verdict = bench.check(tiny, {"A": {0: "L", 1: "L"}, "B": {0: "L", 1: "L"}})
    assert (verdict.requests, verdict.under, verdict.over, verdict.cost) == (5, 100, 9, 114)
    assert verdict.text == "ok"
    planted = {
        "L": {0: "L", 1: "E", 2: "E"},
        "E after L": {1: "L", 2: "E"},
        "3 of L": {1: "L", 2: "L", 3: "L"},
        "480 minutes": {3: "E"},
        "only 1 days in a row from day 3": {3: "E", 0: "E"},
        "only 1 days off": {0: "E", 1: "E", 3: "E", 4: "E"},
        "4 days in a row": {0: "E", 1: "E", 2: "E", 3: "E"},
        "day 6 is a day off": {5: "E", 6: "E"},
    }
    for words, tour in planted.items():
        text = " ".join(bench.check(tiny, {"A": tour}).mistakes)
        assert words in text


@pytest.mark.parametrize(("number", "best"), [(1, 607), (2, 828), (3, 1001), (4, 1716)])
def test_small_instances_are_proven(
    bench: ModuleType, shared: Path, capsys: pytest.CaptureFixture[str], number: int, best: int
) -> None:
    path = shared / f"data/bench/curtois/Instance{number}.txt"
    assert bench.main([str(path), "--iterations", "400", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["objective"], line["bound"], line["status"]) == (best, best, "optimal")
    assert line["checker"] == "ok"
    assert line["left_out"] == []


def test_both_engines_agree_with_the_checker(
    bench: ModuleType, tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tiny.txt"
    lines = []
    for engine in ("search", "cp-sat"):
        assert bench.main([str(path), "--engine", engine, "--iterations", "300", "--json"]) == 0
        lines.append(json.loads(capsys.readouterr().out))
    assert lines[0]["objective"] == lines[1]["objective"] == lines[0]["bound"]


def test_similar_instance_is_the_same_everywhere(tmp_path: Path) -> None:
    """Compiled or plain, whatever the hash seed, a budget of steps gives the same rota."""
    root = Path(__file__).parents[2]
    made = [sys.executable, "-m", "tests.bench.shift_scheduling_similar", "8", "3", "28", "1"]
    path = tmp_path / "similar.txt"
    path.write_text(subprocess.run(made, cwd=root, check=True, capture_output=True, text=True).stdout)
    solve = [sys.executable, "-m", "tests.bench.shift_scheduling", str(path), "--iterations", "80", "--json"]
    found = []
    for changed in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "PLANNER_PLAIN": "1"}):
        done = subprocess.run(
            solve, cwd=root, env={**os.environ, **changed}, check=True, capture_output=True, text=True
        )
        line = json.loads(done.stdout)
        assert line["checker"] == "ok"
        found.append({k: v for k, v in line.items() if not k.endswith("seconds") and k != "seconds_to_first"})
    assert found[0] == found[1]


def test_late_dive_places_everybody(bench: ModuleType, shared: Path) -> None:
    instance = bench.read_instance(shared / "data/bench/curtois/Instance1.txt")
    crew = crew_of(bench.problem_of(instance))
    staff = Staff(crew)
    tree = Tree(staff, lambda: False)
    solved = tree.step(IMPOSSIBLE)
    assert solved is not None
    random = np.random.default_rng(1)
    tours = dive(solved.master, 0.04, random, lambda: False, None, lambda: True)
    assert tours is not None
    assert sorted(tour.group for tour in tours) == list(range(len(staff.groups)))
    assert dive(solved.master, 0.04, random, lambda: True) is None
