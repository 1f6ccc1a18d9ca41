"""What chance alone does: the floor of an error and of a deviance, and where in its band a count falls."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

# Beyond so many contacts the normal form of the gamma-Poisson mixture serves.
COUNTED_UP_TO = 1500.0
STEPS_AT_ONCE = 2_000_000
# Deviances of chance are worked out on a grid this fine in the logarithms of mean and variance.
FINE = 0.02
MOST_STEPS = 600


def noise_floor(mean: np.ndarray) -> np.ndarray:
    """Mean absolute error that Poisson chance forces on a forecast of its own mean.

    ``2 e^-m m^(k+1) / k!`` with k = floor m (Crow 1958, mean deviation of the Poisson distribution).

    Examples
    --------
    >>> noise_floor(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7358]
    """
    whole = np.floor(mean).astype(np.int64)
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, int(whole.max(initial=0)) + 2)))))
    safe = np.maximum(mean, 1e-300)
    return np.asarray(2 * np.exp(-safe + (whole + 1) * np.log(safe) - logs[whole]))


def deviance(actual: np.ndarray, mean: np.ndarray, variance: np.ndarray | float = 0.0) -> np.ndarray:
    """Deviance of counts from their forecast: Poisson, or negative binomial with a gamma variance.

    Parameters
    ----------
    actual, mean: contacts.
    variance: of the gamma factor, one for all or one each; 0 is plain Poisson.

    Examples
    --------
    >>> deviance(np.array([2.0, 0.0]), np.array([2.0, 1.5])).tolist()
    [0.0, 3.0]
    """
    safe = np.maximum(mean, 1e-12)
    log_ratio = np.log(np.where(actual > 0, actual, safe) / safe)
    shape = 1 / np.maximum(variance, 1e-9)
    pulled = (actual + shape) * np.log1p((actual - safe) / (shape + safe))
    mixed = 2 * (actual * log_ratio - pulled)
    plain = 2 * (actual * log_ratio - (actual - safe))
    return np.asarray(np.maximum(np.where(np.asarray(variance) > 1e-6, mixed, plain), 0.0))


def chance_deviance(mean: np.ndarray, variance: np.ndarray | float = 0.0) -> np.ndarray:
    """Mean deviance of a forecast that is right: what chance alone brings.

    Near 1 for large counts and far from it for small ones, so that a deviance is held against this, not
    against 1.

    Parameters
    ----------
    mean: contacts. variance: as in ``deviance``.

    Examples
    --------
    >>> chance_deviance(np.array([0.01, 1.0, 100.0])).round(2).tolist()
    [0.09, 1.15, 1.0]
    """
    flat = np.broadcast_to(np.asarray(variance, dtype=np.float64), np.shape(mean)).ravel()
    place = np.log(np.maximum(np.ravel(mean), 1e-9)) / FINE
    low = np.floor(place)
    spreads = np.where(flat > 1e-6, np.round(np.log(np.maximum(flat, 1e-6)) / FINE), -np.inf)
    both = np.concatenate((np.stack((low, spreads)), np.stack((low + 1, spreads))), axis=1)
    pairs, inverse = np.unique(both, axis=1, return_inverse=True)
    means, variances = np.exp(FINE * pairs[0]), np.exp(FINE * pairs[1])
    found = np.empty(len(means))
    for start in range(0, len(means), 256):
        part = slice(start, start + 256)
        found[part] = _mean_deviance(means[part], variances[part])
    below, above = found[inverse.ravel()].reshape(2, -1)
    return np.asarray((below + (place - low) * (above - below)).reshape(np.shape(mean)))


def reached(
    actual: np.ndarray, mean: np.ndarray, variance: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray]:
    """Probability of fewer contacts than came, and of at most so many, if the forecast is right.

    Parameters
    ----------
    actual: whole contacts. mean: forecast. variance: of the gamma factor, one for all or one each.

    Examples
    --------
    >>> below, upto = reached(np.array([0.0, 2.0]), np.array([1.0, 1.0]), 0.0)
    >>> below.round(3).tolist(), upto.round(3).tolist()
    ([0.0, 0.736], [0.368, 0.92])
    """
    spread = np.broadcast_to(np.asarray(variance, dtype=np.float64), actual.shape)
    below, upto = np.zeros(len(actual)), np.ones(len(actual))
    # A forecast of nothing is inside only where nothing came.
    none = mean <= 0
    below[none] = np.where(actual[none] > 0, 1.0, 0.0)
    large = ~none & (np.maximum(mean, actual) > COUNTED_UP_TO)
    below[large] = _normal_form(actual[large] - 0.5, mean[large], spread[large])
    upto[large] = _normal_form(actual[large] + 0.5, mean[large], spread[large])
    counted = np.flatnonzero(~none & ~large)
    counted = counted[np.argsort(actual[counted], kind="stable")]
    while len(counted):
        # Small counts first, many at once; the last of a batch has the longest sum.
        take = np.searchsorted(
            np.arange(1, len(counted) + 1) * (actual[counted] + 2), STEPS_AT_ONCE, side="right"
        )
        batch, counted = counted[: max(int(take), 1)], counted[max(int(take), 1) :]
        below[batch], upto[batch] = _counted(actual[batch], mean[batch], spread[batch])
    return below, upto


def part_inside(below: np.ndarray, upto: np.ndarray, level: float) -> np.ndarray:
    """How much of each count lies inside the middle band of a level; a perfect forecast averages the level.

    A count covers a step of the distribution, from ``below`` to ``upto``; the part of that step inside the
    band counts. Bands of whole numbers would hold far more of small counts and hide a bad forecast.

    Examples
    --------
    >>> part_inside(np.array([0.0, 0.4]), np.array([0.4, 0.95]), 0.8).round(3).tolist()
    [0.75, 0.909]
    """
    low, high = (1 - level) / 2, (1 + level) / 2
    part = np.clip(np.minimum(upto, high) - np.maximum(below, low), 0.0, None)
    step = upto - below
    tiny = (below >= low) & (upto <= high)
    return np.asarray(np.where(step > 1e-12, part / np.maximum(step, 1e-12), tiny.astype(float)))


def _counted(actual: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cumulated probabilities of a negative binomial, summed from 0 in logarithms."""
    shape = (1 / np.maximum(variance, 1e-9))[:, None]
    rate = mean[:, None]
    steps = np.arange(int(actual.max()))
    start = -shape * np.log1p(rate / shape)
    ratio = np.log((shape + steps) / (steps + 1)) + np.log(rate / (shape + rate))
    logs = np.concatenate((start, start + np.cumsum(ratio, axis=1)), axis=1)
    sums = np.minimum(np.cumsum(np.exp(logs), axis=1), 1.0)
    rows, whole = np.arange(len(actual)), actual.astype(np.int64)
    below = np.where(whole > 0, sums[rows, np.maximum(whole - 1, 0)], 0.0)
    return below, sums[rows, whole]


