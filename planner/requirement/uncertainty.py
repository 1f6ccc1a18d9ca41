"""What a forecast that may be wrong asks for: the mean, the expected service level, or a quantile.

A forecast says a mean and how far the truth may lie from it: volume = mean x factor, the factor
gamma distributed around 1. Staffing the mean keeps a promise on about half of all days; two policies
look further. *Expected service level*: over all customers of all days that may come, the promised
share is answered in time. Busy days have more customers, so they count for more. *Quantile*: the
promise is kept on that share of days, whatever happens on the others.

Sources: Steckley, Henderson & Mehrotra (2009), "Forecast errors in service systems", Probability in
the Engineering and Informational Sciences 23(2), also on which average of days customers feel;
Wilson & Hilferty (1931).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import Literal, get_args

from planner._messages import Message
from planner.demand import Spread
from planner.requirement.mistakes import refuse

Policy = Literal["mean", "expected service level", "quantile"]

QUANTILE = 0.8
DAYS = 40  # over which a service level is averaged
NARROW = 1e-6  # variances below: the approximation of Wilson and Hilferty is as good as exact


def relative_variance(spread: Spread) -> float:
    """Variance of the factor of an interval's volume, weeks, days and hours together.

    Examples
    --------
    >>> round(relative_variance(Spread(week=0.01, day=0.02)), 6)
    0.0302
    """
    outer = (1.0 + spread.level) * (1.0 + spread.week) * (1.0 + spread.day)
    return outer * (1.0 + spread.shift) * (1.0 + spread.hour) - 1.0


def quantile_factor(variance: float, quantile: float = QUANTILE) -> float:
    """What the mean is multiplied with to be enough on a share of days.

    Parameters
    ----------
    variance: of the factor around 1, as ``relative_variance`` gives it. quantile: share of days.

    Raises
    ------
    ValueTextError: a variance below 0, a share that is not between 0 and 1.

    Examples
    --------
    >>> round(quantile_factor(0.01), 4), round(quantile_factor(1.0), 4), quantile_factor(0.0)
    (1.083, 1.6094, 1.0)
    """
    refuse(policy_mistakes("quantile", quantile, variance))
    if variance < NARROW:
        step = NormalDist().inv_cdf(quantile) * math.sqrt(variance / 9.0)
        return (1.0 - variance / 9.0 + step) ** 3
    low, high = 0.0, 2.0
    while chance_below(high, variance) < quantile:
        low, high = high, 2.0 * high
    while low < (middle := 0.5 * (low + high)) < high:
        low, high = (middle, high) if chance_below(middle, variance) < quantile else (low, middle)
    return high


def chance_below(factor: float, variance: float) -> float:
    """Share of days on which the volume is at most so many times its mean.

    Examples
    --------
    >>> round(chance_below(1.0, 1.0), 6), round(chance_below(quantile_factor(0.02, 0.9), 0.02), 9)
    (0.632121, 0.9)
    """
    if variance == 0.0:
        return float(factor >= 1.0)
    if variance < NARROW:
        return NormalDist().cdf((factor ** (1 / 3) - 1.0 + variance / 9.0) / math.sqrt(variance / 9.0))
    return _gamma_below(1.0 / variance, factor / variance)


def expected_service_level(mean: float, variance: float, level: Callable[[float], float]) -> float:
    """Share answered in time over all customers of all days that may come.

    Parameters
    ----------
    mean: erlang, or any other measure of volume. variance: of the factor around 1.
    level: service level at a volume.

    Examples
    --------
    >>> from planner.requirement import measures
    >>> level = lambda load: measures(load / 300, 300.0, 56, 20.0).service_level
    >>> round(level(50.0), 3), round(expected_service_level(50.0, 0.01, level), 3)
    (0.793, 0.636)
    """
    refuse(policy_mistakes("mean", QUANTILE, variance))
    if variance == 0.0:
        return level(mean)
    return math.fsum(level(mean * factor) for factor in _days(variance)) / DAYS


def expected_shares(
    mean: float, variance: float, shares: Callable[[float], Sequence[float]]
) -> tuple[float, ...]:
    """The same for several shares of all customers at once.

    Examples
    --------
    >>> expected_shares(50.0, 0.0, lambda load: (load / 100, 1.0))
    (0.5, 1.0)
    """
    if variance == 0.0:
        return tuple(shares(mean))
    found = [shares(mean * factor) for factor in _days(variance)]
    return tuple(math.fsum(each) / DAYS for each in zip(*found, strict=True))


def policy_mistakes(policy: str, quantile: float, variance: float = 0.0) -> list[Message]:
    """What is wrong with a policy."""
    wrong = []
    if policy not in get_args(Policy):
        known = ", ".join(get_args(Policy))
        wrong.append(Message("requirement.policy", {"value": policy, "known": known}))
    if not 0.0 < quantile < 1.0:
        wrong.append(Message("requirement.quantile", {"value": f"{quantile:g}"}))
    if not (math.isfinite(variance) and variance >= 0.0):
        wrong.append(Message("requirement.variance", {"value": f"{variance:g}"}))
    return wrong


@lru_cache(maxsize=256)
def _days(variance: float) -> tuple[float, ...]:
    """Factors of days with equal shares of all customers each.

    Weighted by their customers, factors are gamma distributed too, with one more in the shape.
    """
    narrower = variance / (1.0 + variance)
    middles = ((day + 0.5) / DAYS for day in range(DAYS))
    return tuple((1.0 + variance) * quantile_factor(narrower, middle) for middle in middles)


def _gamma_below(shape: float, x: float) -> float:
    """Regularised lower incomplete gamma function: series below the mean, continued fraction above."""
    if x <= 0.0:
        return 0.0
    scale = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1.0:
        total = term = 1.0 / shape
        n = shape
        while term > total * 1e-17:
            n += 1.0
            term *= x / n
            total += term
        return min(total * scale, 1.0)
    # Lentz's method (Thompson & Barnett 1986)
    b = x + 1.0 - shape
    c, d = 1e300, 1.0 / b
    h = d
    for i in range(1, 100_000):
        a = -i * (i - shape)
        b += 2.0
        d = 1.0 / (a * d + b)
        c = b + a / c
        h *= d * c
        if abs(d * c - 1.0) < 1e-16:
            break
    return max(0.0, 1.0 - scale * h)
