"""Who is answered next: held to the records, choice by choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.demand import Promise
from planner.service import ServiceSettings, kept_share


@pytest.fixture
def two_promises(world, duties, email):
    """One person around the clock, tickets due within 1 h and within 8 h, more than they can do at times."""
    short = replace(email, name="short", promise=Promise(0.9, 3600.0), replies=1.0)
    long = replace(email, name="long", promise=Promise(0.9, 8 * 3600.0), replies=1.0)

    def build(priority: int = 0):
        return world(
            (short, replace(long, priority=priority)),
            {"Ana": {"en": None}},
            [duties("Ana", day, 0, 24) for day in range(7)],
            {"short": 1.5, "long": 3.5},
        )

    return build


def picks(service):
    """Of every contact that was begun late: whether it was due first among those who waited."""
    r = service.records
    for nth in range(service.replications):
        mine = r.replication == nth
        arrived, due, started = r.arrived[mine], r.due[mine], r.started[mine]
        for c in np.flatnonzero(np.isfinite(started) & (started > arrived + 1e-9)):
            at = started[c]
            waited = (arrived < at) & ~(started < at)
            yield bool(due[c] <= due[waited].min()), r.queue[mine][c]


def test_the_first_reply_that_is_due_first_comes_first(two_promises):
    found = list(picks(two_promises().live(ServiceSettings(seed=3, replications=3))))
    assert len(found) > 500
    assert {queue for _, queue in found} == {0, 1}
    assert all(first for first, _ in found)


def test_priority_comes_before_what_is_due(two_promises):
    found = list(picks(two_promises(priority=1).live(ServiceSettings(seed=3, replications=3))))
    assert not all(first for first, _ in found)


def test_both_promises_are_kept_where_the_oldest_first_would_break_the_shorter(two_promises):
    service = two_promises().live(ServiceSettings(seed=3, replications=20))
    r = service.records
    waits = r.started - r.arrived
    assert np.nanmean(waits[r.queue == 0]) < np.nanmean(waits[r.queue == 1]) / 2
    assert kept_share(service, queue="short") > 0.9


def test_tickets_open_at_the_start_take_their_turn_and_hold_up_nobody_behind_them(two_promises):
    """Due as if they had come at the start, before what came later to their own queue."""
    service = two_promises().live(ServiceSettings(seed=3, replications=3, open_tickets={"short": 5}))
    r = service.records
    assert np.isinf(r.due[r.carried]).all()
    turn = replace(service, records=replace(r, due=np.where(r.carried, 3600.0, r.due)))
    found = list(picks(turn))
    assert len(found) > 500
    assert all(first for first, _ in found)


def test_what_came_over_night_does_not_hold_up_a_shorter_promise(world, duties, open_hours, email):
    """Its time begins at the opening, as in the need: both promises can be kept, and are."""
    long = replace(email, name="long", promise=Promise(0.9, 4 * 3600.0), replies=1.0)
    short = replace(email, name="short", promise=Promise(0.9, 3600.0), replies=1.0)
    names = ("Ana", "Ben", "Cleo")
    by_day = np.where((np.arange(7 * 48) % 48 >= 16) & (np.arange(7 * 48) % 48 < 40), 5.0, 0.0)
    service = world(
        (long, short),
        {name: {"en": None} for name in names},
        [duties(name, day, 8, 20) for day in range(7) for name in names],
        {"long": 5.0, "short": by_day},
        opening={"long": open_hours(8, 20), "short": open_hours(8, 20)},
    ).live(ServiceSettings(seed=3, replications=10))
    r = service.records
    morning = (r.arrived % 86_400 >= 8 * 3600) & (r.arrived % 86_400 < 10 * 3600)
    began = np.where(r.arrived_open, r.arrived, np.ceil((r.arrived - 8 * 3600) / 86_400) * 86_400 + 8 * 3600)
    kept = r.answered <= began + np.where(r.queue == 0, 4, 1) * 3600
    assert kept[morning & (r.queue == 1)].mean() > 0.85
    assert kept[~r.arrived_open & (began < 7 * 86_400)].mean() > 0.8
    # Measured is what customers were told, from their arrival on.
    assert r.due[~r.arrived_open] == pytest.approx(r.arrived[~r.arrived_open] + 4 * 3600)
