"""Deadlines and backlog rows against an oracle that follows each contact on its own."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.demand import Promise, Queue
from planner.requirement.deferred import OpenTimes, due_by_elapsed, due_by_open_hours
from planner.requirement.work import together, whole_units, work_of

MINUTES = 15
masks = st.lists(st.booleans(), min_size=4, max_size=20)


def is_open_at(mask: list[bool], opens_after: float, minute: float) -> bool:
    quarter = int(minute // MINUTES)
    return mask[quarter] if quarter < len(mask) else quarter >= opens_after


def deadline(mask: list[bool], opens_after: float, minute: float, within: float, clock: str) -> float:
    """When a contact is due, walking minute by minute; far beyond the horizon: infinite."""
    far = (len(mask) + 45) * MINUTES
    start = minute
    while not is_open_at(mask, opens_after, start):
        start = np.floor(start) + 1
        if start > far:
            return np.inf
    if clock == "open hours":
        left = within
        while left > 0:
            step = min(left, np.floor(start) + 1 - start)
            left -= step if is_open_at(mask, opens_after, start) else 0
            start += step if is_open_at(mask, opens_after, start) else np.floor(start) + 1 - start
            if start > far:
                return np.inf
        return start
    due = start + within
    # A deadline on the very instant of an opening has no open time before it: it lies in closed time.
    quarter = int(np.ceil(due / MINUTES)) - 1
    if is_open_at(mask, opens_after, quarter * MINUTES):
        return due
    # the last open instant before
    while not is_open_at(mask, opens_after, quarter * MINUTES):
        quarter -= 1
    return (quarter + 1) * MINUTES


@settings(max_examples=60)
@given(
    masks,
    st.sampled_from([0, 3, 40, np.inf]),
    st.integers(1, 300),
    st.sampled_from(["elapsed", "open hours"]),
)
def test_what_is_due_is_what_each_contact_says(mask, wait_after, within, clock):
    opens_after = len(mask) + wait_after
    if clock == "open hours":
        opens_after = np.inf  # open time after the horizon cannot make work due within it
    times = OpenTimes(np.array(mask), opens_after)
    due = due_by_elapsed if clock == "elapsed" else due_by_open_hours
    latest = due(times, within * 60.0) / 60.0
    ends = (np.arange(len(mask)) + 1) * MINUTES
    for minute in range(0, len(mask) * MINUTES, 4):
        arrival = minute + 0.5
        when = deadline(mask, opens_after, arrival, within, clock)
        here = arrival < ends
        assert ((when <= ends) == (arrival < latest))[here].all(), (arrival, when, latest)


def overdue(arriving, not_due, capacity):
    """The recursion of the rota model, as ``Backlog`` states it: missing work per interval."""
    waiting, missing = 0, []
    for a, u, c in zip(arriving, not_due, capacity, strict=True):
        waiting = max(0, waiting + a - c)
        missing.append(max(0, waiting - u))
        waiting -= missing[-1]
    return missing


def missing_by_contact(contacts, deadlines, capacity, length):
    """Earliest deadline first, contact by contact; what is due and undone is missing and leaves."""
    open_, missing = [], []
    for k, new in enumerate(contacts):
        open_ = sorted(open_ + [deadlines[k][i] for i in range(new)])[capacity[k] :]
        late = [d for d in open_ if d <= (k + 1) * length]
        open_ = [d for d in open_ if d > (k + 1) * length]
        missing.append(len(late))
    return missing


small = st.integers(3, 7).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 6), min_size=n, max_size=n),
        st.lists(st.integers(0, 5), min_size=n, max_size=n),
        st.lists(st.booleans(), min_size=n, max_size=n),
        st.integers(1, 4),
        st.sampled_from(["elapsed", "open hours"]),
    )
)


def rows_of(contacts, is_open, intervals_within, clock, length=30):
    """Arriving and not-due units of a queue whose contacts take one unit of work each."""
    within = intervals_within * length * 60.0
    queue = Queue("q", "email", "en", 15.0, Promise(0.9, within, clock))
    mask = np.repeat(is_open, length // MINUTES)
    work = work_of(queue, np.array(contacts, dtype=float), length * 60.0, OpenTimes(mask, np.inf))
    row = together([work], length * 60.0)
    deadlines = [
        [
            deadline(mask.tolist(), np.inf, length * (k + (i + 0.5) / n), intervals_within * length, clock)
            for i in range(n)
        ]
        for k, n in enumerate(contacts)
    ]
    return *whole_units(row.arriving, row.not_due), deadlines


def test_a_deadline_on_the_instant_of_an_opening_lies_in_closed_time():
    is_open = [False, False, False, True, False, True]
    arriving, not_due, deadlines = rows_of([0, 0, 1, 0, 0, 0], is_open, 2, "elapsed")
    assert deadlines[2] == [120.0]
    assert overdue(arriving, not_due, [0] * 6) == [0, 0, 0, 1, 0, 0]


@given(small)
def test_missing_work_is_what_is_late_contact_by_contact(case):
    contacts, capacity, is_open, intervals_within, clock = case
    arriving, not_due, deadlines = rows_of(contacts, is_open, intervals_within, clock)
    assert arriving.tolist() == contacts
    assert overdue(arriving, not_due, capacity) == missing_by_contact(contacts, deadlines, capacity, 30)


@given(
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.integers(1, 3),
)
def test_missing_work_is_the_least_extra_work_that_would_do(contacts, capacity, is_open, intervals_within):
    arriving, not_due, deadlines = rows_of(contacts, is_open, intervals_within, "elapsed")
    least = min(
        sum(extra)
        for extra in product(range(max(contacts) * 2 + 1), repeat=4)
        if not any(
            missing_by_contact(contacts, deadlines, [c + e for c, e in zip(capacity, extra, strict=True)], 30)
        )
    )
    assert sum(overdue(arriving, not_due, capacity)) == least


@given(st.lists(st.floats(0, 50), min_size=1, max_size=40), st.data())
def test_whole_units_neither_lose_nor_make_work(arriving, data):
    arriving = np.array(arriving)
    total = np.cumsum(arriving)
    due = np.sort(data.draw(st.lists(st.floats(0, 1), min_size=len(total), max_size=len(total)))) * total
    units, waiting = whole_units(arriving, total - due)
    assert units.min() >= 0
    assert waiting.min() >= 0
    assert abs(units.sum() - total[-1]) <= 0.5 + 1e-6
    done_by_then = np.cumsum(units) - waiting
    assert (np.diff(done_by_then, prepend=0) >= 0).all()
    assert (np.abs(done_by_then - due) <= 1.5).all()


def test_night_arrivals_are_due_two_hours_after_opening_and_evening_ones_by_closing():
    # open 9:00-18:00 on two days, 30-minute intervals, one contact each
    day = [9 <= k / 2 < 18 for k in range(48)]
    arriving, not_due, _ = rows_of([1] * 96, day * 2, 4, "elapsed")
    assert arriving.sum() == 96
    at = {clock: not_due[int(clock * 2) - 1] for clock in (9, 10.5, 11, 12, 17, 18, 33, 35)}
    # nothing is due before 11:00, then all that came by 9:00
    assert at[9] == 18
    assert at[10.5] == 21
    assert at[11] == 22 - 18
    assert at[12] == 4
    # the last hours' contacts are due at closing; what comes after is due next day at 11:00
    assert at[17] == 4
    assert at[18] == 0
    assert at[33] == 30
    assert at[35] == 4


def test_business_hours_stop_at_closing():
    day = [9 <= k / 2 < 18 for k in range(48)]
    _, not_due, _ = rows_of([1] * 96, day * 2, 4, "open hours")
    # at 18:00 the contacts since 16:00 have until next morning; at 10:00 those since 17:00 are not due
    assert not_due[35] == 4
    assert not_due[67] == 2 + 30 + 2


def test_follow_ups_have_more_time_but_are_work_all_the_same():
    queue = Queue("q", "email", "en", 600.0, Promise(0.9, 7200.0), replies=2.5)
    contacts, always = np.full(96, 2.0), OpenTimes(np.ones(192, dtype=bool), 192.0)

    def seconds(follow_up):
        row = together([work_of(queue, contacts, 1800.0, always, follow_up)], 1800.0)
        return 15 * row.arriving.sum(), 15 * row.not_due[-1]

    # in the long run: two hours of first replies, eight hours of the rest
    assert seconds(None) == pytest.approx((96 * 2 * 600, 4 * 2 * 600))
    assert seconds(8 * 3600.0) == pytest.approx((96 * 2 * 1500, 4 * 2 * 600 + 16 * 2 * 900))
    # follow-ups are never due before the first reply
    assert seconds(60.0)[1] == pytest.approx(4 * 2 * 1500)


def test_safety_work_is_as_the_formula_says():
    # 3 contacts of 10 min per half-hour, 2 h promise: len 8, win 8 * 30 min
    queue = Queue("q", "email", "en", 600.0, Promise(0.9, 7200.0), cv=1.0)
    always = OpenTimes(np.ones(192, dtype=bool), 192.0)
    row = together([work_of(queue, np.full(96, 3.0), 1800.0, always)], 1800.0)
    expected = np.sqrt(8 * 1800.0 * 600.0 * 2.0) / 8 / 15.0
    assert row.margin_arriving == pytest.approx(np.full(96, expected))
    assert row.margin_not_due[-1] == pytest.approx(4 * expected)
    # two queues together need less safety than alone: the square root of the sum of squares
    two = together([work_of(queue, np.full(96, 3.0), 1800.0, always)] * 2, 1800.0)
    assert two.margin_arriving == pytest.approx(np.full(96, expected * np.sqrt(2)))
    assert two.arriving == pytest.approx(2 * row.arriving)
