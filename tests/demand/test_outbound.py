"""A mean week of the calls that a team makes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from planner.demand import History, ImportReport, mean_week

REPORT = ImportReport("calls.csv", "", "counts", "", 0, 0, {}, None, None, {})
MONDAY = datetime(2026, 2, 2, tzinfo=UTC)


def history(
    calls: dict[datetime, tuple[int, float]],
    days: int,
    missing: tuple[tuple[datetime, datetime], ...] = (),
    start: datetime = MONDAY,
) -> History:
    frame = pd.DataFrame(
        {
            "interval_start": pd.to_datetime(sorted(calls), utc=True),
            "queue": "calls",
            "arrivals": [calls[at][0] for at in sorted(calls)],
            "handle_seconds": [calls[at][1] for at in sorted(calls)],
        }
    )
    return History(frame, 30, start, start + timedelta(days=days), REPORT, missing)


def test_seconds_per_weekday_and_hour() -> None:
    calls = {MONDAY + timedelta(days=7 * week, hours=10): (2 + week, 300.0) for week in range(2)}
    week = mean_week(history(calls, 14), "calls", "UTC", 600.0)
    assert week.shape == (7, 24)
    assert week[0, 10] == 2.5 * 300
    assert week.sum() == 2.5 * 300
    assert mean_week(history(calls, 14), "others", "UTC", 600.0).sum() == 0


def test_calls_of_unknown_length_take_a_piece() -> None:
    week = mean_week(history({MONDAY: (3, np.nan)}, 7), "calls", "UTC", 600.0)
    assert week[0, 0] == 1800


def test_only_the_last_eight_weeks_count() -> None:
    calls = {MONDAY + timedelta(days=7 * week, hours=9): (10 if week < 4 else 1, 60.0) for week in range(12)}
    assert mean_week(history(calls, 84), "calls", "UTC", 60.0)[0, 9] == 60.0
    assert mean_week(history(calls, 84), "calls", "UTC", 60.0, weeks=12)[0, 9] == pytest.approx(240.0)


def test_days_with_missing_hours_are_left_out() -> None:
    calls = {MONDAY + timedelta(days=7 * week, hours=9): (4, 60.0) for week in range(2)}
    gap = (MONDAY + timedelta(days=7, hours=12), MONDAY + timedelta(days=7, hours=18))
    assert mean_week(history(calls, 14, (gap,)), "calls", "UTC", 60.0)[0, 9] == 240.0


def test_hours_are_those_of_the_clock() -> None:
    """Calls at 10:00 in Lisbon, before and after the clocks go forward on 29 March."""
    start = datetime(2026, 3, 16, tzinfo=UTC)
    calls = {start + timedelta(days=7 * week, hours=10 - (week > 1)): (1, 60.0) for week in range(4)}
    week = mean_week(history(calls, 28, start=start), "calls", "Europe/Lisbon", 60.0)
    assert week[0, 10] == 60.0
    assert week.sum() == 60.0


def test_only_whole_local_days_count() -> None:
    start = MONDAY + timedelta(hours=12)
    calls = {start + timedelta(days=7 * week): (1, 60.0) for week in range(2)}
    week = mean_week(history(calls, 13, start=start), "calls", "UTC", 60.0)
    assert week[0, 12] == 60.0  # the first Monday is half a day
