"""What closed doors make of arrivals: which contacts reach which queue's line, and when.

The same words as in the simulation (``service.doors``), as expectations. A contact that finds its queue
closed goes to another queue, returns when its own opens (spread over the first quarter-hour), leaves a
voicemail, or is lost; what the shares leave over is lost if live, and waits if not. One that moves to a
live queue which is closed as well is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.demand import LIVE_CHANNELS, Queue, Volumes
from planner.requirement.deferred import OpenTimes

RETURNS = "returns at opening"
VOICEMAIL = "voicemail"
LOST = "lost"


@dataclass(frozen=True, eq=False)
class Flows:
    """Contacts behind the doors, rows as the queues given, shape (queues, intervals).

    Attributes
    ----------
    contacts: that reach each queue's line in each interval. Those of a queue without customers on the
        line also arrive while it is closed, and wait.
    voicemail: messages that become work when their queue opens, counted where it does.
    pace: contacts per interval at the rate of its busiest quarter-hour: more than ``contacts`` where a
        live queue opens or closes within an interval, and where customers return at its opening.
    """

    contacts: np.ndarray
    voicemail: np.ndarray
    pace: np.ndarray


def flows_of(
    volumes: Volumes,
    queues: Sequence[Queue],
    times: Mapping[str, OpenTimes],
    when_closed: Mapping[str, Mapping[str, float]],
) -> Flows:
    """Expected contacts that reach each queue's line.

    Parameters
    ----------
    times: queue to when it is open. when_closed: queue to shares, as the simulation takes them.

    Raises
    ------
    InputError: doors of or to queues that there are not.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> phone = Queue("phone", "phone", "en", 300, Promise(0.8, 20))
    >>> calls, zeros = np.full((1, 4), 6.0), np.zeros(4, int)
    >>> volumes = Volumes(("phone",), 0, 30, calls, calls, calls, {}, zeros, zeros)
    >>> late = {"phone": OpenTimes(np.array([False] * 5 + [True] * 3), np.inf)}
    >>> flows = flows_of(volumes, [phone], late, {"phone": {"returns at opening": 0.5, "voicemail": 0.2}})
    >>> flows.contacts.round(6).tolist(), flows.voicemail.round(6).tolist(), flows.pace.round(6).tolist()
    ([[0.0, 0.0, 10.5, 6.0]], [[0.0, 0.0, 3.0, 0.0]], [[0.0, 0.0, 21.0, 6.0]])
    """
    _refuse_unknown(queues, when_closed)
    step = volumes.interval_minutes // 15
    number = {queue.name: q for q, queue in enumerate(queues)}
    live = [queue.channel in LIVE_CHANNELS for queue in queues]
    open_ = np.array([times[queue.name].quarters for queue in queues], dtype=bool)
    rows = [volumes.queues.index(queue.name) for queue in queues]
    arrive = np.repeat(volumes.mean[rows], step, axis=1) / step
    reach = np.where(open_, arrive, 0.0)
    messages = np.zeros_like(reach)
    for q, queue in enumerate(queues):
        closed = np.where(open_[q], 0.0, arrive[q])
        left = 1.0
        for target, share in when_closed.get(queue.name, {}).items():
            left -= share
            if target == RETURNS:
                _at_opening(reach[q], closed * share, open_[q])
            elif target == VOICEMAIL:
                _at_opening(messages[q], closed * share, open_[q])
            elif target != LOST:
                there = number[target]
                reach[there] += np.where(open_[there] | (not live[there]), closed * share, 0.0)
        if not live[q] and left > 1e-9:
            reach[q] += closed * left
    by_interval = (len(queues), volumes.intervals, step)
    contacts = reach.reshape(by_interval).sum(axis=2)
    fastest = reach.reshape(by_interval).max(axis=2) * step
    return Flows(
        contacts=contacts,
        voicemail=messages.reshape(by_interval).sum(axis=2),
        pace=np.where(np.array(live)[:, None], fastest, contacts),
    )


def _at_opening(row: np.ndarray, contacts: np.ndarray, is_open: np.ndarray) -> None:
    """Add contacts to the first open quarter-hour after theirs; beyond the period nobody counts them."""
    count = len(is_open)
    opens = np.minimum.accumulate(np.where(is_open, np.arange(count), count)[::-1])[::-1]
    inside = opens < count
    np.add.at(row, opens[inside], contacts[inside])


def _refuse_unknown(queues: Sequence[Queue], when_closed: Mapping[str, Mapping[str, float]]) -> None:
    names = {queue.name for queue in queues}
    known = names | {RETURNS, VOICEMAIL, LOST}
    listed = ", ".join(sorted(names))
    wrong = [
        Message("requirement.unknown_door", {"queue": name, "queues": listed})
        for name in sorted(
            {*when_closed, *(target for shares in when_closed.values() for target in shares)} - known
        )
    ]
    if wrong:
        raise InputError(*wrong)
