"""Every line that a suggestion offers is read by a scenario, and does what it says."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from planner.study import Scenario, steps

TEXT = """
name: small
zone: Europe/Rome
period: {first_day: 2026-06-01, weeks: 1}
queues:
  - {name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 2 h}
  - {name: "email it: late", channel: email, language: it, aht: 10 min, promise: 90% within 2 h}
people: [{count: 2}]
history:
  - file: counts.csv
    zone: Europe/Rome
"""
FIRST = date(2025, 10, 6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Thirty weeks of two queues: a thin start, three days of one at four times the usual, a lost day."""
    random = np.random.default_rng(2)
    rows = ["interval_start,queue,arrivals"]
    for day in range(210):
        at = FIRST + timedelta(days=day)
        for name, mean in (("email en", 60.0), ("email it: late", 40.0)):
            mean *= 0.1 if day < 9 else 1
            mean *= 4 if name != "email en" and 100 <= day < 103 else 1
            mean *= 0.05 if day == 150 else 1
            rows.append(f"{at}T12:00:00+01:00,{name},{random.poisson(mean)}")
    made = tmp_path_factory.mktemp("accepting")
    (made / "counts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return made


def found(folder, text=TEXT):
    history = steps.read_history(Scenario.from_text(text, folder=folder))
    return {(one.kind, one.first, one.last): one for one in history.suggestions}


def test_each_line_that_is_accepted_ends_its_suggestion(folder):
    first = found(folder)
    assert [kind for kind, *_ in sorted(first, key=lambda key: key[1])] == ["trim start", "event", "exclude"]
    for key, one in first.items():
        if one.kind == "event":
            continue
        after = found(folder, TEXT + f"    {one.line}\n")
        assert set(after) == set(first) - {key}, one.line


def test_an_event_is_read_with_its_days_and_queues(folder):
    (event,) = [one for one in found(folder).values() if one.kind == "event"]
    assert event.line == (
        'events: [{name: unusual 2026-01-14, days: 2026-01-14 to 2026-01-16, queues: ["email it: late"]}]'
    )
    asks = Scenario.from_text(TEXT + event.line + "\n", folder=folder).forecast_asks
    assert [(one.first, one.last, one.queues) for one in asks.events] == [
        (date(2026, 1, 14), date(2026, 1, 16), ("email it: late",))
    ]


def test_an_event_may_be_left_out_as_well(folder):
    (event,) = [one for one in found(folder).values() if one.kind == "event"]
    days = f"{{from: {event.first}, to: {event.last}}}"
    assert "event" not in {kind for kind, *_ in found(folder, TEXT + f"    exclude: [{days}]\n")}


def test_a_lost_day_may_be_a_holiday_only_where_holidays_are_not_known(folder):
    for text, code in (
        (TEXT, "quality.lost_or_off"),
        (
            TEXT.replace("zone: Europe/Rome\n", "zone: Europe/Rome\npublic_holidays: Milan\n", 1),
            "quality.lost",
        ),
    ):
        (lost,) = [one for one in found(folder, text).values() if one.kind == "exclude"]
        assert lost.why.code == code
