"""Share of contacts answered within any time: what can be promised, and with which luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.service.fates import FEWEST_CONTACTS, TINY, fates
from planner.service.levels import percentiles
from planner.service.records import Outcome, Service

WITHIN_SECONDS = (60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400, 172800)
"""Times that people promise: 1, 5, 15 and 30 min, 1, 2, 4, 8, 24 and 48 h."""
CURVE_SECONDS = (
    5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 450, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200, 10800, 14400,
    21600, 28800, 43200, 64800, 86400, 129600, 172800, 259200, 432000, 604800,
)  # fmt: skip
"""Times of a whole curve, about evenly apart on a scale of ratios, from 5 s to a week."""


class Curve(NamedTuple):
    """Share answered within each time, with its 10th and 90th percentile over replications.

    All NaN where it would rest on too few contacts; ``contacts`` is the simulated number.
    """

    seconds: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    contacts: int


def share_within(
    service: Service,
    queue: int,
    seconds: Sequence[float] = WITHIN_SECONDS,
    chosen: np.ndarray | None = None,
    fewest: int = FEWEST_CONTACTS,
) -> Curve:
    """Share of the contacts of a queue answered within some times, of all who came.

    Those who hung up or were turned away are never answered. Those still waiting when the period ends count
    for as long as they were seen to wait (E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete
    Observations, 1958): a curve is never lower at a longer time.

    Parameters
    ----------
    service: as simulated.
    queue: its number.
    seconds: the times, elapsed.
    chosen: records that count, beside being of the queue; None: all.
    fewest: simulated contacts below which nothing is told.
    """
    r = service.records
    mine = (r.queue == queue) & ~r.carried
    mine = np.flatnonzero(mine if chosen is None else mine & chosen)
    at = np.asarray(seconds, dtype=float)
    if len(mine) < fewest:
        unknown = np.full(len(at), np.nan)
        return Curve(at, unknown, unknown, unknown, len(mine))
    answered = r.outcome[mine] == Outcome.ANSWERED
    seen = answered | (r.outcome[mine] == Outcome.WAITING)
    waited = np.where(seen, fates(service).waited[mine], np.inf)
    life = r.replication[mine]
    each = [
        _answered_by(waited[life == nth], answered[life == nth], at) for nth in range(service.replications)
    ]
    low, high = percentiles(np.array(each).T)
    return Curve(at, _answered_by(waited, answered, at), low, high, len(mine))


def _answered_by(waited: np.ndarray, answered: np.ndarray, at: np.ndarray) -> np.ndarray:
    """One less the product-limit estimate of not being answered; NaN without contacts."""
    if not len(waited):
        return np.full(len(at), np.nan)
    order = np.lexsort((~answered, waited))
    at_risk = len(waited) - np.arange(len(waited))
    still = np.cumprod(1 - answered[order] / at_risk)
    upto = np.searchsorted(waited[order], at + TINY, side="right")
    result: np.ndarray = 1 - np.append(1.0, still)[upto]
    return result


def curve_frame(service: Service, fewest: int = FEWEST_CONTACTS) -> pd.DataFrame:
    """Curves of every queue, for contacts that came while it was open, closed, and all.

    Returns
    -------
    Columns of ``service_curve.csv`` but the version: queue, arrived, within_seconds, share, low, high. Times
    are those of ``CURVE_SECONDS`` and the queue's own promise.
    """
    opened = service.records.arrived_open
    parts = []
    for q, queue in enumerate(service.queues):
        own = {queue.promise.within_seconds} if queue.promise.clock == "elapsed" else set()
        seconds = sorted({float(at) for at in CURVE_SECONDS} | own)
        for arrived, chosen in (("open", opened), ("closed", ~opened), ("all", None)):
            curve = share_within(service, q, seconds, chosen, fewest)
            columns = {"within_seconds": curve.seconds, "share": curve.share, "low": curve.low}
            parts.append(
                pd.DataFrame({"queue": queue.name, "arrived": arrived, **columns, "high": curve.high})
            )
    return pd.concat(parts, ignore_index=True)
