"""What becomes of contacts that find their queue closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.demand import Queue
from planner.demand.queue import LIVE_CHANNELS
from planner.service.duty import QUARTER
from planner.service.settings import LOST, RETURNS, VOICEMAIL

_WAITS, _LOST, _RETURNS, _VOICEMAIL = -1, -2, -3, -4


@dataclass(frozen=True, eq=False)
class Doors:
    """Per queue: whether it is open, when it next opens, and where its contacts go while it is not.

    Attributes
    ----------
    open_: shape (queues, quarter-hours). next_open: quarter-hour, or -1; same shape.
    live: whether customers wait on the line.
    ways: per queue, upper ends of cumulated shares and what they lead to (a queue's number, or below 0).
    """

    open_: np.ndarray
    next_open: np.ndarray
    live: np.ndarray
    ways: tuple[tuple[np.ndarray, np.ndarray], ...]

    @classmethod
    def of(
        cls, queues: Sequence[Queue], open_: np.ndarray, when_closed: Mapping[str, Mapping[str, float]]
    ) -> Doors:
        """The doors of a scenario; what shares leave over is lost if live and waits if not."""
        number = {queue.name: q for q, queue in enumerate(queues)}
        number |= {LOST: _LOST, RETURNS: _RETURNS, VOICEMAIL: _VOICEMAIL}
        live = np.array([queue.channel in LIVE_CHANNELS for queue in queues], dtype=bool)
        ways = []
        for q, queue in enumerate(queues):
            shares = when_closed.get(queue.name, {})
            ends = np.append(np.cumsum(list(shares.values())), np.inf)
            rest = _LOST if live[q] else _WAITS
            # Shares that make 1 leave nothing over, whatever the rounding.
            full = bool(shares) and ends[-2] > 1 - 1e-9
            if full:
                ends[-2] = np.inf
            ways.append((ends, np.array([*(number[target] for target in shares), rest], dtype=np.int64)))
        return cls(open_, _next_open(open_), live, tuple(ways))


def _next_open(open_: np.ndarray) -> np.ndarray:
    """First open quarter-hour at or after each one, -1 if there is none in the period."""
    queues, quarters = open_.shape
    number = np.where(open_, np.arange(quarters), quarters)
    nearest = np.minimum.accumulate(number[:, ::-1], axis=1)[:, ::-1].reshape(queues, quarters)
    return np.where(nearest < quarters, nearest, -1)


@dataclass(frozen=True, eq=False)
class Passed:
    """Contacts behind the door: who serves them, from when, or not at all. Rows as in ``Contacts``."""

    queue: np.ndarray
    arrived_at: np.ndarray
    arrived_open: np.ndarray
    ready_at: np.ndarray
    turned_away: np.ndarray
    voicemail: np.ndarray


def through_doors(
    offered: np.ndarray,
    when: np.ndarray,
    draw: np.ndarray,
    doors: Doors,
    carried: np.ndarray | None = None,
) -> Passed:
    """Where contacts that came to queues ``offered`` at ``when`` (seconds) end up.

    Those carried in from before the period are through the door already: they wait.

    A contact that moves to a live queue which is closed as well is turned away. One that would return or
    be called back after the period is never ready; it has arrived at the very end, or waits.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> phone = Queue("phone", "phone", "en", 300, Promise(0.8, 20))
    >>> doors = Doors.of([phone], np.array([[False, True]]), {"phone": {RETURNS: 0.5}})
    >>> passed = through_doors(np.array([0, 0]), np.array([10.0, 20.0]), np.array([0.1, 0.9]), doors)
    >>> passed.arrived_at.tolist(), passed.turned_away.tolist()
    ([1080.0, 20.0], [False, True])
    """
    quarter = np.minimum((when // QUARTER).astype(np.int64), doors.open_.shape[1] - 1)
    is_open = doors.open_[offered, quarter]
    passed = Passed(
        queue=offered.copy(),
        arrived_at=when.copy(),
        arrived_open=is_open.copy(),
        ready_at=when.copy(),
        turned_away=np.zeros(len(offered), dtype=bool),
        voicemail=np.zeros(len(offered), dtype=bool),
    )
    outside = np.flatnonzero(~is_open if carried is None else ~is_open & ~carried)
    for q, (ends, targets) in enumerate(doors.ways):
        mine = outside[offered[outside] == q]
        nth = np.searchsorted(ends, draw[mine], side="right")
        # Where in its share the draw lies is a fresh uniform number.
        low, high = np.append(0.0, ends)[nth], np.minimum(ends, 1.0)[nth]
        within = (draw[mine] - low) / np.maximum(high - low, 1e-300)
        _send(passed, mine, targets[nth], within, quarter[mine], doors)
    return passed


def _send(
    passed: Passed,
    mine: np.ndarray,
    way: np.ndarray,
    within: np.ndarray,
    quarter: np.ndarray,
    doors: Doors,
) -> None:
    """Contacts of one queue that found it closed, each on its way."""
    q = passed.queue[mine]
    target = np.where(way >= 0, way, q)
    open_there = doors.open_[target, quarter]
    opens = doors.next_open[q, quarter]
    opens_at = np.where(opens >= 0, opens * QUARTER, np.inf)
    back_at = opens_at + within * QUARTER
    returns, voicemail = way == _RETURNS, way == _VOICEMAIL
    lost = (way == _LOST) | ((way >= 0) & doors.live[target] & ~open_there)
    end = doors.open_.shape[1] * QUARTER
    when = passed.arrived_at[mine]
    ready_at = np.where(returns, back_at, np.where(voicemail, opens_at, when))
    passed.queue[mine] = target
    passed.arrived_at[mine] = np.where(returns, np.minimum(back_at, end), when)
    passed.arrived_open[mine] = (way >= 0) & open_there
    passed.ready_at[mine] = np.where(lost, np.inf, ready_at)
    passed.turned_away[mine] = lost
    passed.voicemail[mine] = voicemail
