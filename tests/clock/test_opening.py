"""Opening hours: weekdays, nights, public holidays, clock changes."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import InputError
from planner.clock import OpeningHours, OpeningLine, PublicHolidays, day_starts, quarter_of, to_utc

ALL = frozenset(range(7))
MON_FRI = frozenset(range(5))
LISBON = PublicHolidays("Lisbon")


def open_on(hours: OpeningHours, day: str) -> list[str]:
    """What a day's mask says, as local spans: "09:00-18:00"."""
    start, end = day_starts(day, 1, hours.zone)
    padded = np.concatenate([[False], hours.mask(start, end - start), [False]])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    words = [f"{quarter // 4:02d}:{quarter % 4 * 15:02d}" for quarter in edges]
    return [f"{a}-{b}" for a, b in zip(words[::2], words[1::2], strict=True)]


def test_weekdays() -> None:
    office = OpeningHours("Europe/Lisbon", (OpeningLine(MON_FRI, False, 540, 1080),))
    assert open_on(office, "2026-03-30") == ["09:00-18:00"]
    assert open_on(office, "2026-04-04") == []


def test_lines_of_one_day_are_joined() -> None:
    hours = OpeningHours("UTC", (OpeningLine(ALL, False, 480, 720), OpeningLine(MON_FRI, False, 690, 780)))
    assert open_on(hours, "2026-03-30") == ["08:00-13:00"]
    assert open_on(hours, "2026-04-04") == ["08:00-12:00"]


def test_nights_belong_to_the_day_they_start() -> None:
    friday_night = OpeningHours("UTC", (OpeningLine(frozenset({4}), False, 1320, 360),))
    assert open_on(friday_night, "2026-04-03") == ["22:00-24:00"]
    assert open_on(friday_night, "2026-04-04") == ["00:00-06:00"]
    assert open_on(friday_night, "2026-04-05") == []


def test_around_the_clock() -> None:
    for line in (
        OpeningLine(ALL, False, 0, 1440),
        OpeningLine(ALL, False, 0, 0),
        OpeningLine(ALL, False, 540, 540),
    ):
        assert (
            OpeningHours("Europe/Rome", (line,)).mask(quarter_of(to_utc("2026-03-20", 0, "UTC")), 5000).all()
        )


GOOD_FRIDAY, EASTER_MONDAY = "2026-04-03", "2026-04-06"


def test_a_public_holiday_without_a_line_is_an_ordinary_day() -> None:
    hours = OpeningHours("Europe/Lisbon", (OpeningLine(MON_FRI, False, 540, 1080),), LISBON)
    assert open_on(hours, GOOD_FRIDAY) == ["09:00-18:00"]


def test_on_a_public_holiday_only_the_lines_that_name_it_hold() -> None:
    lines = (OpeningLine(MON_FRI, False, 540, 1080), OpeningLine(frozenset(), True, 600, 960))
    hours = OpeningHours("Europe/Lisbon", lines, LISBON)
    assert open_on(hours, GOOD_FRIDAY) == ["10:00-16:00"]
    assert open_on(hours, "2026-04-25") == ["10:00-16:00"]  # a Saturday
    assert open_on(hours, EASTER_MONDAY) == ["09:00-18:00"]  # no holiday in Portugal
    assert open_on(OpeningHours("Europe/Lisbon", lines), GOOD_FRIDAY) == ["09:00-18:00"]


def test_one_line_may_hold_on_weekdays_and_public_holidays() -> None:
    hours = OpeningHours("Europe/Lisbon", (OpeningLine(MON_FRI, True, 540, 1080),), LISBON)
    assert open_on(hours, "2026-04-25") == ["09:00-18:00"]


def test_closed_on_public_holidays_but_the_night_before_runs_out() -> None:
    lines = (OpeningLine(ALL, False, 480, 120), OpeningLine(frozenset(), True, 0, 1440, closed=True))
    hours = OpeningHours("Europe/Lisbon", lines, LISBON)
    assert open_on(hours, GOOD_FRIDAY) == ["00:00-02:00"]
    assert open_on(hours, "2026-04-04") == ["08:00-24:00"]


def test_closed_wins_over_other_lines_of_the_day() -> None:
    lines = (OpeningLine(ALL, False, 480, 1080), OpeningLine(frozenset({6}), False, 0, 1440, closed=True))
    assert open_on(OpeningHours("UTC", lines), "2026-04-05") == []


