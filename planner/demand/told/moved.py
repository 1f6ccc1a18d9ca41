"""Demand that is not new: whoever finds a phone open at seven does not call at nine."""

from __future__ import annotations

import numpy as np

# Whoever waited for the opening came within so long of it ...
PEAK_MINUTES = 120
# ... and the peak keeps at least this share of its contacts: most of them did not wait.
LEAST_LEFT = 0.5


def moved(
    mean: np.ndarray,
    new: np.ndarray,
    old: np.ndarray,
    day_of: np.ndarray,
    share: float,
    interval_minutes: int,
) -> np.ndarray:
    """Take a share of the demand in hours opened earlier from the peak after the old opening.

    The new hours keep all of their contacts; so a day's total grows by less than what they hold. Hours
    opened in the evening move nothing: nobody called in the morning instead of the evening after.

    Parameters
    ----------
    mean: contacts per interval of one queue, new hours included.
    new: intervals that are open now and were not before.
    old: intervals that were open before.
    day_of: local day of each interval.
    share: of the contacts in new hours before the old opening of their day, from 0 to 1.
    interval_minutes: length of an interval.

    Returns
    -------
    Contacts per interval; a new array.

    Examples
    --------
    >>> mean = np.array([4.0, 4.0, 20.0, 10.0, 10.0])
    >>> new = np.array([True, True, False, False, False])
    >>> moved(mean, new, ~new, np.zeros(5, dtype=int), 0.5, 60).round(2).tolist()
    [4.0, 4.0, 17.33, 8.67, 10.0]
    """
    result = np.array(mean, dtype=np.float64)
    length = PEAK_MINUTES // interval_minutes
    for day in np.unique(day_of[new]):
        today = day_of == day
        opened = np.flatnonzero(today & old)
        if not len(opened):
            continue
        early = today & new
        early[opened[0] :] = False
        peak = opened[opened < opened[0] + length]
        there = float(result[peak].sum())
        if there > 0:
            taken = min(share * float(mean[early].sum()), (1 - LEAST_LEFT) * there)
            result[peak] *= 1 - taken / there
    return result
