"""One pool over changing intervals, exactly: M(t)/M/s(t), and +M where customers hang up.

Formulas per interval assume that each interval has gone on for ever. Here the number of customers in
the pool is carried from interval to interval as a probability of each number (a Markov chain, see
``uniformisation``), and a cyclic week is walked until it repeats itself: midnight resets nothing.

When people leave at the end of an interval they finish the contact they have (which of the busy ones
leave is drawn without replacement: hypergeometric), or hand it over, and it is then the next to be
answered. Who comes finds the people of their interval: waits that reach into the next interval are
counted as if nobody came or left then, which matters only if the answer time is not short beside
the interval.

Sources: Ingolfsson, Akhmetshina, Budge, Li & Wu (2007), "A survey and experimental comparison of
service-level-approximation methods for nonstationary M(t)/M/s(t) queueing systems with exhaustive
discipline", INFORMS Journal on Computing 19(2); Green, Kolesar & Whitt (2007), "Coping with
time-varying demand when setting staffing requirements for a service system", POMS 16(1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.requirement.erlang_a import reached
from planner.requirement.mistakes import agents_mistakes, call_mistakes, refuse
from planner.requirement.uniformisation import advance, poisson_weights

Leavers = Literal["finish", "hand over"]

LOST = 1e-13  # probability outside the states kept, per interval
SETTLED = 1e-12  # a week repeats itself when its states start this near to those of the week before
MOST_WEEKS = 500


class Callers(NamedTuple):
    """Customers of a pool, in seconds; patience None: they never hang up."""

    aht_seconds: float
    within_seconds: float
    patience_seconds: float | None


class Outcome(NamedTuple):
    """One interval: the chain at its end and what its customers get."""

    state: np.ndarray
    p_wait: float
    in_time: float
    answered: float
    settled: float
    waiting: float
    busy: float
    lost: float


@dataclass(frozen=True, eq=False)
class Transient:
    """What customers and people get, interval by interval.

    Service levels are of the customers who arrive in the interval, NaN where none do.

    Attributes
    ----------
    arrivals, agents: as given.
    p_wait: share that finds everybody busy.
    service_level: answered within the answer time, of all offered (the default definition).
    service_level_answered: of the answered; NaN where those who wait find nobody on duty.
    service_level_gone: answered or gone within the answer time, of all offered.
    occupancy: share of time that the people on duty are busy; NaN where there are none.
    waiting: mean number of customers waiting.
    abandoned: customers who hang up during the interval, whenever they came.
    lost: probability left out by cutting the states off, over the last week walked.
    weeks: how often the horizon was walked until it repeated itself; 1 if it need not.
    """

    arrivals: np.ndarray
    agents: np.ndarray
    p_wait: np.ndarray
    service_level: np.ndarray
    service_level_answered: np.ndarray
    service_level_gone: np.ndarray
    occupancy: np.ndarray
    waiting: np.ndarray
    abandoned: np.ndarray
    lost: float
    weeks: int

    def of_all(self, shares: np.ndarray) -> float:
        """Mean of a share over all customers of the horizon, such as ``service_level``."""
        some = self.arrivals > 0
        return float(np.average(shares[some], weights=self.arrivals[some])) if some.any() else math.nan

    @property
    def abandoned_share(self) -> float:
        """Share of all customers of the horizon that hang up."""
        return float(self.abandoned.sum() / self.arrivals.sum()) if self.arrivals.any() else math.nan


def transient(
    arrivals: Sequence[float] | np.ndarray,
    agents: Sequence[int] | np.ndarray,
    interval_seconds: float,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None = None,
    leavers: Leavers = "finish",
    cyclic: bool = True,
) -> Transient:
    """Follow one pool through all intervals.

    Parameters
    ----------
    arrivals: customers expected in each interval. agents: people on duty in each.
    within_seconds: the answer time. patience_seconds: mean patience; None: nobody hangs up.
    leavers: what people do with the contact they have when their duty ends.
    cyclic: the last interval is followed by the first, for ever; otherwise the pool starts empty.

    Raises
    ------
    ValueTextError: numbers that cannot be.
    InputError: a week that brings more work than its people can do, so that it never repeats itself.

    Examples
    --------
    >>> quiet_then_busy = transient([10, 30], [4, 9], 1800.0, 300.0, 20.0, cyclic=False)
    >>> [round(float(share), 4) for share in quiet_then_busy.service_level]
    [0.9426, 0.9605]
    >>> transient([10, 60], [4, 4], 1800.0, 300.0, 20.0)
    Traceback (most recent call last):
    planner._errors.InputError: 5.8 hours of work come and people have 4 hours: the queue would grow ...
    """
    given, people, callers = checked(
        arrivals, agents, interval_seconds, aht_seconds, within_seconds, patience_seconds
    )
    if cyclic:
        refuse_growth(given, people, interval_seconds, callers)
    state, before, change = np.ones(1), int(people[-1]) if cyclic else None, math.inf
    for week in range(1, MOST_WEEKS + 1):
        start, found = state, []
        for count, on_duty in zip(given, people, strict=True):
            state = left(state, before, int(on_duty), leavers)
            found.append(interval(state, float(count), int(on_duty), interval_seconds, callers))
            state, before = found[-1].state, int(on_duty)
        earlier, change = change, distance(start, state)
        if not cyclic or settled(change, earlier):
            return _collected(given, people, found, interval_seconds, patience_seconds, week)
    raise InputError(Message("requirement.never_settles", {"weeks": MOST_WEEKS}))


def interval(
    state: np.ndarray, arrivals: float, agents: int, interval_seconds: float, callers: Callers
) -> Outcome:
    """One interval from a state: people's contacts in hand and customers waiting, as one number.

    Parameters
    ----------
    state: probability of 0, 1, ... customers in the pool. arrivals: customers expected.
    """
    birth = arrivals / interval_seconds
    size = _first_size(len(state), arrivals, agents, interval_seconds, callers)
    while True:
        number = np.arange(size, dtype=np.float64)
        busy, waiting = np.minimum(number, agents), np.maximum(number - agents, 0.0)
        gone = 0.0 if callers.patience_seconds is None else 1.0 / callers.patience_seconds
        deaths = busy / callers.aht_seconds + waiting * gone
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
        p_wait=float(mean[agents:].sum()),
        in_time=float(mean @ in_time),
        answered=float(mean @ answered),
        settled=float(mean @ settled_),
        waiting=float(mean @ waiting),
        busy=float(mean @ busy),
        lost=lost,
    )


def _first_size(known: int, arrivals: float, agents: int, interval_seconds: float, callers: Callers) -> int:
    """How many states to begin with; too few are found out, too many only take time."""
    surplus = max(0.0, arrivals - agents * interval_seconds / callers.aht_seconds)
    more = 24.0 + surplus + 4.0 * math.sqrt(max(agents, surplus))
    if callers.patience_seconds is not None:
        # those waiting are fewer than if nobody were answered: a Poisson number
        unanswered = arrivals / interval_seconds * callers.patience_seconds
        more = min(more, 5.0 + unanswered + 5.0 * math.sqrt(unanswered))
    return max(known, agents) + math.ceil(more)


def waits(agents: int, size: int, callers: Callers) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of who comes at 0, 1, ... customers: P(answered in time), P(answered), P(answered or gone in time)."""
    aht, within, patience = callers
    in_time, answered, over = np.ones(size), np.ones(size), np.ones(size)
    ahead = size - agents
    if patience is None:
        low, weights = poisson_weights(agents * within / aht)
        above = np.cumsum(np.concatenate((np.zeros(low), weights))[::-1])[::-1]
        ends = np.zeros(ahead)
        known = min(ahead, len(above) - 1)
        ends[:known] = above[1 : known + 1]
        in_time[agents:] = over[agents:] = np.minimum(ends, 1.0)
        return in_time, answered, over
    time, gone = within / patience, -math.expm1(-within / patience)
    c = agents * patience / aht
    if agents == 0:
        return np.zeros(size), np.zeros(size), np.full(size, gone)
    answered[agents:] = c / (c + np.arange(ahead) + 1.0)
    in_time[agents:] = answered[agents:] * reached(c + 1.0, 0, ahead, time)
    over[agents:] = gone + (1.0 - gone) * reached(c, 0, ahead, time)
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


