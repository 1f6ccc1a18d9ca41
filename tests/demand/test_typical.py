"""A stated volume without history."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from planner.clock import PublicHolidays, day_starts
from planner.demand import typical_volumes


def test_weekdays_average_to_what_was_stated(made):
    start = day_starts(date(2026, 3, 30), 1, "Europe/Lisbon")[0]
    volumes = typical_volumes(100, made.queue_named("q"), start, 28 * 96, 15, "Europe/Lisbon")
    days = np.bincount(volumes.day_of, weights=volumes.mean[0])
    weekdays = [index for index in range(28) if index % 7 < 5]
    assert days[weekdays].mean() == pytest.approx(100)
    assert volumes.mean[0].reshape(-1, 4).sum(axis=1).max() < 12
    assert "assumption" in str(volumes.notices[0])
    assert np.all(volumes.low <= volumes.high)


def test_public_holidays_are_quiet(made):
    start = day_starts(date(2026, 3, 30), 1, "Europe/Lisbon")[0]
    volumes = typical_volumes(
        100, made.queue_named("q"), start, 7 * 48, 30, "Europe/Lisbon", PublicHolidays("PT")
    )
    days = np.bincount(volumes.day_of, weights=volumes.mean[0])
    assert days[4] == pytest.approx(35), "Good Friday"
    assert days[3] == pytest.approx(96)


def test_a_clock_change_day_keeps_its_total(made):
    start = day_starts(date(2026, 3, 23), 1, "Europe/Rome")[0]
    end = day_starts(date(2026, 3, 23), 14, "Europe/Rome")[-1]
    volumes = typical_volumes(100, made.queue_named("q"), start, (end - start) // 2, 30, "Europe/Rome")
    days = np.bincount(volumes.day_of, weights=volumes.mean[0])
    assert days[6] == pytest.approx(days[13])
