"""Promises by their own clock and definition, and contacts that no promise is measured for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.demand import Promise, Queue
from planner.service import Outcome, fates, kept_share, service_levels, summaries

NAN = float("nan")
A, W, G, T = Outcome.ANSWERED, Outcome.WAITING, Outcome.ABANDONED, Outcome.TURNED_AWAY
PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0))
EMAIL = Queue("email", "email", "en", 600.0, Promise(0.9, 7200.0))
HOUR, DAY = 3600.0, 86400.0

CALLS = [
    (0, 0, 0, 10, 300, NAN, A, 1),
    (0, 0, 0, 30, 300, NAN, A, 1),
    (0, 0, 0, NAN, NAN, 5, G, 1),
    (0, 0, 0, NAN, NAN, 50, G, 1),
    (0, 0, 0, NAN, NAN, NAN, T, 0),
    (0, 0, 1209590, NAN, NAN, NAN, W, 1),
]


@pytest.mark.parametrize(("definition", "share"), [("offered", 1 / 5), ("answered", 1 / 2), ("gone", 2 / 5)])
def test_a_promise_is_kept_by_its_own_definition(hand_made, definition, share):
    """Five are measured: the sixth rings as the period ends, nobody knows."""
    queue = replace(PHONE, promise=Promise(0.8, 20.0, definition=definition))
    service = hand_made([queue], CALLS)
    assert kept_share(service) == pytest.approx(share)
    assert service_levels(service, "phone") == pytest.approx((1 / 5, 1 / 2, 2 / 5))
    assert summaries(service, np.zeros(6, dtype=int), 1, fewest=1).kept_share[0] == pytest.approx(share)


def test_definitions_stand_side_by_side(hand_made):
    """Each queue by its own, in one figure over both."""
    strict, mild = PHONE, replace(PHONE, name="mild", promise=Promise(0.8, 20.0, definition="gone"))
    rows = [(0, q, 0, NAN, NAN, 5, G, 1) for q in (0, 1)]
    service = hand_made([strict, mild], rows)
    assert fates(service).kept.tolist() == [False, True]
    assert kept_share(service) == 0.5


def test_those_who_waited_already_are_in_no_promise_and_no_wait(hand_made):
    rows = [(0, 0, 0, 60, 600, NAN, A, 1), (0, 0, 0, 60, 90000, NAN, A, 1), (0, 0, 0, NAN, NAN, NAN, W, 1)]
    service = hand_made([EMAIL], rows, carried=[1, 2])
    fate = fates(service)
    assert fate.measured.tolist() == [True, False, False]
    assert np.isnan(fate.waited[1:]).all()
    figures = summaries(service, np.zeros(3, dtype=int), 1, fewest=1)
    assert figures.contacts_per_week[0] == 1 / 4
    assert figures.longest_wait_seconds[0] == 600.0
    assert figures.kept_share[0] == 1.0


def test_by_opening_and_an_hour(hand_made):
    """Open 9 to 17; what comes in the evening is in time until 10:00 of the next day, whatever it waited."""
    open_ = np.tile((np.arange(96) >= 36) & (np.arange(96) < 68), 14)[None, :]
    queue = replace(EMAIL, promise=Promise(0.9, HOUR, "after opening"))
    rows = [
        (0, 0, 20 * HOUR, 0, DAY + 10 * HOUR, NAN, A, 0),
        (0, 0, 20 * HOUR, 0, DAY + 10 * HOUR + 1, NAN, A, 0),
        (0, 0, 13 * DAY + 20 * HOUR, NAN, NAN, NAN, W, 0),
    ]
    fate = fates(hand_made([queue], rows, open_))
    assert fate.kept.tolist() == [True, False, False]
    assert fate.measured.tolist() == [True, True, False]


def test_by_monday_ten(hand_made):
    queue = replace(EMAIL, promise=Promise(0.9, 0.0, "by weekday", (0, 600)))
    rows = [(0, 0, 5 * DAY, 0, 7 * DAY + at * HOUR, NAN, A, 0) for at in (10.0, 10.1)]
    assert fates(hand_made([queue], rows)).kept.tolist() == [True, False]


def test_few_contacts_give_no_figure(hand_made):
    rows = [(0, 0, at, at + 10, at + 300, NAN, A, 1) for at in range(29)]
    few = summaries(hand_made([PHONE], rows), np.zeros(29, dtype=int), 1)
    told = ["contacts_per_week", "longest_wait_seconds"]
    assert few[told].iloc[0].tolist() == [29 / 4, 10.0]
    assert few.drop(columns=told).iloc[0].isna().all()
    enough = summaries(hand_made([PHONE], [*rows, rows[0]]), np.zeros(30, dtype=int), 1)
    assert enough.kept_share[0] == 1.0
