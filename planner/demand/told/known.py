"""What the history knows of one queue, as borrowing takes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.demand.arrivals import Spread
from planner.demand.curve.localdays import DAY_QUARTERS, LocalDays
from planner.demand.curve.model import QueueModel
from planner.demand.queue import LIVE_CHANNELS, Queue
from planner.demand.told.donors import Seen

# Hours that were open for fewer weeks, and far fewer than others, are a pilot: what was borrowed counts too.
PILOT_WEEKS = 13
PILOT_SHARE = 0.5
# Slots lean a little on their neighbours.
SMOOTHED = (0.6, 0.2)


@dataclass(frozen=True)
class Known:
    """A queue as far as its history tells.

    Attributes
    ----------
    queue: which. zone: clock of its days.
    days: of its past, one row. calendar: features of these days.
    model: fitted to them. spread: how far contacts stray.
    ahead: features of the local days of the period. later: days from the end of the past until then.
    quarters: forecast of each quarter-hour of the period, from its own past alone.
    """

    queue: Queue
    zone: str
    days: LocalDays
    calendar: np.ndarray
    model: QueueModel
    spread: Spread
    ahead: np.ndarray
    later: int
    quarters: np.ndarray

    @property
    def live(self) -> bool:
        """Whether contacts are seen only while somebody is there."""
        return self.queue.channel in LIVE_CHANNELS

    @property
    def exposure(self) -> np.ndarray:
        """Days on which each slot of each weekday could be seen, shape (7, slots).

        Days of a clock change do not count: an hour that spring leaves out hides nothing and shows nothing.
        """
        whole = self.days.seen & (np.diff(self.days.starts) == DAY_QUARTERS)
        shown = np.repeat(whole[:, None].astype(float), self.days.counts.shape[2], axis=1)
        if self.days.open is not None:
            shown *= self.days.open[0]
        return np.asarray(self.calendar[:, :7].T @ shown)

    @property
    def pilot(self) -> np.ndarray:
        """Slots that were opened so late that what they brought is only a pilot."""
        weeks = self.exposure
        most = float(weeks.max(initial=0.0))
        short = (weeks > 0) & (weeks < PILOT_WEEKS) & (weeks < PILOT_SHARE * most)
        return np.asarray(short if self.live else np.zeros_like(short))

    @property
    def pilot_weeks(self) -> int:
        """Weeks of the pilot."""
        weekday = self.calendar[:, :7].argmax(axis=1)
        shown = np.ones_like(self.days.counts[0]) if self.days.open is None else self.days.open[0]
        days = np.flatnonzero((self.pilot[weekday] * shown).any(axis=1))
        return len(np.unique((days + (7 - self.days.days) % 7) // 7))

    @property
    def never(self) -> bool:
        """Whether the history has none of it."""
        return not self.days.counts.any()

    def seen(self) -> Seen:
        """Its mean week, at the level of the history's end."""
        hours, exposure = self.model.hours, self.exposure
        there = hours.known & (exposure > 0)
        there = there & ~(hours.shut | self.pilot) if self.live else there
        totals = self.model.daily.level * np.exp(self.model.daily.effects[:7])
        totals = totals * (hours.shares * there).sum(axis=1)
        shape = self._shape(exposure, there)
        sums = np.maximum((shape * there).sum(axis=1), 1e-12)
        week = np.where(there, shape * (totals / sums)[:, None], 0.0)
        tickets = float(self.days.counts[0].sum())
        return Seen(self.queue.name, self.queue.channel, week, there, tickets)

    def _shape(self, exposure: np.ndarray, there: np.ndarray) -> np.ndarray:
        """Contacts by weekday and slot as they came, alike on weekdays and at weekends.

        The model's profiles lean on a flat day, which is safe for a queue's own hours and too much for nights
        that are lent.
        """
        came = self.calendar[:, :7].T @ (self.days.counts[0] * self.days.seen[:, None])
        shape = np.zeros_like(came)
        for members in (slice(0, 5), slice(5, 7)):
            part = there[members]
            days = (exposure[members] * part).sum(axis=0)
            rate = (came[members] * part).sum(axis=0) / np.maximum(days, 1e-12)
            shape[members] = _smoothed(rate) / np.maximum(_smoothed((days > 0).astype(float)), 1e-12)
        return np.asarray(shape)


def _smoothed(row: np.ndarray) -> np.ndarray:
    own, near = SMOOTHED
    return np.asarray(own * row + near * (np.roll(row, 1) + np.roll(row, -1)))
