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

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.demand import CHAT_SPEED
from planner.requirement.interval import Callers, Leavers, Outcome, interval, left
from planner.requirement.mistakes import agents_mistakes, call_mistakes, chat_mistakes, pace_mistakes, refuse

SETTLED = 1e-12  # a week repeats itself when its states start this near to those of the week before
MOST_WEEKS, MOST_INTERVALS = 25, 5_000  # the larger ends the walk; queues near their limit need longest


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
    gone: share of the interval's own customers that will hang up.
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
    gone: np.ndarray
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
    chats_at_once: int = 1,
    chat_speed: Sequence[float] = CHAT_SPEED,
) -> Transient:
    """Follow one pool through all intervals.

    Parameters
    ----------
    arrivals: customers expected in each interval. agents: people on duty in each.
    within_seconds: the answer time. patience_seconds: mean patience; None: nobody hangs up.
    leavers: what people do with the contact they have when their duty ends.
    cyclic: the last interval is followed by the first, for ever; otherwise the pool starts empty.
    chats_at_once, chat_speed: as of a chat queue; who holds several hands them over at the end.

    Raises
    ------
    ValueTextError: numbers that cannot be; chats at once that are finished by those who leave.
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
    wrong = chat_mistakes(chats_at_once, chat_speed)
    if chats_at_once > 1 and leavers == "finish":
        wrong.append(Message("requirement.chats_finished", {}))
    refuse(wrong)
    callers = callers._replace(chats_at_once=chats_at_once, chat_speed=tuple(chat_speed))
    if cyclic:
        refuse_growth(given, people, interval_seconds, callers)
    state, before, change = np.ones(1), int(people[-1]) if cyclic else None, math.inf
    most = max(MOST_WEEKS, MOST_INTERVALS // len(given))
    for week in range(1, most + 1):
        start, found = state, []
        for count, on_duty in zip(given, people, strict=True):
            state = left(state, before, int(on_duty), leavers)
            found.append(interval(state, float(count), int(on_duty), interval_seconds, callers))
            state, before = found[-1].state, int(on_duty)
        earlier, change = change, distance(start, state)
        if not cyclic or settled(change, earlier):
            return _collected(given, people, found, interval_seconds, patience_seconds, week)
    raise InputError(Message("requirement.never_settles", {"weeks": most}))


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
    if not wrong:
        wrong = pace_mistakes(aht_seconds, patience_seconds, interval_seconds)
    for count in people.ravel():
        if found := agents_mistakes(count):
            wrong += found
            break
    refuse(wrong)
    return given, people.astype(np.int64), Callers(aht_seconds, within_seconds, patience_seconds)


def refuse_growth(given: np.ndarray, people: np.ndarray, interval_seconds: float, callers: Callers) -> None:
    """Refuse a cycle in which patient customers bring more work than can be done."""
    work = float(given.sum()) * callers.aht_seconds
    capacity = float(people.sum()) * interval_seconds * callers.one_person
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
        gone=1.0 - answered,
        lost=float(sum(each.lost for each in found)),
        weeks=weeks,
    )