def distance(first: np.ndarray, second: np.ndarray) -> float:
    """Sum of the differences between two distributions."""
    size = max(len(first), len(second))
    padded = [np.concatenate((state, np.zeros(size - len(state)))) for state in (first, second)]
    return float(np.abs(padded[0] - padded[1]).sum())


def settled(change: float, earlier: float) -> bool:
    """Whether a week that changes by so much, after one that changed by ``earlier``, is near its limit.

    Changes shrink in step, so that all that are still to come sum up to change / (1 - ratio).
    """
    ratio = min(change / earlier, 1.0) if earlier > 0.0 else 0.0
    return change <= SETTLED * max(1.0 - ratio, 0.05)


def checked(
    arrivals: Sequence[float] | np.ndarray,
    agents: Sequence[int] | np.ndarray,
    interval_seconds: float,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None,
) -> tuple[np.ndarray, np.ndarray, Callers]:
    """Arrivals, people and customers of a pool, or a refusal of all that cannot be."""
    given, people = np.asarray(arrivals, dtype=np.float64), np.asarray(agents)
    wrong = []
    if given.ndim != 1 or not given.size or given.shape != people.shape:
        wrong.append(Message("requirement.unlike", {"arrivals": given.size, "agents": people.size}))
    for count in given.ravel():
        if found := call_mistakes(count, interval_seconds, aht_seconds, within_seconds, patience_seconds):
            wrong += found
            break
    for count in people.ravel():
        if found := agents_mistakes(count):
            wrong += found
            break
    refuse(wrong)
    return given, people.astype(np.int64), Callers(aht_seconds, within_seconds, patience_seconds)


