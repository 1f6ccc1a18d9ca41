"""Planned work in a simulation: how much was done in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from planner.demand import PlannedWork
from planner.service.duty import QUARTER


@dataclass(frozen=True, eq=False)
class PlannedDone:
    """Planned work and what of it was done in time, one row per work and window.

    Attributes
    ----------
    work: name of the planned work of each row.
    start, end: absolute quarter-hours of its window.
    planned_seconds, done_seconds: of people's time: what was to be done, and what was done within the
        window, each a mean over replications.
    """

    work: tuple[str, ...] = ()
    start: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    end: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    planned_seconds: np.ndarray = field(default_factory=lambda: np.zeros(0))
    done_seconds: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(cls, planned: Sequence[PlannedWork]) -> PlannedDone:
        """What is planned, before anything is done."""
        rows = [(work, window) for work in planned for window in work.windows]
        seconds = [
            (w.end - w.start) * QUARTER * w.people if work.fixed else w.work_seconds for work, w in rows
        ]
        return cls(
            tuple(work.name for work, _ in rows),
            np.array([window.start for _, window in rows], dtype=np.int64),
            np.array([window.end for _, window in rows], dtype=np.int64),
            np.array(seconds, dtype=float),
            np.zeros(len(rows)),
        )

    def __len__(self) -> int:
        return len(self.work)

    def frame(self) -> pd.DataFrame:
        """The rows as a frame, columns named as the attributes.

        Examples
        --------
        >>> list(PlannedDone().frame())
        ['work', 'start', 'end', 'planned_seconds', 'done_seconds']
        """
        return pd.DataFrame(
            {
                "work": list(self.work),
                "start": self.start,
                "end": self.end,
                "planned_seconds": self.planned_seconds,
                "done_seconds": self.done_seconds,
            }
        )
