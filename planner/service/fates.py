"""What became of each contact's promise: the ground of every figure. Pure functions of records.

Live contacts are answered when somebody picks up; others when the first reply is sent. Contacts that still
wait inside their promise when the period ends are not measured: nobody knows. Neither are those that had
waited already when it began.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.demand.queue import Definition
from planner.service.duty import QUARTER
from planner.service.records import Outcome, Service

# Times are sums of many floats; a promise is not missed by a billionth of a second.
TINY = 1e-6
FEWEST_CONTACTS = 30
"""Simulated contacts below which a figure is not given: NaN, beside the number of contacts."""


class Fates(NamedTuple):
    """Per record: seconds waited, whether the promise is measured, and whether it was kept.

    Waited until answered, gone or the end of the period; NaN for those turned away and for those who had
    waited already when the period began.
    """

    waited: np.ndarray
    measured: np.ndarray
    kept: np.ndarray


def fates(service: Service, definition: Definition | None = None) -> Fates:
    """How long each contact waited and whether the promise was kept, on the promise's own clock.

    Parameters
    ----------
    service: as simulated.
    definition: what the share is of: "offered" (answered in time of all who came; those turned away or
        gone are missed), "answered" (of those answered) or "gone" (answered or gone in time, of all who
        came); None: each queue's own.
    """
    r = service.records
    end = ended(service)
    known = ~r.carried & ~((r.outcome == Outcome.WAITING) & (end <= r.due + TINY))
    with np.errstate(invalid="ignore"):
        in_time = end <= r.due + TINY
    answered, gone = r.outcome == Outcome.ANSWERED, r.outcome == Outcome.ABANDONED
    of = np.array([definition or queue.promise.definition for queue in service.queues], dtype=object)
    of_answered, or_gone = (of == "answered")[r.queue], (of == "gone")[r.queue]
    unknown = r.carried | (r.outcome == Outcome.TURNED_AWAY)
    return Fates(
        waited=np.where(unknown, np.nan, end - r.arrived),
        measured=known & (answered | ~of_answered),
        kept=known & in_time & (answered | (gone & or_gone)),
    )


def ended(service: Service) -> np.ndarray:
    """Second at which each wait ended: answered, gone, or the end of the period; NaN if turned away."""
    r = service.records
    result: np.ndarray = np.select(
        [
            r.outcome == Outcome.TURNED_AWAY,
            r.outcome == Outcome.ABANDONED,
            r.outcome == Outcome.WAITING,
            r.live,
        ],
        [np.full(len(r), np.nan), r.gone, np.full(len(r), service.horizon_seconds), r.started],
        r.answered,
    )
    return result


def open_waited(service: Service, fate: Fates) -> np.ndarray:
    """Seconds waited of which the queue was open; NaN where the wait is not known."""
    r = service.records
    result = np.full(len(r), np.nan)
    edges = np.arange(service.open_.shape[1] + 1) * QUARTER
    for q in range(len(service.queues)):
        mine = np.flatnonzero((r.queue == q) & ~np.isnan(fate.waited))
        open_so_far = np.concatenate([[0.0], np.cumsum(service.open_[q] * QUARTER)])
        until = np.interp(r.arrived[mine] + fate.waited[mine], edges, open_so_far)
        result[mine] = until - np.interp(r.arrived[mine], edges, open_so_far)
    return result


def interval_of(service: Service) -> np.ndarray:
    """Planning interval in which each contact arrived."""
    k = (service.records.arrived // (service.interval_minutes * 60.0)).astype(np.int64)
    return np.clip(k, 0, service.intervals - 1)


def number_of(service: Service, queue: str) -> int:
    """Number of a queue by its name."""
    return [q.name for q in service.queues].index(queue)


def ratio(part: int, whole: int) -> float:
    """NaN where the whole is 0."""
    return part / whole if whole else float("nan")


def ratios(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Cell by cell; NaN where the whole is 0."""
    result = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result
