"""One figure for each time that the period was lived through, so that plans can be compared in pairs."""

from __future__ import annotations

from typing import Literal

import numpy as np

from planner.service.fates import fates, interval_of, number_of, ratios
from planner.service.records import Outcome, Service
from planner.service.waits import Ranked

Arrived = Literal["open", "closed", "all"]


def kept_by_period(
    service: Service, mask: np.ndarray | None = None, queue: str | None = None, arrived: Arrived = "all"
) -> np.ndarray:
    """Share within the promise in each replication; NaN where nothing could be measured.

    Parameters
    ----------
    mask: intervals of arrival that count, shape (intervals,) or (queues, intervals); None: all.
    queue: name; None: every queue, each by its own promise.
    arrived: contacts that came while their queue was open, closed, or all.
    """
    fate, chosen = fates(service), _chosen(service, mask, queue, arrived)
    return ratios(_count(service, chosen & fate.kept), _count(service, chosen & fate.measured))


def wait_by_period(service: Service, queue: str, share: float, arrived: Arrived = "all") -> np.ndarray:
    """Seconds that so large a share of contacts waits at most, in each replication; NaN without contacts.

    Contacts that still wait after their promise count with what they have waited so far, as in
    ``service.csv``.
    """
    r, fate = service.records, fates(service)
    late = (r.outcome == Outcome.WAITING) & fates(service, "offered").measured
    chosen = _chosen(service, None, queue, arrived) & ((r.outcome == Outcome.ANSWERED) | late)
    return Ranked.of(fate.waited, r.replication, chosen, service.replications).percentile(share)


def answered_by_period(service: Service, queue: str) -> np.ndarray:
    """Contacts answered a week, in each replication."""
    mine = _chosen(service, None, queue, "all") & (service.records.outcome == Outcome.ANSWERED)
    return np.asarray(_count(service, mine) / service.weeks)


def _chosen(service: Service, mask: np.ndarray | None, queue: str | None, arrived: Arrived) -> np.ndarray:
    r = service.records
    chosen = ~r.carried
    if mask is not None:
        k = interval_of(service)
        chosen = chosen & (mask[k] if mask.ndim == 1 else mask[r.queue, k])
    if queue is not None:
        chosen = chosen & (r.queue == number_of(service, queue))
    if arrived != "all":
        chosen = chosen & (r.arrived_open == (arrived == "open"))
    return chosen


def _count(service: Service, chosen: np.ndarray) -> np.ndarray:
    counted: np.ndarray = np.bincount(service.records.replication[chosen], minlength=service.replications)
    return counted
