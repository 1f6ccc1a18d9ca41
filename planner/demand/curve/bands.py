"""Bands: what contacts may come to, at hours, shifts, days and weeks, as the draws have it too.

Bands of weeks made from independent hours would be absurdly narrow; nested factors of week, day, shift and
hour make all of them jointly right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np

from planner.demand.arrivals import Spread, Volumes
from planner.demand.curve.grid import PlanningGrid

EXACT_BELOW = 400.0
LOW, HIGH = 0.1, 0.9
SHIFT_HOURS = 8
Grain = Literal["hour", "shift", "day", "week"]
GRAINS: tuple[Grain, ...] = ("hour", "shift", "day", "week")


class Factor(NamedTuple):
    """Sums of contacts by unit of time, and what they may be off by.

    Attributes
    ----------
    mean: contacts of each unit.
    variance: gamma variance of a factor on it; chance comes on top.
    """

    mean: np.ndarray
    variance: np.ndarray


def total_spread(spread: Spread) -> float:
    """Gamma variance of the product of all factors: that of a single hour, clumps left aside.

    Examples
    --------
    >>> round(total_spread(Spread(0.1, 0.1, 0.0)), 3)
    0.21
    """
    outer = (1 + spread.level) * (1 + spread.week) * (1 + spread.day)
    return outer * (1 + spread.shift) * (1 + spread.hour) - 1


def unit_variance(spread: Spread, by_hour: np.ndarray, hours: int) -> np.ndarray:
    """Gamma variance of each sum of so many hours, from the nested factors.

    Parameters
    ----------
    spread: of the queue.
    by_hour: forecast by day and hour, whole weeks; 0 where an hour does not count.
    hours: 1, 8, 24 or 168.

    Examples
    --------
    >>> flat = np.ones((7, 24))
    >>> unit_variance(Spread(week=0.1), flat, 8).round(3).tolist()[:2]
    [0.1, 0.1]
    >>> unit_variance(Spread(day=0.7), flat, 168).round(3).tolist()
    [0.1]
    """
    mean = by_hour.ravel()
    sizes = (1, SHIFT_HOURS, 24, 7 * 24)
    units = [np.arange(mean.size) // size for size in sizes]
    return _variances(spread, mean, units, sizes.index(hours))


def grain_of(volumes: Volumes, grain: Grain) -> np.ndarray:
    """Index of the hour, shift, day or week of each interval of a period."""
    step = volumes.interval_minutes // 15
    hour = (volumes.first_quarter + step * np.arange(volumes.intervals)) // 4
    hour = hour - hour[0] if volumes.intervals else hour
    if grain == "hour":
        return np.asarray(hour)
    if grain == "shift":
        day = volumes.day_of
        first = np.searchsorted(day, day)
        # Of a period that starts within a day, the first part may be a shorter shift.
        of_day = np.minimum((hour - hour[first]) // SHIFT_HOURS, 24 // SHIFT_HOURS - 1)
        return np.asarray(day * (24 // SHIFT_HOURS) + of_day)
    return volumes.day_of if grain == "day" else volumes.week_of


def unit_band(volumes: Volumes, queue: str, grain: Grain, share: float) -> np.ndarray:
    """Count that the contacts of each hour, shift, day or week stay below with a probability.

    Parameters
    ----------
    volumes: forecast.
    queue: name.
    grain: of what.
    share: probability, from 0 to 1.

    Returns
    -------
    One number for each hour, shift, day or week of the period, in order.

    Examples
    --------
    >>> from planner.demand import Promise, Queue, typical_volumes
    >>> queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    >>> week = typical_volumes(100, queue, first_quarter=1972032, intervals=336, zone="UTC")
    >>> unit_band(week, "email en", "week", 0.9).tolist()
    [639.0]
    """
    total, variance = unit_factor(volumes, queue, grain)
    return quantiles(total, variance, share)


def unit_factor(volumes: Volumes, queue: str, grain: Grain, shared: bool = True) -> Factor:
    """Contacts of each hour, shift, day or week, and the gamma variance of the factor on them.

    Parameters
    ----------
    shared: with what all queues have in common: level (drivers) and doubt (events, borrowed hours); False:
        only what chance does to this queue alone.
    """
    row = volumes.queues.index(queue)
    units = [grain_of(volumes, each) for each in GRAINS]
    index = GRAINS.index(grain)
    mean, spread = volumes.mean[row], volumes.spread[queue]
    variance = _variances(spread if shared else replace(spread, level=0.0), mean, units, index)
    total = np.bincount(units[index], weights=mean)
    if shared and volumes.doubt is not None:
        of_all = np.bincount(units[index], weights=mean * np.sqrt(volumes.doubt[row]))
        doubt = (of_all / np.maximum(total, 1e-300)) ** 2
        variance = (1 + variance) * (1 + doubt) - 1
    return Factor(total, variance)


def interval_variance(
    spread: Spread, mean: np.ndarray, first_quarter: int, interval_minutes: int
) -> np.ndarray:
    """Gamma variance of every interval; clumps weigh by the mean of the hour it lies in.

    Parameters
    ----------
    spread: of the queue.
    mean: contacts by interval.
    first_quarter: absolute quarter-hour where the first one starts.
    interval_minutes: 15, 30 or 60.
    """
    hour = (first_quarter + interval_minutes // 15 * np.arange(len(mean))) // 4
    clump = clumped(spread, mean, hour - hour[0] if len(hour) else hour)
    outer = (1 + spread.level) * (1 + spread.week) * (1 + spread.day) * (1 + spread.shift)
    return np.asarray(outer * (1 + spread.hour + clump) - 1)


def limits(
    mean: np.ndarray,
    spreads: Sequence[Spread],
    doubt: np.ndarray | None,
    share: float,
    grid: PlanningGrid,
) -> np.ndarray:
    """Quantile of every interval of every queue.

    Parameters
    ----------
    mean: contacts by queue and interval.
    spreads: of the queues.
    doubt: variance of one more factor, shaped as ``mean``; None: nowhere.
    share: probability.
    grid: the intervals.
    """
    found = np.zeros_like(mean)
    for row, spread in enumerate(spreads):
        variance = interval_variance(spread, mean[row], grid.first_quarter, grid.interval_minutes)
        unsure = 0.0 if doubt is None else doubt[row]
        found[row] = quantiles(mean[row], (1 + variance) * (1 + unsure) - 1, share)
    return found


def clumped(spread: Spread, mean: np.ndarray, hour: np.ndarray) -> np.ndarray:
    """Variance that clumps add to the factor of each interval's hour."""
    of_hour = np.bincount(hour, weights=mean)[hour] if len(mean) else mean
    return np.asarray(np.where(of_hour > 0, spread.clump / np.where(of_hour > 0, of_hour, 1.0), 0.0))


