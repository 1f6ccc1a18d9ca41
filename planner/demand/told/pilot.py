"""What a pilot of new hours teaches: the borrowed volume, updated with what came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Learnt:
    """A borrowed volume after a pilot.

    Attributes
    ----------
    factor: on what was borrowed: the mean of what is now believed.
    doubt: its variance relative to its squared mean, the doubt that is left.
    came, expected: contacts of the pilot, and what had been borrowed for the same hours.
    """

    factor: float
    doubt: float
    came: float
    expected: float


def update(came: float, expected: float, doubt: float, unevenness: float = 0.0) -> Learnt:
    """Gamma-Poisson update of a factor on borrowed hours.

    The factor is gamma with mean 1 and variance ``doubt``; contacts are Poisson around factor x expected. The
    answer is a gamma again: shape ``1 / doubt + came`` and rate ``1 / doubt + expected`` (Gelman and others,
    Bayesian Data Analysis, 2.6). Where days and weeks vary together, a pilot tells less than its count
    says: both are divided by ``1 + unevenness x expected``, the variance of a sum beyond Poisson.

    Parameters
    ----------
    came: contacts in the hours of the pilot.
    expected: borrowed mean of the same hours, at least 0.
    doubt: variance of the factor before the pilot, relative to its squared mean.
    unevenness: variance of the pilot's own level around the true one, relative to its squared mean; 0: none.

    Examples
    --------
    >>> learnt = update(came=30, expected=20, doubt=0.05)
    >>> learnt.factor, round(learnt.doubt, 3)
    (1.25, 0.02)
    >>> update(came=0, expected=0, doubt=0.05).factor
    1.0
    """
    if doubt <= 0:
        return Learnt(1.0, 0.0, came, expected)
    told = 1 / (1 + unevenness * expected)
    shape, rate = 1 / doubt + told * came, 1 / doubt + told * expected
    return Learnt(shape / rate, 1 / shape, came, expected)


def unevenness_of(week: float, day: float, weeks: int, days: int) -> float:
    """Variance of the level of a pilot of so many weeks and days, from the variances of week and day.

    Examples
    --------
    >>> unevenness_of(0.02, 0.02, weeks=4, days=20)
    0.006
    """
    return week / max(weeks, 1) + day / max(days, 1)
