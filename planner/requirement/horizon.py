"""The grid of a forecast, what reaches each queue on it, and when each queue is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.demand import Queue, Volumes
from planner.requirement.deferred import OpenTimes


@dataclass(frozen=True, eq=False)
class Horizon:
    """The grid of a forecast, what reaches each queue, and when it is open.

    Attributes
    ----------
    contacts: contacts that reach each queue's line in each interval, at the pace of its busiest
        quarter-hour (see ``flows``); rows as in ``volumes``.
    times, is_open: queue to when it is open, by quarter-hours and by intervals.
    factors: queue to the factor on its handle time that its people bring; 1 where it is not named.
    """

    volumes: Volumes
    contacts: np.ndarray
    times: Mapping[str, OpenTimes]
    is_open: Mapping[str, np.ndarray]
    factors: Mapping[str, float] = field(default_factory=dict)

    @property
    def interval_seconds(self) -> float:
        """Length of an interval."""
        return self.volumes.interval_minutes * 60.0

    def contacts_of(self, queue: str) -> np.ndarray:
        """Contacts that reach a queue's line, per interval."""
        row: np.ndarray = self.contacts[self.volumes.queues.index(queue)]
        return row

    def aht_seconds(self, queue: Queue) -> float:
        """Handle time of one touch by the people who can serve the queue."""
        return queue.aht_seconds * self.factors.get(queue.name, 1.0)

    def any_open(self, queues: Sequence[str]) -> np.ndarray:
        """Whether any of the queues is open, per interval."""
        found = np.zeros(self.volumes.intervals, dtype=bool)
        for queue in queues:
            found |= self.is_open[queue]
        return found
