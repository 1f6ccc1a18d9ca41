"""When in the day contacts arrive: a share per wall-clock slot and weekday."""

from __future__ import annotations

import numpy as np

HALF_LIFE_DAYS = 140.0
# A weekday's own profile counts as much as its day class once it has seen this many tickets ...
CLASS_TICKETS = 200.0
# ... and a slot as much as its neighbours at this many.
NEIGHBOUR_TICKETS = 20.0
DAY_CLASSES = ((0, 1, 2, 3, 4), (5, 6))


def day_profiles(counts: np.ndarray, weights: np.ndarray, weekdays: np.ndarray) -> np.ndarray:
    """Shares of a day's contacts by weekday and slot; each row adds up to 1.

    A weekday is shrunk to its class (Monday to Friday, weekend), a class to all days, a slot to its
    neighbours, all the more the fewer tickets there are. Without any ticket the day is flat.

    Parameters
    ----------
    counts: contacts by day and slot.
    weights: of each day, 0 where it is missing.
    weekdays: of each day, 0 = Monday.
    """
    slots = counts.shape[1]
    aged = weights * 0.5 ** (np.arange(len(weights))[::-1] / HALF_LIFE_DAYS)
    sums = np.zeros((7, slots))
    for weekday in range(7):
        of_day = weekdays == weekday
        sums[weekday] = aged[of_day] @ counts[of_day]
    everything = _smoothed(sums.sum(axis=0), np.full(slots, 1.0 / slots))
    shares = np.empty((7, slots))
    for members in DAY_CLASSES:
        of_class = _smoothed(sums[list(members)].sum(axis=0), everything)
        for weekday in members:
            shares[weekday] = _smoothed(sums[weekday], of_class)
    return shares


def _smoothed(tickets: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Shares of tickets, shrunk to a prior profile and then to neighbouring slots."""
    shrunk = tickets + CLASS_TICKETS * prior
    near = (np.roll(shrunk, 1) + shrunk + np.roll(shrunk, -1)) / 3
    own = near / (near + NEIGHBOUR_TICKETS)
    blended = own * shrunk + (1 - own) * near
    return np.asarray(blended / blended.sum())


def to_quarters(shares: np.ndarray) -> np.ndarray:
    """Split each slot of a day evenly sloped into quarter-hours, slot totals kept.

    Examples
    --------
    >>> halves = to_quarters(np.array([[0.0] * 47 + [1.0]]))
    >>> halves.shape, float(halves.sum())
    ((1, 96), 1.0)
    """
    while shares.shape[1] < 96:
        slope = (np.roll(shares, -1, axis=1) - np.roll(shares, 1, axis=1)) / 16
        slope = np.clip(slope, -shares / 4, shares / 4)
        halves = np.stack((shares / 2 - slope, shares / 2 + slope), axis=2)
        shares = halves.reshape(shares.shape[0], -1)
    return shares
