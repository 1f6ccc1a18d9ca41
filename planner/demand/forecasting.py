"""From history to volumes: contacts per interval and queue over a period, with a band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from planner._errors import HistoryError
from planner._messages import Message
from planner._values import share_text
from planner.clock import PublicHolidays
from planner.demand.arrivals import History, Spread, Volumes
from planner.demand.asks import ForecastAsks
from planner.demand.calendar import DemandCalendar
from planner.demand.curve.bands import HIGH, LOW, limits
from planner.demand.curve.clocks import clock_of
from planner.demand.curve.daily import features
from planner.demand.curve.drift import drift, drifted
from planner.demand.curve.fits import LEARN_DAYS, Fits
from planner.demand.curve.grid import PlanningGrid
from planner.demand.curve.localdays import LocalDays, local_days
from planner.demand.curve.model import MOST_DAYS, QueueModel
from planner.demand.queue import Queue
from planner.demand.told.asked import Stage, asked
from planner.demand.told.events import Past, prepared
from planner.demand.told.known import Known
from planner.demand.told.lately import lately
from planner.demand.told.unseen import fill

LEAST_DAYS = 14
METHOD = "level x calendar x profile of the day"


@dataclass(frozen=True)
class QueuePast:
    """What is known of one queue, on its own clock.

    Attributes
    ----------
    queue: which.
    zone: clock of its days and hours.
    holidays: days off of its customers.
    days: its local days; one row.
    """

    queue: Queue
    zone: str
    holidays: PublicHolidays | DemandCalendar | None
    days: LocalDays

    def calendar(self) -> np.ndarray:
        """Features of its days."""
        return features(self.days.first_day, self.days.days, self.holidays)


@dataclass(frozen=True)
class Fitted:
    """A queue's past and the model of it.

    Attributes
    ----------
    past: on the queue's clock.
    model: level, calendar and profile.
    spread: how far contacts stray from such a model.
    """

    past: QueuePast
    model: QueueModel
    spread: Spread


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
    >>> from planner.demand import Promise, Queue
    >>> nobody = History(pd.DataFrame(), 60, quarter_at(0), quarter_at(96), report=None)
    >>> queue = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    >>> forecast(nobody, [queue], 0, 48, 30, "Europe/Rome")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.HistoryError: the history has 0 whole days; a forecast needs at least 14: ...
    """
    asks = asks or ForecastAsks()
    grid = PlanningGrid.of(first_quarter, intervals, interval_minutes, zone)
    # 1. What each queue has seen, on its own clock.
    pasts, notices = known_before(history, queues, grid, holidays, asks)
    # 2. Past events: days left out, or divided by their factor.
    seen, pasts = pasts, [without_events(past, asks) for past in pasts]
    # 3. Level, calendar and profile.
    fits = [fitted(past) for past in pasts]
    turns = [notice for one in fits for notice in _lately(one)]
    usual = np.array([laid(one, grid, plain=True) for one in fits]).reshape(len(fits), intervals)
    modelled = np.array([laid(one, grid) for one in fits]).reshape(len(fits), intervals)
    # 4. Hours that were never open.
    filled = fill(modelled, [_known(one, grid) for one in fits], grid, asks)
    # 5. Drivers, growth, coming events, self-service, moved demand. 6. What is set by hand.
    stages = [
        Stage("history", usual),
        Stage("calendar", modelled),
        *([Stage("new hours", filled.mean, filled.doubt)] if filled.loans else []),
        *([Stage("now on", *filled.rest, filled.takers)] if filled.rest else []),
    ]
    spreads = {one.past.queue.name: drifted(one.spread, _later(one.past, grid)) for one in fits}
    before = [past_of(past, one) for past, one in zip(seen, fits, strict=True)]
    done = asked(stages, spreads, grid, asks, before, growth, filled.moving)
    # 7. Bands.
    spread = done.unsure(spreads)
    low, high = (limits(done.mean, list(spread.values()), done.doubt, share, grid) for share in (LOW, HIGH))
    return Volumes(
        queues=tuple(queue.name for queue in queues),
        first_quarter=first_quarter,
        interval_minutes=interval_minutes,
        mean=done.mean,
        low=low,
        high=high,
        spread=spread,
        day_of=grid.day_of,
        week_of=grid.day_of // 7,
        method=METHOD,
        notices=(*notices, *turns, *filled.notices, *done.notices),
        steps=done.steps,
        modelled=done.modelled,
        by_hand=done.by_hand,
        doubt=done.doubt,
        borrowed=filled.borrowed,
    )


