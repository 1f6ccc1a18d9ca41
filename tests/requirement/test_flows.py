"""Expected flows behind closed doors against the simulation's doors, contact by contact."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import InputError
from planner.demand import Promise, Queue, Volumes
from planner.requirement.deferred import OpenTimes
from planner.requirement.flows import LOST, RETURNS, VOICEMAIL, flows_of
from planner.service import settings as service
from planner.service.doors import Doors, through_doors

PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0))
CHAT = Queue("chat", "chat", "en", 300.0, Promise(0.8, 60.0))
EMAIL = Queue("email", "email", "en", 600.0, Promise(0.9, 7200.0))
SOCIAL = Queue("social", "social", "en", 300.0, Promise(0.9, 3600.0))
QUEUES = [PHONE, CHAT, EMAIL, SOCIAL]
NAMES = tuple(queue.name for queue in QUEUES)
QUARTERS = 16


def volumes_of(mean, minutes=30):
    mean = np.asarray(mean, dtype=float)
    zeros = np.zeros(mean.shape[1], dtype=int)
    return Volumes(NAMES, 0, minutes, mean, mean, mean, {}, zeros, zeros)


def simulated(mean, open_, when_closed, minutes, copies, seed):
    """Contacts by queue and interval that the simulation lets through, and its call-backs; per copy."""
    rng = np.random.default_rng(seed)
    step, intervals = minutes // 15, QUARTERS * 15 // minutes
    counts = rng.poisson(np.asarray(mean) * copies)
    offered = np.concatenate([np.full(row.sum(), q) for q, row in enumerate(counts)])
    when = np.concatenate(
        [(np.repeat(np.arange(intervals), row) + rng.random(row.sum())) * minutes * 60 for row in counts]
    )
    passed = through_doors(offered, when, rng.random(len(offered)), Doors.of(QUEUES, open_, when_closed))
    reach, messages = np.zeros((4, intervals)), np.zeros((4, intervals))
    ready = np.where(passed.turned_away, np.inf, passed.ready_at)
    inside = ready < QUARTERS * 900
    k = (ready[inside] // 900 // step).astype(int)
    for table, mine in ((reach, ~passed.voicemail[inside]), (messages, passed.voicemail[inside])):
        np.add.at(table, (passed.queue[inside][mine], k[mine]), 1)
    return reach, messages


shares = st.lists(st.floats(0.0, 0.33), min_size=3, max_size=3)
masks = st.lists(st.booleans(), min_size=QUARTERS, max_size=QUARTERS)


@settings(max_examples=25, derandomize=True)
@given(
    st.lists(masks, min_size=4, max_size=4),
    st.lists(shares, min_size=4, max_size=4),
    st.permutations([RETURNS, VOICEMAIL, LOST, "phone", "chat", "email", "social"]),
    st.sampled_from([15, 30, 60]),
    st.integers(0, 2**31),
)
def test_expected_flows_are_the_simulations_mean(open_, parts, targets, minutes, seed):
    open_ = np.array(open_)
    rng = np.random.default_rng(seed)
    mean = rng.gamma(2.0, 5.0, (4, QUARTERS * 15 // minutes))
    when_closed = {
        name: {target: share for target, share in zip(targets, some, strict=False) if target != name}
        for name, some in zip(NAMES, parts, strict=True)
    }
    times = {name: OpenTimes(mask, np.inf) for name, mask in zip(NAMES, open_, strict=True)}
    flows = flows_of(volumes_of(mean, minutes), QUEUES, times, when_closed)
    copies = 400
    reach, messages = simulated(mean, open_, when_closed, minutes, copies, seed)
    for expected, counted in ((flows.contacts, reach), (flows.voicemail, messages)):
        assert (counted[expected == 0] == 0).all()
        # Thinned Poisson counts: the variance is the mean. The furthest of thousands may lie five sigma
        # off (and small ones have long tails); all of them together three.
        sigma = np.sqrt(np.maximum(expected * copies, 1e-12))
        assert (np.abs(counted - expected * copies) <= 5 * sigma + 5).all()
        total = expected.sum() * copies
        assert abs(counted.sum() - total) <= 3.0 * np.sqrt(max(total, 1e-12)) + 1e-6


def test_what_a_phone_does_at_night_by_hand():
    open_ = np.array([False] * 6 + [True] * 8 + [False] * 2)
    times = {name: OpenTimes(np.ones(QUARTERS, dtype=bool), np.inf) for name in NAMES}
    times["phone"] = OpenTimes(open_, np.inf)
    mean = np.zeros((4, 8))
    mean[0] = 10.0
    doors = {"phone": {"email": 0.5, RETURNS: 0.2, VOICEMAIL: 0.2, LOST: 0.1}}
    flows = flows_of(volumes_of(mean), QUEUES, times, doors)
    # three closed half-hours before the opening, one after the closing that nobody hears of any more
    assert flows.contacts[0] == pytest.approx([0, 0, 0, 10 + 6, 10, 10, 10, 0])
    assert flows.contacts[2] == pytest.approx([5, 5, 5, 0, 0, 0, 0, 5])
    assert flows.voicemail[0] == pytest.approx([0, 0, 0, 6, 0, 0, 0, 0])
    # those who return come within a quarter-hour: as fast as 6 more there
    assert flows.pace[0] == pytest.approx([0, 0, 0, 10 + 12, 10, 10, 10, 0])
    assert (flows.pace[2] == flows.contacts[2]).all()


def test_without_doors_live_contacts_are_lost_and_deferred_ones_wait():
    closed = {name: OpenTimes(np.zeros(QUARTERS, dtype=bool), np.inf) for name in NAMES}
    flows = flows_of(volumes_of(np.ones((4, 8))), QUEUES, closed, {})
    assert flows.contacts.sum(axis=1).tolist() == [0, 0, 8, 8]
    always = {name: OpenTimes(np.ones(QUARTERS, dtype=bool), np.inf) for name in NAMES}
    open_flows = flows_of(volumes_of(np.ones((4, 8))), QUEUES, always, {"phone": {LOST: 1.0}})
    assert (open_flows.contacts == 1.0).all()
    assert (open_flows.pace == 1.0).all()


def test_doors_to_nowhere_are_refused():
    times = {name: OpenTimes(np.ones(QUARTERS, dtype=bool), np.inf) for name in NAMES}
    with pytest.raises(InputError, match="fax"):
        flows_of(volumes_of(np.ones((4, 8))), QUEUES, times, {"phone": {"fax": 1.0}})


def test_the_words_are_the_simulations():
    assert (RETURNS, VOICEMAIL, LOST) == (service.RETURNS, service.VOICEMAIL, service.LOST)
