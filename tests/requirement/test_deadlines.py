"""Deadlines by an hour of the day against a walk, contact by contact, through the calendar."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import OpeningHours, OpeningLine, PublicHolidays, quarter_of, to_utc
from planner.demand import Promise, Queue
from planner.requirement.deferred import OpenTimes, clock_mistakes, due_at, latest_due

QUARTER = timedelta(minutes=15)
DAYS = 14
OFFICE = ((range(5), 540, 1080),)
HOURS = (
    OFFICE,
    ((range(7), 0, 1440),),
    ((range(5), 480, 780), (range(5), 840, 1140), ((5,), 600, 720)),
    ((range(4), 1320, 360), ((4,), 120, 300)),
    (((6,), 60, 240), ((1, 3), 555, 1005)),
)
WEEKS = (
    ("2026-01-05", "Europe/Lisbon"),
    ("2026-03-23", "Europe/Lisbon"),
    ("2026-10-19", "Europe/Paris"),
    ("2026-03-02", "America/New_York"),
    ("2026-10-26", "America/New_York"),
    ("2026-03-30", "Pacific/Chatham"),
)


def opening_of(hours, zone, place=""):
    lines = tuple(OpeningLine(frozenset(days), False, a, b) for days, a, b in hours)
    if place:
        lines += (OpeningLine(frozenset(), True, 0, 0, closed=True),)
    return OpeningHours(zone, lines, PublicHolidays(place))


class Walk:
    """The promise in words, one quarter-hour after the other."""

    def __init__(self, opening, start, zone):
        self.opening, self.start, self.zone = opening, start, zone
        self.quarters = [start + n * QUARTER for n in range(-1, (DAYS + 14) * 96)]
        self.open = {at: opening.is_open(quarter_of(at)) for at in self.quarters}
        pairs = list(zip(self.quarters, self.quarters[1:], strict=False))
        self.opens = [b for a, b in pairs if self.open[b] and not self.open[a]]
        self.closes = [b for a, b in pairs if self.open[a] and not self.open[b]]

    def after_opening(self, arrival, grace):
        return next((at + grace for at in self.opens if at > arrival), None)

    def hours(self, after, weekday, minute):
        day = after.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1)
        for n in range(40):
            if (day + timedelta(days=n)).weekday() == weekday:
                hour = to_utc(day + timedelta(days=n), minute, self.zone)
                if hour > after:
                    yield hour

    def last_open(self, hour):
        """The hour itself if the queue is open until then, or the last open instant before it."""
        at = self.quarters[bisect_left(self.quarters, hour) - 1]
        if self.open[at]:
            return hour
        return max((close for close in self.closes if close <= at), default=self.start)

    def by_weekday(self, arrival, weekday, minute):
        first, *later = (h for h in self.hours(arrival, weekday, minute) if h <= self.quarters[-1])
        if self.last_open(first) > arrival:
            return self.last_open(first)
        ways = [close for close in self.closes if close > first]
        ways += [self.last_open(hour) for hour in later if self.last_open(hour) > first]
        return min(ways, default=None)


worlds = st.tuples(
    st.sampled_from(WEEKS),
    st.sampled_from(HOURS),
    st.sampled_from(["", "PT", "US"]),
    st.one_of(
        st.builds(lambda grace: Promise(0.9, 60.0 * grace, "after opening"), st.integers(0, 2000)),
        st.builds(
            lambda day, minute: Promise(0.9, 0.0, "by weekday", (day, minute)),
            st.integers(0, 6),
            st.one_of(st.integers(0, 1439), st.sampled_from([0, 120, 150, 540, 600, 1080])),
        ),
    ),
)


@cache
def world(week, hours, place):
    day, zone = week
    opening, start = opening_of(hours, zone, place), to_utc(day, 0, zone)
    return opening, start, OpenTimes.of(opening, quarter_of(start), DAYS * 96)


@cache
def walk_of(week, hours, place):
    opening, start, _ = world(week, hours, place)
    return Walk(opening, start, week[1])


def walked(walk, promise, arrival):
    if promise.clock == "after opening":
        due = walk.after_opening(arrival, timedelta(seconds=promise.within_seconds))
    else:
        due = walk.by_weekday(arrival, *promise.due)
    return np.inf if due is None else (due - walk.start).total_seconds()


@settings(max_examples=60)
@given(worlds, st.lists(st.integers(0, DAYS * 1440 - 1), min_size=1, max_size=25))
def test_deadlines_are_those_of_a_walk_through_the_calendar(case, minutes):
    week, hours, place, promise = case
    _, start, times = world(week, hours, place)
    walk = walk_of(week, hours, place)
    arrivals = np.array(sorted(minutes)) * 60.0 + 30.0
    due = due_at(promise, times, arrivals)
    expected = [walked(walk, promise, start + timedelta(seconds=t)) for t in arrivals]
    known = np.minimum(due, expected) < (DAYS + 6) * 86_400
    assert due[known].tolist() == np.array(expected)[known].tolist()
    assert (np.diff(due[np.isfinite(due)]) >= 0).all()
    assert (due >= arrivals).all()
    # and the other way round: what is due by the end of a quarter-hour arrived before some instant
    latest = latest_due(promise, times)
    assert (np.diff(latest) >= 0).all()
    ends = (np.arange(DAYS * 96) + 1) * 900.0
    for at, when in zip(arrivals, due, strict=True):
        here = at < ends
        assert ((when <= ends) == (at < latest))[here].all()


@settings(max_examples=30)
@given(
    st.sampled_from(WEEKS),
    st.sampled_from(HOURS),
    st.sampled_from(["elapsed", "open hours"]),
    st.integers(1, 3000),
    st.lists(st.integers(0, DAYS * 1440 - 1), min_size=1, max_size=25),
)
def test_both_forms_of_a_promise_of_some_hours_agree(week, hours, clock, within, minutes):
    _, _, times = world(week, hours, "")
    promise = Promise(0.9, 60.0 * within, clock)
    arrivals = np.array(sorted(minutes)) * 60.0 + 30.0
    due, latest = due_at(promise, times, arrivals), latest_due(promise, times)
    ends = (np.arange(DAYS * 96) + 1) * 900.0
    for at, when in zip(arrivals, due, strict=True):
        here = at < ends
        assert ((when <= ends) == (at < latest))[here].all()
    assert (np.diff(due[np.isfinite(due)]) >= 0).all()


def hours_text(seconds, start, zone):
    return f"{(start + timedelta(seconds=seconds)).astimezone(ZoneInfo(zone)):%a %d %H:%M}"


def test_by_monday_at_ten_over_the_weeks_the_clocks_change():
    for day, zone in (("2026-03-23", "Europe/Lisbon"), ("2026-10-19", "Europe/Lisbon")):
        _, start, times = world((day, zone), OFFICE, "")
        promise = Promise(0.9, 0.0, "by weekday", (0, 600))
        friday, late = 4 * 86_400 + 3600.0 * 17, 7 * 86_400 + 3600.0 * 12
        due = due_at(promise, times, np.array([0.0, friday, late]))
        assert [hours_text(d, start, zone)[-5:] for d in due] == ["10:00"] * 3
        # a week across the change is an hour shorter or longer
        change = -3600.0 if day.startswith("2026-03") else 3600.0
        assert due.tolist() == [10 * 3600.0, 7 * 86_400 + 36_000 + change, 14 * 86_400 + 36_000 + change]


def test_an_hour_in_closed_time_comes_down_to_the_last_open_instant():
    _, start, times = world(("2026-01-05", "Europe/Lisbon"), OFFICE, "")
    promise = Promise(0.9, 0.0, "by weekday", (0, 480))  # Monday 08:00, before the opening
    arrivals = np.array([3, 4.5, 5.5, 7.5]) * 86_400
    due = [hours_text(d, start, "Europe/Lisbon") for d in due_at(promise, times, arrivals)]
    # who comes at the weekend, after Friday's closing, has until Monday's closing
    assert due == ["Fri 09 18:00", "Fri 09 18:00", "Mon 12 18:00", "Fri 16 18:00"]


def test_by_opening_and_an_hour_after_a_public_holiday():
    hours = opening_of(OFFICE, "Europe/Lisbon", "PT")
    start = to_utc("2026-12-07", 0, "Europe/Lisbon")
    times = OpenTimes.of(hours, quarter_of(start), 7 * 96)
    promise = Promise(0.9, 3600.0, "after opening")
    # Monday 9:05, Monday evening; Tuesday 8 December is a holiday
    due = due_at(promise, times, np.array([9.1 * 3600, 20 * 3600.0]))
    assert [hours_text(d, start, "Europe/Lisbon") for d in due] == ["Wed 09 10:00"] * 2


def test_a_queue_that_never_closes_has_no_opening_to_promise():
    mail = Queue("email", "email", "en", 600.0, Promise(0.9, 3600.0, "after opening"))
    day = quarter_of(datetime(2026, 3, 2, tzinfo=UTC))
    always = opening_of(((range(7), 0, 1440),), "Europe/Lisbon")
    (mistake,) = clock_mistakes(mail, always, day)
    assert "never closes" in str(mistake)
    assert clock_mistakes(mail, opening_of(OFFICE, "UTC"), day) == []
    never = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), False, 0, 0, closed=True),))
    assert "does not open" in str(clock_mistakes(mail, never, day)[0])
    lost = Queue("email", "email", "en", 600.0, Promise(0.9, 0.0, "by weekday"))
    assert "promised by None" in str(clock_mistakes(lost, always, day)[0])
    elapsed = Queue("email", "email", "en", 600.0, Promise(0.9, 3600.0))
    assert clock_mistakes(elapsed, always, day) == []


@pytest.mark.parametrize("clock", ["after opening", "by weekday"])
def test_promises_by_an_hour_are_deferred_whatever_the_handle_time(clock):
    due = (0, 600) if clock == "by weekday" else None
    assert Queue("q", "email", "en", 3600.0, Promise(0.9, 60.0, clock, due)).handled_as == "deferred"
