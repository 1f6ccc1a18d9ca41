"""The verb sweep: processes side by side, one that cannot be planned, one that is lost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from planner.__main__ import main
from planner.cli.sweep import side_by_side

DESK = """
name: Desk
zone: Europe/Lisbon
period: {first_day: 2026-03-02, weeks: 1}
sites: [{name: Lisbon, zone: Europe/Lisbon}]
people: [{count: 3, site: Lisbon, languages: en, cost: 12}]
queues: [{name: email en, channel: email, language: en, aht: 10 min, replies: 1, promise: 90% within 4 h}]
volume: {email en: 30}
opening_hours: [{queues: all, days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 7, break: 1 h unpaid}]
solve: {effort: quick, rounds: 1}
"""


def lost(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A process that ends in the middle of a cell."""
    os._exit(9)


def twice(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": payload["number"], "why": [], "twice": 2 * payload["number"]}


def test_sweep(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "desk.yaml"
    path.write_text(DESK, encoding="utf-8")
    over = ["--over", "volume.by=+10%,lots", "--workers", "2", "--out", str(tmp_path / "out")]
    assert main(["sweep", str(path), *over]) == 1
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0].startswith("as it is: ")
    assert lines[1].startswith("volume.by +10%: ")
    assert lines[2].startswith("volume.by lots: not planned: ")
    assert "[3/3]" in err
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["sweep.csv"]
    assert main(["sweep", str(path), "--over", "volume", "--out", str(tmp_path / "no")]) == 2


def test_results_of_several_processes_all_come() -> None:
    given = [{"number": number} for number in range(5)]
    found = [record for record in side_by_side(2)(twice, given) if record is not None]
    assert sorted(record["twice"] for record in found) == [0, 2, 4, 6, 8]


def test_a_lost_process_is_told() -> None:
    (found,) = (record for record in side_by_side(2)(lost, [{"number": 3}]) if record is not None)
    assert found["number"] == 3
    assert "ended before it was done" in found["why"][0]
