"""Forecasts made on past days with what was known then, beside the yardsticks and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from planner._errors import HistoryError
from planner._messages import Message
from planner.demand.arrivals import Spread
from planner.demand.asks import ForecastAsks
from planner.demand.curve.fits import LEARN_DAYS, Fits
from planner.demand.curve.localdays import LocalDays
from planner.demand.forecasting import QueuePast, without_events

HORIZON_DAYS = 28
HORIZON_WEEKS = HORIZON_DAYS // 7
METHODS = ("planner", "same hour last week", "mean of 8 weeks")
# Origins move closer than four weeks until there are so many.
ENOUGH_ORIGINS = 8
APART = (28, 21, 14, 7)
YARDSTICK_WEEKS = 8
WHOLE = 0.999


@dataclass(frozen=True)
class Trial:
    """Four weeks seen from one day.

    Attributes
    ----------
    origin: first day that is forecast.
    row: of that day in the queue's days.
    actual: what came, by day and hour.
    counted: hours that count; missing and closed ones count nowhere.
    forecasts: by method (``METHODS``), day and hour.
    spread: what the planner's band is made of.
    """

    origin: date
    row: int
    actual: np.ndarray
    counted: np.ndarray
    forecasts: np.ndarray
    spread: Spread


def trials_of(past: QueuePast, asks: ForecastAsks, origins: int | Sequence[date]) -> tuple[Trial, ...]:
    """Forecasts of one queue from several past days.

    Days of past events that the fit leaves out count nowhere; where an event has a factor, the forecast knew
    it. The yardsticks know nothing of events.

    Parameters
    ----------
    past: the queue's days on its own clock.
    asks: past events are used.
    origins: how many, or which days.

    Raises
    ------
    HistoryError: less than 84 whole days: nothing is left to test on.
    """
    days, usual = past.days, without_events(past, asks).days
    fits = Fits(usual, 0, past.calendar())
    came, left = days.counts[0].sum(axis=1), usual.counts[0].sum(axis=1)
    known = np.where(left > 0, came / np.maximum(left, 1e-9), 1.0)
    days = replace(days, seen=days.seen & usual.seen)
    return tuple(_trial(days, fits, row, known) for row in origin_rows(days, origins))


def origin_rows(days: LocalDays, origins: int | Sequence[date]) -> list[int]:
    """Rows of the days to forecast from: the last ones that leave four weeks.

    Raises
    ------
    HistoryError: there is none.
    """
    last = days.days - HORIZON_DAYS
    if isinstance(origins, int):
        room = last - LEARN_DAYS
        wanted = min(origins, ENOUGH_ORIGINS) - 1
        apart = next((gap for gap in APART if wanted * gap <= room), APART[-1])
        rows = [last - index * apart for index in range(origins)]
    else:
        rows = [(day - days.first_day).days for day in origins]
    rows = sorted(row for row in rows if LEARN_DAYS <= row <= last)
    if not rows:
        values = {"days": days.days, "least": LEARN_DAYS + HORIZON_DAYS}
        raise HistoryError(Message("demand.too_short_to_test", values))
    return rows


def _trial(days: LocalDays, fits: Fits, row: int, known_factors: np.ndarray) -> Trial:
    ahead = slice(row, row + HORIZON_DAYS)
    known = slice(max(0, row - 7 * YARDSTICK_WEEKS), row)
    came, there = by_hour(days.counts[0, known]), counted_hours(days, known)
    planner = fits.ahead(row, HORIZON_DAYS) * known_factors[ahead, None]
    yardsticks = (_last_week(came, there), _mean_weeks(came, there))
    return Trial(
        origin=days.day(row),
        row=row,
        actual=by_hour(days.counts[0, ahead]),
        counted=counted_hours(days, ahead),
        forecasts=np.stack((planner, *yardsticks)),
        spread=fits.spread(row),
    )


def by_hour(slots: np.ndarray) -> np.ndarray:
    """Contacts by day and hour, from days and slots."""
    return np.asarray(slots.reshape(len(slots), 24, -1).sum(axis=2))


def counted_hours(days: LocalDays, part: slice) -> np.ndarray:
    """Hours with data: not missing, and open for long enough to be seen whole."""
    seen = np.repeat(days.seen[part, None], 24, axis=1)
    if days.open is None:
        return seen
    whole = days.open[0, part].reshape(len(seen), 24, -1).min(axis=2) >= WHOLE
    return np.asarray(seen & whole)


def _last_week(came: np.ndarray, there: np.ndarray) -> np.ndarray:
    """The last week, four times; an hour that is missing in it is taken from the week before."""
    weeks, seen = _weeks(came), _weeks(there)
    latest = np.zeros(weeks.shape[1:])
    for week, mask in zip(weeks, seen, strict=True):
        latest = np.where(mask, week, latest)
    return np.tile(latest, (HORIZON_WEEKS, 1))


def _mean_weeks(came: np.ndarray, there: np.ndarray) -> np.ndarray:
    """The mean of the weeks, four times; missing hours count nowhere."""
    weeks, seen = _weeks(came), _weeks(there)
    mean = (weeks * seen).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    return np.tile(mean, (HORIZON_WEEKS, 1))


def _weeks(days: np.ndarray) -> np.ndarray:
    whole = len(days) // 7
    return days[-7 * whole :].reshape(whole, 7, 24)
