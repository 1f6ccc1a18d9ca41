"""From a help desk's export to today's service, the backlog and topics, in one go."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

from planner.study import Scenario, forecast_report, steps
from planner.study.today import today_of

TEXT = """
name: exported desk
zone: Europe/Lisbon
public_holidays: Lisbon
period: {first_day: 2026-06-01, weeks: 1}
queues: [{name: email en, channel: email, language: en, aht: 10 min, promise: PROMISE}]
people: [{count: 2}]
opening_hours: [{queues: all, days: mon-fri, open: 09:00, close: 18:00}]
history:
  - file: tickets.csv
    profile: mapping
    zone: Europe/Lisbon
    mapping: {stamp: Created, id: Number, solved: Solved, first_reply: First reply, labels: Tags}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Ten tickets a weekday over ten weeks, half at 10:00 and half at 20:00; one in ten is never solved."""
    rows, number = ["Number,Created,Solved,First reply,Tags"], 0
    for day in range(70):
        at = datetime(2026, 3, 2) + timedelta(days=day)  # noqa: DTZ001  # a wall clock, as exports have it
        for k in range(10 if at.weekday() < 5 else 0):
            number += 1
            came = at.replace(hour=10 if k < 5 else 20, minute=k)
            solved = (came + timedelta(days=2)).strftime("%Y-%m-%d %H:%M") if k else ""
            reply = 3600 if k < 4 else 13 * 3600 + 1800
            tags = ["password lang_en", "billing", "Maria Silva"][k % 3] if k else "password"
            rows.append(f"{number},{came:%Y-%m-%d %H:%M},{solved},{reply},{tags}")
    made = tmp_path_factory.mktemp("exported")
    (made / "tickets.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return made


def read(folder, promise="90% within 2 h"):
    scenario = Scenario.from_text(TEXT.replace("PROMISE", promise), folder=folder)
    return scenario, steps.read_history(scenario)


def test_panels_come_with_the_history(folder):
    scenario, history = read(folder)
    weeks = history.panels.weeks
    assert weeks.loc[weeks["complete"], "open_change"].tolist() == [5] * 8, "one in ten stays open"
    (today,) = today_of(history, scenario)
    assert (today.arrived, today.kept) == ("open", pytest.approx(0.8))
    topics = history.panels.topics.groupby("topic")["contacts"].sum()
    assert set(topics.index) == {"password", "billing", "other"}
    assert np.isfinite(history.panels.topics["out_of_hours"]).all()


def test_open_hours_are_counted_where_the_promise_says_so(folder):
    scenario, history = read(folder, "90% within 2 business hours")
    closed = history.panels.kept.set_index("arrived").loc["closed"]
    assert closed["kept"] == pytest.approx(1.0, abs=0.12), "answered half an hour after opening"
    (today,) = today_of(history, scenario)
    assert today.clock == "open hours"


def test_the_forecast_tells_all_of_it(folder):
    scenario, _ = read(folder)
    lines = [str(line) for line in forecast_report(scenario).sentences]
    assert any(line.startswith("email en: today 80 % keep the promise (90% within 2 h") for line in lines)
    assert any("the backlog grows by 5 a week" in line for line in lines)
    assert any("topics that come again and again" in line for line in lines)
