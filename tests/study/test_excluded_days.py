"""Days that a scenario takes as missing."""

from __future__ import annotations

from datetime import date

import pytest

from planner import Scenario
from planner._errors import HistoryError, ScenarioError
from planner.study import steps

TEXT = """
name: small
queues: [{name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 2 h}]
people: [{count: 2}]
history: [{file: counts.csv, zone: Europe/Rome, exclude: DAYS}]
"""


@pytest.fixture
def folder(tmp_path):
    """Ten contacts a day at noon in Rome over four weeks, on one of them ninety."""
    rows = [f"2026-01-{d:02d}T12:00:00+01:00,email en,{90 if d == 20 else 10}" for d in range(5, 32)]
    (tmp_path / "counts.csv").write_text("\n".join(["interval_start,queue,arrivals", *rows]) + "\n")
    return tmp_path


def read(folder, days):
    return steps.read_history(Scenario.from_text(TEXT.replace("DAYS", days), folder=folder))


def test_an_excluded_day_is_missing_and_not_zero(folder):
    history = read(folder, "[2026-01-20, {from: 2026-01-22, to: 2026-01-23}]")
    assert history.frame["arrivals"].max() == 10
    assert len(history.frame) == 24
    assert [(str(low), (high - low).days) for low, high in history.missing] == [
        ("2026-01-19 23:00:00+00:00", 1),
        ("2026-01-21 23:00:00+00:00", 2),
    ]
    notice = [str(found) for found in history.report.notices if found.code == "quality.excluded_days"]
    assert notice == [
        "days left out because the scenario excludes them: 3, the first 2026-01-20; taken as missing"
    ]
    assert history.report.queues == {"email en": 240}


def test_a_history_of_which_too_little_is_left_names_exclude(folder):
    said = "the history has 0 whole days left after exclude takes out 27; a forecast needs at least 14"
    with pytest.raises(HistoryError, match=said):
        read(folder, "[{from: 2026-01-01, to: 2026-02-28}]")


def test_days_outside_the_history_are_told(folder):
    notices = [str(found) for found in read(folder, "[2025-01-20]").report.notices]
    assert any("to 2026-01-31: 2025-01-20; nothing is left out" in notice for notice in notices)


def test_every_file_has_days_of_its_own_to_exclude(folder):
    """A day that any file is not to be trusted on is missing: the others do not know what it lacks."""
    rows = [f"2026-01-{day:02d}T15:00:00+01:00,email en,7" for day in range(5, 32)]
    (folder / "more.csv").write_text("\n".join(["interval_start,queue,arrivals", *rows]) + "\n")
    more = "{file: more.csv, zone: Europe/Rome, exclude: 2026-01-22}"
    text = TEXT.replace("DAYS}]", f"DAYS}}, {more}]")
    history = steps.read_history(Scenario.from_text(text.replace("DAYS", "2026-01-20"), folder=folder))
    assert [str(low) for low, _ in history.missing] == [
        "2026-01-19 23:00:00+00:00",
        "2026-01-21 23:00:00+00:00",
    ]
    assert history.frame["arrivals"].tolist() == [10, 7] * 25


def test_nothing_is_left_out_unless_it_is_said(folder):
    history = read(folder, "[]")
    assert history.missing == ()
    assert history.frame["arrivals"].max() == 90
    assert history.observed_from == read(folder, "2026-01-20").observed_from


def test_days_left_out_do_not_count_as_history(folder):
    with pytest.raises(Exception, match="13 whole days"):
        read(folder, "{from: 2026-01-05, to: 2026-01-18}")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("[{from: 2026-01-20, until: 2026-01-22}]", "write a day like"),
        ("[{from: 2026-01-20, to: 2026-01-02}]", "2026-01-02 comes before 2026-01-20"),
        ("[20 January]", "is not a day"),
        ("[[2026-01-20]]", "write a day like"),
    ],
)
def test_what_is_no_day_is_told(folder, days, said):
    with pytest.raises(ScenarioError, match=said):
        read(folder, days)


def test_days_are_written_back_as_they_are_read(folder):
    made = Scenario.from_text(TEXT.replace("DAYS", "[2026-01-20, 2026-01-22 to 2026-01-23]"), folder=folder)
    said = made.said.history[0].exclude
    assert said == ((date(2026, 1, 20), date(2026, 1, 20)), (date(2026, 1, 22), date(2026, 1, 23)))
    again = Scenario.from_text(made.dump(), folder=folder)
    assert again.said.history[0].exclude == said
