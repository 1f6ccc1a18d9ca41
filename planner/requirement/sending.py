"""First replies that must be sent in time: the wait, and then the reply's own handling.

A caller is answered when somebody picks up; a letter when its reply is sent. So the promise of e-mail and
social runs to the end of the handling: wait + handling <= T. Handling is lognormal with the queue's mean
and coefficient of variation, as in the simulation. Customers are patient, so who waits does so for an
exponential time, and with everybody busy a first reply takes the next person who is free:

    P(sent within T) = F(T) - P(wait) * integral of f(s) exp(-r (T - s)) over s from 0 to T

with f and F of the handling. People who write first replies also write the further touches of their
contacts, which nobody puts down for a new one: P(wait) is Erlang C at the load of all touches, and the pace
is r = n / aht - arrivals of first replies (head of the line of two classes, exact for exponential
handling: Davis 1966; Kella & Yechiali 1985). Live contacts of the same people come first: with their load h
and the load a of both, r = (n - h) (1 - a / n) / aht, which gives the exact mean wait of the class
behind (Cobham 1954). A reply that is put down for a call stays with its person until the call ends. Calls
that find everybody busy interrupt one of the n - h others, so handling takes 1 + h P(wait) / (n - h) times
as long. Handling is not exponential: r is divided by (1 + cv^2) / 2, as the mean wait is multiplied (Allen &
Cunneen 1978).

In simulations of 3 to 12 people without calls the share came out within 0.7 points of this at cv 0.3 to 1;
above, the formula is on the safe side, by up to 5 points at cv 2. Beside calls of a third to five halves of
the replies' load it came out within 3 points.

The integral is taken over the normal quantile z of the handling, from -9 on, with nodes drawn
together towards s = T, where a large team's whole wait lies. With 96 Gauss-Legendre nodes its error is below
1e-12 for cv from 0.05 to 3 and r T up to 10 000 (held to adaptive quadrature in the tests).

A promise may ask for more than any team can keep: even without a wait, no more than F(T) are sent in
time. It then is staffed so that waiting costs at most half a point, of T and of every longer time up to
the one that could be promised, so that an even tighter promise does not need fewer people. What waiting
costs is the density of wait + handling at T, divided by r: it has one peak (handling has one, and the
exponential wait is strongly unimodal: Ibragimov 1956), which a golden section finds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import NormalDist

import numpy as np

from planner._messages import Message
from planner._values import duration_text
from planner.demand import LIVE_CHANNELS, Queue
from planner.requirement.erlang import blocking, saturated, waiting

HALF_A_POINT = 0.005
GOLDEN, STEPS = (math.sqrt(5.0) - 1.0) / 2.0, 30
FURTHEST = 9.0  # of the normal distribution: beyond lies 1e-19
_ROOTS, _WEIGHTS = np.polynomial.legendre.leggauss(96)
NODES, WEIGHTS = (_ROOTS + 1.0) / 2.0, _WEIGHTS / 2.0


@dataclass(frozen=True, slots=True)
class Handling:
    """Lognormal handle times: mean in seconds, coefficient of variation (0: all alike).

    Examples
    --------
    >>> reply = Handling(600.0, 1.0)
    >>> round(reply.within(900.0), 4), round(reply.late(900.0, 1 / 600), 4)
    (0.8168, 0.3722)
    """

    mean_seconds: float
    cv: float

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.sqrt(math.log1p(self.cv**2))

    def within(self, seconds: float) -> float:
        """Share of handlings that take no longer."""
        if seconds <= 0.0:
            return 0.0
        if not self.cv:
            return float(self.mean_seconds <= seconds)
        return 0.5 * math.erfc(-self._quantile(seconds) / math.sqrt(2.0))

    def late(self, within_seconds: float, pace: float) -> float:
        """Share of handlings that would be in time but are not, after an exponential wait.

        Parameters
        ----------
        pace: waits that end, per second.
        """
        if within_seconds <= 0.0:
            return 0.0
        if not self.cv:
            left = within_seconds - self.mean_seconds
            return math.exp(-pace * left) if left >= 0.0 else 0.0
        top = min(self._quantile(within_seconds), FURTHEST)
        if top <= -FURTHEST:
            return 0.0
        far = top + FURTHEST
        z = top - far * NODES**3
        seconds = self.mean_seconds * np.exp(self.sigma * (z - self.sigma / 2.0))
        left_over = np.maximum(within_seconds - seconds, 0.0)
        density = np.exp(-0.5 * z * z - pace * left_over) / math.sqrt(2.0 * math.pi)
        return float((WEIGHTS * 3.0 * NODES**2 * far) @ density)

    def longest(self, share: float) -> float:
        """Time within which a share of handlings is done, in seconds; of all but a billionth at most."""
        z = NormalDist().inv_cdf(min(share, 1.0 - 1e-9))
        return self.mean_seconds * math.exp(self.sigma * (z - self.sigma / 2.0))

    def _quantile(self, seconds: float) -> float:
        return (math.log(seconds / self.mean_seconds) + self.sigma**2 / 2.0) / self.sigma


def highest(value: Callable[[float], float], low: float, high: float) -> float:
    """The highest value between two times, both included, of a function with one peak."""
    low, high = math.log(low), math.log(high)
    ends = max(value(math.exp(low)), value(math.exp(high)))
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = value(math.exp(left)), value(math.exp(right))
    for _ in range(STEPS):
        if at_left <= at_right:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = value(math.exp(right))
        else:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = value(math.exp(left))
    return max(ends, at_left, at_right)


@dataclass(frozen=True, slots=True)
class Replies:
    """First replies of a pool that are promised to be sent in time.

    Attributes
    ----------
    handling: of one reply. within_seconds, share: the promise.
    ahead: part of the pool's load that comes before them. put_down: a reply in hand is put down for it.
    later: further touches of theirs, as a part of
        the pool's load on top of it.
    """

    handling: Handling
    within_seconds: float
    share: float
    ahead: float = 0.0
    later: float = 0.0
    put_down: bool = False

    @property
    def room(self) -> float:
        """Share that could be sent in time without any wait, less what is promised."""
        return self.handling.within(self.within_seconds) - self.share

    @property
    def aim(self) -> float:
        """What ``planned`` must reach."""
        return self.share if self.room >= HALF_A_POINT else 1.0 - HALF_A_POINT

    def level(self, load: float, agents: int, aht_seconds: float) -> float:
        """Share sent in time.

        Parameters
        ----------
        load: erlang of the pool, without further touches. aht_seconds: mean handle time of the pool.

        Examples
        --------
        >>> mail = Replies(Handling(600.0, 1.0), 1800.0, 0.9)
        >>> [round(mail.level(4.0, agents, 600.0), 4) for agents in (4, 5, 6, 40)]
        [0.0, 0.88, 0.9475, 0.9587]
        """
        cost = self._cost(load, agents, aht_seconds)
        if cost is None:
            return 0.0
        return max(0.0, self.handling.within(self.within_seconds) - cost(self.within_seconds))

    def planned(self, load: float, agents: int, aht_seconds: float) -> float:
        """What people are chosen by: the share sent in time, or the share that waiting does not cost."""
        if self.room >= HALF_A_POINT:
            return self.level(load, agents, aht_seconds)
        cost = self._cost(load, agents, aht_seconds)
        if cost is None:
            return 0.0
        possible = self.handling.longest(self.share + HALF_A_POINT)
        return 1.0 - highest(cost, min(self.within_seconds, possible), possible)

    def _cost(self, load: float, agents: int, aht_seconds: float) -> Callable[[float], float] | None:
        """Share that waits and interruptions keep from being sent within a time; None: all of it."""
        if saturated(load, agents):
            return None
        whole, calls = load * (1.0 + self.later), load * self.ahead
        wait = waiting(whole, agents, agents - whole, blocking(whole, agents))
        pace = (agents - calls) * (1.0 - load / agents) / aht_seconds
        pace *= 2.0 / (1.0 + self.handling.cv**2)
        longer = 1.0 + calls * wait / (agents - calls) if self.put_down else 1.0
        taken = replace(self.handling, mean_seconds=self.handling.mean_seconds * longer)

        def cost(within_seconds: float) -> float:
            stretched = self.handling.within(within_seconds) - taken.within(within_seconds)
            return stretched + wait * taken.late(within_seconds, pace)

        return cost


def replies_of(queue: Queue, aht_seconds: float) -> Replies | None:
    """First replies of a queue whose promise runs to the sending; None for live channels.

    Parameters
    ----------
    aht_seconds: handle time of one touch by its people.
    """
    if queue.channel in LIVE_CHANNELS:
        return None
    promise, handling = queue.promise, Handling(aht_seconds, queue.cv)
    return Replies(
        handling, promise.within_seconds, promise.share, 0.0, queue.replies - 1.0, queue.interruptible
    )


def in_one_pool(replies: Sequence[Replies | None], weights: Sequence[float] | np.ndarray) -> Replies | None:
    """First replies of queues that share people: the promise that leaves least room for a wait.

    Parameters
    ----------
    replies: of each queue; None: its contacts come first. weights: parts of the pool's load they bring.

    Examples
    --------
    >>> mail = Replies(Handling(600.0, 1.0), 1800.0, 0.9, later=1.0)
    >>> both = in_one_pool([None, mail], [0.25, 0.75])
    >>> both.ahead, both.later
    (0.25, 0.75)
    """
    given = list(zip(replies, weights, strict=True))
    mails = [each for each in replies if each is not None]
    if not mails:
        return None
    return replace(
        min(mails, key=lambda each: each.room),
        ahead=float(sum(weight for each, weight in given if each is None)),
        later=float(sum(weight * each.later for each, weight in given if each is not None)),
    )


def reachable_share(queue: Queue, factor: float = 1.0) -> float:
    """Share that the best of teams could answer in time: a first reply takes its handle time (lognormal).

    Live contacts are answered when somebody picks up: all of them can be. So can those that are promised
    by an hour of the day.

    Parameters
    ----------
    factor: on the handle time.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> mail = Queue("email en", "email", "en", aht_seconds=600, promise=Promise(0.9, 900))
    >>> round(reachable_share(mail), 3)
    0.817
    """
    promise = queue.promise
    timed = promise.clock in ("elapsed", "open hours") and promise.within_seconds > 0.0
    if queue.channel in LIVE_CHANNELS or not timed:
        return 1.0
    return Handling(queue.aht_seconds * factor, queue.cv).within(promise.within_seconds)


def beyond_reach(queue: Queue, factor: float = 1.0) -> Message | None:
    """A sentence for a queue of which no team could keep the promise, or only by less than half a point.

    Parameters
    ----------
    factor: on the handle time.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> print(beyond_reach(Queue("email en", "email", "en", 600, Promise(0.9, 900))))
    email en: no team could send 90 % of first replies within 15 min, for a reply takes 10 min ...
    """
    possible = reachable_share(queue, factor)
    if possible >= queue.promise.share + HALF_A_POINT:
        return None
    code = "beyond_reach" if queue.handled_as != "deferred" else "beyond_reach_deferred"
    return Message(
        f"requirement.{code}",
        {
            "queue": queue.name,
            "share": f"{100 * queue.promise.share:g}",
            "within": duration_text(timedelta(seconds=round(queue.promise.within_seconds))),
            "handle_time": duration_text(timedelta(seconds=round(queue.aht_seconds * factor))),
            "possible": f"{100 * possible:.1f}",
        },
    )
