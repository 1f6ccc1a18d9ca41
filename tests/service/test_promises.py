"""When promises fall due: by hand, by the fates before, and as the oracle of the requirement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clock import OpeningHours, OpeningLine, quarter_of, to_utc
from planner.demand import Promise
from planner.requirement.deferred import OpenTimes, due_by_elapsed, due_by_open_hours
from planner.service import ServiceSettings
from planner.service.promises import after_open_time, due_of

MONDAY = quarter_of(datetime(2026, 4, 6, tzinfo=UTC))
OFFICE = OpeningHours("UTC", (OpeningLine(frozenset(range(5)), False, 540, 1020),))
HOUR, DAY = 3600.0, 86400.0


def due(promise: Promise, *arrived: float, opening: OpeningHours = OFFICE, days: int = 14) -> list[float]:
    """Hours from the start."""
    mask = opening.mask(MONDAY, days * 96)
    return (due_of(promise, np.array(arrived), mask, opening, MONDAY) / HOUR).tolist()


def test_elapsed_counts_every_second_from_the_arrival():
    assert due(Promise(0.9, 2 * HOUR), 0.0, 10 * HOUR, 16.5 * HOUR) == [2.0, 12.0, 18.5]


def test_open_hours_run_while_the_queue_is_open():
    four = Promise(0.9, 4 * HOUR, "open hours")
    # Before opening, in the morning, over night, over the weekend.
    assert due(four, 0.0, 9.5 * HOUR, 15 * HOUR, 4 * DAY + 15 * HOUR) == [13.0, 13.5, 35.0, 7 * 24 + 11.0]


def test_open_hours_that_run_out_at_closing_are_kept_until_the_next_opening():
    assert due(Promise(0.9, 8 * HOUR, "open hours"), 8 * HOUR) == [33.0]


def test_open_hours_beyond_the_last_closing_are_not_known():
    assert due(Promise(0.9, 8 * HOUR, "open hours"), 10 * HOUR, days=1) == [np.inf]


def test_after_opening_is_the_first_opening_strictly_after_the_arrival():
    by_ten = Promise(0.9, HOUR, "after opening")
    arrivals = (8 * HOUR, 9 * HOUR, 12 * HOUR, 4 * DAY + 9.5 * HOUR)
    assert due(by_ten, *arrivals) == [10.0, 34.0, 34.0, 7 * 24 + 10.0]
    assert due(by_ten, 9.5 * HOUR, days=1) == [np.inf]


def test_by_weekday_is_the_next_such_hour_on_the_clock_of_the_opening_hours():
    monday_ten = Promise(0.9, 0.0, "by weekday", (0, 600))
    arrivals = (0.0, 10 * HOUR, 5 * DAY, 7 * DAY + 9 * HOUR)
    assert due(monday_ten, *arrivals) == [10.0, 178.0, 178.0, 178.0]
    # After the period it is still known.
    assert due(monday_ten, 11 * HOUR, days=7) == [178.0]
    lisbon = OpeningHours("Europe/Lisbon", OFFICE.lines)  # an hour ahead of UTC in April
    assert due(monday_ten, 0.0, opening=lisbon) == [9.0]


def test_by_weekday_over_a_clock_change():
    zone = "Europe/Rome"
    first = quarter_of(to_utc("2026-03-23", 0, zone))
    opening = OpeningHours(zone, OFFICE.lines)
    got = due_of(
        Promise(0.9, 0.0, "by weekday", (0, 605)),
        np.array([12 * HOUR]),
        opening.mask(first, 1400),
        opening,
        first,
    )
    assert got.tolist() == [7 * DAY + 10 * HOUR + 300 - HOUR]


open_masks = st.lists(st.booleans(), min_size=8, max_size=40).map(np.array)


@given(open_masks, st.integers(0, 24), st.integers(0, 10_000))
def test_open_hours_agree_with_counting_quarter_by_quarter(mask, eighths, seed):
    """Answers in time are exactly those before which the queue was open long enough at most."""
    within = eighths * 450.0
    arrived = np.random.default_rng(seed).uniform(0, len(mask) * 900.0, 5)
    got = after_open_time(mask, arrived, within)

    def open_between(a: float, b: float) -> float:
        return sum(max(0.0, min(b, (q + 1) * 900.0) - max(a, q * 900.0)) for q in np.flatnonzero(mask))

    for at, until in zip(arrived, got, strict=True):
        if np.isinf(until):
            assert open_between(at, len(mask) * 900.0) <= within + 1e-5
        else:
            assert open_between(at, until) == pytest.approx(within, abs=1e-5)
            assert open_between(at, until + 1.0) == pytest.approx(within + 1.0, abs=1e-5)


@given(open_masks, st.integers(0, 12))
def test_the_requirement_asks_for_no_later_deadline(mask, quarters):
    """Work is planned to be done by what is due here; and by no more than a closing earlier."""
    within = quarters * 900.0
    times = OpenTimes(mask, np.inf)
    arrived = np.arange(len(mask)) * 900.0 + 450.0
    ends = (np.arange(len(mask)) + 1) * 900.0
    for planned, promise in (
        (due_by_open_hours(times, within), Promise(0.9, within, "open hours")),
        (due_by_elapsed(times, within), Promise(0.9, within)),
    ):
        here = due_of(promise, arrived, mask, OFFICE, MONDAY)
        for k in np.flatnonzero(mask):
            # Whatever came before the planned instant is due; of what comes later, nothing is due yet,
            # unless it came while closed: elapsed time is then planned from the opening.
            asked = arrived < planned[k]
            if promise.clock == "open hours":
                assert not (~asked & (here < ends[k] - 1e-6)).any()
            else:
                assert not (~asked & (here < ends[k] - 1e-6) & mask).any()


def test_voicemail_is_due_in_open_time_from_the_opening(shop, open_hours):
    small = shop(opening={q: open_hours(9, 17) for q in ("phone", "email")})
    chosen = ServiceSettings(when_closed={"phone": {"voicemail": 1.0}}, replications=2)
    for hours, expected in ((2.0, 11.0), (9.0, 34.0)):
        r = small.live(replace(chosen, voicemail_seconds=hours * HOUR)).records
        night = r.voicemail & (r.arrived < 9 * HOUR)
        assert night.any()
        assert (r.due[night] / HOUR == expected).all()
    assert (r.voicemail == ((r.offered_to == 0) & ~r.arrived_open)).all()


def test_records_carry_the_deadline_of_the_queue_that_serves(shop, open_hours):
    small = shop(opening={"phone": open_hours(9, 17)})
    r = small.live(ServiceSettings(when_closed={"phone": {"email": 1.0}}, replications=2)).records
    within = np.where(r.queue == 1, 7200.0, 20.0)
    assert np.allclose(r.due, r.arrived + within)
    assert timedelta(seconds=float((r.due - r.arrived).max())) == timedelta(hours=2)
