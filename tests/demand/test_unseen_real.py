"""Closed hours of real queues, hidden and forecast: borrowed from the other languages of one product."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine, PublicHolidays, day_starts
from planner.demand import ForecastAsks, HistorySource, OpenSince, Promise, Queue, forecast, read_history

ZONES = {
    "it": "Europe/Rome",
    "nl": "Europe/Amsterdam",
    "pt-BR": "America/Sao_Paulo",
    "cs": "Europe/Prague",
    "es": "America/Mexico_City",
    "en-US": "America/New_York",
}
QUEUES = [Queue(name, "email", name, 600, Promise(0.9, 7200)) for name in ZONES]
DAY = date(2025, 6, 2)
WEEKS = 4


@pytest.fixture(scope="module")
def history(shared):
    mapping = {
        "stamp": "hour_utc",
        "language": "locale",
        "count": "questions",
        "keep": {"product": "firefox"},
    }
    file = shared / "data" / "real" / "sumo_hourly_long.csv.gz"
    source = HistorySource(file, "mapping", "UTC", mapping, as_of=datetime(2026, 3, 1, tzinfo=UTC))
    return read_history([source], QUEUES, 60)


def truth(history, name):
    """A mean week of a year and a half around the forecast, on the queue's clock."""
    mine = history.frame[history.frame["queue"] == name]
    local = mine["interval_start"].dt.tz_convert(ZONES[name])
    day = local.dt.date.to_numpy()
    inside = (day >= DAY - timedelta(days=364)) & (day < DAY + timedelta(days=182))
    week = np.zeros((7, 24))
    at = (local.dt.day_of_week.to_numpy()[inside], local.dt.hour.to_numpy()[inside])
    np.add.at(week, at, mine["arrivals"].to_numpy()[inside])
    return week


def hidden(history, name):
    """Its forecast if it were a phone that is open from 9 to 18 on weekdays."""
    line = OpeningLine(frozenset(range(5)), False, 540, 1080)
    office = OpeningHours(ZONES[name], (line,), PublicHolidays(""))
    queues = [replace(queue, channel="phone") if queue.name == name else queue for queue in QUEUES]
    asks = ForecastAsks(zones=ZONES, open_hours={name: (OpenSince(date(2000, 1, 1), office),)}, moved=0.0)
    first = day_starts(DAY, 1, ZONES[name])[0]
    volumes = forecast(history, queues, first, WEEKS * 168, 60, ZONES[name], asks=asks)
    return volumes.mean[volumes.queues.index(name)].reshape(WEEKS, 7, 24).mean(axis=0)


@pytest.mark.parametrize("name", ["it", "nl", "pt-BR", "cs"])
def test_hidden_hours_of_a_real_queue(history, name):
    came, borrowed = truth(history, name), hidden(history, name)
    came = came * borrowed[:5, 9:18].sum() / came[:5, 9:18].sum()

    def ratio(days, hours):
        return borrowed[days, hours].sum() / came[days, hours].sum()

    assert 1 / 1.5 < ratio(slice(0, 5), slice(18, 20)) < 1.5
    assert 1 / 1.4 < ratio(slice(5, 7), slice(9, 18)) < 1.4
    closed = np.ones((7, 24), dtype=bool)
    closed[:5, 9:18] = False
    assert 1 / 1.6 < borrowed[closed].sum() / came[closed].sum() < 1.6
    # The first open hour carried on would bring far too much before the opening.
    flat = 2 * borrowed[:5, 9].sum() / came[:5, 7:9].sum()
    assert ratio(slice(0, 5), slice(7, 9)) < flat
