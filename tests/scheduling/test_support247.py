"""The pinned support cases: the planner's cost and judge agree with code that shares nothing with them."""

from __future__ import annotations

import random
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from planner.rota import Rota, options_for, shift_of
from planner.rules import judge
from planner.scheduling import objective_of


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark, which is a package of its own beside the tests."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return import_module("tests.bench.support247")


@pytest.mark.parametrize("seed", [1, 2])
def test_cost_and_judge_agree_with_the_checker(bench: ModuleType, shared: Path, seed: int) -> None:
    """Rotas of five days on and two off, at drifting hours: some people's are legal, some are not."""
    case = bench.load_case(shared / "data/bench/support247/support247-20.json")
    problem, draw = case.problem, random.Random(seed)
    shifts = []
    for agent in problem.team.agents:
        off, hour = draw.choice([5, 5, 3]), draw.randrange(24)
        for options in options_for(agent, problem.shift_types, problem.first_day, problem.days):
            day = options[0].day
            away = problem.calendars[agent.name].unavailable if draw.random() < 0.9 else ()
            if (day - off) % 7 < 2 or day in away or (off == 3 and day in (12, 13, 26, 27)):
                continue
            hour = (hour + draw.choice([0] * 12 + [1, 5])) % 24
            shifts.append(shift_of(options[hour], agent, options[hour].start + 16, problem.first_day))
    names = tuple(agent.name for agent in problem.team.agents)
    rota = Rota("", problem.first_day, problem.days, names, tuple(sorted(shifts)))
    verdict = bench.check(case.data, bench.duties_of(case, rota))
    objective = objective_of(rota, problem)
    assert objective.total == verdict.cost * 100
    assert objective.missing == verdict.missing * 1000
    found = {violation.agent for violation in judge(rota, problem.team, problem.calendars, problem.rules)}
    blamed = {f"agent {int(text.split()[1].rstrip(':')):03d}" for text in verdict.mistakes}
    assert found == blamed
    assert 3 < len(blamed) < 18


def test_checker_sees_planted_mistakes(bench: ModuleType, shared: Path) -> None:
    case = bench.load_case(shared / "data/bench/support247/support247-20.json")

    def mistakes(agent: int, duties: list[tuple[int, int]]) -> str:
        return " ".join(
            text for text in bench.check(case.data, {agent: duties}).mistakes if f"{agent}:" in text
        )

    every_day = [(1440 * day + 600, 1440 * day + 1110) for day in range(28)]
    assert "0 shifts in week 3" in mistakes(0, [])
    assert "7 shifts in week 3" in mistakes(0, every_day)
    assert "28 days in a row" in mistakes(0, every_day)
    assert "4 weekends" in mistakes(0, every_day)
    assert "1 days off" in mistakes(0, [duty for duty in every_day if duty[0] // 1440 != 9])
    assert "two shifts on day" in mistakes(0, [*every_day, every_day[3]])
    assert "outside the period" in mistakes(0, [(1440 * 30, 1440 * 30 + 510)])
    assert "minute 30 of an hour" in mistakes(0, [(630, 1140)])
    assert "a shift of 480 minutes" in mistakes(0, [(600, 1080)])
    assert "rest of 90 minutes" in mistakes(0, [(600, 1110), (1200, 1710)])
    away = next(entry for entry in case.data["agents"] if entry["days_off"])
    assert "is a day off" in mistakes(away["id"], every_day)
    assert "unknown" in mistakes(999, [])
