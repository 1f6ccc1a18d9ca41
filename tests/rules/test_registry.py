"""The registry finds what lies in the folder; the table shows all of it."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from planner.rules import REGISTRY, Rule, discover, rules_table

DROPPED = """
from typing import ClassVar
from planner.rules import ANY_DUTY, Each, Rule, read_rules
from planner._messages import Message

class NoFridays(Rule):
    name: ClassVar[str] = "no_fridays"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple] = ({},)
    def shapes(self, calendar):
        return (Each(self.name, ANY_DUTY, price=self.price),)
    def check(self, calendar, tour, carried):
        return ()
    def explain(self):
        return Message("rules.unavailable")
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with one dropped-in rule."""
    folder = tmp_path / "dropped_rules"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "no_fridays.py").write_text(DROPPED)
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("dropped_rules"), folder
    for name in [name for name in sys.modules if name.startswith("dropped_rules")]:
        del sys.modules[name]


def test_a_dropped_in_file_is_found(package):
    assert list(discover(package[0])) == ["no_fridays"]


def test_two_rules_of_one_name_are_refused(package):
    (package[1] / "zz.py").write_text(DROPPED)
    with pytest.raises(RuntimeError, match="two rules are named no_fridays"):
        discover(package[0])


def test_every_rule_has_a_file_of_its_name():
    assert len(REGISTRY) > 16
    assert list(REGISTRY) == sorted(REGISTRY)
    assert all(rule.__module__ == f"planner.rules.{name}" for name, rule in REGISTRY.items())


def test_the_table_shows_every_rule_and_setting():
    table = rules_table()
    for name, rule in REGISTRY.items():
        [line] = [line for line in table.splitlines() if line.startswith(f"| `{name}`")]
        assert all(f"`{field}`" in line for field in rule.model_fields if field not in Rule.model_fields)
