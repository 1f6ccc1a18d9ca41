"""Random weeks that agree with a forecast and its uncertainty."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from planner.demand.arrivals import Spread, Volumes
from planner.demand.curve.bands import clumped, grain_of

DOUBT_STREAM = 1


def stream_of(name: str) -> int:
    """Number of a queue's or person's random streams: of the name, not of the place among others.

    So whoever is beside it, one more or one fewer, changes nothing of what it draws.

    Examples
    --------
    >>> stream_of("email en")
    3154069686
    """
    return crc32(name.encode())


def draws(volumes: Volumes, replications: int, seed: int) -> np.ndarray:
    """Arrivals that may come: factors of the period, its weeks, days, shifts and hours, then Poisson.

    Intervals in doubt (``volumes.doubt``: borrowed hours, events) have one more factor; those of a queue with
    the same doubt have it in common. It comes from a stream of its own, so that a queue without doubt is
    drawn as if there were none anywhere.

    Every replication of every queue, by its name, has a random stream of its own, so that the first ten of
    twenty replications are those of a run of ten.

    Parameters
    ----------
    volumes: forecast; means, spread and doubt are used.
    replications: how many.
    seed: same seed, same draws.

    Returns
    -------
    Whole numbers (int32), shape (replications, queues, intervals).

    Examples
    --------
    >>> from planner.demand import Promise, Queue, typical_volumes
    >>> queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    >>> week = typical_volumes(100, queue, first_quarter=1972032, intervals=336, zone="Europe/Rome")
    >>> draws(week, 2, seed=1).shape
    (2, 1, 336)
    """
    hours, shifts = grain_of(volumes, "hour"), grain_of(volumes, "shift")
    result = np.empty((replications, len(volumes.queues), volumes.intervals), dtype=np.int32)
    for replication in range(replications):
        for row, queue in enumerate(volumes.queues):
            stream = np.random.default_rng(np.random.SeedSequence((seed, replication, stream_of(queue))))
            spread = volumes.spread[queue]
            mean = volumes.mean[row].copy()
            for variance, index in (
                (spread.level, np.zeros_like(volumes.week_of)),
                (spread.week, volumes.week_of),
                (spread.day, volumes.day_of),
                (spread.shift, shifts),
            ):
                if variance > 0 and len(index):
                    factors = stream.gamma(1 / variance, variance, size=int(index.max()) + 1)
                    mean = mean * factors[index]
            if len(hours):
                mean = mean * _of_hours(spread, volumes.mean[row], hours, stream)[hours]
            if volumes.doubt is not None and volumes.doubt[row].any():
                own = np.random.SeedSequence((seed, replication, stream_of(queue), DOUBT_STREAM))
                mean = mean * _doubted(volumes.doubt[row], np.random.default_rng(own))
            result[replication, row] = stream.poisson(mean)
    return result


def _of_hours(spread: Spread, mean: np.ndarray, hours: np.ndarray, stream: np.random.Generator) -> np.ndarray:
    """Factor of every hour; clumps make it wider where less is expected."""
    count = int(hours.max()) + 1
    if spread.clump <= 0:
        return stream.gamma(1 / spread.hour, spread.hour, size=count) if spread.hour > 0 else np.ones(count)
    variance = np.full(count, spread.hour)
    variance[hours] += clumped(spread, mean, hours)
    safe = np.maximum(variance, 1e-9)
    return np.asarray(stream.gamma(1 / safe, safe))


def _doubted(doubt: np.ndarray, stream: np.random.Generator) -> np.ndarray:
    """Factor of every interval; equal doubts of a queue share one."""
    values, index = np.unique(doubt, return_inverse=True)
    factors = np.ones(len(values))
    for place, variance in enumerate(values):
        if variance > 0:
            factors[place] = stream.gamma(1 / variance, variance)
    return np.asarray(factors[index])
