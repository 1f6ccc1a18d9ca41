"""The four lengths of a shift, and windows that repeat every day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clock import shift_lengths, to_utc, window_minutes, zone_named

NIGHTS = {
    "ordinary": ("2026-06-15", 480, 480),
    "clocks go forward": ("2026-03-28", 420, 420),
    "clocks go back": ("2026-10-24", 540, 540),
}


@pytest.mark.parametrize(("day", "elapsed", "night"), NIGHTS.values(), ids=NIGHTS)
def test_a_night(day: str, elapsed: int, night: int) -> None:
    found = shift_lengths(day, "22:00", "06:00", "Europe/Rome", unpaid_break_minutes=30)
    assert found.nominal_minutes == 480
    assert (found.elapsed_minutes, found.paid_minutes, found.night_minutes) == (elapsed, elapsed - 30, night)


def test_night_window_of_the_site_is_used() -> None:
    # Portugal counts 22:00 to 07:00: a shift from 05:00 has two hours of the night before ...
    assert (
        shift_lengths("2026-06-15", "05:00", "13:00", "Europe/Lisbon", night=(1320, 420)).night_minutes == 120
    )
    # ... and one from 18:00 to 03:00 has five of the coming one.
    assert shift_lengths("2026-06-15", time(18), 180, "Europe/Lisbon", night=(1320, 420)).night_minutes == 300


def test_an_end_equal_to_the_start_is_a_day_later() -> None:
    assert shift_lengths("2026-10-25", "08:00", "08:00", "Europe/Rome").elapsed_minutes == 1440
    assert shift_lengths("2026-10-24", "08:00", "08:00", "Europe/Rome").elapsed_minutes == 1500


def test_the_break_never_makes_pay_negative() -> None:
    assert shift_lengths("2026-06-15", "08:00", "08:30", "UTC", unpaid_break_minutes=60).paid_minutes == 0


def test_a_window_in_the_missing_hour_is_empty_and_in_the_repeated_hour_counts_twice() -> None:
    spring = [to_utc("2026-03-29", hour, "Europe/Rome") for hour in (0, 1440)]
    autumn = [to_utc("2026-10-25", hour, "Europe/Rome") for hour in (0, 1440)]
    assert window_minutes(*spring, (120, 180), "Europe/Rome") == 0
    assert window_minutes(*autumn, (120, 180), "Europe/Rome") == 120


def test_stamps_in_any_zone_give_the_same_answer() -> None:
    span = [to_utc("2026-10-24", hour, "Europe/Rome") for hour in (1200, 1440 + 480)]
    for zone in ("America/New_York", "Europe/Rome"):
        moved = [at.astimezone(zone_named(zone)) for at in span]
        assert window_minutes(*moved, (1320, 360), "Europe/Rome") == 540


spans = st.tuples(st.integers(0, 60 * 24 * 1460), st.integers(0, 5000))
walls = st.integers(0, 1440)
zones = st.sampled_from(
    ["Europe/Rome", "Africa/Cairo", "Atlantic/Azores", "Australia/Lord_Howe", "Pacific/Chatham"]
)


def instants(span: tuple[int, int]) -> tuple[datetime, datetime]:
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=span[0])
    return start, start + timedelta(minutes=span[1])


@given(spans, walls, walls, zones)
def test_a_window_and_the_rest_of_the_day_make_the_span(
    span: tuple[int, int], opens: int, closes: int, zone: str
) -> None:
    start, end = instants(span)
    if opens % 1440 == closes % 1440:
        assert window_minutes(start, end, (opens, opens), zone) == span[1]
    else:
        inside = window_minutes(start, end, (opens % 1440, closes % 1440), zone)
        outside = window_minutes(start, end, (closes % 1440, opens % 1440), zone)
        assert inside + outside == span[1]


@given(spans, st.integers(0, 5000), walls, walls, zones)
def test_windows_add_up_over_neighbouring_spans(
    span: tuple[int, int], cut: int, opens: int, closes: int, zone: str
) -> None:
    start, end = instants(span)
    middle = min(end, start + timedelta(minutes=cut))
    parts = [window_minutes(a, b, (opens, closes), zone) for a, b in ((start, middle), (middle, end))]
    assert sum(parts) == window_minutes(start, end, (opens, closes), zone)
