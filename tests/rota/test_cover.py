"""Cover and backlog against independent counting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.people import Skills
from planner.requirement import Backlog, Need
from planner.rota import Rota, Shift, missing_cost, people_on_duty, recount

AGENTS = ("Anna", "Bo", "Eve")
SKILLS = Skills(
    {"it": frozenset({"Anna"}), "fr": frozenset({"Anna", "Bo"}), "engineer": frozenset({"Eve", "Bo"})},
    {"it": "work", "fr": "work", "engineer": "on_call"},
)
SETS = (frozenset({"it"}), frozenset({"fr"}), frozenset({"engineer"}), frozenset({"it", "fr", "engineer"}))
FIRST = datetime(2026, 3, 2, tzinfo=UTC)
FIRST_QUARTER = int(FIRST.timestamp()) // 900


def shift(agent, start, minutes, kind="work", break_at=0, break_minutes=0):
    """A shift in minutes after FIRST."""
    begins = FIRST + timedelta(minutes=start)
    return Shift(
        begins, agent, begins + timedelta(minutes=minutes), FIRST.date(), "x", "UTC", kind,
        begins + timedelta(minutes=break_at) if break_minutes else None, break_minutes,
    )  # fmt: skip


def rota(*shifts):
    return Rota(
        "x", date(2026, 3, 2), 1, AGENTS, tuple(sorted(shifts, key=lambda s: (s.start, s.agent, s.end)))
    )


def need(sets, required, backlogs=(), groups=(("it", "fr"),)):
    required = np.asarray(required)
    return Need("n", FIRST_QUARTER, 60, ("it", "fr", "engineer"), sets, required, backlogs, groups,
                np.ones((3, required.shape[1]), dtype=bool))  # fmt: skip


shifts = st.builds(
    shift,
    st.sampled_from(AGENTS),
    st.integers(-120, 600),
    st.integers(5, 300),
    st.sampled_from(["work", "on_call", "training"]),
    st.integers(0, 120),
    st.integers(0, 60),
)


@given(st.lists(shifts, max_size=6), st.sampled_from([15, 30, 60]))
def test_on_duty_is_what_every_minute_says(made, step):
    intervals = 600 // step
    counted = people_on_duty(rota(*made), SKILLS, SETS, FIRST_QUARTER, step, intervals)
    for index, names in enumerate(SETS):
        for interval in range(intervals):
            # A quarter counts for a duty if every one of its minutes does.
            fewest = min(
                len(
                    {
                        s.agent
                        for s in made
                        if any(SKILLS.kind[n] == s.kind and s.agent in SKILLS.able[n] for n in names)
                        and all(on_duty(s, minute) for minute in range(quarter * 15, quarter * 15 + 15))
                    }
                )
                for quarter in range(interval * step // 15, (interval + 1) * step // 15)
            )
            assert counted[index, interval] == fewest


def on_duty(made, minute):
    at = FIRST + timedelta(minutes=minute)
    if made.break_start is not None and made.break_start <= at < made.break_start + timedelta(
        minutes=made.break_minutes
    ):
        return False
    return made.start <= at < made.end


def test_two_shifts_on_two_quarters_are_not_cover_for_the_hour():
    halves = rota(shift("Anna", 0, 30), shift("Bo", 30, 30))
    assert people_on_duty(halves, SKILLS, [frozenset({"it", "fr"})], FIRST_QUARTER, 60, 1).tolist() == [[1]]
    assert people_on_duty(halves, SKILLS, [frozenset({"it"})], FIRST_QUARTER, 60, 1).tolist() == [[0]]


def test_cyclic_duty_comes_in_again_at_the_start():
    late = rota(shift("Anna", 22 * 60, 480))
    counted = people_on_duty(late, SKILLS, [frozenset({"it"})], FIRST_QUARTER, 60, 24, cyclic=True)
    assert counted[0].nonzero()[0].tolist() == [0, 1, 2, 3, 4, 5, 22, 23]


def test_carried_duty_reaches_into_the_period():
    counted = people_on_duty(
        rota(), SKILLS, [frozenset({"it"})], FIRST_QUARTER, 60, 3, carried=[shift("Anna", -120, 240)]
    )
    assert counted.tolist() == [[1, 1, 0]]


def test_short_is_the_largest_shortage_and_its_set_explains_it():
    cover = recount(need(SETS[:2], [[1, 1, 2], [1, 3, 1]]), rota(shift("Anna", 0, 120)), SKILLS)
    assert cover.short.tolist() == [0, 2, 2]
    assert cover.short_set.tolist() == [-1, 1, 0]
    assert cover.spare.tolist() == [0, 0, 0]
    assert cover.missing_intervals == 4
    assert missing_cost(need(SETS[:2], [[1, 1, 2], [1, 3, 1]]), cover, 250) == 1000


def test_shortages_of_people_who_share_nothing_add_up():
    asked = need((*SETS[:3], SETS[3]), [[1, 1], [2, 0], [1, 0], [5, 1]])
    cover = recount(asked, rota(shift("Bo", 0, 60)), SKILLS)
    # The desk lacks 1 of 2 for "fr" (and 1 for "it"), the engineers 1; the set over both lacks 4.
    assert cover.short.tolist() == [4, 1]
    without = need(SETS[:3], [[1, 1], [2, 0], [1, 0]])
    assert recount(without, rota(shift("Bo", 0, 60)), SKILLS).short.tolist() == [2, 1]


def test_spare_counts_people_beyond_the_largest_requirement():
    both = rota(shift("Anna", 0, 60), shift("Bo", 0, 60))
    assert recount(need(SETS[:2], [[0], [1]]), both, SKILLS).spare.tolist() == [1]


def backlog(arriving, not_due, taken=None, per_person=10, carried_in=0, names=frozenset({"it"})):
    limits = [(names, np.zeros(len(arriving), dtype=int))]
    if taken is not None:
        limits.append((frozenset({"it", "fr"}), np.asarray(taken)))
    return Backlog(names, np.asarray(arriving), np.asarray(not_due), per_person, tuple(limits), carried_in)


@given(
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 30), st.integers(0, 25)), min_size=6, max_size=6),
    st.lists(shifts, max_size=4),
    st.integers(0, 20),
)
def test_missing_work_is_the_least_that_must_be_taken_away(rows, made, carried_in):
    arriving, not_due, taken = (list(column) for column in zip(*rows, strict=True))
    row = backlog(arriving, not_due, taken, carried_in=carried_in)
    asked = need(SETS[:1], np.zeros((1, 6), dtype=int), (row,))
    cover = recount(asked, rota(*made), SKILLS)
    own, union = people_on_duty(rota(*made), SKILLS, [names for names, _ in row.limits], FIRST_QUARTER, 60, 6)
    room = [max(0, min(10 * own[k], 10 * union[k] - taken[k])) for k in range(6)]
    assert cover.missing_work_units[0] == fewest_units_taken_away(arriving, not_due, room, carried_in)


def fewest_units_taken_away(arriving, not_due, room, carried_in):
    """Over every way to work and to take away that keeps open work within 0 .. not_due, by exhaustion."""
    cheapest = {carried_in: 0}  # units open -> fewest units taken away so far
    for arrived, limit, most in zip(arriving, not_due, room, strict=True):
        after = {}
        for waiting, away in cheapest.items():
            for left in range(min(waiting + arrived, limit) + 1):
                taken = away + max(0, waiting + arrived - most - left)
                after[left] = min(taken, after.get(left, taken))
        cheapest = after
    return min(cheapest.values())


def test_deferred_cost_is_the_largest_of_each_group_rounded_up():
    rows = (backlog([25], [0]), backlog([7], [0], names=frozenset({"fr"})), backlog([4], [0], per_person=3,
            names=frozenset({"engineer"})))  # fmt: skip
    asked = need(SETS[:1], [[0]], rows, groups=(("it", "fr"), ("engineer",)))
    cover = recount(asked, rota(), SKILLS)
    assert cover.missing_work_units.tolist() == [25, 7, 4]
    assert cover.missing_intervals == pytest.approx(2.5 + 4 / 3)
    expected = ceil(Fraction(25 * 333, 10)) + ceil(Fraction(4 * 333, 3))
    assert missing_cost(asked, cover, 333) == expected


def test_work_beyond_its_time_counts_once():
    cover = recount(need(SETS[:1], [[0, 0, 0]], (backlog([12, 0, 0], [5, 0, 0]),)), rota(), SKILLS)
    assert cover.missing_work.tolist() == [[7, 5, 0]]
