"""From records to figures: pure functions, nothing is simulated here.

Kept, for every kind of contact: answered within the promise, of all offered (abandoned and turned away
ones are missed). Live contacts are answered when somebody picks up; deferred ones when the first reply is
sent. Contacts near the end of the period that still wait inside their promise are not measured: nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.service.duty import QUARTER
from planner.service.records import Outcome, Service

# Times are sums of many floats; a promise is not missed by a billionth of a second.
_TINY = 1e-6


class Fates(NamedTuple):
    """Per record: waited (seconds until answered, gone or the end; NaN if turned away), measured, kept."""

    waited: np.ndarray
    measured: np.ndarray
    kept: np.ndarray


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


def fates(service: Service) -> Fates:
    """How long each contact waited and whether the promise was kept, on the promise's clock."""
    r = service.records
    end = np.select(
        [r.outcome == Outcome.ABANDONED, r.outcome == Outcome.WAITING, r.live],
        [r.gone, np.full(len(r), service.horizon_seconds), r.started],
        r.answered,
    )
    turned_away = r.outcome == Outcome.TURNED_AWAY
    waited = np.where(turned_away, np.nan, end - r.arrived)
    counted = waited.copy()
    for q, queue in enumerate(service.queues):
        if queue.promise.clock == "open hours":
            mine = r.queue == q
            edges = np.arange(service.open_.shape[1] + 1) * QUARTER
            open_so_far = np.concatenate([[0.0], np.cumsum(service.open_[q] * QUARTER)])
            counted[mine] = np.interp(end[mine], edges, open_so_far) - np.interp(
                r.arrived[mine], edges, open_so_far
            )
    within = np.array([queue.promise.within_seconds for queue in service.queues])[r.queue] + _TINY
    with np.errstate(invalid="ignore"):
        inside = counted <= within
    return Fates(waited, ~((r.outcome == Outcome.WAITING) & inside), (r.outcome == Outcome.ANSWERED) & inside)


def service_levels(service: Service, queue: str) -> ServiceLevels:
    """Service level of a queue by each definition, over all replications; NaN without contacts."""
    r, fate = service.records, fates(service)
    mine = (r.queue == _number(service, queue)) & fate.measured
    answered = mine & (r.outcome == Outcome.ANSWERED)
    within = service.queues[_number(service, queue)].promise.within_seconds + _TINY
    left = mine & (r.outcome == Outcome.ABANDONED) & (np.nan_to_num(fate.waited) <= within)
    kept = int((mine & fate.kept).sum())
    return ServiceLevels(
        _ratio(kept, int(mine.sum())),
        _ratio(kept, int(answered.sum())),
        _ratio(kept + int(left.sum()), int(mine.sum())),
    )


def kept_share(service: Service, mask: np.ndarray | None = None, queue: str | None = None) -> float:
    """Share of contacts for which the promise was kept, over all replications; NaN without contacts.

    Parameters
    ----------
    service: as simulated.
    mask: intervals of arrival that count, shape (intervals,) or (queues, intervals); None: all.
    queue: name; None: every queue, each by its own promise.
    """
    counts = _kept_counts(service, mask, queue)
    return _ratio(int(counts[0].sum()), int(counts[1].sum()))


def kept_by_week(service: Service, mask: np.ndarray | None = None, queue: str | None = None) -> np.ndarray:
    """As ``kept_share``, for each replication and local week of arrival; NaN where nothing arrived.

    Weeks are those of ``Volumes.week_of``, in order.
    """
    kept, measured = _kept_counts(service, mask, queue)
    return _shares(kept, measured)


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


def summaries(service: Service, group: np.ndarray, groups: int) -> pd.DataFrame:
    """Figures per group of records, one row for each group.

    Waits are in seconds: median, p90 and longest count those still waiting with what they have waited so far
    (the true figure is not smaller); ASA is the mean of the answered. Low and high of the kept share are
    the 10th and 90th percentile over replications.

    Parameters
    ----------
    service: as simulated.
    group: number of the group of each record, -1 for none.
    groups: how many there are.
    """
    r, fate = service.records, fates(service)
    in_group = group >= 0
    answered = in_group & (r.outcome == Outcome.ANSWERED)

    def count(mask: np.ndarray) -> np.ndarray:
        return np.bincount(group[mask], minlength=groups)

    offered, measured = count(in_group), count(in_group & fate.measured)
    low, high = _over_replications(service, group, groups, fate)
    waits = _Ranked.of(
        fate.waited, group, answered | (in_group & fate.measured & (r.outcome == Outcome.WAITING)), groups
    )
    longest = _Ranked.of(fate.waited, group, in_group & ~np.isnan(fate.waited), groups)
    asa = np.bincount(group[answered], weights=fate.waited[answered], minlength=groups)
    return pd.DataFrame(
        {
            "contacts_per_week": offered / (service.replications * service.weeks),
            "kept_share": _shares(count(in_group & fate.kept), measured),
            "kept_low": low,
            "kept_high": high,
            "wait_median_seconds": waits.percentile(0.5),
            "wait_p90_seconds": waits.percentile(0.9),
            "longest_wait_seconds": longest.percentile(1.0),
            "asa_seconds": _shares(asa, count(answered)),
            "abandoned_share": _shares(count(in_group & (r.outcome == Outcome.ABANDONED)), offered),
        }
    )


