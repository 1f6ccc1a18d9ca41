"""The command line: a sentence and an exit code for everything that can go wrong, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.__main__ import main
from planner.cli import VERBS
from planner.cli.verb import MISTAKES, OURS

REPOSITORY = Path(__file__).parents[1]
DESK = "people: 2\nneed: {seat: 1}\nperiod: {weeks: 1}\nsolve: {effort: quick}\n"

Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a verb; its exit code and what it says on stderr."""

    def run(*words: object) -> tuple[int, str]:
        code = main([str(word) for word in words])
        return code, capsys.readouterr().err

    return run


def test_a_folder_is_told_from_a_file(said: Said, tmp_path: Path) -> None:
    code, text = said("forecast", tmp_path)
    assert code == MISTAKES
    assert "is a folder; name the scenario file in it" in text


def test_new_names_the_file_that_cannot_be_written(said: Said, tmp_path: Path) -> None:
    code, text = said("new", "9 people", "--out", tmp_path / "nowhere" / "desk.yaml")
    assert code == MISTAKES
    assert text.startswith(f"{tmp_path / 'nowhere' / 'desk.yaml'}: No such file or directory")


def test_new_overwrites_nothing_and_gives_a_name_that_can_be_loaded(said: Said, tmp_path: Path) -> None:
    desk = tmp_path / "desk.yaml"
    desk.write_text("people: 3\n", encoding="utf-8")
    assert said("new", "9 people", "--out", desk)[0] == MISTAKES
    assert desk.read_text(encoding="utf-8") == "people: 3\n"
    code, text = said("new", "9 people", "--out", tmp_path / "My Desk.txt")
    assert code == MISTAKES
    assert "is not a name for a scenario file" in text
    assert not (tmp_path / "My Desk.txt").exists()


def test_an_error_of_ours_is_a_sentence(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_args: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(VERBS, "rules", VERBS["rules"]._replace(run=broken))
    code, text = said("rules")
    assert code == OURS
    assert "an error of ours (ZeroDivisionError in test_main.py:" in text
    monkeypatch.setenv("PLANNER_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["rules"])


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "planner", "rules"]
    got = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert got.stdout is not None
    assert got.stderr is not None
    got.stdout.close()
    with got.stderr as errors:
        assert errors.read() == b""
    assert got.wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="folders have no write bit there")
def test_a_folder_is_refused_before_the_work(said: Said, tmp_path: Path) -> None:
    scenario = tmp_path / "desk.yaml"
    scenario.write_text(DESK, encoding="utf-8")
    code, text = said("plan", scenario, "--out", scenario)
    assert code == MISTAKES
    assert "choose another folder" in text


def test_a_forecast_is_not_written_over_a_file(said: Said, tmp_path: Path) -> None:
    scenario = tmp_path / "desk.yaml"
    scenario.write_text("people: 2\nperiod: {weeks: 1}\n", encoding="utf-8")
    code, text = said("forecast", scenario, "--out", scenario)
    assert code == MISTAKES
    assert text.startswith(f"the files cannot be written to {scenario}: File exists; nothing was changed")
