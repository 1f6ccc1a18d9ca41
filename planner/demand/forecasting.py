"""From history to volumes: contacts per interval and queue over a period, with a band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from planner._errors import HistoryError
from planner._messages import Message
from planner.clock import PublicHolidays, local_at
from planner.demand.arrivals import History, Spread, Volumes
from planner.demand.asks import ForecastAsks
from planner.demand.bands import HIGH, LOW, fit_spread, quantiles, total_spread
from planner.demand.daily import features
from planner.demand.hours import to_quarters
from planner.demand.localdays import LocalDays, local_days, wall_quarters
from planner.demand.model import MOST_DAYS, QueueModel, fit_queue
from planner.demand.queue import Queue

LEAST_DAYS = 14
PSEUDO_ORIGINS = 13
BETWEEN_ORIGINS = 28
AHEAD_WEEKS = 4
LEARN_DAYS = 56
METHOD = "level x calendar x profile of the day"


def forecast(
    history: History,
    queues: Sequence[Queue],
    first_quarter: int,
    intervals: int,
    interval_minutes: int,
    zone: str,
    holidays: PublicHolidays | None = None,
    growth: Mapping[str, float] | float = 1.0,
    asks: ForecastAsks | None = None,
) -> Volumes:
    """Forecast the contacts of every interval and queue.

    Only history before the period is used, so that a plan of a past period is an honest one; if there is not
    enough of it, all is used and a notice says so.

    Parameters
    ----------
    history: counts by interval; queues without any contact get a forecast of 0.
    queues: rows of the result, in this order.
    first_quarter: absolute quarter-hour where the period starts.
    intervals: how many.
    interval_minutes: 15, 30 or 60.
    zone: clock of days and of the profile of the day.
    holidays: public holidays of the callers.
    growth: factor on the volume, per queue name or for all; there is no trend of its own.
    asks: what the forecast is told besides: calendars, clocks, events, drivers, what is set by hand.

    Raises
    ------
    HistoryError: fewer than 14 whole local days of history.

    Examples
    --------
    >>> import pandas as pd
    >>> from planner.clock import quarter_at
    >>> from planner.demand import Promise
    >>> nobody = History(pd.DataFrame(), 60, quarter_at(0), quarter_at(96), report=None)
    >>> forecast(nobody, [], 0, 48, 30, "Europe/Rome")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.HistoryError: the history has 0 whole days; a forecast needs at least 14: ...
    """
    asks = asks or ForecastAsks()
    names = tuple(queue.name for queue in queues)
    past = local_days(history, names, zone, holidays)
    notices: list[Message] = []
    period_day = local_at(first_quarter, zone).date()
    before = (period_day - past.first_day).days
    if before < past.days:
        if before >= LEARN_DAYS:
            past = past.until(before, MOST_DAYS)
            notices.append(Message("demand.period_in_history", {"day": period_day.isoformat()}))
        else:
            notices.append(Message("demand.period_in_history_kept", {"day": period_day.isoformat()}))
    past = past.until(past.days, MOST_DAYS)
    if past.days < LEAST_DAYS:
        raise HistoryError(Message("demand.too_short", {"days": past.days, "least": LEAST_DAYS}))
    grid = _Grid(first_quarter, intervals, interval_minutes, zone)
    calendar = features(past.first_day, past.days, holidays)
    ahead = features(grid.first_day, grid.days, holidays)
    mean = np.zeros((len(names), intervals))
    low, high = np.zeros_like(mean), np.zeros_like(mean)
    spread: dict[str, Spread] = {}
    for row, name in enumerate(names):
        model = fit_queue(past.counts[row], past.seen, calendar)
        factor = growth.get(name, 1.0) if isinstance(growth, Mapping) else growth
        mean[row] = factor * grid.spread(model, ahead)
        spread[name] = spread_of(past, row, calendar)
        low[row] = quantiles(mean[row], total_spread(spread[name]), LOW)
        high[row] = quantiles(mean[row], total_spread(spread[name]), HIGH)
        if not past.counts[row].any():
            notices.append(Message("demand.no_contacts", {"queue": name}))
    return Volumes(
        queues=names,
        first_quarter=first_quarter,
        interval_minutes=interval_minutes,
        mean=mean,
        low=low,
        high=high,
        spread=spread,
        day_of=grid.day_of,
        week_of=grid.day_of // 7,
        method=METHOD,
        notices=tuple(notices),
    )


class _Grid:
    """Planning intervals and the local days they lie in."""

    def __init__(self, first_quarter: int, intervals: int, interval_minutes: int, zone: str) -> None:
        step = interval_minutes // 15
        end = first_quarter + intervals * step
        self.first_day = local_at(first_quarter, zone).date()
        self.days = (local_at(max(end - 1, first_quarter), zone).date() - self.first_day).days + 1
        starts, day_of, wall = wall_quarters(self.first_day, self.days, zone)
        low = first_quarter - int(starts[0])
        self._step = step
        self._all_days, self._wall = day_of, wall
        self._part = slice(low, low + intervals * step)
        self.day_of = day_of[self._part][::step]

    def spread(self, model: QueueModel, calendar: np.ndarray) -> np.ndarray:
        """Contacts per interval; a day of 23 or 25 hours keeps its total."""
        profiles = to_quarters(model.profiles)
        weekdays = calendar[:, :7].argmax(axis=1)
        share = profiles[weekdays[self._all_days], self._wall]
        of_day = np.bincount(self._all_days, weights=share, minlength=self.days)
        quarters = model.totals(calendar)[self._all_days] * share / of_day[self._all_days]
        return np.asarray(quarters[self._part].reshape(-1, self._step).sum(axis=1))


def spread_of(past: LocalDays, row: int, calendar: np.ndarray) -> Spread:
    """Spread of a queue, from forecasts four weeks ahead made at up to 13 past days."""
    actual, expected, seen = [], [], []
    per_hour = past.counts.shape[2] // 24
    ahead = 7 * AHEAD_WEEKS
    for step in range(PSEUDO_ORIGINS):
        origin = past.days - ahead - step * BETWEEN_ORIGINS
        if origin < LEARN_DAYS:
            break
        model = fit_queue(past.counts[row, :origin], past.seen[:origin], calendar[:origin])
        if model.daily.level <= 0:
            continue
        days = slice(origin, origin + ahead)
        shape = (AHEAD_WEEKS, 7, 24)
        expected.append(model.slots(calendar[days]).reshape(ahead, 24, per_hour).sum(axis=2).reshape(shape))
        actual.append(past.counts[row, days].reshape(ahead, 24, per_hour).sum(axis=2).reshape(shape))
        seen.append(past.seen[days].reshape(AHEAD_WEEKS, 7))
    if not actual:
        empty = np.zeros((0, 7, 24))
        return fit_spread(empty, empty, np.zeros((0, 7), dtype=bool))
    return fit_spread(np.concatenate(actual), np.concatenate(expected), np.concatenate(seen))
