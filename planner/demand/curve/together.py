"""All queues as one: sums of contacts with a band of their own."""

from __future__ import annotations

import numpy as np

from planner.demand.arrivals import Volumes
from planner.demand.curve.bands import Factor, Grain, quantiles, unit_factor


def all_factor(volumes: Volumes, grain: Grain) -> Factor:
    """Contacts of all queues in each hour, shift, day or week, and the gamma variance of the factor on them.

    What chance does to one queue says nothing of another, so these variances add up. What drivers and events
    are unsure by is the same for all queues, so there it is the deviations that add up. Bands of the queues
    added up would be far too wide.

    Parameters
    ----------
    volumes: with at least one queue.
    grain: hour, shift, day or week.
    """
    whole = [unit_factor(volumes, queue, grain) for queue in volumes.queues]
    alone = [unit_factor(volumes, queue, grain, shared=False) for queue in volumes.queues]
    total = np.sum([each.mean for each in whole], axis=0)
    chance = np.sum([each.variance * each.mean**2 for each in alone], axis=0)
    common = np.sum(
        [
            np.sqrt(np.maximum(every.variance - own.variance, 0.0)) * every.mean
            for every, own in zip(whole, alone, strict=True)
        ],
        axis=0,
    )
    some = total > 0
    variance = np.where(some, (chance + common**2) / np.where(some, total, 1.0) ** 2, 0.0)
    return Factor(total, variance)


def all_band(volumes: Volumes, grain: Grain, share: float) -> np.ndarray:
    """Quantile of the contacts of all queues together in each hour, shift, day or week.

    Parameters
    ----------
    share: probability, from 0 to 1.

    Examples
    --------
    >>> from planner.demand import Promise, Queue, typical_volumes
    >>> queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    >>> week = typical_volumes(100, queue, first_quarter=1972032, intervals=336, zone="UTC")
    >>> all_band(week, "week", 0.9).tolist()  # of one queue it is that queue's own
    [639.0]
    """
    return quantiles(*all_factor(volumes, grain), share)
