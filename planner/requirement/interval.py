"""One interval of a pool whose state is carried on: the chain, waits, and who leaves at the end."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from planner.requirement.chat import one_person
from planner.requirement.erlang_a import reached
from planner.requirement.uniformisation import advance, poisson_weights

Leavers = Literal["finish", "hand over"]

LOST = 1e-13  # probability outside the states kept, per interval


class Callers(NamedTuple):
    """Customers of a pool, in seconds; patience None: they never hang up.

    Several chats at once slow each other down, as in ``chat``: people hold as even a number as they can.
    """

    aht_seconds: float
    within_seconds: float
    patience_seconds: float | None
    chats_at_once: int = 1
    chat_speed: tuple[float, ...] = (1.0,)

    @property
    def one_person(self) -> float:
        """Work that one person does at a time, with all contacts open that may be."""
        return float(one_person(self.chats_at_once, self.chat_speed))

    def at_work(self, size: int, agents: int) -> np.ndarray:
        """Work done at a time with 0, 1, ... customers in the pool: contacts ended in one handle time."""
        number = np.minimum(np.arange(size), agents * self.chats_at_once)
        if self.chats_at_once == 1:
            return number.astype(np.float64)
        alone = self.chat_speed[: self.chats_at_once]
        pace = np.array([0.0, *((q + 1) * speed for q, speed in enumerate(alone)), 0.0])
        each, more = np.divmod(number, max(agents, 1))
        work: np.ndarray = more * pace[each + 1] + (agents - more) * pace[each]
        return work


class Outcome(NamedTuple):
    """One interval.

    Attributes
    ----------
    state: probability of 0, 1, ... customers in the pool at its end.
    p_wait, in_time, answered, settled: shares of its customers who wait, are answered in time, are
        answered, are answered or gone in time.
    waiting, busy: mean numbers of customers waiting and of people busy.
    lost: probability outside the states kept.
    """

    state: np.ndarray
    p_wait: float
    in_time: float
    answered: float
    settled: float
    waiting: float
    busy: float
    lost: float


def interval(
    state: np.ndarray, arrivals: float, agents: int, interval_seconds: float, callers: Callers
) -> Outcome:
    """One interval from a state: people's contacts in hand and customers waiting, as one number.

    Parameters
    ----------
    state: probability of 0, 1, ... customers in the pool. arrivals: customers expected.
    """
    birth, places = arrivals / interval_seconds, agents * callers.chats_at_once
    size = _first_size(len(state), arrivals, agents, interval_seconds, callers)
    while True:
        number = np.arange(size, dtype=np.float64)
        work, waiting = callers.at_work(size, agents), np.maximum(number - places, 0.0)
        gone = 0.0 if callers.patience_seconds is None else 1.0 / callers.patience_seconds
        deaths = work / callers.aht_seconds + waiting * gone
        start = np.concatenate((state, np.zeros(size - len(state))))
        end, mean, lost = advance(start, birth, deaths, interval_seconds)
        if lost <= LOST:
            break
        size += size // 2
    in_time, answered, settled_ = waits(agents, size, callers)
    tail = np.cumsum(end[::-1])[::-1]
    kept = end[: max(1, int(np.count_nonzero(tail > LOST / 10)))]
    return Outcome(
        state=kept / kept.sum(),
        p_wait=float(mean[places:].sum()),
        in_time=float(mean @ in_time),
        answered=float(mean @ answered),
        settled=float(mean @ settled_),
        waiting=float(mean @ waiting),
        busy=float(mean @ work) / callers.one_person,
        lost=lost,
    )


def _first_size(known: int, arrivals: float, agents: int, interval_seconds: float, callers: Callers) -> int:
    """How many states to begin with; too few are found out, too many only take time."""
    pace = agents * callers.one_person
    surplus = max(0.0, arrivals - pace * interval_seconds / callers.aht_seconds)
    more = 24.0 + surplus + 4.0 * math.sqrt(max(agents, surplus))
    if callers.patience_seconds is not None:
        # those waiting are fewer than if nobody were answered: a Poisson number
        unanswered = arrivals / interval_seconds * callers.patience_seconds
        more = min(more, 5.0 + unanswered + 5.0 * math.sqrt(unanswered))
    return max(known, agents * callers.chats_at_once) + math.ceil(more)


@lru_cache(maxsize=1024)
def waits(agents: int, size: int, callers: Callers) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of who comes at 0, 1, ... customers: P(answered in time), P(answered), P(answered or gone in time)."""
    aht, within, patience = callers[:3]
    in_time, answered, over = np.ones(size), np.ones(size), np.ones(size)
    places, pace = agents * callers.chats_at_once, agents * callers.one_person
    ahead = size - places
    if patience is None:
        low, weights = poisson_weights(pace * within / aht)
        above = np.cumsum(np.concatenate((np.zeros(low), weights))[::-1])[::-1]
        ends = np.zeros(ahead)
        known = min(ahead, len(above) - 1)
        ends[:known] = above[1 : known + 1]
        in_time[places:] = over[places:] = np.minimum(ends, 1.0)
        return in_time, answered, over
    time, gone = within / patience, -math.expm1(-within / patience)
    c = pace * patience / aht
    if agents == 0:
        return np.zeros(size), np.zeros(size), np.full(size, gone)
    answered[places:] = c / (c + np.arange(ahead) + 1.0)
    in_time[places:] = answered[places:] * reached(c + 1.0, 0, ahead, time)
    over[places:] = gone + (1.0 - gone) * reached(c, 0, ahead, time)
    return in_time, answered, over


def left(state: np.ndarray, before: int | None, agents: int, leavers: Leavers) -> np.ndarray:
    """The state after people have left with the contacts they finish; who hands over leaves theirs here.

    Examples
    --------
    >>> left(np.array([0.0, 1.0, 0.0, 0.0]), 2, 1, "finish").tolist()
    [0.5, 0.5, 0.0, 0.0]
    """
    if before is None or agents >= before or leavers == "hand over":
        return state
    leaving = before - agents
    share = _busy_leavers(before, leaving)
    padded = np.concatenate((state, np.zeros(max(0, before + 1 - len(state)))))
    after = np.zeros_like(padded)
    # with everybody busy, everybody who leaves takes a contact along
    after[agents : len(padded) - leaving] += padded[before:]
    for taken in range(leaving + 1):
        after[: before - taken] += (padded[:before] * share[:before, taken])[taken:]
    return after


@lru_cache(maxsize=256)
def _busy_leavers(people: int, leaving: int) -> np.ndarray:
    """P(so many of those leaving are busy), for 0, 1, ... busy people: hypergeometric."""
    ways = math.comb(people, leaving)
    share = np.array(
        [
            [
                math.comb(busy, taken) * math.comb(people - busy, leaving - taken) / ways
                for taken in range(leaving + 1)
            ]
            for busy in range(people + 1)
        ]
    )
    share.setflags(write=False)
    return share
