"""The ledger goes from plan to plan: who did more nights before gets fewer now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.rota import LEDGER_COLUMNS, read_ledger
from planner.study import plan, read_plan, write_plan
from planner.study.ledger import ledger_frame
from planner.study.scenario import Scenario
from planner.study.steps import audit, calendars_of
from planner.study.tables import csv_text

DESK = """
name: Nights
need: {seat: 1}
queues: [{name: seat, channel: phone, language: en}]
agents:
  - {name: Anna, languages: en, weekly_hours: 40}
  - {name: Bo, languages: en, weekly_hours: 40, leave: 2026-06-12}
sites: {name: Desk, zone: Europe/Rome}
period: {first_day: 2026-06-08, weeks: 1}
opening_hours: {queues: all, days: mon-fri, open: 22:00, close: 06:00}
shifts: {name: night, start: 22:00, paid_hours: 8}
solve: {effort: quick, seed: 1}
ledger: before.csv
rules: [fair_share: {of: nights, penalty: 50}]
"""
BEFORE = "agent,first_day,days,nights,counted_minutes\nAnna,2026-05-11,28,12,5760\nBo,2026-05-11,28,4,1920\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planned week of one night seat; Anna did three times as many nights before, Gone left."""
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "desk.yaml").write_text(DESK)
    (folder / "before.csv").write_text(BEFORE + "Gone,2026-05-11,28,4,1920\n")
    write_plan(plan(Scenario.load(folder / "desk.yaml")), folder / "out")
    return folder


def test_who_did_more_before_gets_fewer_now(folder: Path) -> None:
    rota = read_plan(folder / "out").rota
    counts = rota.groupby("agent").size().to_dict()
    assert counts == {"Anna": 1, "Bo": 4}


def test_the_ledger_has_the_old_rows_and_this_period(folder: Path) -> None:
    ledger = read_ledger(folder / "out" / "ledger.csv")
    assert [(row.agent, row.first_day.isoformat(), row.nights) for row in ledger.rows] == [
        ("Anna", "2026-05-11", 12),
        ("Anna", "2026-06-08", 1),
        ("Bo", "2026-05-11", 4),
        ("Bo", "2026-06-08", 4),
        ("Gone", "2026-05-11", 4),
    ]
    assert ledger.rows[1].counted_minutes == 480
    assert [row.contract_minutes for row in ledger.rows if row.first_day > date(2026, 6, 1)] == [2400, 1920]
    assert tuple(read_plan(folder / "out").ledger.columns) == LEDGER_COLUMNS


def test_the_next_period_starts_from_it_and_planning_again_does_not_count_twice(folder: Path) -> None:
    (folder / "before.csv").write_text((folder / "out" / "ledger.csv").read_text())
    again = Scenario.load(folder / "desk.yaml")
    assert calendars_of(again)["Anna"].balance("nights") == 12
    later = again.replace(period={"first_day": "2026-06-15"})
    calendar = calendars_of(later)["Bo"]
    assert (calendar.balance("nights"), calendar.earlier_minutes) == (8, (4 * 480, 480, 480, 480, 480))
    (folder / "before.csv").write_text(BEFORE + "Gone,2026-05-11,28,4,1920\n")


def test_a_rota_that_is_not_fair_is_told(folder: Path) -> None:
    scenario = Scenario.load(folder / "desk.yaml")
    text = (folder / "out" / "rota.csv").read_text()
    (folder / "unfair.csv").write_text(text.replace("Bo", "X").replace("Anna", "Bo").replace("X", "Anna"))
    found = [str(violation.message) for violation in audit(folder / "unfair.csv", scenario)]
    assert "Anna, 2026-06-08: 4 nights, the fair share is 0 (12 before)" in found


def test_frame_and_text_of_a_ledger_agree(folder: Path) -> None:
    made = read_ledger(folder / "out" / "ledger.csv")
    assert csv_text("ledger.csv", ledger_frame(made)) == made.text()