def occupancy(service: Service, queue: str, intervals: np.ndarray | None = None) -> float:
    """Handling / (handling + waiting for work) of the people who serve a queue; NaN if nobody was there.

    Parameters
    ----------
    service: as simulated.
    queue: name.
    intervals: which count, a mask of shape (intervals,); None: all.
    """
    chosen = np.ones(service.intervals, dtype=bool) if intervals is None else intervals
    people = service.able[_number(service, queue)]
    handling = float(service.handling[people][:, chosen].sum())
    idle = float(service.waiting_for_work[people][:, chosen].sum())
    return handling / (handling + idle) if handling + idle > 0 else float("nan")


def interval_of(service: Service) -> np.ndarray:
    """Planning interval in which each contact arrived."""
    k = (service.records.arrived // (service.interval_minutes * 60.0)).astype(np.int64)
    return np.minimum(k, service.intervals - 1)


def _number(service: Service, queue: str) -> int:
    return [q.name for q in service.queues].index(queue)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _shares(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Cell by cell; NaN where the whole is 0."""
    result = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result


def _kept_counts(
    service: Service, mask: np.ndarray | None, queue: str | None
) -> tuple[np.ndarray, np.ndarray]:
    """Contacts kept and measured, each of shape (replications, weeks)."""
    r, fate, k = service.records, fates(service), interval_of(service)
    chosen = fate.measured.copy()
    if mask is not None:
        chosen &= mask[k] if mask.ndim == 1 else mask[r.queue, k]
    if queue is not None:
        chosen &= r.queue == _number(service, queue)
    first_week = int(service.week_of.min())
    weeks = int(service.week_of.max()) - first_week + 1
    cell = r.replication.astype(np.int64) * weeks + service.week_of[k] - first_week
    size = service.replications * weeks
    kept = np.bincount(cell[chosen & fate.kept], minlength=size).reshape(-1, weeks)
    return kept, np.bincount(cell[chosen], minlength=size).reshape(-1, weeks)


def _over_replications(
    service: Service, group: np.ndarray, groups: int, fate: Fates
) -> tuple[np.ndarray, np.ndarray]:
    """10th and 90th percentile of the kept share over replications that have contacts."""
    cell = group * service.replications + service.records.replication
    chosen = (group >= 0) & fate.measured
    size = groups * service.replications
    measured = np.bincount(cell[chosen], minlength=size).reshape(groups, -1)
    kept = np.bincount(cell[chosen & fate.kept], minlength=size).reshape(groups, -1)
    shares = _shares(kept, measured)
    low, high = np.full(groups, np.nan), np.full(groups, np.nan)
    known = (measured > 0).any(axis=1)
    if known.any():
        low[known], high[known] = np.nanpercentile(shares[known], [10, 90], axis=1)
    return low, high


@dataclass(frozen=True, eq=False)
class _Ranked:
    """Values sorted within groups, for percentiles of all groups at once."""

    values: np.ndarray
    start: np.ndarray
    count: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray, group: np.ndarray, chosen: np.ndarray, groups: int) -> _Ranked:
        mine = group[chosen]
        order = np.lexsort((values[chosen], mine))
        count = np.bincount(mine, minlength=groups)
        return cls(values[chosen][order], np.cumsum(count) - count, count)

    def percentile(self, share: float) -> np.ndarray:
        """Linear between neighbours, as numpy does it; NaN for an empty group."""
        result = np.full(len(self.count), np.nan)
        known = self.count > 0
        place = self.start[known] + share * (self.count[known] - 1)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, (self.start + self.count - 1)[known])
        result[known] = self.values[below] + (place - below) * (self.values[above] - self.values[below])
        return result
