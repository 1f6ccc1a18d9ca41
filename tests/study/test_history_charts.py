"""Charts of what tickets tell, read as data."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from planner._messages import Message
from planner.clock import day_starts, quarter_at
from planner.demand import History, ImportReport, Panels, Promise, Queue, Suggestion, Tickets, panels_of
from planner.study import charts

ZONE = "Europe/Rome"
WEEKS = 12
STARTS = day_starts("2026-02-02", 7 * WEEKS, ZONE)  # clocks change on 29 March
EMAIL = Queue("email it", "email", "it", 600, Promise(0.9, 7200))


@pytest.fixture(scope="module")
def history():
    """Ten tickets a day for twelve weeks, nine of them solved within a day; a topic that doubles."""
    quarter = np.array([STARTS[day] + 40 + k for day in range(7 * WEEKS) for k in range(10)])
    count = len(quarter)
    seen = Tickets(
        quarter,
        np.zeros(count, dtype=np.int16),
        np.where(np.arange(count) % 10 < 9, quarter + 4, -1),
        np.where(np.arange(count) % 2, 3600.0, 10_000.0).astype(np.float32),
        np.where(np.arange(count) % 3, 0, 1).astype(np.int32),
        (("returns",), ("password",)),
        True,
        True,
        True,
    )
    panels = panels_of(seen, [EMAIL], ZONE, STARTS[0], STARTS[-1])
    starts = pd.to_datetime([900 * int(q) // 3600 * 3600 for q in quarter], unit="s", utc=True)
    frame = pd.DataFrame(
        {"interval_start": starts, "queue": "email it", "arrivals": 1, "handle_seconds": np.nan}
    )
    frame = frame.groupby(["interval_start", "queue"], as_index=False).agg(
        {"arrivals": "sum", "handle_seconds": "mean"}
    )
    missing = ((quarter_at(STARTS[30]), quarter_at(STARTS[31])),)
    event = Suggestion("event", date(2026, 3, 10), date(2026, 3, 11), Message("quality.event"))
    note = Suggestion("note", date(2026, 3, 10), date(2026, 3, 11), Message("quality.step"))
    other = Suggestion("exclude", date(2026, 3, 1), date(2026, 3, 1), Message("quality.lost"), ("phone it",))
    report = ImportReport("", "", "", ZONE, 0, 0, {}, None, None, {})
    return History(
        frame,
        60,
        quarter_at(STARTS[0]),
        quarter_at(STARTS[-1]),
        report,
        missing,
        panels,
        (event, note, other),
    )


def read(figure):
    return json.loads(figure.to_json())


def titles(data):
    layout = data["layout"]
    return layout["title"]["text"], layout["xaxis"]["title"]["text"], layout["yaxis"]["title"]["text"]


def test_weeks_with_what_was_found_in_words(history):
    data = read(charts.weekly_history(history, "email it", ZONE))
    assert titles(data) == ("Tickets per week: email it", "week from Monday (Europe/Rome)", "tickets a week")
    created, solved = data["data"]
    assert created["x"][:2] == ["2026-02-02", "2026-02-09"]
    assert len(created["x"]) == WEEKS
    assert created["y"].count(70) == WEEKS - 1
    assert created["y"][4] is None, "a week with a missing day is a gap, not a low"
    assert solved["name"] == "solved, of tickets in the file"
    assert (solved["line"]["dash"], set(solved["y"])) == ("dash", {63})
    assert [mark["text"] for mark in data["layout"]["annotations"]] == ["unusual"]
    assert data["layout"]["shapes"][0]["x1"] == "2026-03-12"
    assert charts.weekly_history(history, "phone it", ZONE) is None


def test_a_single_line_has_its_name_too(history):
    for figure in (
        charts.weekly_history(history, "email it", ZONE),
        charts.open_tickets_line(history.panels, "email it", ZONE),
        charts.today_curve(history.panels, EMAIL),
        charts.topic_trend(history.panels, ZONE, most=1),
    ):
        data = read(figure)
        assert data["layout"]["showlegend"]
        assert all(trace["name"] for trace in data["data"])


def test_the_backlog_says_which_tickets_it_counts(history):
    data = read(charts.open_tickets_line(history.panels, "email it", ZONE))
    assert data["data"][0]["y"][-1] == 7 * WEEKS
    assert "older ones are not in it" in data["data"][0]["name"]
    whole = read(charts.open_tickets_line(history.panels, "email it", ZONE, {"email it": 500}))
    assert whole["data"][0]["y"][-1] == 500
    assert titles(whole)[0] == "Open tickets: email it"
    assert charts.open_tickets_line(Panels(), "email it", ZONE) is None


def test_today_stands_beside_promise_and_plan(history):
    planned = pd.DataFrame({
        "queue": "email it", "arrived": "all", "within_seconds": [60.0, 3600.0, 7200.0],
        "share": [0.2, 0.9, 1.0],
    })  # fmt: skip
    data = read(charts.today_curve(history.panels, EMAIL, planned))
    names = [trace["name"] for trace in data["data"]]
    assert names == ["today, contacts at all hours", "this plan", "promise"]
    today = dict(zip(data["data"][0]["x"], data["data"][0]["y"], strict=True))
    assert (today[1800], today[7200], today[14400]) == (0, 50, 100)
    assert (data["data"][2]["x"], data["data"][2]["y"]) == ([7200], [90])
    assert "770 contacts" in titles(data)[0], "the last seven days are too young"
    assert titles(data)[1] == "time from arrival to first reply, elapsed"
    assert data["data"][0]["line"]["dash"] != data["data"][1]["line"]["dash"]
    by_clock = Queue("email it", "email", "it", 600, Promise(0.9, 7200, "open hours"))
    assert len(read(charts.today_curve(history.panels, by_clock))["data"]) == 1
    assert charts.today_curve(Panels(), EMAIL) is None


def test_topics_by_week_and_in_a_table(history):
    data = read(charts.topic_trend(history.panels, ZONE))
    assert [trace["name"] for trace in data["data"]] == ["returns", "password"]
    assert len({trace["line"]["dash"] for trace in data["data"]}) == 2
    assert len(data["data"][0]["x"]) == WEEKS - 2
    table = charts.topics_table(history.panels)
    assert table["topic"].tolist() == ["returns", "password"]
    assert table["last weeks"].str.startswith("steady").all()
    assert table["out of hours, %"].tolist() == ["–", "–"]
    low, high = (float(part) for part in table["self-service would save a week"].iloc[0].split(" to "))
    assert (low, high) == (pytest.approx(4.7, abs=0.1), pytest.approx(11.7, abs=0.1))
    assert charts.topic_trend(Panels(), ZONE) is None
    assert charts.topics_table(Panels()) is None


def test_weeks_follow_the_local_clock(history):
    first = datetime.fromisoformat(read(charts.weekly_history(history, "email it", ZONE))["data"][0]["x"][0])
    assert first.weekday() == 0
    tokyo = read(charts.weekly_history(history, "email it", "Asia/Tokyo"))["data"][0]
    assert datetime.fromisoformat(tokyo["x"][0]) == first + timedelta(days=7), "cut weeks are left out"
