"""Live queues: people needed at work, queue by queue and pooled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.demand import Queue
from planner.requirement.erlang import measures_at
from planner.requirement.erlang_inverse import smallest_teams

ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class LiveNeed:
    """People needed to answer a set of live queues, before shrinkage.

    Attributes
    ----------
    load: erlang in each interval; 0 while closed, because nobody can call.
    service: people that the answer time asks for.
    net: the larger of these and the people that keep occupancy at its cap.
    aht_seconds, within_seconds, patience_seconds, share: the pool as one queue.
    """

    load: np.ndarray
    service: np.ndarray
    net: np.ndarray
    aht_seconds: float
    within_seconds: float
    patience_seconds: float | None
    share: float

    @property
    def method(self) -> str:
        """Name of the formula, for the report."""
        return "Erlang C" if self.patience_seconds is None else "Erlang A"

    def predicted(self) -> np.ndarray:
        """Service level that the net people give; load to three digits; NaN where nobody calls."""
        level = np.full(len(self.load), np.nan)
        known: dict[tuple[float, int], float] = {}
        for k in np.flatnonzero(self.load > 0):
            key = (float(f"{self.load[k]:.3g}"), int(self.net[k]))
            if key not in known:
                got = measures_at(
                    *(key[0], self.aht_seconds), key[1], self.within_seconds, self.patience_seconds
                )
                known[key] = got.service_level
            level[k] = known[key]
        return level


def single(
    queue: Queue, contacts: np.ndarray, is_open: np.ndarray, interval_seconds: float, occupancy_cap: float
) -> LiveNeed:
    """People needed at work for one live queue.

    Parameters
    ----------
    contacts: per interval. is_open: whether the queue is open in each interval.
    """
    load = np.where(is_open, contacts, 0.0) * queue.aht_seconds / interval_seconds
    return _pool(
        load,
        queue.aht_seconds,
        queue.promise.within_seconds,
        queue.patience_seconds,
        queue.promise.share,
        occupancy_cap,
    )


def union(queues: Sequence[Queue], singles: Mapping[str, LiveNeed], occupancy_cap: float) -> LiveNeed:
    """People needed at work for live queues that share them, as if they were one queue.

    The pool has the sum of the loads, the shortest answer time and the strictest share of its
    queues. Its handle time is their mean weighted by load over the whole horizon (waits behind
    mixed work scale with E[S^2] / E[S], as Pollaczek-Khinchine has it), and it is as patient as its
    most patient queue. Queue by queue is always possible too, so the pool never needs more than its
    queues together, nor less than any of them.
    """
    parts = [singles[queue.name] for queue in queues]
    loads = np.array([part.load.sum() for part in parts])
    weights = loads if loads.sum() > 0 else np.ones(len(parts))
    patience = [queue.patience_seconds for queue in queues]
    pool = _pool(
        np.sum([part.load for part in parts], axis=0),
        float(np.average([queue.aht_seconds for queue in queues], weights=weights)),
        min(queue.promise.within_seconds for queue in queues),
        None if None in patience else max(value for value in patience if value is not None),
        max(queue.promise.share for queue in queues),
        occupancy_cap,
    )
    alone = np.array([part.net for part in parts])
    net = np.clip(pool.net, alone.max(axis=0), alone.sum(axis=0))
    return LiveNeed(
        pool.load, pool.service, net, pool.aht_seconds, pool.within_seconds, pool.patience_seconds, pool.share
    )


def _pool(
    load: np.ndarray,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None,
    share: float,
    occupancy_cap: float,
) -> LiveNeed:
    service = smallest_teams(load, aht_seconds, within_seconds, patience_seconds, share)
    # The forecast has rounding errors of its own: 48 erlang / 0.75 are 64 people, not 65.
    busy = np.ceil(load / occupancy_cap * (1.0 - ROUNDING)).astype(np.int64)
    net = np.maximum(service, busy)
    return LiveNeed(load, service, net, aht_seconds, within_seconds, patience_seconds, share)
