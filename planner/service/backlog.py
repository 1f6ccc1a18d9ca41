"""How many contacts wait, hour by hour."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.clock import local_at, quarter_at
from planner.service.fates import ended
from planner.service.records import Outcome, Service


def waiting(service: Service) -> np.ndarray:
    """Contacts that wait for their answer when each planning interval begins.

    Live ones until somebody picks up or they hang up, others until the first reply is sent; those that
    waited already when the period began are among them, those turned away are not.

    Returns
    -------
    Whole numbers, shape (replications, queues, intervals).
    """
    r, queues, k = service.records, len(service.queues), service.intervals
    interval = service.interval_minutes * 60.0
    begin = np.where(r.carried, 0.0, np.maximum(r.arrived, 0.0))
    end = np.where(r.outcome == Outcome.WAITING, np.inf, ended(service))
    there = r.outcome != Outcome.TURNED_AWAY
    first = np.ceil(begin[there] / interval).astype(np.int64)
    after = np.minimum(np.ceil(end[there] / interval), k).astype(np.int64)
    row = (r.replication[there].astype(np.int64) * queues + r.queue[there]) * (k + 1)
    size = service.replications * queues * (k + 1)
    seen = after > first
    change = np.bincount(row[seen] + first[seen], minlength=size)
    change -= np.bincount(row[seen] + after[seen], minlength=size)
    result: np.ndarray = np.cumsum(change.reshape(service.replications, queues, k + 1), axis=2)[:, :, :k]
    return result


def backlog_frame(service: Service, zone: str) -> pd.DataFrame:
    """Contacts waiting at the start of each interval, a row for each queue and interval.

    Returns
    -------
    Columns of ``backlog.csv`` but the version: queue, interval_start, interval_local, waiting_mean,
    waiting_low and waiting_high (10th and 90th percentile over replications).
    """
    count = waiting(service)
    low, high = np.percentile(count, [10, 90], axis=0)
    mean = count.mean(axis=0)
    step = service.interval_minutes // 15
    quarters = [service.first_quarter + k * step for k in range(service.intervals)]
    starts = pd.DatetimeIndex([quarter_at(quarter) for quarter in quarters], dtype="datetime64[us, UTC]")
    local = [local_at(quarter, zone).isoformat(timespec="seconds") for quarter in quarters]
    parts = [
        pd.DataFrame(
            {
                "queue": queue.name,
                "interval_start": starts,
                "interval_local": local,
                "waiting_mean": mean[q],
                "waiting_low": low[q],
                "waiting_high": high[q],
            }
        )
        for q, queue in enumerate(service.queues)
    ]
    return pd.concat(parts, ignore_index=True)