def _variances(spread: Spread, mean: np.ndarray, units: list[np.ndarray], grain: int) -> np.ndarray:
    """Second moments of sums, one nested factor after the other, relative to the squared mean."""
    total = np.bincount(units[0], weights=mean)
    moment = (1 + spread.hour) * total**2 + spread.clump * total
    factors = (spread.hour, spread.shift, spread.day, spread.week)
    for inner in range(grain):
        parent = np.zeros(len(total), dtype=np.int64)
        parent[units[inner]] = units[inner + 1]
        beyond = np.bincount(parent, weights=moment - total**2)
        total = np.bincount(parent, weights=total)
        moment = (1 + factors[inner + 1]) * (total**2 + beyond)
    for factor in (*factors[grain + 1 :], spread.level):
        moment = (1 + factor) * moment
    return np.asarray(np.where(total > 0, moment / np.where(total > 0, total, 1.0) ** 2 - 1, 0.0))


def quantiles(mean: np.ndarray, variance: np.ndarray | float, share: float) -> np.ndarray:
    """Smallest count that Poisson arrivals with a gamma factor reach with a probability of ``share``.

    The mixture is a negative binomial; its probabilities are added up from 0 in logarithms, so that no
    large mean underflows. Above ``EXACT_BELOW`` the gamma's normal form of Wilson and Hilferty (1931)
    serves.

    Parameters
    ----------
    mean: contacts, any shape.
    variance: of the gamma factor, one for all or one each; 0 is plain Poisson.
    share: from 0 to 1.

    Examples
    --------
    >>> quantiles(np.array([0.0, 1.0, 10.0]), 0.0, 0.9).tolist()
    [0.0, 2.0, 14.0]
    """
    flat = np.ravel(np.asarray(mean, dtype=np.float64))
    wide = np.broadcast_to(np.asarray(variance, dtype=np.float64), np.shape(mean)).ravel()
    pairs, inverse = np.unique(np.stack((flat, wide)), axis=1, return_inverse=True)
    unique, spread = pairs
    result = np.zeros(len(unique))
    small = (unique > 0) & (unique <= EXACT_BELOW)
    if small.any():
        result[small] = _counted(unique[small], np.maximum(spread[small], 1e-9), share)
    large = unique > EXACT_BELOW
    if large.any():
        result[large] = _wilson_hilferty(unique[large], spread[large], share)
    return np.asarray(result[inverse.ravel()].reshape(np.shape(mean)))


def _cumulative(mean: np.ndarray, shape: np.ndarray, counts: int) -> np.ndarray:
    """Probability of at most 0, 1, 2 ... contacts, one row per mean (column vectors)."""
    steps = np.arange(counts - 1)
    ratio = np.log((shape + steps) / (steps + 1)) + np.log(mean / (shape + mean))
    start = -shape * np.log1p(mean / shape)
    logs = np.concatenate((start, start + np.cumsum(ratio, axis=1)), axis=1)
    return np.asarray(np.cumsum(np.exp(logs), axis=1))


def _counted(mean: np.ndarray, variance: np.ndarray, share: float) -> np.ndarray:
    answer = np.empty(len(mean))
    for low in range(0, len(mean), 256):
        part = slice(low, low + 256)
        spread = np.sqrt(mean[part] + variance[part] * mean[part] ** 2)
        most = int((mean[part] + 8 * spread + 20).max())
        reached = _cumulative(mean[part, None], 1 / variance[part, None], most)
        answer[part] = (reached < share - 1e-12).sum(axis=1)
    return answer


def _wilson_hilferty(mean: np.ndarray, variance: np.ndarray, share: float) -> np.ndarray:
    relative = (1 / mean + variance) / 9
    z = NormalDist().inv_cdf(share)
    return np.asarray(np.round(mean * (1 - relative + z * np.sqrt(relative)) ** 3))
