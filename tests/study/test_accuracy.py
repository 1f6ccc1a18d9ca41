"""Accuracy of a scenario's forecast: the table of the command line, and the files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.study import Scenario, forecast_report, plan
from planner.study.accuracy import accuracy_frame, accuracy_of, accuracy_table
from planner.study.files import plan_texts
from planner.study.steps import read_history

DESK = """
name: desk
period: {first_day: 2026-03-02, weeks: 1}
people: [{count: 1, site: Lisbon, languages: en}]
sites: [{name: Lisbon, zone: Europe/Lisbon}]
queues:
  - {name: email en, channel: email, language: en}
opening_hours:
  - {queues: all, days: mon, open: "09:00", close: "12:00"}
history:
  - {file: counts.csv, profile: counts}
solve: {effort: quick, seed: 1}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of 40 contacts a day with a history of counts."""
    home = tmp_path_factory.mktemp("desk")
    dice = np.random.default_rng(3)
    start = datetime(2025, 3, 1, tzinfo=UTC)
    lines = ["interval_start,queue,arrivals"]
    for hour in range(24 * 364):
        if count := int(dice.poisson(40 / 24)):
            lines.append(f"{(start + timedelta(hours=hour)).isoformat()},email en,{count}")
    (home / "counts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (home / "desk.yaml").write_text(DESK, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def desk(folder: Path) -> Scenario:
    return Scenario.load(folder / "desk.yaml")


def test_a_page_and_a_line_tell_the_same(desk: Scenario) -> None:
    """Figures stand under their own titles: the back-test's, rounded, a minus where last week was better."""
    report = accuracy_of(read_history(desk), desk)
    summary = report.summary.iloc[0]
    shown = accuracy_frame(report).iloc[0]
    assert shown["queue"] == "email en"
    assert shown["error"] == f"{100 * summary['daily_error']:.0f} %"
    assert shown["floor"] == f"{100 * summary['daily_floor']:.0f} %"
    assert shown["ratio"] == f"{summary['noise_floor_ratio']:.2f}"
    assert shown["last_week"] == f"{100 * (1 - summary['to_last_week']):+.0f} %"
    assert shown["eight_weeks"] == f"{100 * (1 - summary['to_eight_weeks']):+.0f} %"
    assert len({shown[name] for name in ("error", "floor", "last_week", "eight_weeks")}) > 2
    cells = [str(shown[name]) for name in shown.index if name != "eight_weeks"]
    assert accuracy_table(report.summary).splitlines()[1].split() == " ".join(cells).split()


def test_the_table_has_a_line_for_each_queue(desk: Scenario) -> None:
    report = accuracy_of(read_history(desk), desk)
    header, line = accuracy_table(report.summary).splitlines()
    for heading in (
        "a day",
        "daily error",
        "chance alone",
        "times chance",
        "better than last week",
        "plan by",
    ):
        assert heading in header
    assert line.startswith("email en")
    assert line.endswith("day"), "3 open hours of 1.7 contacts; by night nobody plans"
    assert line.index("40") < line.index("%")
    assert max(len(header), len(line)) <= 120


def test_what_is_not_known_is_a_dash() -> None:
    figures = ("per_day", "daily_error", "daily_floor", "noise_floor_ratio", "to_last_week", "to_eight_weeks")
    unknown = dict.fromkeys((*figures, "coverage80", "coverage95"), float("nan"))
    text = accuracy_table(pd.DataFrame([{"queue": "silent", "grain": "day", **unknown}]))
    assert "nan" not in text
    assert accuracy_table(pd.DataFrame()) == ""


def test_forecast_says_table_and_sentences(desk: Scenario) -> None:
    report = forecast_report(desk)
    assert report.table.startswith("queue")
    assert any("no method can beat" in str(line) for line in report.sentences)


def test_stated_volumes_have_no_table() -> None:
    text = "people: 2\nvolume: {email en: 40}\nqueues: [{name: email en, channel: email, language: en}]"
    report = forecast_report(Scenario.from_text(text))
    assert report.table == ""
    assert any("no history" in str(line) for line in report.sentences)


def test_a_plan_keeps_the_accuracy_of_its_forecast(desk: Scenario, tmp_path: Path) -> None:
    texts = plan_texts(plan(desk))
    forecast_report(desk).write(tmp_path)
    assert texts["accuracy.csv"] == (tmp_path / "accuracy.csv").read_text(encoding="utf-8")
    rows = pd.read_csv(tmp_path / "accuracy.csv", dtype={"weeks_ahead": str})
    assert sorted(set(rows["weeks_ahead"])) == ["1", "1-4", "2", "3", "4"]
    assert len(rows) == 5 * 4 * 3
    assert rows[rows["method"] == "planner"]["coverage95"].notna().all()
    assert rows[(rows["grain"] == "hour") & (rows["mean_per_interval"] < 2)]["wape"].isna().all()
