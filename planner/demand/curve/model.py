"""The model of one queue: daily totals times the profile of the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.demand.curve.daily import DailyFit, fit_daily
from planner.demand.curve.hours import Profiles, day_profiles, to_quarters

# A queue that opened in mid-history starts at its first contact: this many missed contacts make chance
# unlikely.
OPENED_IF_MISSED = 10.0
MOST_DAYS = 728
# Days of which less could be seen say too little.
LEAST_SHARE = 0.1
ROUNDS = 3


@dataclass(frozen=True)
class QueueModel:
    """A fitted queue.

    Attributes
    ----------
    daily: level and calendar.
    hours: shares by weekday and wall-clock slot.
    """

    daily: DailyFit
    hours: Profiles

    @property
    def profiles(self) -> np.ndarray:
        """Shares by weekday and wall-clock slot."""
        return self.hours.shares

    def totals(self, calendar: np.ndarray, first: int = 0) -> np.ndarray:
        """Contacts of days, given their ``features``; the first one so many days after the history's end."""
        is_open = (self.profiles.sum(axis=1) > 0)[calendar[:, :7].argmax(axis=1)]
        level = self.daily.now.ahead(first, len(calendar))
        return np.asarray(level * np.exp(calendar @ self.daily.effects) * is_open)

    def slots(self, calendar: np.ndarray, first: int = 0) -> np.ndarray:
        """Contacts by day and wall-clock slot."""
        weekdays = calendar[:, :7].argmax(axis=1)
        return np.asarray(self.totals(calendar, first)[:, None] * self.profiles[weekdays])

    def quarters(self, calendar: np.ndarray) -> np.ndarray:
        """Shares of each day's 96 wall-clock quarters."""
        return np.asarray(to_quarters(self.profiles)[calendar[:, :7].argmax(axis=1)])


def fit_queue(
    counts: np.ndarray, seen: np.ndarray, calendar: np.ndarray, shown: np.ndarray | None = None
) -> QueueModel:
    """Fit one queue to its history by day and slot (at most the last two years).

    Where only part of a day could be seen, its total is held against that part of its profile, and each slot
    against the days on which it could be seen: neither level nor profile is lower for it.

    Parameters
    ----------
    counts: contacts by day and slot.
    seen: False where a day is missing.
    calendar: ``features`` of the days.
    shown: share of each slot that could have been seen, shaped as ``counts``; None: all.
    """
    counts, seen, calendar = counts[-MOST_DAYS:], seen[-MOST_DAYS:], calendar[-MOST_DAYS:]
    totals = counts.sum(axis=1)
    weekdays = calendar[:, :7].argmax(axis=1)
    if shown is not None:
        shown = shown[-MOST_DAYS:]
        # A day that nobody could see any of is missing.
        seen = seen & shown.any(axis=1)
    seen = seen & (np.arange(len(totals)) >= opening_day(totals, seen))
    if shown is None or shown[seen].all():
        daily = fit_daily(totals, seen, calendar)
        return QueueModel(daily, day_profiles(counts, daily.weights, weekdays))
    share = shown.mean(axis=1)
    for _ in range(ROUNDS):
        daily = fit_daily(totals, seen, calendar, share)
        hours = day_profiles(counts, daily.weights, weekdays, daily.expected, shown)
        share = (hours.shares[weekdays] * shown).sum(axis=1)
        seen = seen & (share >= LEAST_SHARE)
    return QueueModel(fit_daily(totals, seen, calendar, share), hours)


def opening_day(totals: np.ndarray, seen: np.ndarray | None = None) -> int:
    """First day of a queue: 0, or the day of its first contact where the silence before cannot be chance.

    Parameters
    ----------
    totals: contacts per day.
    seen: False where a day is missing; None: nowhere.

    Examples
    --------
    >>> opening_day(np.array([0.0] * 30 + [2.0] * 30)), opening_day(np.array([0.0, 0.0, 1.0, 0.0]))
    (30, 0)
    """
    busy = np.flatnonzero(totals)
    if not len(busy):
        return 0
    first = int(busy[0])
    silent = first if seen is None else int(seen[:first].sum())
    return first if silent * totals[first:].mean() > OPENED_IF_MISSED else 0
