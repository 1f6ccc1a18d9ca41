"""What happened: one flat record per contact, and the noun around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any

import numpy as np
import pandas as pd

from planner._compiled import COMPILED
from planner.demand import Queue
from planner.service.planned import PlannedDone
from planner.service.settings import ServiceSettings


class Outcome(IntEnum):
    """What became of a contact. Every one has exactly one outcome (conservation)."""

    ANSWERED = 0
    WAITING = 1
    ABANDONED = 2
    TURNED_AWAY = 3


@dataclass(frozen=True, eq=False)
class Records:
    """One row per contact and replication; times in seconds from the start of the simulation.

    Attributes
    ----------
    replication: from 0.
    offered_to: number of the queue the contact came to; queue: of the one that serves it (they differ
        where a closed channel sends contacts elsewhere).
    arrived: when it came; for those who come back at opening, when they did.
    arrived_open: whether the queue was open when it first came.
    live: a customer was on the line.
    agent: number of the person who took the call or has the first reply in hand, -1 if nobody.
    started: first touched; NaN if not yet.
    answered: first reply sent, or end of the live contact; NaN if not yet.
    gone: the customer's patience ended; NaN if it did not.
    due: the promise is kept if answered by then, on the promise's own clock (see ``promises``); infinite
        where that is beyond what is known.
    carried: waited already when the period began: part of the backlog, but no promise can be measured.
    voicemail: is called back, by ``due``, instead of being answered on the line.
    came: when it first came, also of those who come back at opening; default: as arrived.
    outcome: an ``Outcome``: live contacts are answered when started, others when the reply is sent.
    """

    replication: np.ndarray
    offered_to: np.ndarray
    queue: np.ndarray
    arrived: np.ndarray
    arrived_open: np.ndarray
    live: np.ndarray
    agent: np.ndarray
    started: np.ndarray
    answered: np.ndarray
    gone: np.ndarray
    due: np.ndarray
    carried: np.ndarray
    voicemail: np.ndarray
    outcome: np.ndarray
    came: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if len(self.came) != len(self.arrived):
            object.__setattr__(self, "came", self.arrived)

    def __len__(self) -> int:
        return len(self.queue)

    @classmethod
    def joined(cls, parts: Sequence[Records]) -> Records:
        """Several replications as one table."""
        return cls(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(cls)})

    def frame(self) -> pd.DataFrame:
        """The records as a frame, columns named as the attributes."""
        return pd.DataFrame({f.name: getattr(self, f.name) for f in fields(self)})


@dataclass(frozen=True, eq=False)
class Service:
    """What customers get from a rota, over several lives of the same period.

    Attributes
    ----------
    records: one row per contact.
    queues, agents: what the numbers in the records stand for.
    first_quarter: absolute quarter-hour where the simulation starts.
    interval_minutes, intervals: the planning grain.
    week_of: index of the local week of each interval.
    open_: whether each queue is open, shape (queues, quarter-hours).
    able: whether each person serves each queue, shape (queues, people).
    handling, waiting_for_work: seconds, summed over replications, shape (people, intervals).
    at_planned_work: seconds spent on planned work, likewise; neither handling nor waiting for work.
    planned: planned work, and what of it was done in time.
    events: number of events lived through. compiled: whether the loop was.
    """

    records: Records
    queues: tuple[Queue, ...]
    agents: tuple[str, ...]
    first_quarter: int
    interval_minutes: int
    intervals: int
    week_of: np.ndarray
    open_: np.ndarray
    able: np.ndarray
    handling: np.ndarray
    waiting_for_work: np.ndarray
    settings: ServiceSettings
    events: int
    at_planned_work: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    planned: PlannedDone = field(default_factory=PlannedDone)
    compiled: bool = COMPILED

    @property
    def horizon_seconds(self) -> float:
        """Length of the period."""
        return self.intervals * self.interval_minutes * 60.0

    @property
    def weeks(self) -> float:
        """Length of the period in weeks of 168 hours."""
        return self.horizon_seconds / 604_800.0

    @property
    def replications(self) -> int:
        """How often the period was lived through."""
        return self.settings.replications

    def totals(self) -> list[dict[str, Any]]:
        """Figures per queue and ``arrived`` (open, closed, all): ``service.csv`` without hours."""
        from planner.service.frame import totals

        return totals(self)
