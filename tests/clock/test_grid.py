"""Quarter-hours, weeks and the text of instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clock import (
    iso_week,
    local_at,
    local_text,
    quarter_at,
    quarter_of,
    utc_text,
    week_hours,
    zone_named,
)

instants = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(instants)
def test_a_quarter_holds_its_instant(at: datetime) -> None:
    quarter = quarter_of(at)
    assert quarter_at(quarter) <= at < quarter_at(quarter + 1)
    assert type(quarter) is int
    assert quarter == at.timestamp() // 900


@given(instants)
def test_the_zone_of_a_stamp_does_not_matter(at: datetime) -> None:
    for zone in ("Europe/Rome", "Asia/Kathmandu"):
        assert quarter_of(at.astimezone(zone_named(zone))) == quarter_of(at)
        assert local_at(quarter_of(at), zone) == quarter_at(quarter_of(at))


def test_pandas_stamps_are_instants_too() -> None:
    assert quarter_of(pd.Timestamp("2026-03-29T01:00Z")) == quarter_of(datetime(2026, 3, 29, 1, tzinfo=UTC))


def test_a_naive_stamp_is_refused() -> None:
    with pytest.raises(TypeError):
        quarter_of(datetime(2026, 3, 29, 1))  # noqa: DTZ001 - the mistake under test


def test_text_of_the_repeated_hour_differs() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    stamps = [first, first + timedelta(hours=1)]
    assert [utc_text(at) for at in stamps] == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]
    assert [local_text(at, "Europe/Rome") for at in stamps] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(["Europe/Rome", "Africa/Cairo", "UTC"])
)
def test_weeks_of_a_zone_follow_each_other(day: date, zone: str) -> None:
    year, week, weekday = day.isocalendar()
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone_named(zone))
    assert iso_week(noon, zone) == (year, week, weekday)
    assert week_hours(year, week, zone) in {167.0, 168.0, 169.0}
