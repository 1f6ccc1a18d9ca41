"""Daily totals: a local level times a calendar.

The calendar makes the difference, not the algorithm: weekday, public holidays and the days beside them,
position in the month. The level has no trend; growth is for the user to state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from planner.clock import PublicHolidays
from planner.demand.calendar import DemandCalendar, days_off
from planner.demand.curve.level import Level, level_at_end, two_sided_level
from planner.demand.curve.monthparts import MONTH_PARTS, month_effects

PLAIN_COLUMNS = 10
HOLIDAY, BEFORE, AFTER = 7, 8, 9
CENTRE_HALF_LIFE_DAYS = 10.0
CALENDAR_HALF_LIFE_DAYS = 364.0
WINSOR_SPREADS = 3.0
ROUNDS = 4
# Ridge weights, in tickets: an effect seen on fewer tickets than this stays near none.
RIDGE_WEEKDAY = 10.0
RIDGE_HOLIDAY = 40.0
# Days off tell what they do from so many of them on, each of at least this share of the customers.
LEAST_DAYS_OFF, LEAST_SHARE_OFF = 2, 0.2
# A day this busy with this little of its contacts was closed, whatever the reason ...
CLOSED_IF_EXPECTED, CLOSED_SHARE = 12.0, 0.05
# ... unless it is one of many in a row: then the queue has become quiet.
MOST_CLOSED_DAYS = 4


@dataclass(frozen=True)
class DailyFit:
    """Level and calendar of one queue.

    Attributes
    ----------
    now: contacts of a day with calendar factor 1, at the end of the history.
    effects: logarithms of the calendar factors, see ``features``.
    expected: fitted contacts of each past day, with the level of that time, as if all of it had been seen.
    weights: from 0 to 1; below 1 where a day was an outlier, 0 where it is missing or was closed.
    """

    now: Level
    effects: np.ndarray
    expected: np.ndarray
    weights: np.ndarray

    @property
    def level(self) -> float:
        """Contacts of a day with calendar factor 1, in the long run."""
        return self.now.lasting


def features(first_day: date, days: int, holidays: PublicHolidays | DemandCalendar | None) -> np.ndarray:
    """Calendar of local days: weekdays, holiday, day before, day after, parts of the month.

    Weekdays and parts of the month are 0 or 1; the others the share of customers who are concerned.

    Examples
    --------
    >>> features(date(2026, 3, 30), 1, None)[0, :7].tolist()
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    >>> french = DemandCalendar(((PublicHolidays("FR"), 0.7),))
    >>> features(date(2026, 7, 13), 3, french)[:, 7:10].tolist()
    [[0.0, 0.7, 0.0], [0.7, 0.0, 0.0], [0.0, 0.0, 0.7]]
    """
    table = np.zeros((days, PLAIN_COLUMNS + len(MONTH_PARTS)))
    start = first_day.toordinal()
    rows = np.arange(days)
    weekdays = (first_day.weekday() + rows) % 7
    table[rows, weekdays] = 1.0
    of_month = [date.fromordinal(start + row).day for row in range(days)]
    table[rows, PLAIN_COLUMNS + np.searchsorted(MONTH_PARTS, of_month, side="right") - 1] = 1.0
    off = np.zeros(days + 2)
    one = timedelta(days=1)
    for day, share in days_off(holidays, first_day - one, first_day + days * one).items():
        off[day.toordinal() - start + 1] = share
    # A holiday at the weekend hardly changes a day that is quiet anyway.
    workday = weekdays < 5
    table[:, HOLIDAY] = off[1:-1] * workday
    table[:, BEFORE] = np.maximum(off[2:] - off[1:-1], 0.0) * workday
    table[:, AFTER] = np.maximum(off[:-2] - off[1:-1], 0.0) * workday
    return table


def fit_daily(
    totals: np.ndarray, seen: np.ndarray, calendar: np.ndarray, shown: np.ndarray | None = None
) -> DailyFit:
    """Fit level and calendar to daily totals.

    Alternates between a two-sided level and a ridge Poisson fit of the calendar with over-dispersion
    (weights of a negative binomial), both with outliers pulled in to ``WINSOR_SPREADS`` spreads. A day with
    next to nothing of what was expected, on which no holiday is known, was closed: it is left out, and the
    days beside it count as days beside a holiday.

    Parameters
    ----------
    totals: contacts per day.
    seen: False where a day is missing.
    calendar: ``features`` of these days.
    shown: share of each day's contacts that could have been seen; None: all.
    """
    days = len(totals)
    effects = np.zeros(calendar.shape[1])
    shown = seen.astype(float) if shown is None else seen * shown
    if not totals[seen].any():
        return DailyFit(Level(0.0, 0.0), effects, np.zeros(days), seen.astype(float))
    effects[:7] = _weekday_start(totals, shown, calendar)
    effects[7:PLAIN_COLUMNS] = _off_start(totals, shown, calendar, effects)
    parts = calendar[:, PLAIN_COLUMNS:].argmax(axis=1)
    recency = 0.5 ** (np.arange(days)[::-1] / CALENDAR_HALF_LIFE_DAYS)
    values = np.where(seen, totals, 0.0)
    tamed = values
    for turn in range(ROUNDS):
        factors = np.exp(calendar @ effects)
        centre = two_sided_level(tamed, factors * shown, CENTRE_HALF_LIFE_DAYS)
        if turn < 2:
            closed = closed_days(values, centre * factors * shown, calendar)
            shown = np.where(closed, 0.0, shown)
            values, tamed = np.where(closed, 0.0, values), np.where(closed, 0.0, tamed)
            calendar = _beside(calendar, closed)
            centre = two_sided_level(tamed, factors * shown, CENTRE_HALF_LIFE_DAYS)
        expected = centre * factors * shown
        alpha = over_dispersion(tamed, expected, shown > 0)
        tamed = tame(values, expected, alpha, shown > 0)
        by_month = np.exp(calendar[:, PLAIN_COLUMNS:] @ effects[PLAIN_COLUMNS:])
        effects[:PLAIN_COLUMNS] = _calendar_step(
            tamed, centre * by_month * shown, calendar, effects[:PLAIN_COLUMNS], alpha, recency
        )
        usual = np.exp(calendar[:, :PLAIN_COLUMNS] @ effects[:PLAIN_COLUMNS])
        centre = two_sided_level(tamed, usual * by_month * shown, CENTRE_HALF_LIFE_DAYS)
        effects[PLAIN_COLUMNS:] = month_effects(tamed, centre * usual * shown, parts)
    factors = np.exp(calendar @ effects)
    expected = two_sided_level(tamed, factors * shown, CENTRE_HALF_LIFE_DAYS) * factors
    weights = np.where(values > 0, np.minimum(1.0, tamed / np.maximum(values, 1e-9)), 1.0) * (shown > 0)
    return DailyFit(level_at_end(tamed, factors * shown, values), effects, expected, weights)


def closed_days(values: np.ndarray, expected: np.ndarray, calendar: np.ndarray) -> np.ndarray:
    """Days that had next to nothing where much was expected, no more than a few in a row, no known holiday.

    Examples
    --------
    >>> values = np.array([20.0, 21.0, 0.0, 19.0, 20.0])
    >>> closed_days(values, np.full(5, 20.0), np.zeros((5, 10))).tolist()
    [False, False, True, False, False]
    """
    empty = (expected >= CLOSED_IF_EXPECTED) & (values <= CLOSED_SHARE * expected)
    empty &= calendar[:, HOLIDAY] < 0.5
    places = np.flatnonzero(empty)
    # Days on which little is expected, such as weekends, do not part a row of closed ones.
    counted = np.cumsum(expected >= CLOSED_IF_EXPECTED)[places]
    runs = np.split(places, np.flatnonzero(np.diff(counted) > 1) + 1)
    closed = np.zeros(len(values), dtype=bool)
    for run in runs:
        if len(run) <= MOST_CLOSED_DAYS:
            closed[run] = True
    return closed


def _beside(calendar: np.ndarray, closed: np.ndarray) -> np.ndarray:
    """Calendar in which the days beside closed ones count as beside a holiday."""
    if not closed.any():
        return calendar
    told = calendar.copy()
    told[:-1, BEFORE] = np.maximum(told[:-1, BEFORE], closed[1:] & ~closed[:-1])
    told[1:, AFTER] = np.maximum(told[1:, AFTER], closed[:-1] & ~closed[1:])
    return told


def _weekday_start(totals: np.ndarray, shown: np.ndarray, calendar: np.ndarray) -> np.ndarray:
    """Logarithms of the weekdays' shares, from their medians: a quiet weekday is no outlier."""
    means = np.ones(7)
    per_day = totals[shown > 0].sum() / shown.sum()
    for weekday in range(7):
        known = (calendar[:, weekday] > 0) & (shown > 0)
        if known.sum() >= 4:
            each = np.median(totals[known] / shown[known])
            means[weekday] = (each * known.sum() + RIDGE_WEEKDAY) / (per_day * known.sum() + RIDGE_WEEKDAY)
    logs = np.log(means)
    return np.asarray(logs - logs.mean())


