"""A rule file of shapes dropped into the folder: found, read, judged, planned, shown; no edit elsewhere."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

import planner.rules as room
from planner.rota import ShiftType
from planner.rules import REGISTRY, TEAM_REGISTRY, judge, read_rules, rules_table, team_rules_for
from planner.rules import registry as registry_module
from planner.scheduling import SolveSettings, schedule

ONE = '''
"""Shifts of a week start near each other; weeks off nights in between; few or many shifts, never some."""
from typing import Any, ClassVar

from planner._messages import Message
from planner.rules.rule import Rule
from planner.rules.shapes import WORKING, Gap, Mark, Span, Sum


class NearStarts(Rule):
    name: ClassVar[str] = "near_starts"
    unit: ClassVar[str] = "minute"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"minutes": 120},)

    minutes: int
    late_then_off: int = 1

    def shapes(self, calendar):
        late = Mark(WORKING.kinds, names=frozenset({"late"}))
        return (
            Span(self.name, WORKING, 0, calendar.days - 1, self.minutes, price=self.price),
            Gap(self.name, late, WORKING, 0, self.price, self.late_then_off),
            Sum(self.name, WORKING, "count", 0, calendar.days - 1, allowed=(0, 2, 3), price=self.price),
        )

    def check(self, calendar, tour, carried):
        from datetime import timedelta
        from zoneinfo import ZoneInfo

        local = [shift.start.astimezone(ZoneInfo(calendar.agent.zone)) for shift in sorted(tour)]
        starts = [at.hour * 60 + at.minute for at in local]
        found = []
        over = max(starts, default=0) - min(starts, default=0) - self.minutes
        if over > 0:
            found.append(self.found(calendar, calendar.first_day, over, {}))
        ordered = sorted(tour)
        for one, other in zip(ordered, ordered[1:]):
            lacking = self.late_then_off - ((other.day - one.day) // timedelta(days=1) - 1)
            if one.name == "late" and lacking > 0:
                found.append(self.found(calendar, other.day, lacking, {}))
        away = min(abs(len(tour) - count) for count in (0, 2, 3))
        if away:
            found.append(self.found(calendar, calendar.first_day, away, {}))
        return tuple(found)

    def explain(self):
        return Message("rules.minimum_rest", {"hours": self.minutes / 60})
'''

SEVERAL = '''
"""Not everybody is on one day."""
from typing import Any, ClassVar

from planner._messages import Message
from planner.rules.shapes import WORKING, Team
from planner.rules.team_rule import TeamRule


class SomebodyOff(TeamRule):
    name: ClassVar[str] = "somebody_off"
    unit: ClassVar[str] = "shift"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({},)

    def shapes(self, calendars):
        members = tuple((name, 1) for name in calendars)
        days = range(next(iter(calendars.values())).days)
        return tuple(
            Team(self.name, members, WORKING, "count", day, day, most=len(members) - 1, price=self.price)
            for day in days
        )

    def check(self, calendars, tours):
        found = []
        for day in sorted({shift.day for tour in tours.values() for shift in tour}):
            on = [shift.agent for tour in tours.values() for shift in tour if shift.day == day]
            if len(on) == len(calendars):
                found.append(self.found(calendars[on[0]], day, 1, {}))
        return tuple(found)

    def explain(self):
        return Message("rules.most_on_shift", {"most": 2, "kind": "shift"})
'''

TYPES = (ShiftType("early", (360, 480), 480), ShiftType("late", (840,), 480))


@pytest.fixture
def dropped(tmp_path, monkeypatch):
    """The folder of rules with two more files."""
    (tmp_path / "near_starts.py").write_text(ONE)
    (tmp_path / "somebody_off.py").write_text(SEVERAL)
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    registry_module._ours.cache_clear()
    yield
    registry_module._ours.cache_clear()
    for name in ("near_starts", "somebody_off"):
        sys.modules.pop(f"planner.rules.{name}", None)
        vars(room).pop(name, None)


def asked(world, team_rules, *rules):
    """Three people for early and late on each of five days; two to three of them are needed."""
    row = [3 if 8 <= hour < 14 else 1 if 14 <= hour < 22 else 0 for hour in range(24)]
    problem = world(["en"] * 3, {"en": row * 5}, TYPES, 5, rules={"minimum_rest": {"hours": 11}})
    everyone = {name: (*theirs, *rules) for name, theirs in problem.rules.items()}
    return replace(problem, rules=everyone, team_rules=team_rules)


def found(rota, problem, rules, team_rules):
    judged = judge(rota, problem.team, problem.calendars, dict.fromkeys(problem.rules, rules), (), team_rules)
    return [violation.rule for violation in judged]


@pytest.mark.usefixtures("dropped")
@pytest.mark.parametrize("engine", ["search", "cp-sat"])
def test_a_new_file_is_all_it_takes(world, engine):
    assert "near_starts" in REGISTRY
    assert "somebody_off" in TEAM_REGISTRY
    settings = [{"near_starts": {"minutes": "120"}}, "somebody_off"]
    free = asked(world, ())
    [rule] = read_rules(settings)
    [team_rule] = team_rules_for(free.team, settings)
    lines = rules_table().splitlines()
    assert any(line.startswith("| `near_starts` | `minutes`") for line in lines)
    assert any(line.startswith("| `somebody_off`") for line in lines)
    budget = SolveSettings(engine=engine, iterations=150)
    without = schedule(free, budget)
    assert set(found(without.rota, free, (rule,), (team_rule,))) == {"near_starts", "somebody_off"}
    held = asked(world, (team_rule,), rule)
    result = schedule(held, budget)
    assert found(result.rota, held, (rule,), (team_rule,)) == []
    assert result.rota.shifts
    assert result.left_out == (("somebody_off",) if engine == "search" else ())
    assert result.objective.total >= without.objective.total
    soft = asked(world, (), rule.model_copy(update={"penalty": 1.0}))
    priced = schedule(soft, budget)
    assert set(priced.objective.soft_rules) <= {"near_starts"}
    assert priced.objective.total <= result.objective.total
