"""Monday slots for the hard cases of a weekend."""

import numpy as np
import pytest

from planner._errors import InputError
from planner.clock import day_starts
from planner.demand import Volumes
from planner.requirement.appointments import appointments

ZONE = "Europe/Lisbon"


def world(first_day, days):
    starts = day_starts(first_day, days, ZONE)
    intervals = (starts[-1] - starts[0]) // 2
    mean = np.vstack([np.full(intervals, 1.0), np.full(intervals, 0.5)])
    zeros = np.zeros(intervals, dtype=int)
    return starts, Volumes(("phone", "email"), starts[0], 30, mean, mean, mean, {}, zeros, zeros)


def test_a_weekend_of_hard_cases_is_seen_on_monday_morning():
    starts, volumes = world("2026-10-19", 21)
    weekends = [(starts[d], starts[d + 2]) for d in (5, 12, 19)]
    mondays = [(starts[d] + 36, starts[d] + 48) for d in (7, 14)]
    slots = appointments(volumes, ["phone", "email"], "slots", 0.1, weekends, mondays, 1800.0, "engineer")
    assert slots.queues == ("phone", "email")
    assert (slots.name, slots.what, slots.team, slots.piece_seconds) == (
        "slots",
        "appointments",
        "engineer",
        1800.0,
    )
    assert slots.random
    assert not slots.fixed
    assert [(w.start, w.end) for w in slots.windows] == mondays
    # the first weekend has 49 hours, the second 48; the third has no slot in this period
    assert [w.work_seconds for w in slots.windows] == pytest.approx([98 * 1.5 * 180, 96 * 1.5 * 180])


def test_cases_of_the_slots_own_hours_wait_for_the_next():
    starts, volumes = world("2026-03-02", 2)
    slots = [(starts[0] + 36, starts[0] + 40), (starts[0] + 60, starts[0] + 64)]
    found = appointments(volumes, ["phone"], "slots", 1.0, [(starts[0] + 36, starts[0] + 40)], slots, 60.0)
    assert [(w.start, w.work_seconds) for w in found.windows] == [(slots[1][0], 120.0)]
    assert appointments(volumes, ["phone"], "slots", 0.0, [slots[0]], slots, 60.0).windows == ()


def test_what_cannot_be_is_refused_all_at_once():
    starts, volumes = world("2026-03-02", 2)
    wrong = [(starts[0] + 40, starts[0] + 36)]
    with pytest.raises(InputError) as caught:
        appointments(volumes, ["fax"], "slots", 1.5, wrong, wrong, 0.0)
    assert [m.code.removeprefix("requirement.appointment_") for m in caught.value.messages] == [
        "queue",
        "share",
        "length",
        "windows",
    ]
