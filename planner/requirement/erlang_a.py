"""Impatient callers: the queue M/M/n+M (Erlang A), by sums that only ever add positive terms.

Arrivals are Poisson, handle times and patience exponential. State ``n + j`` (all busy, j waiting)
has weight ``eta / (c + 1) * ... * eta / (c + j)`` relative to state n, with
``eta = arrivals per patience`` and ``c = agents * patience / handle time``; the states below n
together weigh ``1 / B_n - 1`` with Erlang's B. A caller who arrives at state ``n + j`` would wait V
until served, where ``exp(-V / patience)`` is a Beta(c, j + 1) variable (V is a sum of exponential
steps with rates c, c + 1, ..., c + j per patience), so all measures are sums of Beta moments and
incomplete Beta functions, and those are sums of negative binomial terms.

Everything is scaled by the heaviest state, so nothing overflows at 5 000 erlang and ten hours of
patience. Sources: Palm (1957); Garnett, Mandelbaum & Reiman (2002), M&SOM 4(3); the start value of
the negative binomial is Loader's saddle-point form (2000), "Fast and accurate computation of
binomial probabilities".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

NEGLIGIBLE = 1e-24
FIRST_CHUNK = 64
MANY = 1_000_000
WIDEST = 2e4  # above this spread, negative binomial terms start from a formula, not from their sum


class Impatient(NamedTuple):
    """Shares of all callers in M/M/n+M; times in seconds.

    Attributes
    ----------
    p_wait: share that finds everybody busy.
    answered: share that is answered at all. abandoned: the rest.
    answered_within: share answered within the time given.
    settled_within: share answered or gone within the time given.
    answered_wait_seconds: waits of the answered, summed, per offered caller.
    """

    p_wait: float
    answered: float
    abandoned: float
    answered_within: float
    settled_within: float
    answered_wait_seconds: float


NOBODY_WAITS = Impatient(0.0, 1.0, 0.0, 1.0, 1.0, 0.0)


def impatient(
    load: float,
    agents: int,
    blocked: float,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float,
) -> Impatient:
    """Solve M/M/n+M for a positive load and at least one agent.

    Parameters
    ----------
    load: erlang. agents: n.
    blocked: Erlang B of the load with n - 1 agents.
    within_seconds: the answer time asked about. patience_seconds: mean patience.

    Examples
    --------
    >>> from planner.requirement import erlang_b
    >>> round(impatient(10.0, 13, erlang_b(10.0, 12), 180.0, 20.0, 300.0).p_wait, 6)
    0.225797
    """
    turned_away = load * blocked
    return queued(
        arrivals=load * patience_seconds / aht_seconds,
        answers=agents * patience_seconds / aht_seconds,
        not_full=agents / turned_away if turned_away > 0 else math.inf,
        within_seconds=within_seconds,
        patience_seconds=patience_seconds,
    )


def queued(
    arrivals: float, answers: float, not_full: float, within_seconds: float, patience_seconds: float
) -> Impatient:
    """Any such queue: what happens while all are busy, given the weight of the states in which not all are.

    Parameters
    ----------
    arrivals, answers: contacts that come, and that end while everybody is busy, in one mean patience.
    not_full: how likely somebody is free, relative to the state with everybody busy and nobody waiting.
    within_seconds: the answer time asked about. patience_seconds: mean patience.

    Examples
    --------
    >>> got = queued(arrivals=2.0, answers=1.0, not_full=0.5, within_seconds=20.0, patience_seconds=120.0)
    >>> round(got.p_wait, 4), round(got.answered + got.abandoned, 12)
    (0.8647, 1.0)
    """
    eta, c = arrivals, answers
    if math.isinf(c):
        return NOBODY_WAITS
    low, weights = _queue_weights(eta, c)
    idle = not_full * float(weights[0]) if low == 0 else 0.0
    total = float(weights.sum()) + idle
    if math.isinf(total):
        return NOBODY_WAITS
    share = weights / total
    waiting = np.arange(low, low + len(weights), dtype=np.float64)
    reach = c / (c + waiting + 1.0)
    at_once = idle / total
    steps = np.cumsum(1.0 / (c + waiting + 1.0)) + _harmonic(c, low)
    answered_when_waiting = share * reach
    time = within_seconds / patience_seconds
    in_time = reached(c + 1.0, low, len(weights), time)
    free_in_time = reached(c, low, len(weights), time)
    gone = -math.expm1(-time)
    return Impatient(
        p_wait=float(weights.sum()) / total,
        answered=at_once + float(answered_when_waiting.sum()),
        abandoned=float((share * ((waiting + 1.0) / (c + waiting + 1.0))).sum()),
        answered_within=at_once + float((answered_when_waiting * in_time).sum()),
        settled_within=at_once + float((share * (gone + (1.0 - gone) * free_in_time)).sum()),
        answered_wait_seconds=patience_seconds * float((answered_when_waiting * steps).sum()),
    )


def _harmonic(c: float, count: int) -> float:
    """Compute 1 / (c + 1) + ... + 1 / (c + count); many terms by Euler and Maclaurin."""
    if count <= MANY:
        return float((1.0 / (c + np.arange(1.0, count + 1.0))).sum())
    first, last = c + 1.0, c + count
    ends = 0.5 * (1.0 / first + 1.0 / last) + (first**-2 - last**-2) / 12.0 - (first**-4 - last**-4) / 120.0
    return math.log1p((count - 1.0) / first) + ends + (first**-6 - last**-6) / 252.0


def _queue_weights(eta: float, c: float) -> tuple[int, np.ndarray]:
    """Lowest j that matters, and the weights of states n + j from there on; the heaviest is 1."""
    heaviest = max(0, math.floor(eta - c))
    up = _products(lambda k: eta / (c + heaviest + k), None)
    down = _products(lambda k: (c + heaviest + 1.0 - k) / eta, heaviest)
    return heaviest - len(down), np.concatenate((down[::-1], [1.0], up))


def _products(ratio: Callable[[np.ndarray], np.ndarray], most: int | None) -> np.ndarray:
    """Running products of ``ratio(1), ratio(2), ...`` until they no longer matter, or ``most`` of them."""
    parts: list[np.ndarray] = []
    done, last, chunk = 0, 1.0, FIRST_CHUNK
    while last > NEGLIGIBLE and (most is None or done < most):
        size = chunk if most is None else min(chunk, most - done)
        part = last * np.cumprod(ratio(np.arange(done + 1.0, done + size + 1.0)))
        parts.append(part)
        done, last, chunk = done + size, float(part[-1]), chunk * 2
    return np.concatenate(parts) if parts else np.empty(0)


def reached(c: float, low: int, count: int, time: float) -> np.ndarray:
    """P(V <= time) for callers with ``low, low + 1, ...`` ahead; time in units of patience.

    The departures that the time allows are a negative binomial count (failures before c successes
    of probability exp(-time)), and V <= time if there are more of them than callers ahead.
    """
    high = low + count - 1
    success, failure = math.exp(-time), -math.expm1(-time)
    if failure == 0.0 or success == 0.0:
        return np.full(count, float(success == 0.0))
    mode = math.floor(min(max(0.0, (c - 1.0) * failure / success), 2.0**52))
    whole = math.sqrt(c * failure) / success < WIDEST
    start = mode if whole else min(mode, high)
    up = _products(lambda k: (c + start + k - 1.0) * failure / (start + k), None if whole else high - start)
    down = _products(lambda k: (start + 1.0 - k) / ((c + start - k) * failure), start)
    terms = np.concatenate((down[::-1], [1.0], up))
    index = np.arange(low, high + 1) - (start - len(down)) + 1
    if whole:
        above = np.concatenate((np.cumsum(terms[::-1])[::-1], [0.0])) / float(terms.sum())
        return np.minimum(above[np.clip(index, 0, len(terms))], 1.0)
    below = np.concatenate(([0.0], np.cumsum(terms * _negative_binomial(start, c, success, failure))))
    return np.maximum(1.0 - below[np.clip(index, 0, len(terms))], 0.0)


def _negative_binomial(failures: int, c: float, success: float, failure: float) -> float:
    """Probability of a number of failures before the c-th success (c need not be whole)."""
    if failures == 0:
        return math.exp(c * math.log(success))
    n = c + failures
    exponent = (
        _stirling_rest(n)
        - _stirling_rest(c)
        - _stirling_rest(float(failures))
        - _deviance(c, n * success)
        - _deviance(float(failures), n * failure)
    )
    return c / n * math.exp(exponent) * math.sqrt(n / (2.0 * math.pi * c * failures))


def _stirling_rest(n: float) -> float:
    """log(n!) minus Stirling's approximation of it."""
    if n <= 16.0:
        return math.lgamma(n + 1.0) - (n + 0.5) * math.log(n) + n - 0.5 * math.log(2.0 * math.pi)
    square = n * n
    series = 1 / 1188 - 691 / 360360 / square
    series = 1 / 1260 - (1 / 1680 - series / square) / square
    return (1 / 12 - (1 / 360 - series / square) / square) / n


def _deviance(x: float, mean: float) -> float:
    """Compute x log(x / mean) + mean - x without cancellation when both are close."""
    difference = x - mean
    if abs(difference) >= 0.1 * (x + mean):
        return x * math.log(x / mean) - difference
    v = difference / (x + mean)
    total, term, j = difference * v, 2.0 * x * v, 1
    while True:
        term *= v * v
        following = total + term / (2 * j + 1)
        if following == total:
            return total
        total, j = following, j + 1
