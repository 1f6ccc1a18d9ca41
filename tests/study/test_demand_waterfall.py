"""The way from the history to the forecast: sentences, table, file and chart."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.demand import Step
from planner.study import Scenario, forecast_report
from planner.study.charts import demand_steps, steps_of_table
from planner.study.files import write_forecast
from planner.study.frames import forecast_frame
from planner.study.steps import forecast
from planner.study.tables import csv_text, read_csv
from planner.study.waterfall import all_together, step_name, telling, waterfall_frame, waterfall_lines

DESK = """
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 4}
people: 4
queues: [{name: email en}, {name: phone en, channel: phone}]
volume: {email en: 60, phone en: 20}
events: [{name: summer sale, days: 2026-06-26, factor: x3}]
self_service: [{name: help centre, topics: 40%, solves: 20%, queues: email en}]
by_hand:
- {days: 2026-06-24, queues: phone en, factor: x0.5, reason: "closing early, Ana 3 Nov"}
- {days: 2026-06-24, hours: 09:00-18:00, queues: phone en, contacts: 3 a day, reason: "holiday, Ana"}
"""
KINDS = (
    "history", "stated", "calendar", "new hours", "customers", "orders", "contact rate", "growth", "other",
    "event", "self-service", "moved", "by hand", "forecast",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Scenario:
    """A desk without history that asks for something of each kind."""
    return Scenario.from_text(DESK)


@pytest.fixture(scope="module")
def volumes(desk: Scenario):
    """Its forecast."""
    return forecast(None, desk)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words(kind: str) -> None:
    for name in ("", "x"):
        assert str(step_name(Step("q", kind, name, 1.0, 0.0, 0.0, 2.0))) or kind in ("event", "other")


def test_lines_tell_each_change_with_its_range(volumes) -> None:
    lines = [str(line) for line in waterfall_lines(volumes)]
    assert lines[0].startswith("email en: stated volume: 324 contacts a week (")
    assert lines[1].startswith("  summer sale: ")
    assert " more, " in lines[1]
    assert lines[2].startswith("  solved by self-service: help centre: ")
    assert " fewer, " in lines[2]
    assert lines[3].startswith("email en: about ")
    assert any("set by hand: closing early, Ana 3 Nov" in line for line in lines)


def test_what_is_only_less_sure_is_told_too() -> None:
    text = "people: 4\nvolume: 90\ngrowth: {doubt: 30%}"
    lines = [str(line) for line in waterfall_lines(forecast(None, Scenario.from_text(text)))]
    assert lines[1].startswith("  growth: less sure, 486 a week (")
    assert len(lines) == 3


def test_ends_that_are_rounded_apart_are_not_less_sure() -> None:
    first = Step("q", "history", "", 101.2, 0.0, 77.0, 125.0)
    steps = [
        first,
        replace(first, kind="calendar", contacts=101.3, high=126.0),
        replace(first, kind="forecast"),
    ]
    assert [step.kind for step in telling(steps)] == ["history", "forecast"]


def test_a_queue_to_which_nothing_happens_has_one_line() -> None:
    plain = forecast(None, Scenario.from_text("people: 4\nvolume: 90"))
    [line] = waterfall_lines(plain)
    assert str(line).startswith("email en: about 486 contacts a week (")


def test_the_report_and_its_files(desk: Scenario, volumes, tmp_path: Path) -> None:
    report = forecast_report(desk)
    text = [str(line) for line in report.sentences]
    assert [line for line in text if line.startswith("set by hand, phone en, 2026-06-24 09:00-18:00: ")]
    write_forecast(volumes, desk, tmp_path)
    table = read_csv(tmp_path / "waterfall.csv")
    for queue, row in (("email en", 0), ("phone en", 1)):
        mine = table[table["queue"] == queue]
        assert mine["step"].tolist() == list(range(1, len(mine) + 1))
        total = mine["contacts"].iloc[0] + mine["change"].sum()
        assert total == pytest.approx(volumes.mean[row].sum() / 4, abs=1e-3)
        assert mine["kind"].iloc[-1] == "forecast"
    assert csv_text("waterfall.csv", waterfall_frame(volumes)) == (tmp_path / "waterfall.csv").read_text()
    back = steps_of_table(table)
    assert [step.name for step in back] == [step.name for step in volumes.steps]


def test_the_file_keeps_the_model_apart(desk: Scenario, volumes) -> None:
    is_open = dict.fromkeys(volumes.queues, np.ones(volumes.intervals, dtype=bool))
    frame = forecast_frame(volumes, is_open, desk.zone)
    phone = frame[frame["queue"] == "phone en"]
    changed = phone[phone["by_hand"] != ""]
    assert len(changed) == 48
    assert set(changed["by_hand"]) == {
        "closing early, Ana 3 Nov",
        "closing early, Ana 3 Nov; holiday, Ana",
    }
    early = changed[changed["by_hand"] == "closing early, Ana 3 Nov"]
    assert early["mean"].tolist() == pytest.approx((early["model_mean"] / 2).tolist())
    same = frame[frame["by_hand"] == ""]
    assert (same["mean"] == same["model_mean"]).all()
    untouched = replace(volumes, modelled=None, by_hand=())
    assert (forecast_frame(untouched, is_open, desk.zone)["by_hand"] == "").all()


class TestChart:
    def test_bars_words_and_units(self, volumes) -> None:
        figure = demand_steps(volumes.steps, "email en")
        drawn = json.loads(figure.to_json())
        bars, ranges, words = drawn["data"]
        names = ["stated volume", "summer sale", "solved by self-service: help centre", "forecast"]
        assert bars["y"] == ranges["y"] == words["y"] == names
        assert bars["measure"] == ["absolute", "relative", "relative", "total"]
        assert words["text"][1].strip().startswith("+")
        assert words["text"][2].strip().startswith("−")
        assert "in 8 weeks of 10" in bars["hovertext"][0]
        assert drawn["layout"]["xaxis"]["title"]["text"] == "contacts a week"
        assert "email en" in drawn["layout"]["title"]["text"]
        assert ranges["error_x"]["array"][0] > 0
        assert all(a > b for a, b in zip(words["x"], ranges["x"], strict=True))

    def test_all_queues_together(self, volumes) -> None:
        together = all_together(volumes.steps)
        assert [step.kind for step in together] == [
            "stated", "event", "self-service", "by hand", "by hand", "forecast",
        ]  # fmt: skip
        assert together[-1].contacts == pytest.approx(volumes.mean.sum() / 4)
        assert sum(step.change for step in together) == pytest.approx(
            together[-1].contacts - together[0].contacts
        )
        alone = [step for step in volumes.steps if step.kind == "forecast"]
        width = sum(step.high - step.low for step in alone)
        assert max(step.high - step.low for step in alone) < together[-1].high - together[-1].low < width
        figure = demand_steps(volumes.steps)
        assert "all queues" in figure.layout.title.text
        assert len(figure.data[0].y) == 6

    def test_two_alike_are_told_apart(self) -> None:
        steps = [
            Step("q", "history", "", 10.0, 0.0, 5.0, 15.0),
            *(Step("q", "event", "sale", 10.0 + n, 1.0, 5.0, 15.0) for n in (1, 2, 3)),
            Step("q", "forecast", "", 13.0, 0.0, 5.0, 15.0),
        ]
        names = list(demand_steps(steps, "q").data[0].y)
        assert names[1:4] == ["sale", "sale (2)", "sale (3)"]
        assert len(set(names)) == 5

    def test_less_sure_is_said_in_words(self) -> None:
        first = Step("q", "history", "", 100.0, 0.0, 90.0, 110.0)
        wider = Step("q", "growth", "", 100.0, 0.0, 70.0, 130.0)
        end = Step("q", "forecast", "", 100.0, 0.0, 70.0, 130.0)
        words = demand_steps([first, wider, end], "q").data[2].text
        assert [word.strip() for word in words] == ["100", "less sure", "100"]

    def test_nothing_to_draw(self) -> None:
        assert list(demand_steps((), "q").data[0].y) == []
        flat = [Step("q", "history", "", 0.0, 0.0, 0.0, 0.0), Step("q", "forecast", "", 0.0, 0.0, 0.0, 0.0)]
        assert demand_steps(flat, "q").layout.xaxis.range == (0, 1)
