"""Which of two figures is higher, as far as proofs, or periods lived through in pairs, can tell.

Plans that are simulated with one seed meet the same customers (common random numbers): what one period has in
common falls out of the difference, so the range of a paired difference is narrower than either figure's.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, sqrt
from statistics import NormalDist, fmean, stdev
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.service import kept_by_period, kept_share

if TYPE_CHECKING:
    from planner.service import Service

FEWEST_PAIRS = 6
"""Pairs of periods below which a range of their difference is not given."""
SURE = 0.95
Range = tuple[float | None, float | None]


class Paired(NamedTuple):
    """A difference between two plans that lived through the same periods.

    Attributes
    ----------
    mean: difference over all periods. low, high: range of that mean, 95 of 100 such ranges hold it.
    poor, good: of 10 single periods, in one the difference is below, in one above; NaN without pairs.
    pairs: periods in which both have a figure. equal: no pair differs.
    """

    mean: float
    low: float | None
    high: float | None
    poor: float
    good: float
    pairs: int
    equal: bool

    @property
    def verdict(self) -> str:
        """What the range says: "lower", "higher", "same", "not distinguishable" or "no range"."""
        if self.low is None or self.high is None or not isfinite(self.mean):
            return "no range"
        if self.equal and self.mean == 0:
            return "same"
        if self.high < 0:
            return "lower"
        return "higher" if self.low > 0 else "not distinguishable"


def verdict(low: float | None, high: float | None, base_low: float | None, base_high: float | None) -> str:
    """Which of two ranges is higher, as far as they do not overlap.

    Examples
    --------
    >>> verdict(10, 12, 13, 15), verdict(10, 14, 13, 15), verdict(5, 5, 5, 5), verdict(None, 5, 6, 7)
    ('lower', 'not distinguishable', 'same', 'no range')
    """
    if low is None or high is None or base_low is None or base_high is None:
        return "no range"
    if (low, high) == (base_low, base_high) and low == high:
        return "same"
    if high < base_low:
        return "lower"
    return "higher" if low > base_high else "not distinguishable"


def paired_lives(difference: float, base: Sequence[float], other: Sequence[float]) -> Paired:
    """The range of a difference from one figure a period of either plan.

    Parameters
    ----------
    difference: of the two figures over all periods. base, other: of each period, NaN where there is none;
        where one has more of them, the first are paired: they are the same periods.

    Notes
    -----
    Student's range of a mean: difference +- t s / sqrt(n), s the standard deviation over pairs.

    Examples
    --------
    >>> made = paired_lives(0.02, [0.80, 0.90, 0.70, 0.85, 0.75, 0.95], [0.82, 0.92, 0.72, 0.87, 0.77, 0.97])
    >>> made.verdict, made.pairs, round(made.low, 4)
    ('higher', 6, 0.02)
    """
    count = min(len(base), len(other))
    apart = np.asarray(other[:count], dtype=float) - np.asarray(base[:count], dtype=float)
    known = apart[np.isfinite(apart)].tolist()
    if len(known) < FEWEST_PAIRS:
        return Paired(difference, None, None, float("nan"), float("nan"), len(known), False)
    middle = fmean(known)
    # Sums of shares differ in the last bits; so little is no difference between periods.
    spread = stdev(known, middle)
    half = student(len(known) - 1) * spread / sqrt(len(known)) if spread > 1e-12 else 0.0
    poor, good = np.percentile(known, [10, 90])
    return Paired(
        difference,
        difference - half,
        difference + half,
        float(poor),
        float(good),
        len(known),
        not any(known),
    )


def paired(base: Service, other: Service, mask: np.ndarray | None = None, queue: str | None = None) -> Paired:
    """Difference of the kept share between two plans simulated with one seed: other minus base.

    Parameters
    ----------
    mask: intervals of arrival that count, as ``service.kept_share`` takes them; None: all.
    queue: name; None: every queue, each by its own promise.

    Raises
    ------
    InputError: when the two were simulated with different seeds: they share no customers.
    """
    if base.settings.seed != other.settings.seed:
        values = {"first": base.settings.seed, "other": other.settings.seed}
        raise InputError(Message("sweeps.other_seed", values))
    difference = kept_share(other, mask, queue) - kept_share(base, mask, queue)
    lives = (kept_by_period(service, mask, queue).tolist() for service in (base, other))
    return paired_lives(difference, *lives)


def student(freedom: int, sure: float = SURE) -> float:
    """Two-sided quantile of Student's t with so many degrees of freedom, 5 at least; to 0.1 %.

    Expansion around the normal quantile: Abramowitz & Stegun (1964), 26.7.5.

    Examples
    --------
    >>> [round(student(freedom), 2) for freedom in (5, 9, 29, 199)]
    [2.57, 2.26, 2.05, 1.97]
    """
    z = NormalDist().inv_cdf(0.5 + sure / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return float(z + sum(term / freedom**power for power, term in enumerate(terms, start=1)))
