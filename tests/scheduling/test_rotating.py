"""The public rotating workforce instances: solved, and their checker sees what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.rota import NO_WISHES
from planner.scheduling.rotation import RotationSettings, rotate
from tests.bench.rotating import measure
from tests.bench.rotating_checker import broken
from tests.bench.rotating_file import read, terms_of

NAMES = (
    *("Example103.dzn", "Example593.dzn", "Example1014.dzn", "Example1337.dzn"),
    "rws-instance-e-25-s-7.dzn",
)


@pytest.mark.parametrize("name", NAMES)
def test_solved_in_a_moment(shared: Path, name: str) -> None:
    line = measure(str(shared / "data/bench/rotating" / name), 60)
    assert (line["file"], line["result"], line["checker"]) == (name, "solved", "ok")
    assert line["seconds"] < 10


@pytest.mark.parametrize("name", NAMES)
def test_one_person_fewer_is_told_impossible(shared: Path, name: str) -> None:
    """So few that somebody would work more of the days than any block of work and days off allows."""
    data = read(shared / "data/bench/rotating" / name)
    weeks = sum(map(sum, data["required"])) // 7 + 1
    assert rotate(terms_of(data), weeks, RotationSettings(wishes=NO_WISHES)).status == "impossible"


@pytest.mark.parametrize("name", NAMES)
def test_the_checker_sees_every_swap_of_two_days_in_a_week(shared: Path, name: str) -> None:
    """Two different days swapped within a week break the posts at least."""
    data = read(shared / "data/bench/rotating" / name)
    result = rotate(terms_of(data), data["weeks"], RotationSettings(wishes=NO_WISHES))
    assert result.rotation is not None
    number = {word: shift for shift, word in enumerate(data["names"])}
    pattern = [[number.get(word, -1) for word in week] for week in result.rotation.pattern]
    assert broken(data, pattern) == []
    for week in pattern:
        for day in range(6):
            if week[day] != week[day + 1]:
                week[day], week[day + 1] = week[day + 1], week[day]
                assert broken(data, pattern)
                week[day], week[day + 1] = week[day + 1], week[day]
    turned = pattern[1:] + pattern[:1]
    assert broken(data, turned) == []
    assert broken(data, pattern[1:])
