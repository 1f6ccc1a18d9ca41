"""The verbs about people who are not there, from the command line."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.__main__ import main

Run = Callable[..., tuple[int, str, str]]
DESK = """
name: Two seats
period: {weeks: 1}
people: [{count: 1, languages: en, cost: 15}]
queues: [{name: chat en, channel: chat, language: en}]
need: {chat en: 2}
opening_hours: [{days: mon-fri, open: 08:00, close: 16:00}]
shifts: [{name: day, start: 08:00, paid_hours: 8}]
hires: {types: [{languages: en, max: 2, cost: 14}]}
solve: {effort: quick}
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a verb: exit code, what it says on stdout and on stderr."""

    def go(*words: object) -> tuple[int, str, str]:
        before = signal.getsignal(signal.SIGINT)
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            signal.signal(signal.SIGINT, before)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return go


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """One person where two are needed."""
    path = tmp_path / "desk.yaml"
    path.write_text(DESK, encoding="utf-8")
    return path


def test_hire_says_how_many_and_writes_the_plan(run: Run, desk: Path, tmp_path: Path) -> None:
    code, said, progress = run("hire", desk, "--fewest", "--decided", "2026-01-15", "--out", tmp_path / "out")
    assert code == 0
    assert "the fewest hires found: 1" in said
    assert "hire 1: en: first shift on 2026-03-12 at the earliest" in said
    assert "[1/3]" in progress
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"plan.json", "rota.csv", "hires.csv", "team-with-hires.csv", "hiring.json"} <= written
    assert "hire 1: en" in (tmp_path / "out" / "rota.csv").read_text(encoding="utf-8")


def test_cheapest_is_what_is_meant_without_a_word(run: Run, desk: Path) -> None:
    assert run("hire", desk)[1] == run("hire", desk, "--cheapest")[1]
    assert "the cheapest found: 1 hires" in run("hire", desk)[1]


def test_reach_says_what_fails_next(run: Run, desk: Path, tmp_path: Path) -> None:
    code, said, _progress = run(
        "reach", desk, "--step", "2 h", "--order", "mon-fri later", "--out", tmp_path / "out"
    )
    assert code == 0
    assert "cannot open longer than mon-fri 08:00–16:00" in said
    assert "next would be 08:00–18:00" in said
    assert (tmp_path / "out" / "reach.csv").is_file()


def test_nights_refuses_a_desk_without_any(run: Run, desk: Path) -> None:
    code, _said, mistakes = run("nights", desk)
    assert code == 2
    assert "has no shift at night" in mistakes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("hire", "--decided", "soon"), '"soon" is not a day'),
        (("hire", "--fewest", "--cheapest"), "not allowed with argument"),
        (("reach", "--step", "50 min"), "no length of a block"),
        (("reach", "--step", "far"), "far"),
        (("reach", "--order", "monday"), "no way to open longer"),
    ],
)
def test_mistakes_are_told(run: Run, desk: Path, words: tuple[str, ...], told: str) -> None:
    verb, *options = words
    code, _said, mistakes = run(verb, desk, *options)
    assert code == 2
    assert told in mistakes


def test_check_says_that_hires_are_left_alone(run: Run, desk: Path) -> None:
    code, said, _ = run("check", desk)
    assert code == 0
    assert "python -m planner hire" in said
    assert "not used yet" not in said