def _off_start(
    totals: np.ndarray, shown: np.ndarray, calendar: np.ndarray, effects: np.ndarray
) -> np.ndarray:
    """Logarithms of what days off and the days beside them do, from their medians.

    A holiday is no outlier: pulled in from no effect at all, it would be taken for a smaller one, the more so
    the busier a queue is.
    """
    found = np.zeros(PLAIN_COLUMNS - 7)
    usual = np.exp(calendar[:, :7] @ effects[:7]) * shown
    usual = usual * two_sided_level(np.where(shown > 0, totals, 0.0), usual, CENTRE_HALF_LIFE_DAYS)
    for place, column in enumerate((HOLIDAY, BEFORE, AFTER)):
        share = calendar[:, column]
        known = (share >= LEAST_SHARE_OFF) & (usual > 0)
        if known.sum() >= LEAST_DAYS_OFF:
            due = usual[known].sum()
            times = float(np.median(totals[known] / usual[known]))
            found[place] = np.log((times * due + RIDGE_HOLIDAY) / (due + RIDGE_HOLIDAY)) / share[known].mean()
    return found


def over_dispersion(values: np.ndarray, expected: np.ndarray, seen: np.ndarray) -> float:
    """Variance beyond Poisson, relative to the squared mean; from moments, at least 0."""
    mean = expected[seen]
    excess = float(((values[seen] - mean) ** 2 - mean).sum())
    return min(max(excess / max(float((mean**2).sum()), 1e-9), 0.0), 1.0)


