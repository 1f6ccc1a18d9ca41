"""Levels drift while nobody looks: what a forecast far behind its history's end is less sure of."""

from __future__ import annotations

from dataclasses import replace

from planner.demand.arrivals import Spread

# Spreads are those of forecasts four weeks ahead. On the real series of tests/bench/forecast.py their 80 %
# bands of a week hold 71 % a quarter later, 65 % after half a year and 48 % after a year; with this 75, 75
# and 72 %. What single queues would take lies between 0.002 and 0.008 a week.
SURE_WEEKS = 4.0
DRIFT_A_WEEK = 0.004


def drift(days: int) -> float:
    """Gamma variance of a level so many days after the last one that is known, beyond the usual one.

    Examples
    --------
    >>> drift(28), round(drift(7 * 56), 3)
    (0.0, 0.208)
    """
    return DRIFT_A_WEEK * max(0.0, days / 7 - SURE_WEEKS)


def drifted(spread: Spread, days: int) -> Spread:
    """A spread so many days after its history's end: what has drifted is common to the whole period.

    Examples
    --------
    >>> drifted(Spread(week=0.02), 14), round(drifted(Spread(), 378).level, 3)
    (Spread(week=0.02, day=0.0, hour=0.0, level=0.0, shift=0.0, clump=0.0), 0.2)
    """
    more = drift(days)
    return replace(spread, level=(1 + spread.level) * (1 + more) - 1) if more else spread