def _normal_form(count: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Wilson and Hilferty (1931): the cube root of a gamma variable is nearly normal."""
    relative = (1 / mean + variance) / 9
    z = (np.cbrt(np.maximum(count, 0.0) / mean) - 1 + relative) / np.sqrt(relative)
    normal = NormalDist()
    return np.array([normal.cdf(value) for value in z.tolist()])


def _mean_deviance(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Deviance weighted with the probability of each count; of wide distributions every n-th count."""
    sigma = np.sqrt(mean + variance * mean**2)
    low = np.floor(np.maximum(mean - 9 * sigma, 0.0))
    high = np.ceil(mean + 12 * sigma + 20)
    apart = np.maximum(1.0, np.ceil((high - low) / MOST_STEPS))
    steps = int(np.ceil((high - low) / apart).max()) + 1
    counts = low[:, None] + apart[:, None] * np.arange(steps)
    rate, spread = mean[:, None], variance[:, None]
    logs = _log_chance(counts, rate, spread)
    chances = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray((chances * deviance(counts, rate, spread)).sum(axis=1) / chances.sum(axis=1))


def _log_chance(counts: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Logarithm of the probability of each count, up to a constant of its row."""
    shape = 1 / np.maximum(variance, 1e-6)
    mixed = _log_gamma(counts + shape) - counts * np.log1p(shape / mean)
    plain = counts * np.log(mean)
    return np.asarray(np.where(variance > 1e-6, mixed, plain) - _log_gamma(counts + 1))


def _log_gamma(x: np.ndarray) -> np.ndarray:
    """Logarithm of the gamma function of positive numbers: Stirling's series, eight steps further up."""
    y = x + 8
    series = (y - 0.5) * np.log(y) - y + 0.5 * math.log(2 * math.pi) + 1 / (12 * y) - 1 / (360 * y**3)
    product = np.log(x * (x + 1) * (x + 2) * (x + 3)) + np.log((x + 4) * (x + 5) * (x + 6) * (x + 7))
    return np.asarray(series - product)
