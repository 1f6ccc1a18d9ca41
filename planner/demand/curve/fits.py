"""Models of one queue as it was known on past days: what spreads and back-tests are made from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.demand.arrivals import Spread
from planner.demand.curve.localdays import LocalDays
from planner.demand.curve.model import MOST_DAYS, QueueModel, fit_queue
from planner.demand.curve.spreads import TYPICAL, fit_spread

PSEUDO_ORIGINS = 13
# Four weeks apart; closer where a history is too short for so many of them.
BETWEEN_ORIGINS = (28, 14, 7)
ENOUGH_ORIGINS = 5
AHEAD_WEEKS = 4
LEARN_DAYS = 56
FIRST_ORIGIN = 42


class Fits:
    """One queue's models, each seen from one day and made once.

    A back-test asks for the spread at many origins; the forecasts that these are made from lie four weeks
    apart and are mostly the same.

    Parameters
    ----------
    days: the queue's days.
    row: of the queue in them.
    calendar: ``features`` of the days.
    """

    def __init__(self, days: LocalDays, row: int, calendar: np.ndarray) -> None:
        self._days, self._row, self._calendar = days, row, calendar
        self._models: dict[int, QueueModel] = {}

    def model(self, end: int) -> QueueModel:
        """Fitted to the days before one, at most the last two years of them."""
        if end not in self._models:
            part = slice(max(0, end - MOST_DAYS), end)
            self._models[end] = fit_queue(
                self._days.counts[self._row, part],
                self._days.seen[part],
                self._calendar[part],
                None if self._days.open is None else self._days.open[self._row, part],
            )
        return self._models[end]

    def ahead(self, end: int, days: int) -> np.ndarray:
        """Forecast of so many days from one on, by day and hour."""
        part = self._calendar[end : end + days]
        return _hours(self.model(end).slots(part))

    def spread(self, end: int) -> Spread:
        """How far contacts may stray: as from past forecasts, and by what a sudden turn may come to."""
        return replace(self._strayed(end), level=self.model(end).daily.now.turn.variance)

    def _strayed(self, end: int) -> Spread:
        """How far contacts strayed from forecasts four weeks ahead made at up to 13 days before ``end``."""
        actual, expected, seen = [], [], []
        ahead = 7 * AHEAD_WEEKS
        least = max(FIRST_ORIGIN, end - MOST_DAYS + FIRST_ORIGIN)
        room = end - ahead - least
        apart = next((gap for gap in BETWEEN_ORIGINS if ENOUGH_ORIGINS * gap <= room), BETWEEN_ORIGINS[-1])
        for step in range(PSEUDO_ORIGINS):
            origin = end - ahead - step * apart
            if origin < least:
                break
            if self.model(origin).daily.level <= 0:
                continue
            days = slice(origin, origin + ahead)
            shape = (AHEAD_WEEKS, 7, 24)
            expected.append(self.ahead(origin, ahead).reshape(shape))
            actual.append(_hours(self._days.counts[self._row, days]).reshape(shape))
            seen.append(self._seen(days).reshape(shape))
        if not actual:
            return TYPICAL
        weeks = AHEAD_WEEKS + (len(actual) - 1) * apart / 7
        return fit_spread(np.concatenate(actual), np.concatenate(expected), np.concatenate(seen), weeks)

    def _seen(self, days: slice) -> np.ndarray:
        """Hours that could be seen whole, on days that were not closed against all expectation."""
        known = np.repeat(self._days.seen[days, None], 24, axis=1)
        if self._days.open is not None:
            is_open = self._days.open[self._row, days].reshape(len(known), 24, -1)
            known &= (is_open >= 1).all(axis=2)
        return known


def _hours(slots: np.ndarray) -> np.ndarray:
    return np.asarray(slots.reshape(len(slots), 24, -1).sum(axis=2))
