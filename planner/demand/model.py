"""The model of one queue: daily totals times the profile of the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.demand.daily import DailyFit, fit_daily
from planner.demand.hours import day_profiles, to_quarters

# A queue that opened in mid-history starts at its first contact: this many missed contacts make chance
# unlikely.
OPENED_IF_MISSED = 10.0
MOST_DAYS = 728


@dataclass(frozen=True)
class QueueModel:
    """A fitted queue.

    Attributes
    ----------
    daily: level and calendar.
    profiles: shares by weekday and wall-clock slot.
    """

    daily: DailyFit
    profiles: np.ndarray

    def totals(self, calendar: np.ndarray) -> np.ndarray:
        """Contacts of days, given their ``features``."""
        return np.asarray(self.daily.level * np.exp(calendar @ self.daily.effects))

    def slots(self, calendar: np.ndarray) -> np.ndarray:
        """Contacts by day and wall-clock slot."""
        weekdays = calendar[:, :7].argmax(axis=1)
        return np.asarray(self.totals(calendar)[:, None] * self.profiles[weekdays])

    def quarters(self, calendar: np.ndarray) -> np.ndarray:
        """Shares of each day's 96 wall-clock quarters."""
        return np.asarray(to_quarters(self.profiles)[calendar[:, :7].argmax(axis=1)])


def fit_queue(counts: np.ndarray, seen: np.ndarray, calendar: np.ndarray) -> QueueModel:
    """Fit one queue to its history by day and slot (at most the last two years).

    Parameters
    ----------
    counts: contacts by day and slot.
    seen: False where a day is missing.
    calendar: ``features`` of the days.
    """
    counts, seen, calendar = counts[-MOST_DAYS:], seen[-MOST_DAYS:], calendar[-MOST_DAYS:]
    totals = counts.sum(axis=1)
    seen = seen & (np.arange(len(totals)) >= opening_day(totals))
    daily = fit_daily(totals, seen, calendar)
    return QueueModel(daily, day_profiles(counts, daily.weights, calendar[:, :7].argmax(axis=1)))


def opening_day(totals: np.ndarray) -> int:
    """First day of a queue: 0, or the day of its first contact where the silence before cannot be chance.

    Examples
    --------
    >>> opening_day(np.array([0.0] * 30 + [2.0] * 30)), opening_day(np.array([0.0, 0.0, 1.0, 0.0]))
    (30, 0)
    """
    busy = np.flatnonzero(totals)
    if not len(busy):
        return 0
    first = int(busy[0])
    return first if first * totals[first:].mean() > OPENED_IF_MISSED else 0
