"""Share of contacts within the promise: by definition, by week, over replications."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.service.fates import Fates, fates, interval_of, number_of, ratio, ratios
from planner.service.records import Service


class ServiceLevels(NamedTuple):
    """Share within the promise by three definitions, which differ when customers hang up.

    Attributes
    ----------
    offered: answered within / offered: the default here.
    answered: answered within / answered.
    gone: answered or gone within / offered.
    """

    offered: float
    answered: float
    gone: float


def service_levels(service: Service, queue: str, while_open: bool = False) -> ServiceLevels:
    """Service level of a queue by each definition, over all replications; NaN without contacts.

    Parameters
    ----------
    while_open: only of contacts that arrive while the queue is open.
    """
    mine = service.records.queue == number_of(service, queue)
    if while_open:
        mine &= service.records.arrived_open

    def level(fate: Fates) -> float:
        return ratio(int((mine & fate.kept).sum()), int((mine & fate.measured).sum()))

    return ServiceLevels(
        level(fates(service, "offered")), level(fates(service, "answered")), level(fates(service, "gone"))
    )


def kept_share(service: Service, mask: np.ndarray | None = None, queue: str | None = None) -> float:
    """Share of contacts for which the promise was kept, over all replications; NaN without contacts.

    By each queue's own definition of its promise.

    Parameters
    ----------
    service: as simulated.
    mask: intervals of arrival that count, shape (intervals,) or (queues, intervals); None: all.
    queue: name; None: every queue, each by its own promise.
    """
    kept, measured = _kept_counts(service, mask, queue)
    return ratio(int(kept.sum()), int(measured.sum()))


def kept_by_week(service: Service, mask: np.ndarray | None = None, queue: str | None = None) -> np.ndarray:
    """As ``kept_share``, for each replication and local week of arrival; NaN where nothing arrived.

    Weeks are those of ``Volumes.week_of``, in order.
    """
    return ratios(*_kept_counts(service, mask, queue))


def weeks_kept(by_week: np.ndarray, share: float) -> float:
    """In which share of weeks the promise was kept at least that well ("in 9 weeks of 10" is 0.9).

    Weeks in which nothing arrived do not count; NaN if there is no other.

    Examples
    --------
    >>> weeks_kept(np.array([[0.95, 0.80], [0.90, np.nan]]), 0.9) == 2 / 3
    True
    """
    known = by_week[np.isfinite(by_week)]
    return float((known >= share - 1e-12).mean()) if known.size else float("nan")


def over_replications(
    service: Service, group: np.ndarray, groups: int, fate: Fates
) -> tuple[np.ndarray, np.ndarray]:
    """10th and 90th percentile of the kept share over replications that have contacts, by group."""
    cell = group * service.replications + service.records.replication
    chosen = (group >= 0) & fate.measured
    size = groups * service.replications
    measured = np.bincount(cell[chosen], minlength=size).reshape(groups, -1)
    kept = np.bincount(cell[chosen & fate.kept], minlength=size).reshape(groups, -1)
    return percentiles(ratios(kept, measured))


def percentiles(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """10th and 90th percentile along the last axis of what is known; NaN where nothing is.

    Examples
    --------
    >>> [row.round(2).tolist() for row in percentiles(np.array([[0.5, 1.0, np.nan], [np.nan] * 3]))]
    [[0.55, nan], [0.95, nan]]
    """
    low, high = np.full(values.shape[:-1], np.nan), np.full(values.shape[:-1], np.nan)
    known = np.isfinite(values).any(axis=-1)
    if known.any():
        low[known], high[known] = np.nanpercentile(values[known], [10, 90], axis=-1)
    return low, high


def _kept_counts(
    service: Service, mask: np.ndarray | None, queue: str | None
) -> tuple[np.ndarray, np.ndarray]:
    """Contacts kept and measured, each of shape (replications, weeks)."""
    r, fate, k = service.records, fates(service), interval_of(service)
    chosen = fate.measured.copy()
    if mask is not None:
        chosen &= mask[k] if mask.ndim == 1 else mask[r.queue, k]
    if queue is not None:
        chosen &= r.queue == number_of(service, queue)
    first_week = int(service.week_of.min())
    weeks = int(service.week_of.max()) - first_week + 1
    cell = r.replication.astype(np.int64) * weeks + service.week_of[k] - first_week
    size = service.replications * weeks
    kept = np.bincount(cell[chosen & fate.kept], minlength=size).reshape(-1, weeks)
    return kept, np.bincount(cell[chosen], minlength=size).reshape(-1, weeks)
