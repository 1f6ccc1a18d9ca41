"""Backlog rows of every kind of deferred work, against contacts one by one and by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import OpeningHours, OpeningLine
from planner.demand import Promise, Queue, Volumes
from planner.people import Agent, Skills, Team, skills
from planner.requirement import NeedSettings, require, with_margin
from planner.requirement.backlogs import Sources, backlog_rows
from planner.requirement.deferred import OpenTimes, due_at
from planner.requirement.flows import Flows

ALWAYS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
NINE_TO_FIVE = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 540, 1020),))
MIDNIGHT = 20_540 * 96
PHONE = Queue("phone en", "phone", "en", 300.0, Promise(0.8, 20.0))
EMAIL = Queue("email en", "email", "en", 600.0, Promise(0.9, 7200.0), replies=2.0)
TICKETS = Queue("tickets", "email", "en", 600.0, Promise(0.9, 14_400.0))
TEAM = Team((Agent("Ada", "", "UTC", {"en": None}), Agent("Ben", "", "UTC", {"en": None, "fr": None})))


def volumes_of(rows, minutes=30):
    mean = np.array(list(rows.values()), dtype=float)
    zeros = np.zeros(mean.shape[1], dtype=int)
    return Volumes(tuple(rows), MIDNIGHT, minutes, mean, mean, mean, {}, zeros, zeros)


def need_of(rows, queues, opening=ALWAYS, planned=(), when_closed=None, team=TEAM, minutes=30, **decided):
    hours = opening if isinstance(opening, dict) else {queue.name: opening for queue in queues}
    table = skills(team, queues, (), planned)
    decided = {"safety": 0.0, **decided}
    return require(
        volumes_of(rows, minutes),
        queues,
        team,
        table,
        hours,
        NeedSettings(**decided),
        planned=planned,
        when_closed=when_closed or {},
    )


def listed(need):
    return [(sorted(row.queues), row.what) for row in need.backlogs]


def overdue(row, capacity):
    """The recursion of ``Backlog`` with capacity in units."""
    waiting, late = row.carried_in, []
    for a, u, c in zip(row.arriving, row.not_due, capacity, strict=True):
        waiting = max(0, waiting + int(a) - int(c))
        late.append(max(0, waiting - int(u)))
        waiting -= late[-1]
    return late


def earliest_due_first(contacts, capacity):
    """Whether one unit of work for each (interval of arrival, interval due) is done in time."""
    waiting = []
    for k, c in enumerate(capacity):
        waiting = sorted(waiting + [due for arrived, due in contacts if arrived == k])[c:]
        if any(due <= k for due in waiting):
            return False
    return True


# --- the chain of unions ------------------------------------------------------------------------------


def unit_rows(counts, promised, replies=1.0, follow_up=0, clock="elapsed", times=None):
    """Rows of queues whose touches are one unit of work each, all served by the same people."""
    queues = [
        Queue(f"q{n}", "email", "en", 15.0, Promise(0.9, promise * 1800.0, clock), replies=replies)
        for n, promise in enumerate(promised)
    ]
    names = [queue.name for queue in queues]
    rows = dict(zip(names, np.array(counts, dtype=float), strict=True))
    volumes = volumes_of(rows)
    quarters = 2 * volumes.intervals
    times = dict.fromkeys(names, times or OpenTimes(np.ones(quarters, dtype=bool), float(quarters)))
    flows = Flows(volumes.mean, np.zeros_like(volumes.mean), volumes.mean)
    table = Skills({name: frozenset({"Ada"}) for name in names}, dict.fromkeys(names, "work"))
    decided = NeedSettings(safety=0.0, follow_up_seconds=follow_up * 1800.0)
    sources = Sources(volumes, queues, flows, times, (), table, decided)
    return backlog_rows(sources, [tuple(names)], {}, [])


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=7, max_size=7), min_size=2, max_size=4),
    st.lists(st.integers(1, 5), min_size=4, max_size=4),
    st.lists(st.integers(0, 9), min_size=7, max_size=7),
    st.sampled_from([1, 2]),
    st.integers(1, 6),
)
def test_the_rows_of_a_group_ask_for_exactly_what_earliest_due_first_needs(
    counts, promised, capacity, replies, follow_up
):
    promised = promised[: len(counts)]
    rows = unit_rows(counts, promised, replies, follow_up)
    # Steady arrivals inside an interval: all of them are due within the interval that ends so much later.
    contacts = [
        (k, k + within)
        for row, promise in zip(counts, promised, strict=True)
        for k, n in enumerate(row)
        for within in [promise, max(promise, follow_up)][:replies] * n
    ]
    kept = all(not any(overdue(row, capacity)) for row in rows)
    assert kept == earliest_due_first(contacts, capacity)


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=8, max_size=8), min_size=2, max_size=3),
    st.lists(st.integers(1, 4), min_size=3, max_size=3),
    st.lists(st.integers(0, 6), min_size=8, max_size=8),
    st.lists(st.booleans(), min_size=8, max_size=8),
    st.sampled_from(["elapsed", "open hours", "after opening"]),
)
def test_so_they_do_when_queues_close(counts, promised, capacity, is_open, clock):
    promised = sorted(promised[: len(counts)])
    times = OpenTimes(np.repeat(is_open, 2), np.inf, np.zeros(96, dtype=bool))
    rows = unit_rows(counts, promised, clock=clock, times=times)
    contacts = []
    for row, promise in zip(counts, promised, strict=True):
        for k, n in enumerate(row):
            arrivals = (k + (np.arange(n) + 0.5) / max(n, 1)) * 1800.0
            due = due_at(Promise(0.9, promise * 1800.0, clock), times, arrivals)
            contacts += [(k, max(k, int(np.ceil(d / 1800.0)) - 1) if d < 1e9 else 99) for d in due]
    kept = all(not any(overdue(row, capacity)) for row in rows)
    assert kept == earliest_due_first(contacts, capacity)


def test_the_sum_of_all_is_blind_to_who_works_ahead():
    # Two queues due soon and one due late; people do the late work first, because there is no other.
    counts = [[0, 0, 0, 4, 0, 0], [0, 0, 0, 4, 0, 0], [6, 0, 0, 0, 0, 6]]
    rows = unit_rows(counts, [1, 1, 5])
    assert [sorted(row.queues) for row in rows] == [
        ["q0"],
        ["q1"],
        ["q2"],
        ["q0", "q1"],
        ["q0", "q1", "q2"],
    ]
    capacity = [2, 2, 2, 2, 2, 2]
    late = {tuple(sorted(row.queues)): sum(overdue(row, capacity)) for row in rows}
    assert late[("q0",)] == late[("q1",)] == late[("q2",)] == 0
    assert late[("q0", "q1", "q2")] < late[("q0", "q1")] == 4


def test_safety_of_a_union_is_that_of_its_longest_promise():
    short, long = replace(TICKETS, promise=Promise(0.9, 3600.0)), replace(EMAIL, replies=1.0)
    long = replace(long, promise=Promise(0.9, 8 * 3600.0))
    rows = {"tickets": np.full(96, 2.0), "email en": np.full(96, 4.0)}
    need = need_of(rows, [short, long])
    alone, slow, both = (row.margin_arriving[-1] for row in need.backlogs)
    variance = {"tickets": 2 * 600.0**2 * 2, "email en": 4 * 600.0**2 * 2}
    assert alone == pytest.approx(np.sqrt(4 * variance["tickets"]) / 4 / 15)
    assert slow == pytest.approx(np.sqrt(32 * variance["email en"]) / 32 / 15)
    assert both == pytest.approx(np.sqrt(32 * sum(variance.values())) / 32 / 15)


# --- tickets that are open when the period begins -----------------------------------------------------


def test_open_tickets_are_due_as_if_they_had_come_at_the_start():
    need = need_of({"email en": np.zeros(48)}, [EMAIL], open_tickets={"email en": 10})
    first, every = need.backlogs
    # ten tickets of 40 units: first replies within 2 h, the others within 8 h
    assert first.arriving.tolist() == [400] + [0] * 47
    assert first.not_due.tolist() == [400] * 3 + [0] * 45
    assert every.arriving.tolist() == [800] + [0] * 47
    assert every.not_due.tolist() == [800] * 3 + [400] * 12 + [0] * 33
    assert need.need_id != need_of({"email en": np.zeros(48)}, [EMAIL]).need_id


def test_open_tickets_of_a_closed_queue_count_from_the_opening():
    need = need_of({"tickets": np.ones(48)}, [TICKETS], NINE_TO_FIVE, open_tickets={"tickets": 3})
    none = need_of({"tickets": np.ones(48)}, [TICKETS], NINE_TO_FIVE)
    more = need.backlogs[0].not_due - none.backlogs[0].not_due
    # open at 9:00, due at 13:00
    assert more.tolist() == [120] * 25 + [0] * 23
    # they are known: no safety comes with them
    assert (need.backlogs[0].margin_arriving == none.backlogs[0].margin_arriving).all()


def test_open_tickets_stand_in_the_union_too():
    rows = {"email en": np.ones(48), "tickets": np.ones(48)}
    need = need_of(rows, [EMAIL, TICKETS], open_tickets={"tickets": 5})
    none = need_of(rows, [EMAIL, TICKETS])
    for row, before in zip(need.backlogs, none.backlogs, strict=True):
        more = 200 if "tickets" in row.queues else 0
        assert row.arriving.sum() - before.arriving.sum() == more
        assert (row.not_due[:7] - before.not_due[:7]).tolist() == [more] * 7
        assert (row.not_due[7:] == before.not_due[7:]).all()


# --- voicemail ----------------------------------------------------------------------------------------


def test_voicemails_of_the_night_are_called_back_in_the_morning():
    need = need_of(
        {"phone en": np.ones(48)}, [PHONE], NINE_TO_FIVE, when_closed={"phone en": {"voicemail": 0.5}}
    )
    (row,) = need.backlogs
    assert listed(need) == [(["phone en"], "voicemail")]
    # 18 half-hours, every other caller, 5 minutes each; the evening's are called back after the period
    assert row.arriving.tolist() == [0] * 18 + [9 * 20] + [0] * 29
    # until 11:00
    assert row.not_due.tolist() == [0] * 18 + [180] * 3 + [0] * 27
    # whoever calls back is no help to a caller: it takes people beyond those that the line requires
    ((names, taken),) = row.limits
    assert names == frozenset({"phone en"})
    assert taken.tolist() == (need.required[0] * row.per_person).tolist()
    assert taken[18:34].min() > 20


def test_voicemail_has_safety_at_once():
    need = need_of(
        {"phone en": np.ones(48)}, [PHONE], NINE_TO_FIVE, when_closed={"phone en": {"voicemail": 0.5}}
    )
    more = need.backlogs[0].margin_arriving
    assert np.flatnonzero(more).tolist() == [18]
    assert more[18] == pytest.approx(np.sqrt(9 * 300.0**2 * 2 / 2) / 15)
    changed = with_margin(need, frozenset({"phone en"}), 1.0).backlogs[0]
    assert changed.arriving.sum() == round(180 + more[18])
    assert changed.not_due[20] == changed.arriving.sum()
    assert changed.not_due[21] == 0


def test_voicemail_joins_the_deferred_work_of_its_people():
    rows = {"phone en": np.ones(48), "tickets": np.ones(48)}
    doors = {"phone en": {"voicemail": 0.5, "tickets": 0.5}}
    opening = {"phone en": NINE_TO_FIVE, "tickets": ALWAYS}
    need = need_of(rows, [PHONE, TICKETS], opening, when_closed=doors)
    assert listed(need) == [
        (["tickets"], "first replies"),
        (["phone en"], "voicemail"),
        (["phone en", "tickets"], "first replies"),
    ]
    tickets, voicemail, both = need.backlogs
    assert (both.arriving == tickets.arriving + voicemail.arriving).all()
    assert tickets.arriving[:18].tolist() == [60] * 18
    # safety asked for tickets reaches their union with voicemail, not voicemail itself
    more = with_margin(need, frozenset({"tickets"}), 0.5).backlogs
    assert [row.more_safety for row in more] == [0.5, 0.0, 0.5]
