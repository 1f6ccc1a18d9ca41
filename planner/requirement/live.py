"""Live queues: people needed at work, queue by queue and pooled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.demand import Queue, Spread
from planner.requirement.pool import Pool
from planner.requirement.settings import NeedSettings
from planner.requirement.uncertainty import relative_variance

ROUNDING = 1e-12
FORECAST_IS_RIGHT = Spread()


@dataclass(frozen=True, eq=False)
class LiveNeed:
    """People needed to answer a set of live queues, before shrinkage.

    Attributes
    ----------
    load: erlang in each interval; 0 while closed, because nobody can call. Chats count as if held alone.
    service: people that the answer time asks for.
    net: the larger of these and the people that keep occupancy at its cap.
    pool: the queues as one.
    """

    load: np.ndarray
    service: np.ndarray
    net: np.ndarray
    pool: Pool

    @property
    def method(self) -> str:
        """Name of the formula, for the report."""
        return self.pool.method

    @property
    def taken(self) -> np.ndarray:
        """People whom this work keeps from other work, at most: chats at once share theirs."""
        return self.load if self.pool.chats_at_once == 1 else np.minimum(self.load, self.net)

    def predicted(self) -> np.ndarray:
        """Service level that the net people give; load to three digits; NaN where nobody calls."""
        level = np.full(len(self.load), np.nan)
        known: dict[tuple[float, int], float] = {}
        for k in np.flatnonzero(self.load > 0):
            key = (float(f"{self.load[k]:.3g}"), int(self.net[k]))
            if key not in known:
                known[key] = self.pool.predicted(*key)
            level[k] = known[key]
        return level


def single(
    queue: Queue,
    aht_seconds: float,
    contacts: np.ndarray,
    is_open: np.ndarray,
    interval_seconds: float,
    settings: NeedSettings,
    spread: Spread = FORECAST_IS_RIGHT,
) -> LiveNeed:
    """People needed at work for one live queue.

    Parameters
    ----------
    aht_seconds: handle time by the people who can serve it. contacts: per interval.
    is_open: whether the queue is open in each interval.
    spread: how far the truth may lie from the forecast.
    """
    load = np.where(is_open, contacts, 0.0) * aht_seconds / interval_seconds
    pool = Pool(
        aht_seconds=aht_seconds,
        within_seconds=queue.promise.within_seconds,
        patience_seconds=queue.patience_seconds,
        share=queue.promise.share,
        chats_at_once=queue.chats_at_once,
        chat_speed=queue.chat_speed,
        variance=relative_variance(spread),
        policy=settings.policy,
        quantile=settings.quantile,
    )
    return _need(load, pool, settings)


def union(queues: Sequence[Queue], singles: Mapping[str, LiveNeed], settings: NeedSettings) -> LiveNeed:
    """People needed at work for live queues that share them, as if they were one queue.

    The pool has the sum of the loads, the shortest answer time and the strictest share of its
    queues. Its handle time is their mean weighted by load over the whole horizon (waits behind
    mixed work scale with E[S^2] / E[S], as Pollaczek-Khinchine has it), and it is as patient as its
    most patient queue. Queue by queue is always possible too, so the pool never needs more than its
    queues together, nor less than any of them.

    Queues whose chats are held alike, several at once, are a pool of chats. Among other queues, a
    chat counts for the time that one person with all chats open needs for each. Forecasts of
    different queues err independently.
    """
    parts = [singles[queue.name] for queue in queues]
    held = {(queue.chats_at_once, queue.chat_speed[: queue.chats_at_once]) for queue in queues}
    shares = [1.0 if len(held) == 1 else part.pool.one_person for part in parts]
    at_once, speed = held.pop() if len(held) == 1 else (1, (1.0,))
    loads = np.array([part.load.sum() / share for part, share in zip(parts, shares, strict=True)])
    # Shares, not loads: the square of a very small load is 0.
    weights = loads / loads.sum() if loads.sum() > 0 else np.full(len(parts), 1 / len(parts))
    handled = [part.pool.aht_seconds / share for part, share in zip(parts, shares, strict=True)]
    patience = [queue.patience_seconds for queue in queues]
    erring = np.array([part.pool.variance for part in parts])
    pool = Pool(
        aht_seconds=float(np.average(handled, weights=weights)),
        within_seconds=min(queue.promise.within_seconds for queue in queues),
        patience_seconds=None if None in patience else max(value for value in patience if value is not None),
        share=max(queue.promise.share for queue in queues),
        chats_at_once=at_once,
        chat_speed=speed,
        variance=float((erring * weights**2).sum()),
        policy=settings.policy,
        quantile=settings.quantile,
    )
    load = np.sum([part.load / share for part, share in zip(parts, shares, strict=True)], axis=0)
    found = _need(load, pool, settings)
    alone = np.array([part.net for part in parts])
    net = np.clip(found.net, alone.max(axis=0), alone.sum(axis=0))
    return LiveNeed(found.load, found.service, net, pool)


def _need(load: np.ndarray, pool: Pool, settings: NeedSettings) -> LiveNeed:
    service = pool.teams(load)
    # The forecast has rounding errors of its own: 48 erlang / 0.75 are 64 people, not 65.
    capacity = settings.occupancy_cap * pool.one_person
    busy = np.ceil(pool.staffed(load) / capacity * (1.0 - ROUNDING)).astype(np.int64)
    return LiveNeed(load, service, np.maximum(service, busy), pool)
