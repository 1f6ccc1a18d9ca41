"""Days that stand out of a queue's history: robust, so that a few of them do not hide one another."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from planner.clock import day_starts, local_at, quarter_of
from planner.demand.arrivals import History
from planner.demand.checks.quality import typical_days

NEAR_WEEKS = 4
# So many standard deviations (of a square-root scale, where counts have a constant one), and so many times.
HIGH_OUT, HIGH_TIMES = 6.0, 1.8
LOW_OUT, LOW_TIMES = 4.4, 0.35
# A day beside or between high ones belongs to them if it is itself so far above the usual.
BESIDE_OUT, BESIDE_TIMES = 2.5, 1.4


@dataclass(frozen=True)
class Days:
    """Arrivals per local day.

    Attributes
    ----------
    first: local day of column 0.
    counts: contacts by queue and day, NaN on days that are missing.
    """

    first: date
    counts: np.ndarray

    def day(self, column: int) -> date:
        """Date of a column."""
        return self.first + timedelta(days=int(column))


def daily(history: History, names: Sequence[str], zone: str) -> Days:
    """A history's arrivals per queue and local day; days without all of their data are not known."""
    first, end = quarter_of(history.observed_from), quarter_of(history.observed_until)
    first_day = local_at(first, zone).date()
    count = (local_at(end - 1, zone).date() - first_day).days + 1
    starts = np.array(day_starts(first_day, count, zone), dtype=np.int64)
    frame = history.frame
    seconds = frame["interval_start"].dt.tz_localize(None).astype("datetime64[s]").astype("int64").to_numpy()
    column = np.searchsorted(starts, seconds // 900, side="right") - 1
    labels = frame["queue"].to_numpy()
    arrivals = frame["arrivals"].to_numpy()
    counts = np.zeros((len(names), count))
    for row, name in enumerate(names):
        mine = labels == name
        counts[row] = np.bincount(column[mine], weights=arrivals[mine], minlength=count)[:count]
    for low, high in history.missing:
        hidden = (starts[:-1] < quarter_of(high)) & (starts[1:] > quarter_of(low))
        counts[:, hidden] = np.nan
    return Days(first_day, counts)


@dataclass(frozen=True)
class Usual:
    """What each day of a queue would be without anything unusual.

    Attributes
    ----------
    most, least: as the weeks before, the weeks after and the same weekdays around have it: the largest and
        the smallest of the three.
    wide: standard deviation on the square-root scale, at least 1, as of pure chance.
    """

    most: np.ndarray
    least: np.ndarray
    wide: float


def usual(counts: np.ndarray) -> Usual:
    """The usual days of one queue, from the four weeks before and after each and from its weekdays around.

    Examples
    --------
    >>> level = usual(np.array([20.0] * 35 + [100.0] + [20.0] * 35))
    >>> level.most[35], level.least[35]
    (np.float64(20.0), np.float64(20.0))
    """
    days = len(counts)
    known = np.isfinite(counts)
    sums = np.convolve(np.where(known, counts, 0.0), np.ones(7))[6:]
    seen = np.convolve(known.astype(float), np.ones(7))[6:]
    weeks = np.full(days, np.nan)  # mean day of the seven from each on
    whole = seen[:days] >= 4
    whole[max(0, days - 6) :] = False
    weeks[whole] = (sums[:days] / np.maximum(seen[:days], 1))[whole]
    before = _middle(weeks, [-3 - 7 * k for k in range(1, NEAR_WEEKS + 1)])
    after = _middle(weeks, [-3 + 7 * k for k in range(1, NEAR_WEEKS + 1)])
    factors = _weekday_factors(counts, before, after)[np.arange(days) % 7]
    around = typical_days(counts)
    sides = np.vstack([before * factors, after * factors, np.where(known, around, np.nan)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a day without neighbours is not known
        most, least = np.nanmax(sides, axis=0), np.nanmin(sides, axis=0)
        middle = np.nanmedian(sides, axis=0)
    z = spread(counts, middle)
    z = z[np.isfinite(z)]
    wide = 1.4826 * float(np.median(np.abs(z - np.median(z)))) if len(z) else 1.0
    return Usual(most, least, max(1.0, wide))


def spread(counts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """How far counts are from what is expected, in standard deviations of pure chance (Anscombe 1948)."""
    return np.asarray(2 * (np.sqrt(counts + 0.375) - np.sqrt(expected + 0.375)))


def _middle(weeks: np.ndarray, shifts: Sequence[int]) -> np.ndarray:
    """Median of the weeks that start so many days from each day."""
    days = len(weeks)
    rows = np.full((len(shifts), days), np.nan)
    for row, shift in enumerate(shifts):
        low, high = max(0, -shift), min(days, days - shift)
        if low < high:
            rows[row, low:high] = weeks[low + shift : high + shift]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmedian(rows, axis=0))


def _weekday_factors(counts: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Each weekday against the mean day; middle half of all weeks, so that no single one decides."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        level = np.nanmean(np.vstack([before, after]), axis=0)
    factors = np.ones(7)
    for weekday in range(7):
        mine, base = counts[weekday::7], level[weekday::7]
        fine = np.isfinite(mine) & np.isfinite(base) & (base > 0)
        if fine.sum() < 2:
            continue
        order = np.argsort(mine[fine] / base[fine])
        cut = fine.sum() // 4
        half = order[cut : len(order) - cut]
        factors[weekday] = mine[fine][half].sum() / base[fine][half].sum()
    return np.asarray(factors / max(float(factors.mean()), 1e-9))


def high_days(counts: np.ndarray, level: Usual) -> np.ndarray:
    """Days far above the usual."""
    with np.errstate(invalid="ignore"):
        far = spread(counts, level.most) / level.wide >= HIGH_OUT
        return np.asarray(far & (counts >= HIGH_TIMES * level.most))


def low_days(counts: np.ndarray, level: Usual) -> np.ndarray:
    """Days far below the usual, nearly all of their contacts lost or not sent."""
    with np.errstate(invalid="ignore"):
        far = spread(counts, level.least) / level.wide <= -LOW_OUT
        return np.asarray(far & (counts <= LOW_TIMES * level.least))


def high_runs(counts: np.ndarray, level: Usual) -> list[tuple[int, int]]:
    """First and last column of stretches far above the usual, with the high days beside and between them."""
    flagged = high_days(counts, level)
    with np.errstate(invalid="ignore"):
        beside = spread(counts, level.most) / level.wide >= BESIDE_OUT
        beside &= counts >= BESIDE_TIMES * level.most
    return [(low, high) for low, high in runs(flagged | beside) if flagged[low : high + 1].any()]


def runs(flagged: np.ndarray) -> list[tuple[int, int]]:
    """First and last column of each stretch of flagged days.

    Examples
    --------
    >>> runs(np.array([0, 1, 1, 0, 1, 0, 0, 1], dtype=bool))
    [(1, 2), (4, 4), (7, 7)]
    """
    turns = np.flatnonzero(np.diff(np.concatenate(([0], flagged.astype(np.int8), [0]))))
    return [(int(low), int(high) - 1) for low, high in zip(turns[::2], turns[1::2], strict=True)]
