"""A light version of the benchmark of the formulas: nothing beyond what is allowed, nothing wrong."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark, which is a package of its own beside the tests."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return import_module("tests.bench.erlang")


def test_random_inputs_to_50_digits(bench):
    for model in bench.accuracy(cases=3, seed=20):
        assert model.cases >= 3
        assert model.failures == 0, model.where


def test_random_goals_have_the_smallest_team(bench):
    cases, wrong = bench.inverse(cases=600, seed=20)
    assert cases == 600
    assert wrong == []


def test_many_at_once_answer_as_the_plain_loop(bench, monkeypatch):
    monkeypatch.setattr(bench, "SPEED_LOADS", 2000)
    assert bench.speed(20)["same answers"]
