"""The public rotating workforce instances: solved, and their checker sees what is broken."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from planner.rota import NO_WISHES
from planner.scheduling.rotation import RotationSettings, rotate

NAMES = (
    *("Example103.dzn", "Example593.dzn", "Example1014.dzn", "Example1337.dzn"),
    "rws-instance-e-25-s-7.dzn",
)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark, which is a package of its own beside the tests."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return import_module("tests.bench.rotating")


@pytest.mark.parametrize("name", NAMES)
def test_solved_in_a_moment(bench: ModuleType, shared: Path, name: str) -> None:
    line = bench.measure(str(shared / "data/bench/rotating" / name), 60)
    assert (line["file"], line["result"], line["checker"]) == (name, "solved", "ok")
    assert line["seconds"] < 10


@pytest.mark.parametrize("name", NAMES)
def test_one_person_fewer_is_told_impossible(bench: ModuleType, shared: Path, name: str) -> None:
    """So few that somebody would work more of the days than any block of work and days off allows."""
    data = bench.read(shared / "data/bench/rotating" / name)
    weeks = sum(map(sum, data["required"])) // 7 + 1
    assert rotate(bench.terms_of(data), weeks, RotationSettings(wishes=NO_WISHES)).status == "impossible"


@pytest.mark.parametrize("name", NAMES)
def test_the_checker_sees_every_swap_of_two_days_in_a_week(
    bench: ModuleType, shared: Path, name: str
) -> None:
    """Two different days swapped within a week break the posts at least."""
    data = bench.read(shared / "data/bench/rotating" / name)
    result = rotate(bench.terms_of(data), data["weeks"], RotationSettings(wishes=NO_WISHES))
    assert result.rotation is not None
    number = {word: shift for shift, word in enumerate(data["names"])}
    pattern = [[number.get(word, -1) for word in week] for week in result.rotation.pattern]
    assert bench.broken(data, pattern) == []
    for week in pattern:
        for day in range(6):
            if week[day] != week[day + 1]:
                week[day], week[day + 1] = week[day + 1], week[day]
                assert bench.broken(data, pattern)
                week[day], week[day + 1] = week[day + 1], week[day]
    turned = pattern[1:] + pattern[:1]
    assert bench.broken(data, turned) == []
    assert bench.broken(data, pattern[1:])
