"""Daily totals: a local level times a calendar.

The calendar makes the difference, not the algorithm: weekday, public holidays and the days beside them,
position in the month. The level has no trend; growth is for the user to state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from planner.clock import PublicHolidays
from planner.demand.monthparts import MONTH_PARTS, month_effects

HALF_LIFE_DAYS = (7.0, 14.0, 28.0, 56.0, 112.0)
CANDIDATE_HALF_LIVES = (3.5, 7.0, 10.0, 14.0, 21.0, 28.0, 42.0, 56.0, 84.0, 112.0, 168.0, 364.0)
BEST = 5
AHEAD_DAYS = 28
PLAIN_COLUMNS = 10
CENTRE_HALF_LIFE_DAYS = 10.0
CALENDAR_HALF_LIFE_DAYS = 364.0
WINSOR_SPREADS = 3.0
ROUNDS = 4
# Ridge weights, in tickets: an effect seen on fewer tickets than this stays near none.
RIDGE_WEEKDAY = 10.0
RIDGE_HOLIDAY = 40.0


@dataclass(frozen=True)
class DailyFit:
    """Level and calendar of one queue.

    Attributes
    ----------
    level: contacts of a day with calendar factor 1, at the end of the history.
    effects: logarithms of the calendar factors, see ``features``.
    expected: fitted contacts of each past day, with the level of that time.
    weights: from 0 to 1; below 1 where a day was an outlier, 0 where it is missing.
    """

    level: float
    effects: np.ndarray
    expected: np.ndarray
    weights: np.ndarray


def features(first_day: date, days: int, holidays: PublicHolidays | None) -> np.ndarray:
    """Calendar of local days, 0 or 1: weekdays, holiday, day before, day after, parts of the month.

    Examples
    --------
    >>> features(date(2026, 3, 30), 1, None)[0, :7].tolist()
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    table = np.zeros((days, PLAIN_COLUMNS + len(MONTH_PARTS)))
    dates = [first_day + timedelta(days=index) for index in range(days)]
    rows = np.arange(days)
    weekdays = np.array([day.weekday() for day in dates], dtype=np.int64)
    table[rows, weekdays] = 1.0
    part = np.searchsorted(MONTH_PARTS, [day.day for day in dates], side="right") - 1
    table[rows, PLAIN_COLUMNS + part] = 1.0
    if holidays is not None:
        one = timedelta(days=1)
        free = set(holidays.days_between(first_day - one, first_day + days * one))
        for row, day in enumerate(dates):
            # A holiday at the weekend hardly changes a day that is quiet anyway.
            if day in free and day.weekday() < 5:
                table[row, 7] = 1.0
            elif day.weekday() < 5:
                table[row, 8] = float(day + one in free)
                table[row, 9] = float(day - one in free)
    return table


def fit_daily(totals: np.ndarray, seen: np.ndarray, calendar: np.ndarray) -> DailyFit:
    """Fit level and calendar to daily totals.

    Alternates between a two-sided level and a ridge Poisson fit of the calendar with over-dispersion
    (weights of a negative binomial), both with outliers pulled in to ``WINSOR_SPREADS`` spreads.

    Parameters
    ----------
    totals: contacts per day.
    seen: False where a day is missing.
    calendar: ``features`` of these days.
    """
    days = len(totals)
    effects = np.zeros(calendar.shape[1])
    plain = calendar[:, :PLAIN_COLUMNS]
    parts = calendar[:, PLAIN_COLUMNS:].argmax(axis=1)
    if not totals[seen].any():
        return DailyFit(0.0, effects, np.zeros(days), seen.astype(float))
    shown = seen.astype(float)
    recency = 0.5 ** (np.arange(days)[::-1] / CALENDAR_HALF_LIFE_DAYS)
    values = np.where(seen, totals, 0.0)
    tamed = values
    for _ in range(ROUNDS):
        factors = np.exp(calendar @ effects)
        centre = two_sided_level(tamed, factors * shown, CENTRE_HALF_LIFE_DAYS)
        expected = centre * factors
        alpha = over_dispersion(tamed, expected, seen)
        tamed = tame(values, expected, alpha, seen)
        by_month = np.exp(calendar[:, PLAIN_COLUMNS:] @ effects[PLAIN_COLUMNS:])
        effects[:PLAIN_COLUMNS] = _calendar_step(
            tamed, centre * by_month, plain, effects[:PLAIN_COLUMNS], alpha, shown * recency
        )
        usual = np.exp(plain @ effects[:PLAIN_COLUMNS])
        centre = two_sided_level(tamed, usual * by_month * shown, CENTRE_HALF_LIFE_DAYS)
        effects[PLAIN_COLUMNS:] = month_effects(tamed, centre * usual * shown, parts)
    factors = np.exp(calendar @ effects)
    expected = two_sided_level(tamed, factors * shown, CENTRE_HALF_LIFE_DAYS) * factors
    weights = shown * np.where(values > 0, np.minimum(1.0, tamed / np.maximum(values, 1e-9)), 1.0)
    return DailyFit(level_at_end(tamed, factors * shown), effects, expected, weights)


