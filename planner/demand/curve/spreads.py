"""How far contacts strayed from forecasts: factors of week, day, shift and hour, and clumps within hours.

The variance of a sum of contacts with mean m is ``phi m + alpha m^2``, measured on its own at hours, shifts
of 8 hours, days and weeks. Nested factors that give each of these its variance follow from the differences.
"""

from __future__ import annotations

import numpy as np

from planner.demand.arrivals import Spread

# Where a history is short, the spread leans on this one, as if seen over so many weeks: a week tells little
# of how weeks differ, more of days and most of hours.
TYPICAL = Spread(week=0.015, day=0.015, hour=0.02)
TYPICAL_CLUMP = 0.05
WEEKS_FOR_WEEK, WEEKS_FOR_DAY, WEEKS_FOR_HOUR = 4.0, 1.0, 0.3
MOST_SPREADS = 4.0
ROUNDS = 8
GRAIN_HOURS = (1, 8, 24, 168)


def fit_spread(
    actual: np.ndarray, expected: np.ndarray, seen: np.ndarray, weeks: float | None = None
) -> Spread:
    """Variances of the factors, from moments of errors at hour, shift, day and week.

    With factors of mean 1, ``E(Y - m)^2 = (1 + c) m + v S_week + x S_day + y S_shift + z S_hour`` at each
    grain, where v, x, y, z are the variances that week, day, shift and hour add and S are sums of squared
    means; c is how much contacts clump within hours. Single shocks are pulled in to ``MOST_SPREADS`` standard
    deviations.

    Parameters
    ----------
    actual, expected: contacts by week, weekday and hour, shape (weeks, 7, 24).
    seen: days with data, shape (weeks, 7), or hours with data, shaped as ``actual``.
    weeks: how many of them are different ones; None: all.
    """
    if seen.ndim == 2:
        seen = np.repeat(seen[:, :, None], 24, axis=2)
    known = float(seen.any(axis=(1, 2)).sum())
    weeks = known if weeks is None else min(weeks, known)
    if not weeks or not (expected * seen).any():
        return TYPICAL
    y, m = (np.where(seen, values, 0.0).ravel() for values in (actual, expected))
    of_week, of_day, of_hour = (
        weeks / (weeks + prior) for prior in (WEEKS_FOR_WEEK, WEEKS_FOR_DAY, WEEKS_FOR_HOUR)
    )
    found, beyond = _clump(y, m)
    clump = of_hour * found + (1 - of_hour) * TYPICAL_CLUMP
    squares, excess = [float((m**2).sum())], [beyond]
    for hours in GRAIN_HOURS[1:]:
        came, due = y.reshape(-1, hours).sum(axis=1), m.reshape(-1, hours).sum(axis=1)
        squares.append(float((due**2).sum()))
        excess.append(_excess(came, due, clump))
    inside = 1 + TYPICAL.week
    usual = (TYPICAL.week, inside * TYPICAL.day, 0.0, inside * (1 + TYPICAL.day) * TYPICAL.hour)
    both = zip((of_week, of_day, of_day, of_hour), _parts(excess, squares), usual, strict=True)
    week, day, shift, hour = (share * own + (1 - share) * other for share, own, other in both)
    return Spread(
        week=week,
        day=day / (1 + week),
        shift=shift / (1 + week + day),
        hour=hour / (1 + week + day + shift),
        clump=clump,
    )


def _parts(excess: list[float], squares: list[float]) -> tuple[float, float, float, float]:
    """What week, day, shift and hour add, from the excess at hour, shift, day and week."""
    of_hour, of_shift, of_day, of_week = squares
    hour = max(0.0, (excess[0] - excess[1]) / max(1 - of_hour / of_shift, 1e-9))
    of_shifts = excess[1] - excess[2] - hour * (of_hour / of_shift - of_hour / of_day)
    shift = max(0.0, of_shifts / max(1 - of_shift / of_day, 1e-9))
    both = max(0.0, excess[2] - (shift * of_shift + hour * of_hour) / of_day)
    inside = excess[3] - (shift * of_shift + hour * of_hour) / of_week
    day = min(max(0.0, (both - inside) / max(1 - of_day / of_week, 1e-9)), both)
    return both - day, day, shift, hour


def _excess(actual: np.ndarray, expected: np.ndarray, clump: float) -> float:
    """Variance beyond clumped chance relative to the squared mean, shocks pulled in."""
    squares, chance = float((expected**2).sum()), (1 + clump) * expected
    found = 1.0
    for _ in range(ROUNDS):
        limit = MOST_SPREADS * np.sqrt(chance + found * expected**2)
        errors = np.clip(actual - expected, -limit, limit)
        found = max(0.0, float((errors**2 - chance).sum()) / squares)
    return found


def _clump(actual: np.ndarray, expected: np.ndarray) -> tuple[float, float]:
    """Clump and excess of hours: weighted least squares of squared errors on the mean and its square."""
    held = expected > 0
    y, m = actual[held], expected[held]
    clump, excess = 0.1, 0.1
    for _ in range(ROUNDS):
        variance = (1 + clump) * m + excess * m**2
        limit = MOST_SPREADS * np.sqrt(variance)
        beyond = np.clip(y - m, -limit, limit) ** 2 - m
        weighted = m / variance**2
        a, b, c = float(weighted @ m), float(weighted @ m**2), float(weighted @ m**3)
        one, two = float(weighted @ beyond), float(weighted @ (beyond * m))
        area = a * c - b * b
        clump, excess = (one * c - two * b) / area if area > 1e-12 * a * c else one / a, 0.0
        if area > 1e-12 * a * c:
            excess = (two * a - one * b) / area
        if excess < 0:
            clump, excess = one / a, 0.0
        if clump < 0:
            clump, excess = 0.0, max(0.0, two / c)
    return clump, excess
