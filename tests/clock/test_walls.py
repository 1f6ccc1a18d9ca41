"""The resolver against its definition, and what follows from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import InputError
from planner.clock import day_bounds, day_starts, minutes_between, resolve, shift_lengths, to_utc, zone_named

ZONES = [
    "Africa/Cairo",  # midnight does not exist in April
    "Africa/Casablanca",  # winter time in Ramadan
    "America/Havana",  # midnight twice in November
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Asia/Manila",
    "Atlantic/Azores",
    "Australia/Lord_Howe",  # half an hour
    "Europe/Dublin",  # summer is the standard time
    "Europe/Lisbon",
    "Europe/Rome",
    "Pacific/Chatham",
    "UTC",
]
zones = st.sampled_from(ZONES)
any_days = st.dates(date(2015, 1, 1), date(2040, 12, 31))
minutes = st.integers(0, 3 * 1440)


def change_days(zone: str) -> list[date]:
    """Days of 2024 to 2030 that are not 24 h long."""
    starts = day_starts(date(2024, 1, 1), 2557, zone)
    return [date(2024, 1, 1) + timedelta(days=i) for i in range(2557) if starts[i + 1] - starts[i] != 96]


CHANGE_DAYS = {zone: change_days(zone) for zone in ZONES}


@st.composite
def zoned_days(draw: st.DrawFn) -> tuple[str, date]:
    """A zone and a day, on or just before a clock change half of the time."""
    zone = draw(zones)
    near = st.sampled_from(CHANGE_DAYS[zone] or [date(2026, 1, 1)])
    day = draw(any_days | near | near.map(lambda change: change - timedelta(days=1)))
    return zone, day


def first_instant_at_or_after(day: date, wall: int, zone: str) -> datetime:
    """The definition, minute by minute: the earliest instant whose wall clock shows the time or later."""
    local = zone_named(zone)
    wanted = datetime.combine(day, time(), UTC) + timedelta(minutes=wall)
    at = wanted - timedelta(hours=16)
    while at.astimezone(local).replace(tzinfo=UTC) < wanted:
        at += timedelta(minutes=1)
    return at


@given(zoned_days(), minutes)
def test_resolver_is_the_first_instant_that_shows_the_time_or_later(
    where: tuple[str, date], wall: int
) -> None:
    zone, day = where
    assert to_utc(day, wall, zone) == first_instant_at_or_after(day, wall, zone)


@given(zoned_days(), minutes)
def test_kind_says_how_often_the_wall_shows_the_time(where: tuple[str, date], wall: int) -> None:
    zone, day = where
    found = resolve(day, wall, zone)
    wanted = datetime.combine(day, time(), UTC) + timedelta(minutes=wall)
    instants = [found.at + timedelta(minutes=step) for step in range(-180, 181)]
    shown = sum(at.astimezone(zone_named(zone)).replace(tzinfo=UTC) == wanted for at in instants)
    assert shown == {"nonexistent": 0, "normal": 1, "ambiguous": 2}[found.kind]


@given(zoned_days(), st.lists(minutes, min_size=2, max_size=8).map(sorted))
def test_resolver_is_monotone(where: tuple[str, date], walls: list[int]) -> None:
    zone, day = where
    instants = [to_utc(day, wall, zone) for wall in walls]
    assert instants == sorted(instants)


@given(zoned_days(), st.lists(st.integers(0, 1439), min_size=1, max_size=5, unique=True).map(sorted))
def test_back_to_back_shifts_neither_gap_nor_overlap(where: tuple[str, date], starts: list[int]) -> None:
    zone, day = where
    ends = [*starts[1:], starts[0]]
    shifts = [
        shift_lengths(day + timedelta(days=d), start, end, zone)
        for d in range(3)
        for start, end in zip(starts, ends, strict=True)
    ]
    for earlier, later in pairwise(shifts):
        assert earlier.end == later.start
    elapsed = sum(shift.elapsed_minutes for shift in shifts)
    assert elapsed == minutes_between(shifts[0].start, shifts[-1].end)
    assert sum(shift.nominal_minutes for shift in shifts) == 3 * 1440


@given(zoned_days(), st.integers(1, 70))
def test_days_add_up_to_the_period(where: tuple[str, date], days: int) -> None:
    zone, day = where
    bounds = [day_bounds(day + timedelta(days=i), zone) for i in range(days)]
    for (_, end), (start, _) in pairwise(bounds):
        assert end == start
    starts = day_starts(day, days, zone)
    lengths = [later - earlier for earlier, later in pairwise(starts)]
    assert sum(lengths) * 15 == minutes_between(bounds[0][0], bounds[-1][1])
    assert set(lengths) <= {92, 94, 96, 98, 100}


@given(zoned_days())
def test_a_day_is_what_its_own_clock_calls_that_day(where: tuple[str, date]) -> None:
    zone, day = where
    start, end = day_bounds(day, zone)
    local = zone_named(zone)
    assert start.astimezone(local).date() == day
    assert (end - timedelta(seconds=1)).astimezone(local).date() == day
    assert (start - timedelta(seconds=1)).astimezone(local).date() < day


def test_a_zone_may_skip_a_day() -> None:
    # Samoa crossed the date line: 30 December 2011 did not happen there.
    start, end = day_bounds("2011-12-30", "Pacific/Apia")
    assert start == end == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_the_gap_ends_where_the_clocks_say_even_off_the_grid() -> None:
    # Monrovia left local mean time (-0:44:30) at midnight on 7 January 1972.
    assert to_utc("1972-01-07", 0, "Africa/Monrovia") == datetime(1972, 1, 7, 0, 44, 30, tzinfo=UTC)


@pytest.mark.parametrize("wall", [time(24 - 1, 30), "23:30", 1410])
def test_three_ways_to_write_a_wall_time(wall: time | str | int) -> None:
    assert to_utc(date(2026, 6, 1), wall, "Europe/Rome") == datetime(2026, 6, 1, 21, 30, tzinfo=UTC)


def test_24_00_is_next_midnight() -> None:
    assert to_utc("2026-10-24", "24:00", "Atlantic/Azores") == to_utc(
        "2026-10-25", "00:00", "Atlantic/Azores"
    )
    assert resolve("2026-10-24", "24:00", "Atlantic/Azores").kind == "ambiguous"


def test_a_refused_hour_of_a_change_day_is_read_like_any_other() -> None:
    assert resolve("2026-04-24", "00:00", "Africa/Cairo").kind == "nonexistent"
    assert to_utc("2026-04-24", "00:00", "Africa/Cairo") == datetime(2026, 4, 23, 22, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-02-30", "30/03/2026", "", "tomorrow"])
def test_a_day_that_cannot_be_read(text: str) -> None:
    with pytest.raises(InputError, match="is not a day; write it like"):
        to_utc(text, "09:00", "UTC")


@pytest.mark.parametrize("text", ["24:15", "25:00", "9", "9am", "", "12:60", "-1:00"])
def test_a_wall_time_that_cannot_be_read(text: str) -> None:
    with pytest.raises(InputError, match="is not a time of day; write it like"):
        to_utc("2026-03-30", text, "UTC")