def refuse_growth(given: np.ndarray, people: np.ndarray, interval_seconds: float, callers: Callers) -> None:
    """Refuse a cycle in which patient customers bring more work than can be done."""
    work, capacity = float(given.sum()) * callers.aht_seconds, float(people.sum()) * interval_seconds
    if callers.patience_seconds is None and work > 0.0 and work >= capacity * (1.0 - 1e-9):
        hours = {"work": f"{work / 3600:.1f}", "capacity": f"{capacity / 3600:g}"}
        raise InputError(Message("requirement.grows", hours))


def _collected(
    given: np.ndarray,
    people: np.ndarray,
    found: list[Outcome],
    interval_seconds: float,
    patience_seconds: float | None,
    weeks: int,
) -> Transient:
    def column(name: str, where: np.ndarray) -> np.ndarray:
        values = np.array([getattr(each, name) for each in found])
        return np.where(where, values, np.nan)

    anybody, everywhere = given > 0, np.ones(len(given), dtype=bool)
    in_time, answered = column("in_time", anybody), column("answered", anybody)
    waiting = column("waiting", everywhere)
    per_patience = 0.0 if patience_seconds is None else interval_seconds / patience_seconds
    return Transient(
        arrivals=given,
        agents=people,
        p_wait=column("p_wait", anybody),
        service_level=in_time,
        service_level_answered=np.divide(
            in_time, answered, out=np.full(len(given), np.nan), where=anybody & (answered > 0)
        ),
        service_level_gone=column("settled", anybody),
        occupancy=np.divide(
            column("busy", everywhere), people, out=np.full(len(given), np.nan), where=people > 0
        ),
        waiting=waiting,
        abandoned=waiting * per_patience,
        lost=float(sum(each.lost for each in found)),
        weeks=weeks,
    )
