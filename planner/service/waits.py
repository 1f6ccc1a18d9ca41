"""How long customers wait: means, percentiles and longest, by any group of contacts."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.service.fates import FEWEST_CONTACTS, fates, open_waited, ratios
from planner.service.levels import over_replications
from planner.service.records import Outcome, Service

SHARES = (0.5, 0.75, 0.9, 0.95)
"""Percentiles of waits that are told."""
_BEYOND = 3


def fewest_for(share: float, fewest: int = FEWEST_CONTACTS) -> int:
    """Contacts below which a percentile is not told: at least three must lie beyond it.

    Examples
    --------
    >>> fewest_for(0.5), fewest_for(0.95)
    (30, 60)
    """
    return max(fewest, math.ceil(_BEYOND / (1 - share) - 1e-9)) if fewest > 1 else 1


def summaries(
    service: Service, group: np.ndarray, groups: int, fewest: int = FEWEST_CONTACTS
) -> pd.DataFrame:
    """Figures per group of records, one row for each group.

    Waits are in seconds: median, p90 and longest count those still waiting with what they have waited so far
    (the true figure is not smaller); ASA is the mean of the answered. Kept by each queue's own definition;
    low and high are the 10th and 90th percentile over replications. Contacts that had waited already when
    the period began are in no figure.

    Parameters
    ----------
    service: as simulated.
    group: number of the group of each record, -1 for none.
    groups: how many there are.
    fewest: simulated contacts below which figures are NaN; counts and the longest wait are always told.
    """
    r, fate = service.records, fates(service)
    offered_to = fates(service, "offered")
    in_group = (group >= 0) & ~r.carried
    answered = in_group & (r.outcome == Outcome.ANSWERED)

    def count(mask: np.ndarray) -> np.ndarray:
        return np.bincount(group[mask], minlength=groups)

    offered, measured = count(in_group), count(in_group & fate.measured)
    share = ratios(count(in_group & fate.kept), measured)
    low, high = over_replications(service, group, groups, fate)
    late = in_group & offered_to.measured & (r.outcome == Outcome.WAITING)
    waits = Ranked.of(fate.waited, group, answered | late, groups)
    longest = Ranked.of(fate.waited, group, in_group & ~np.isnan(fate.waited), groups)
    asa = np.bincount(group[answered], weights=fate.waited[answered], minlength=groups)
    frame = pd.DataFrame(
        {
            "contacts_per_week": offered / (service.replications * service.weeks),
            "kept_share": share,
            # Where hardly a period misses any, the mean lies outside the range: the range reaches to it.
            "kept_low": np.fmin(low, share),
            "kept_high": np.fmax(high, share),
            "wait_median_seconds": waits.percentile(0.5),
            "wait_p90_seconds": waits.percentile(0.9),
            "longest_wait_seconds": longest.percentile(1.0),
            "asa_seconds": ratios(asa, count(answered)),
            "abandoned_share": ratios(count(in_group & (r.outcome == Outcome.ABANDONED)), offered),
        }
    )
    frame.loc[measured < fewest, ["kept_share", "kept_low", "kept_high"]] = np.nan
    frame.loc[waits.count < fewest, ["wait_median_seconds", "wait_p90_seconds", "asa_seconds"]] = np.nan
    frame.loc[offered < fewest, "abandoned_share"] = np.nan
    return frame


def response_times(service: Service, fewest: int = FEWEST_CONTACTS) -> pd.DataFrame:
    """Time to the answer, a row per queue and clock: elapsed, and while the queue was open.

    For deferred queues this is the first response time (FRT), to the sending of the first reply. Percentiles
    are of the answered and of those still waiting past their promise (with what they have waited so far).

    Parameters
    ----------
    service: as simulated.
    fewest: simulated contacts below which figures are NaN; a percentile needs three contacts beyond it.

    Returns
    -------
    Columns queue, clock ("elapsed" or "open hours"), contacts (simulated, that the figures rest on),
    p50_seconds, p75_seconds, p90_seconds, p95_seconds, asa_seconds (mean of the answered),
    mean_wait_seconds (of all who came in, also those who hung up), longest_seconds.
    """
    r, fate = service.records, fates(service, "offered")
    answered = ~r.carried & (r.outcome == Outcome.ANSWERED)
    all_ = ~np.isnan(fate.waited)
    chosen = answered | (fate.measured & (r.outcome == Outcome.WAITING))
    groups = len(service.queues)
    rows = []
    for clock, waited in (("elapsed", fate.waited), ("open hours", open_waited(service, fate))):
        ranked = Ranked.of(waited, r.queue, chosen, groups)
        longest = Ranked.of(waited, r.queue, all_, groups).percentile(1.0)
        figures = {
            **{f"p{100 * share:.0f}_seconds": ranked.percentile(share) for share in SHARES},
            "asa_seconds": _mean(waited, r.queue, answered, groups),
            "mean_wait_seconds": _mean(waited, r.queue, all_, groups),
        }
        for q, queue in enumerate(service.queues):
            count = int(ranked.count[q])
            needed = [*(fewest_for(share, fewest) for share in SHARES), fewest, fewest]
            told = {
                name: float(values[q]) if count >= least else math.nan
                for (name, values), least in zip(figures.items(), needed, strict=True)
            }
            row = {"queue": queue.name, "clock": clock, "contacts": count, **told}
            rows.append({**row, "longest_seconds": float(longest[q])})
    return pd.DataFrame(rows)


def _mean(values: np.ndarray, group: np.ndarray, chosen: np.ndarray, groups: int) -> np.ndarray:
    count = np.bincount(group[chosen], minlength=groups)
    return ratios(np.bincount(group[chosen], weights=values[chosen], minlength=groups), count)


@dataclass(frozen=True, eq=False)
class Ranked:
    """Values sorted within groups, for percentiles of all groups at once."""

    values: np.ndarray
    start: np.ndarray
    count: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray, group: np.ndarray, chosen: np.ndarray, groups: int) -> Ranked:
        """The chosen values, sorted within their groups."""
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