def test_clock_changes_shorten_and_lengthen_the_night() -> None:
    night = OpeningHours("Europe/Rome", (OpeningLine(ALL, False, 1320, 360),))
    for day, quarters in (("2026-03-28", 28), ("2026-10-24", 36), ("2026-06-15", 32)):
        start = quarter_of(to_utc(day, "12:00", "Europe/Rome"))
        end = quarter_of(to_utc(day, 2160, "Europe/Rome"))
        assert night.mask(start, end - start).sum() == quarters


def test_next_open_looks_over_weekends_holidays_and_the_missing_hour() -> None:
    lines = (OpeningLine(MON_FRI, False, 540, 1080), OpeningLine(frozenset(), True, 0, 1440, closed=True))
    hours = OpeningHours("Europe/Lisbon", lines, LISBON)
    evening = quarter_of(to_utc("2026-04-02", "18:00", "Europe/Lisbon"))
    monday = quarter_of(to_utc("2026-04-06", "09:00", "Europe/Lisbon"))
    assert hours.next_open(evening) == monday
    assert hours.next_open(monday + 5) == monday + 5
    missing = OpeningHours("Europe/Rome", (OpeningLine(ALL, False, 120, 180),))
    spring = quarter_of(to_utc("2026-03-29", 0, "Europe/Rome"))
    assert missing.next_open(spring) == quarter_of(to_utc("2026-03-30", "02:00", "Europe/Rome"))


def test_never_open_has_no_next() -> None:
    assert OpeningHours("UTC", ()).next_open(0) is None
    assert not OpeningHours("UTC", ()).mask(0, 100).any()
    assert OpeningHours("UTC", ()).mask(0, 0).shape == (0,)


@pytest.mark.parametrize("hours", [(545, 1080), (540, 1445), (-15, 60)])
def test_hours_off_the_grid_are_refused(hours: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="quarter of an hour"):
        OpeningLine(ALL, False, *hours)


def test_an_unknown_zone_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="Europe/Rome"):
        OpeningHours("Rome", ())


quarters_of_day = st.integers(0, 96).map(lambda quarter: quarter * 15)
lines = st.builds(
    OpeningLine,
    st.frozensets(st.integers(0, 6)),
    st.booleans(),
    quarters_of_day,
    quarters_of_day,
    st.booleans(),
)
many_hours = st.builds(
    OpeningHours,
    st.sampled_from(["Europe/Rome", "Africa/Cairo", "Pacific/Chatham", "Atlantic/Azores"]),
    st.lists(lines, max_size=4).map(tuple),
    st.just(PublicHolidays("Rome")),
)
starts = st.integers(quarter_of(to_utc("2026-01-01", 0, "UTC")), quarter_of(to_utc("2026-12-31", 0, "UTC")))


@given(many_hours, starts, st.integers(0, 300), st.integers(0, 300))
def test_a_mask_does_not_depend_on_where_it_starts(
    hours: OpeningHours, first: int, left: int, right: int
) -> None:
    whole = hours.mask(first, left + right)
    assert np.array_equal(whole, np.concatenate([hours.mask(first, left), hours.mask(first + left, right)]))


@given(many_hours, starts)
def test_next_open_is_the_first_open_quarter(hours: OpeningHours, first: int) -> None:
    found = hours.next_open(first)
    mask = hours.mask(first, 96 * 9)
    if mask.any():
        assert found == first + int(np.argmax(mask))
        assert hours.is_open(found)
    else:
        assert found is None or found >= first + 96 * 9


@given(starts, quarters_of_day.filter(lambda m: m < 1440), quarters_of_day.filter(lambda m: m < 1440))
def test_hours_and_their_rest_fill_the_day(first: int, opens: int, closes: int) -> None:
    if opens == closes:
        return
    for zone in ("Europe/Rome", "Africa/Cairo", "Australia/Lord_Howe"):
        shop = OpeningHours(zone, (OpeningLine(ALL, False, opens, closes),))
        rest = OpeningHours(zone, (OpeningLine(ALL, False, closes, opens),))
        assert (shop.mask(first, 400) ^ rest.mask(first, 400)).all()


def test_the_date_of_a_line_is_the_customers() -> None:
    # Saturday 28 March 2026 begins at 11:00 UTC on Friday in Auckland.
    saturday = OpeningHours("Pacific/Auckland", (OpeningLine(frozenset({5}), False, 0, 1440),))
    assert date(2026, 3, 28).weekday() == 5
    assert saturday.is_open(quarter_of(to_utc("2026-03-27", "11:00", "UTC")))
    assert not saturday.is_open(quarter_of(to_utc("2026-03-27", "10:45", "UTC")))