def known_before(
    history: History,
    queues: Sequence[Queue],
    grid: PlanningGrid,
    holidays: PublicHolidays | None,
    asks: ForecastAsks,
) -> tuple[list[QueuePast], tuple[Message, ...]]:
    """Days of every queue before the period, and what is to be said about them.

    Raises
    ------
    HistoryError: fewer than 14 whole local days of history.
    """
    notices: list[Message] = []
    pasts: list[QueuePast] = []
    for past in pasts_of(history, queues, grid.zone, holidays, asks):
        days, notice = _until(past.days, grid.local_span(past.zone)[0], grid.first_day)
        if notice is not None and notice not in notices:
            notices.append(notice)
        if days.days < LEAST_DAYS:
            raise HistoryError(Message("demand.too_short", {"days": days.days, "least": LEAST_DAYS}))
        pasts.append(replace(past, days=days))
    notices += _far(pasts, grid) if pasts else []
    silent = [past.queue.name for past in pasts if not past.days.counts.any()]
    silent = [name for name in silent if not asks.a_weekday.get(name)]
    notices += [Message("demand.no_contacts", {"queue": name}) for name in silent]
    return pasts, tuple(notices)


def pasts_of(
    history: History,
    queues: Sequence[Queue],
    zone: str,
    holidays: PublicHolidays | None,
    asks: ForecastAsks,
) -> list[QueuePast]:
    """All days of every queue, on its own clock: what a forecast and its back-test see alike."""
    pasts = []
    for queue in queues:
        clock = clock_of(queue, asks.zones, zone)
        calendar = asks.calendars.get(queue.name, holidays)
        days = local_days(history, [queue.name], clock, calendar, asks.open_hours)
        pasts.append(QueuePast(queue, clock, calendar, days))
    return pasts


def fitted(past: QueuePast) -> Fitted:
    """Model and spread of a queue."""
    fits = Fits(past.days, 0, past.calendar())
    return Fitted(past, fits.model(past.days.days), fits.spread(past.days.days))


def laid(one: Fitted, grid: PlanningGrid, *, plain: bool = False) -> np.ndarray:
    """Contacts of a queue per planning interval, from its own clock; plain: in ordinary weeks."""
    first_day, days = grid.local_span(one.past.zone)
    ahead = features(first_day, days, one.past.holidays)
    if plain:
        ahead[:, 7:] = 0.0
    later = _later(one.past, grid)
    return grid.lay(one.model.totals(ahead, later), one.model.quarters(ahead), one.past.zone)


def _lately(one: Fitted) -> tuple[Message, ...]:
    return lately(one.past.queue.name, one.model, one.past.days)


def _later(past: QueuePast, grid: PlanningGrid) -> int:
    """Days from the end of a queue's past to the period."""
    ended = past.days.first_day + timedelta(days=past.days.days)
    return max(0, (grid.local_span(past.zone)[0] - ended).days)


def _far(pasts: Sequence[QueuePast], grid: PlanningGrid) -> list[Message]:
    """What is to be said of a history that ends long before the period."""
    past = max(pasts, key=lambda one: _later(one, grid))
    days = _later(past, grid)
    more = round(drift(days) ** 0.5, 2)
    if not more:
        return []
    day = past.days.first_day + timedelta(days=past.days.days - 1)
    values = {"day": day.isoformat(), "weeks": round(days / 7), "more": share_text(more)}
    return [Message("drift.far_off", values)]


def _until(days: LocalDays, first_day: date, period_day: date) -> tuple[LocalDays, Message | None]:
    """Days before the period, if they are enough."""
    notice = None
    before = (first_day - days.first_day).days
    if before < days.days:
        enough = before >= LEARN_DAYS
        code = "demand.period_in_history" if enough else "demand.period_in_history_kept"
        notice = Message(code, {"day": period_day.isoformat()})
        days = days.until(before, MOST_DAYS) if enough else days
    return days.until(days.days, MOST_DAYS), notice


def without_events(past: QueuePast, asks: ForecastAsks) -> QueuePast:
    """A queue's past without what events did to it."""
    days = past.days
    counts, seen = prepared(days.counts[0], days.seen, days.first_day, past.queue.name, asks.events)
    return replace(past, days=replace(days, counts=counts[None], seen=seen))


def past_of(past: QueuePast, one: Fitted) -> Past:
    """What came to a queue, events included, beside what is fitted without them."""
    expected = one.model.daily.expected
    days = past.days.until(past.days.days, len(expected))
    if days.open is not None:  # what came is what could be seen
        weekdays = (days.first_day.weekday() + np.arange(days.days)) % 7
        expected = expected * (one.model.profiles[weekdays] * days.open[0]).sum(axis=1)
    return Past(past.queue.name, days.first_day, days.counts[0].sum(axis=1), expected, days.seen)


def _known(one: Fitted, grid: PlanningGrid) -> Known:
    """A queue as borrowing takes it."""
    past = one.past
    first_day, days = grid.local_span(past.zone)
    fine = replace(grid, intervals=grid.intervals * grid.interval_minutes // 15, interval_minutes=15)
    return Known(
        past.queue,
        past.zone,
        past.days,
        past.calendar(),
        one.model,
        one.spread,
        features(first_day, days, past.holidays),
        _later(past, grid),
        laid(one, fine),
    )
