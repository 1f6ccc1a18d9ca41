"""A birth-death chain over a stretch of time, numerically exact, by uniformisation.

Events are counted by a Poisson process at the chain's fastest rate, of which some change nothing
(Jensen 1953; Grassmann 1977). Every term is positive, so nothing cancels. Two errors remain and
both are known: the Poisson terms left out (below 1e-18), and the probability of leaving the states
kept, which is summed and handed back.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

NEGLIGIBLE = 1e-18
UNLIKELY = 1e-60  # set to 0 on the way: the processor is slow with numbers near its smallest
MOST_BY_BLOCKS = 160  # states; above, powers of a step cost more than they save
ONE_CORE = 2**18  # multiplications; larger products are spread over cores, which costs more than it saves


class Stretch(NamedTuple):
    """A chain after some time.

    Attributes
    ----------
    end: probability of each state at the end. mean: its mean over the time.
    lost: probability of having gone above the states kept; ``end`` sums to 1 less this.
    """

    end: np.ndarray
    mean: np.ndarray
    lost: float


def advance(start: np.ndarray, birth: float, deaths: np.ndarray, seconds: float) -> Stretch:
    """Let a chain run for some time at constant rates.

    Parameters
    ----------
    start: probability of the states 0, 1, ...; what goes above the last is lost.
    birth: steps up per second. deaths: steps down per second in each state; none in state 0.

    Examples
    --------
    >>> one = advance(np.array([0.0, 1.0]), 0.0, np.array([0.0, 0.01]), 100.0)
    >>> bool(abs(one.end[1] - math.exp(-1)) < 1e-15), bool(abs(one.mean[1] - (1 - math.exp(-1))) < 1e-15)
    (True, True)
    """
    rate = birth + float(deaths.max())
    if rate == 0.0:
        return Stretch(start, start, 0.0)
    low, weights = poisson_weights(rate * seconds)
    later = np.concatenate((np.ones(low), np.cumsum(weights[::-1])[::-1][1:], [0.0]))
    at_end = np.concatenate((np.zeros(low), weights))
    up, stay, down = birth / rate, 1.0 - (birth + deaths) / rate, deaths[1:] / rate
    walk = _by_blocks if len(start) <= MOST_BY_BLOCKS else _step_by_step
    end, mean, at_top = walk(start, up, stay, down, at_end, later)
    return Stretch(end, mean / (rate * seconds), at_top * up)


def _by_blocks(
    start: np.ndarray, up: float, stay: np.ndarray, down: np.ndarray, at_end: np.ndarray, later: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """Both sums over the steps, a block at once, each block the one before times a power of a step."""
    count, size = len(at_end), len(start)
    length = 1 << min(int(math.log2(ONE_CORE / size**2)), (count - 1).bit_length())
    power = np.diag(stay) + np.diag(np.full(size - 1, up), 1) + np.diag(down, -1)
    block, sums = start[np.newaxis], np.zeros((2, size))
    at_top = 0.0
    while len(block) < length:
        block = np.concatenate((block, block @ power))
        if length < count or len(block) < length:
            power = _squared(power, length)
    shares = np.vstack((at_end, later))
    for first in range(0, count, length):
        some = shares[:, first : first + length]
        block[block < UNLIKELY] = 0.0
        sums += some @ block[: some.shape[1]]
        at_top += float(some[1] @ block[: some.shape[1], -1])
        if first + length < count:
            block = block @ power
    return sums[0], sums[1], at_top


def _squared(power: np.ndarray, rows: int) -> np.ndarray:
    """A step taken twice, so many rows at a time."""
    size = len(power)
    if size <= rows:
        twice: np.ndarray = power @ power
    else:
        twice = np.concatenate([power[row : row + rows] @ power for row in range(0, size, rows)])
    twice[twice < UNLIKELY] = 0.0
    return twice


def _step_by_step(
    start: np.ndarray, up: float, stay: np.ndarray, down: np.ndarray, at_end: np.ndarray, later: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """The same for many states: one step after another."""
    now, following, moved = start.copy(), np.empty_like(start), np.empty(len(start) - 1)
    end, mean, at_top = np.zeros_like(start), np.zeros_like(start), 0.0
    for done, (here, after) in enumerate(zip(at_end.tolist(), later.tolist(), strict=True)):
        if here:
            end += here * now
        mean += after * now
        at_top += after * float(now[-1])
        np.multiply(now, stay, out=following)
        np.multiply(now[:-1], up, out=moved)
        following[1:] += moved
        np.multiply(now[1:], down, out=moved)
        following[:-1] += moved
        now, following = following, now
        if done % 32 == 0:
            now[now < UNLIKELY] = 0.0
    return end, mean, at_top


def poisson_weights(mean: float) -> tuple[int, np.ndarray]:
    """Lowest count that matters, and the probabilities of it and those above, from the mode outwards.

    Examples
    --------
    >>> low, weights = poisson_weights(2.0)
    >>> low, round(float(weights[2]), 6)
    (0, 0.270671)
    """
    mode = math.floor(mean)
    width = 64 + math.ceil(10.0 * math.sqrt(mean))
    up = np.cumprod(mean / np.arange(mode + 1.0, mode + 1.0 + width))
    down = np.cumprod(np.arange(mode, max(0, mode - width), -1.0) / mean) if mode else np.empty(0)
    up, down = up[up > NEGLIGIBLE], down[down > NEGLIGIBLE]
    weights = np.concatenate((down[::-1], [1.0], up))
    return mode - len(down), weights / float(weights.sum())
