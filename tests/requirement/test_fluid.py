"""The fewest person-intervals of one backlog, against brute force."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.requirement import Backlog
from planner.requirement.fluid import fluid_staffing

MAIL = frozenset({"mail"})


def overdue(row, people):
    """The recursion of ``Backlog`` once more: units overdue."""
    waiting, late = row.carried_in, 0
    for k, n in enumerate(people):
        room = min(row.per_person * int(n) - int(taken[k]) for _, taken in row.limits)
        waiting = max(0, waiting + int(row.arriving[k]) - max(0, room))
        over = max(0, waiting - int(row.not_due[k]))
        late, waiting = late + over, waiting - over
    return late


@st.composite
def rows(draw, intervals=5, busy=False):
    arriving = np.array(draw(st.lists(st.integers(0, 12), min_size=intervals, max_size=intervals)))
    carried = draw(st.sampled_from([0, 0, 7]))
    arrived = carried + np.cumsum(arriving)
    due = np.sort(draw(st.lists(st.floats(0, 1), min_size=intervals, max_size=intervals))) * arrived
    due = np.maximum.accumulate(due.astype(int))
    taken = np.array(draw(st.lists(st.integers(0, 9 if busy else 0), min_size=intervals, max_size=intervals)))
    return Backlog(
        MAIL, arriving, arrived - due, draw(st.sampled_from([4, 5, 9])), ((MAIL, taken),), carried_in=carried
    )


def fewest(row, least, most):
    """Least total of people without overdue work, by trying everything; None if there is none."""
    found = [
        sum(people)
        for people in product(*(range(a, b + 1) for a, b in zip(least, most, strict=True)))
        if overdue(row, people) == 0
    ]
    return min(found, default=None)


@settings(max_examples=40)
@given(rows())
def test_it_is_the_fewest_for_one_backlog(row):
    people = fluid_staffing(row)
    assert overdue(row, people) == 0
    most = [min(5, int(np.ceil(row.arriving.sum() / row.per_person)) + 2)] * 5
    if people.max() <= 5:
        assert people.sum() == fewest(row, [0] * 5, most)


@settings(max_examples=40)
@given(rows(), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_it_is_the_fewest_where_no_more_can_be_there(row, most):
    people = fluid_staffing(row, at_most=np.array(most))
    assert (people <= most).all()
    least = fewest(row, [0] * 5, most)
    if least is None:
        assert overdue(row, people) > 0
    else:
        assert overdue(row, people) == 0
        assert people.sum() == least


@settings(max_examples=40)
@given(rows(busy=True), st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_it_is_the_fewest_beside_people_who_answer_calls(row, more):
    taken = row.limits[0][1]
    least = -(-taken // row.per_person) + np.array(more)
    people = fluid_staffing(row, at_least=least)
    assert (people >= least).all()
    assert overdue(row, people) == 0
    most = np.minimum(least + 3, least.max() + 3)
    if (people <= most).all():
        assert people.sum() == fewest(row, least.tolist(), most.tolist())


def test_people_come_as_late_as_they_can():
    arriving, not_due = np.full(48, 10), np.minimum(np.arange(1, 49), 8) * 10
    row = Backlog(MAIL, arriving, not_due, 40, ((MAIL, np.zeros(48, int)),))
    people = fluid_staffing(row)
    assert not people[:8].any()
    assert people.sum() == np.ceil((480 - 80) / 40)
    assert people.max() == 1
