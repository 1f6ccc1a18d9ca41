"""How far contacts stray from their forecast: nested factors of week, day and hour on top of Poisson.

Bands of weeks made from independent hours would be absurdly narrow; the factors make hours, days and weeks
jointly right.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from planner.demand.arrivals import Spread

# Where a history is short, the spread leans on this one, as if seen over so many weeks.
TYPICAL = Spread(week=0.015, day=0.015, hour=0.02)
TYPICAL_WEEKS = 6.0
MOST_SPREADS = 4.0
EXACT_BELOW = 400.0
LOW, HIGH = 0.1, 0.9


def fit_spread(actual: np.ndarray, expected: np.ndarray, seen: np.ndarray) -> Spread:
    """Variances of the factors, from moments of errors at hour, day and week.

    With factors of mean 1, ``E(Y - m)^2 = m + x S_week + y S_day + z S_hour`` at each grain, where x is
    the variance of the week, y that of the day within it and z that of the hour within that, and S are
    sums of squared means. Single shocks are pulled in to ``MOST_SPREADS`` standard deviations.

    Parameters
    ----------
    actual, expected: contacts by week, weekday and hour, shape (weeks, 7, 24).
    seen: days with data, shape (weeks, 7).
    """
    weeks = int(seen.any(axis=1).sum())
    beyond_week = (1 + TYPICAL.week) * TYPICAL.day
    prior = (TYPICAL.week, beyond_week, (1 + TYPICAL.week) * (1 + TYPICAL.day) * TYPICAL.hour)
    if not weeks or not (expected * seen[:, :, None]).any():
        return TYPICAL
    y = np.where(seen[:, :, None], actual, 0.0)
    m = np.where(seen[:, :, None], expected, 0.0)
    hour = _excess(y.ravel(), m.ravel())
    day = _excess(y.sum(axis=2).ravel(), m.sum(axis=2).ravel())
    week = _excess(y.sum(axis=(1, 2)), m.sum(axis=(1, 2)))
    s_hour, s_day = float((m**2).sum()), float((m.sum(axis=2) ** 2).sum())
    s_week = float((m.sum(axis=(1, 2)) ** 2).sum())
    hour_in_day, day_in_week = s_hour / s_day, s_day / s_week
    z = max(0.0, (hour - day) / max(1 - hour_in_day, 1e-9))
    x_y = max(0.0, day - z * hour_in_day)
    inside = week - z * s_hour / s_week
    y_part = min(max(0.0, (x_y - inside) / max(1 - day_in_week, 1e-9)), x_y)
    seen_parts = (x_y - y_part, y_part, z)
    share = weeks / (weeks + TYPICAL_WEEKS)
    x, y_part, z = (share * own + (1 - share) * usual for own, usual in zip(seen_parts, prior, strict=True))
    return Spread(week=x, day=y_part / (1 + x), hour=z / ((1 + x) * (1 + y_part / (1 + x))))


def _excess(actual: np.ndarray, expected: np.ndarray) -> float:
    """Variance beyond Poisson relative to the squared mean, shocks pulled in."""
    squares = float((expected**2).sum())
    found = 1.0
    for _ in range(6):
        limit = MOST_SPREADS * np.sqrt(expected + found * expected**2)
        errors = np.clip(actual - expected, -limit, limit)
        found = max(0.0, float((errors**2 - expected).sum()) / squares)
    return found


def total_spread(spread: Spread) -> float:
    """Gamma variance of the product of all factors: that of a single hour.

    Examples
    --------
    >>> round(total_spread(Spread(0.1, 0.1, 0.0)), 3)
    0.21
    """
    return (1 + spread.level) * (1 + spread.week) * (1 + spread.day) * (1 + spread.hour) - 1


def quantiles(mean: np.ndarray, variance: float, share: float) -> np.ndarray:
    """Smallest count that Poisson arrivals with a gamma factor reach with a probability of ``share``.

    The mixture is a negative binomial; its probabilities are added up from 0 in logarithms, so that no
    large mean underflows. Above ``EXACT_BELOW`` the gamma's normal form of Wilson and Hilferty (1931)
    serves.

    Parameters
    ----------
    mean: contacts, any shape.
    variance: of the gamma factor; 0 is plain Poisson.
    share: from 0 to 1.

    Examples
    --------
    >>> quantiles(np.array([0.0, 1.0, 10.0]), 0.0, 0.9).tolist()
    [0.0, 2.0, 14.0]
    """
    unique, inverse = np.unique(np.asarray(mean, dtype=np.float64), return_inverse=True)
    result = np.zeros(len(unique))
    small = (unique > 0) & (unique <= EXACT_BELOW)
    if small.any():
        result[small] = _counted(unique[small], max(variance, 1e-9), share)
    large = unique > EXACT_BELOW
    if large.any():
        result[large] = _wilson_hilferty(unique[large], variance, share)
    return result[inverse].reshape(np.shape(mean))


def share_inside(actual: np.ndarray, mean: np.ndarray, variance: float) -> np.ndarray:
    """How much of each count lies inside the 10-90 % band, from 0 to 1; a perfect forecast averages 0.8.

    A count covers a step of the distribution; the part of that step between the 10th and the 90th percentile
    counts. Bands of whole numbers would hold far more than 80 % of small counts and hide a bad forecast.

    Parameters
    ----------
    actual, mean: contacts, one-dimensional.
    variance: of the gamma factor.

    Examples
    --------
    >>> chances = np.exp(-2.0) * 2.0 ** np.arange(15) / np.cumprod([1, *range(1, 15)])
    >>> round(float(chances @ share_inside(np.arange(15.0), np.full(15, 2.0), 0.0)), 6)
    0.8
    """
    inside = np.zeros(len(mean))
    shape = 1 / max(variance, 1e-9)
    for row, (count, expected) in enumerate(zip(actual.tolist(), mean.tolist(), strict=True)):
        if expected <= 0:
            inside[row] = float(count == 0)
        elif expected > EXACT_BELOW or count > 4 * EXACT_BELOW:
            low, high = (_wilson_hilferty(np.array([expected]), variance, share)[0] for share in (LOW, HIGH))
            inside[row] = float(low <= count <= high)
        else:
            reached = _cumulative(np.array([[expected]]), shape, int(count) + 1)[0]
            above, below = reached[-1], reached[-2] if count else 0.0
            part = max(0.0, min(above, HIGH) - max(below, LOW))
            inside[row] = part / (above - below) if above > below else 0.0
    return inside


def _cumulative(mean: np.ndarray, shape: float, counts: int) -> np.ndarray:
    """Probability of at most 0, 1, 2 ... contacts, one row per mean (column vector)."""
    steps = np.arange(counts - 1)
    ratio = np.log((shape + steps) / (steps + 1)) + np.log(mean / (shape + mean))
    start = -shape * np.log1p(mean / shape)
    logs = np.concatenate((start, start + np.cumsum(ratio, axis=1)), axis=1)
    return np.asarray(np.cumsum(np.exp(logs), axis=1))


def _counted(mean: np.ndarray, variance: float, share: float) -> np.ndarray:
    top = float(mean.max())
    most = int(top + 8 * np.sqrt(top + variance * top**2) + 20)
    answer = np.empty(len(mean))
    for low in range(0, len(mean), 256):
        reached = _cumulative(mean[low : low + 256, None], 1 / variance, most)
        answer[low : low + 256] = (reached < share - 1e-12).sum(axis=1)
    return answer


def _wilson_hilferty(mean: np.ndarray, variance: float, share: float) -> np.ndarray:
    relative = (1 / mean + variance) / 9
    z = NormalDist().inv_cdf(share)
    return np.asarray(np.round(mean * (1 - relative + z * np.sqrt(relative)) ** 3))