def tame(values: np.ndarray, expected: np.ndarray, alpha: float, seen: np.ndarray) -> np.ndarray:
    """Pull outliers in to ``WINSOR_SPREADS`` standard deviations around what was expected."""
    spread = WINSOR_SPREADS * np.sqrt(expected + alpha * expected**2) + 1.0
    return np.where(seen, np.clip(values, np.maximum(expected - spread, 0.0), expected + spread), 0.0)


def _calendar_step(
    values: np.ndarray,
    centre: np.ndarray,
    calendar: np.ndarray,
    effects: np.ndarray,
    alpha: float,
    weights: np.ndarray,
) -> np.ndarray:
    """Two Newton steps of the ridge fit (iteratively reweighted least squares, log link)."""
    plain = calendar[:, :PLAIN_COLUMNS]
    penalty = np.diag([RIDGE_WEEKDAY] * 7 + [RIDGE_HOLIDAY] * 3)
    for _ in range(2):
        mean = centre * np.exp(plain @ effects)
        curvature = weights * mean / (1 + alpha * mean)
        slope = plain.T @ (weights * (values - mean) / (1 + alpha * mean)) - penalty @ effects
        step = np.linalg.solve(plain.T @ (curvature[:, None] * plain) + penalty, slope)
        effects = effects + np.clip(step, -1.0, 1.0)
    # The level carries the size; a weekday of average weight has factor 1.
    effects[:7] -= effects[:7].mean()
    return effects