def two_sided_level(values: np.ndarray, exposure: np.ndarray, half_life: float) -> np.ndarray:
    """Level of each day: values over exposure, both with weights that halve over so many days either way."""
    reach = int(6 * half_life)
    kernel = 0.5 ** (np.abs(np.arange(-reach, reach + 1)) / half_life)
    above = np.convolve(values, kernel)[reach : reach + len(values)]
    below = np.convolve(exposure, kernel)[reach : reach + len(values)]
    return np.asarray((above + 1e-9) / (below + 1e-9))


def over_dispersion(values: np.ndarray, expected: np.ndarray, seen: np.ndarray) -> float:
    """Variance beyond Poisson, relative to the squared mean; from moments, at least 0."""
    mean = expected[seen]
    excess = float(((values[seen] - mean) ** 2 - mean).sum())
    return min(max(excess / max(float((mean**2).sum()), 1e-9), 0.0), 1.0)


def tame(values: np.ndarray, expected: np.ndarray, alpha: float, seen: np.ndarray) -> np.ndarray:
    """Pull outliers in to ``WINSOR_SPREADS`` standard deviations around what was expected."""
    spread = WINSOR_SPREADS * np.sqrt(expected + alpha * expected**2) + 1.0
    return np.where(seen, np.clip(values, np.maximum(expected - spread, 0.0), expected + spread), 0.0)


def level_at_end(values: np.ndarray, exposure: np.ndarray) -> float:
    """Level after the last day.

    Mean of five exponential levels, averaged with the five of twelve half-lives whose level was best at
    foretelling the sum of the following 28 days in the past year.
    """
    paths = level_paths(values, exposure, (*HALF_LIFE_DAYS, *CANDIDATE_HALF_LIVES))
    fixed = paths[-1, : len(HALF_LIFE_DAYS)].mean()
    candidates = paths[:, len(HALF_LIFE_DAYS) :]
    origins = np.arange(len(values) - AHEAD_DAYS, max(AHEAD_DAYS, len(values) - AHEAD_DAYS - 364), -7)
    if len(origins) < 4:
        return float(fixed)
    sums = np.concatenate(([0.0], np.cumsum(values)))
    exposed = np.concatenate(([0.0], np.cumsum(exposure)))
    actual = sums[origins + AHEAD_DAYS] - sums[origins]
    base = exposed[origins + AHEAD_DAYS] - exposed[origins]
    errors = np.abs(actual[:, None] - candidates[origins] * base[:, None]).sum(axis=0)
    best = np.argsort(errors, kind="stable")[:BEST]
    return float((fixed + candidates[-1, best].mean()) / 2)


def level_paths(values: np.ndarray, exposure: np.ndarray, half_lives: Sequence[float]) -> np.ndarray:
    """Exponential levels before each day and after the last, one column per half-life."""
    decay = 0.5 ** (1.0 / np.array(half_lives))
    above = np.zeros(len(decay))
    below = np.zeros(len(decay))
    start = values.sum() / max(exposure.sum(), 1e-9)
    paths = np.empty((len(values) + 1, len(decay)))
    for day in range(len(values)):
        paths[day] = (above + 1e-6 * start) / (below + 1e-6)
        above = above * decay + values[day]
        below = below * decay + exposure[day]
    paths[-1] = (above + 1e-6 * start) / (below + 1e-6)
    return paths


def _calendar_step(
    values: np.ndarray,
    centre: np.ndarray,
    calendar: np.ndarray,
    effects: np.ndarray,
    alpha: float,
    weights: np.ndarray,
) -> np.ndarray:
    """Two Newton steps of the ridge fit (iteratively reweighted least squares, log link)."""
    penalty = np.diag([RIDGE_WEEKDAY] * 7 + [RIDGE_HOLIDAY] * 3)
    for _ in range(2):
        mean = centre * np.exp(calendar @ effects)
        curvature = weights * mean / (1 + alpha * mean)
        slope = calendar.T @ (weights * (values - mean) / (1 + alpha * mean)) - penalty @ effects
        step = np.linalg.solve(calendar.T @ (curvature[:, None] * calendar) + penalty, slope)
        effects = effects + np.clip(step, -1.0, 1.0)
    # The level carries the size; a weekday of average weight has factor 1.
    effects[:7] -= effects[:7].mean()
    return effects
