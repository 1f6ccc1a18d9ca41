"""Tickets are kept once, and add up to the same counts as one by one."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand import HistorySource, Promise, Queue, read_history
from planner.demand.intake import tally as tallies
from planner.demand.intake.tagged import TagCells
from planner.demand.intake.tally import Tally, numbers_of

ROW = st.tuples(
    st.sampled_from(["", "1", "2", "01", "SUP-1", "99999999999999999999"]),
    *(st.integers(0, 5), st.integers(0, 2), st.sampled_from([None, 60.0, 90.0])),
    *(st.integers(-1, 9), st.sampled_from([None, 30.0, 5.0]), st.integers(-1, 3)),
)


def columns(rows):
    quarter, queue, handle, solved, reply, labels = zip(*(row[1:] for row in rows), strict=True)
    floats = ([np.nan if one is None else one for one in each] for each in (handle, reply))
    handle, reply = (np.array(each) for each in floats)
    return [*map(np.array, (quarter, queue)), handle, np.array(solved), reply, np.array(labels)]


def one_by_one(batches):
    """The same in plain words: (created, queue, handle, solved, reply, labels) of each ticket."""
    seen: dict[object, list] = {}
    for system, rows in batches:
        for number, quarter, queue, handle, solved, reply, labels in rows:
            key = (system, number) if number else object()
            old = seen.get(key)
            if old is None:
                seen[key] = [quarter, queue, handle, solved, reply, labels]
                continue
            if quarter < old[0]:
                old[:3] = [quarter, queue, handle]
            old[3] = max(old[3], solved)
            old[4] = min((each for each in (old[4], reply) if each is not None), default=None)
            old[5] = labels if labels >= 0 else old[5]
    return list(seen.values())


@given(st.lists(st.tuples(st.sampled_from([0, 1]), st.lists(ROW, min_size=1, max_size=8)), max_size=4))
def test_each_ticket_once(batches):
    tally = Tally()
    for system, rows in batches:
        tally.add_tickets(tally.system(f"desk {system}"), [row[0] for row in rows], columns(rows))
    counts, repeated, tickets = tally.close()
    systems = list(dict.fromkeys(system for system, _ in batches))
    expected = one_by_one([(systems.index(system), rows) for system, rows in batches])
    assert repeated == sum(len(rows) for _, rows in batches) - len(expected)
    found = zip(
        *(tickets.quarter.tolist(), tickets.queue.tolist(), tickets.solved.tolist()),
        *(np.nan_to_num(tickets.reply_seconds, nan=-1).tolist(), tickets.labels.tolist()),
        strict=True,
    )
    wanted = [(q, u, s, -1 if r is None else r, lab) for q, u, _, s, r, lab in expected]
    assert sorted(found) == sorted(wanted)
    sums = defaultdict(lambda: [0, 0.0, 0])
    for quarter, queue, handle, *_ in expected:
        row = sums[quarter, queue]
        row[0] += 1
        row[1] += handle or 0.0
        row[2] += handle is not None
    assert [(c.quarter, c.queue, c.arrivals, c.handle_seconds, c.handled) for c in counts] == [
        (*key, *row) for key, row in sorted(sums.items())
    ]


def test_slices_add_up_to_the_whole(monkeypatch):
    monkeypatch.setattr(tallies, "_AT_ONCE", 7)
    tally = Tally()
    rows = [("", number % 3, number % 2, 60.0, -1, None, -1) for number in range(100)]
    tally.add_tickets(0, None, columns(rows))
    counts, repeated, _ = tally.close()
    assert repeated == 0
    assert sum(count.arrivals for count in counts) == 100
    assert sum(count.handle_seconds for count in counts) == 6000


def test_numbers():
    first, second, padded, none, word = numbers_of(["812", " 812 ", "0812", " ", "SUP-812"]).tolist()
    assert first == second == 812
    assert none == 0
    assert len({first, padded, none, word}) == 4
    assert numbers_of(["9" * 19])[0] != 0


def test_tags_are_parted_by_blanks_and_topics_are_not():
    tally = Tally()
    tags, topics = TagCells("Ticket tags", tally), TagCells("Topics", tally)
    assert tags.labels_in("vip  lang_it, refund") == ("lang_it", "refund", "vip")
    assert topics.labels_in("Payout issue, Login; Login\n") == ("Login", "Payout issue")
    assert tags.read(["b a", "a b", "", "c"], 4).tolist() == [0, 0, -1, 1]
    assert tally.close()[2].label_sets == (("a", "b"), ("c",))


def test_solved_replies_and_labels_reach_the_panels(write):
    lines = ["id,created,solved,first reply time in minutes,tags"]
    days = [f"2026-03-{1 + number % 28:02d}" for number in range(280)]
    lines += [f"{n},{day} 10:{n % 60:02d},{day} 12:00,30,it vip" for n, day in enumerate(days)]
    mapping = {"stamp": "created", "id": "id", "solved": "solved", "labels": "tags"}
    source = HistorySource(
        write(lines), "mapping", "UTC", {**mapping, "first_reply": "first reply time in minutes"}
    )
    queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    panels = read_history([source], [queue]).panels
    assert panels.weeks["solved"].sum() == 280
    within = panels.replies.set_index(["arrived", "within_seconds"]).loc["all"]["share"]
    assert within[1800.0] == 1.0
    assert panels.topics is not None


def test_a_first_reply_may_be_a_stamp_and_is_told_to_the_second(write):
    """A quarter has no reply, one has one before it was written; half are answered in half an hour sharp."""
    lines = ["id,created,answered"]
    for number in range(280):
        day = f"2026-03-{1 + number % 28:02d}"
        answered = (f"{day} 10:37:50", f"{day} 10:37:49", "", f"{day} 09:00:00")[number // 28 % 4]
        lines.append(f"{number},{day} 10:07:49,{answered}")
    mapping = {"stamp": "created", "id": "id", "first_reply": "answered"}
    queue = Queue("email en", "email", "en", 600, Promise(0.9, 1800))
    panels = read_history([HistorySource(write(lines), "mapping", "UTC", mapping)], [queue]).panels
    kept = panels.kept.set_index("arrived").loc["all"]
    # Ten rounds of 28 days, the last week too young: 3 of late, 3 of sharp, 2 of none, 2 of impossible ones.
    assert kept["kept"] == 0.5
    assert kept["left_out"] / kept["contacts"] == pytest.approx(4 / 6)
