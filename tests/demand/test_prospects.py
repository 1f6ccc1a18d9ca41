"""What came and what is expected, one after the other: sums, gaps and where the past ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from planner.demand import forecast, outlook

FIRST = date(2024, 1, 1)
DAYS = 84
LOST = 70


@pytest.fixture(scope="module")
def world(made):
    """Two queues over twelve weeks: a contact an hour, and the hour of the day; one Monday in UTC is lost."""
    counts = {"flat": np.ones((DAYS, 24)), "rising": np.tile(np.arange(24.0), (DAYS, 1))}
    history = made.history_of(counts, missing=[LOST])
    queues = [made.queue_named(name) for name in counts]
    return history, forecast(history, queues, made.day_after(DAYS), 24 * 14, 60, "UTC")


def came(world, grain, queue, zone="UTC", last_days=28):
    frame = outlook(*world, zone, grain, last_days, [queue])
    return frame[frame["mean"].isna()].set_index("start")["actual"]


def test_days_end_where_the_period_starts_and_lost_ones_are_gaps(world):
    days = came(world, "day", "rising")
    assert list(days.index) == [FIRST + timedelta(days=n) for n in range(DAYS - 28, DAYS)]
    lost = days.index == FIRST + timedelta(days=LOST)
    assert days[lost].isna().all()
    assert set(days[~lost]) == {276.0}
    assert set(came(world, "day", "")[~lost]) == {300.0}, "all queues together"


def test_weeks_are_whole_or_not_known(world):
    weeks = came(world, "week", "flat")
    assert weeks.index[-1] == FIRST + timedelta(days=DAYS - 7)
    assert weeks.isna().tolist() == [False, False, True, False]
    assert set(weeks.dropna()) == {168.0}


def test_hours_stand_on_the_clock_that_is_asked_for(world):
    """Rome is an hour ahead: a Monday lost in UTC is lost there from one in the morning to one the next."""
    hours = came(world, "hour", "rising", "Europe/Rome")
    monday = datetime(2024, 1, 1) + timedelta(days=LOST)  # noqa: DTZ001
    gone = [at for at in hours.index if np.isnan(hours[at])]
    assert gone == [monday + timedelta(hours=n) for n in range(1, 25)]
    assert hours[monday] == 23.0
    assert hours[monday + timedelta(hours=26)] == 1.0
    days = came(world, "day", "rising", "Europe/Rome")
    assert days[days.isna()].index.tolist() == [monday.date(), monday.date() + timedelta(days=1)]
