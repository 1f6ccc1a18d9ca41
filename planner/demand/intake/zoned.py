"""Batches of stamps as instants: each distinct wall time of a zone is resolved once."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from planner.clock import local_at, quarter_of, resolve
from planner.demand.intake.columns import Readings

EPOCH_DAY = date(1970, 1, 1).toordinal()
QUARTERS_A_DAY = 96
_LONGEST_TURN = 12
_KINDS = {"normal": 0, "ambiguous": 1, "nonexistent": 2}


class Instants(NamedTuple):
    """Absolute quarter-hours of a batch, -1 where there is none.

    kind: 1 ambiguous, 2 nonexistent, 3 ambiguous but known to be of the second turn, else 0.
    """

    quarter: np.ndarray
    kind: np.ndarray


class Clock:
    """Turns readings into instants, and instants into local days, in one zone.

    Parameters
    ----------
    zone: IANA name; None: naive stamps have no instant.
    """

    def __init__(self, zone: str | None) -> None:
        self._zone = zone
        self._walls: dict[int, tuple[int, int]] = {}
        self._days: dict[int, int] = {}

    def instants(self, readings: Readings) -> Instants:
        """Instants of readings; zones change their offset at whole quarter-hours only."""
        minute = readings.second // 60
        written = ((readings.day - EPOCH_DAY) * 1440 + minute - readings.offset) // 15
        quarter = np.where(readings.day < 0, -1, written)
        kind = np.zeros(len(quarter), dtype=np.int8)
        if self._zone is None:
            return Instants(np.where(readings.naive, -1, quarter), kind)
        naive = np.nonzero(readings.naive)[0]
        if len(naive):
            walls = readings.day[naive] * QUARTERS_A_DAY + minute[naive] // 15
            distinct, where = np.unique(walls, return_inverse=True)
            resolved = np.array([self._wall(wall) for wall in distinct.tolist()], dtype=np.int64)
            quarter[naive] = resolved[where, 0]
            kind[naive] = resolved[where, 1]
        return Instants(quarter, kind)

    def local_days(self, quarters: np.ndarray) -> np.ndarray:
        """Ordinals of the local dates of absolute quarters."""
        distinct, where = np.unique(quarters, return_inverse=True)
        days = [self._day(quarter) for quarter in distinct.tolist()]
        return np.array(days, dtype=np.int64)[where]

    def second_turn(self, quarter: int) -> int:
        """The quarter-hour that has the same wall time when autumn repeats it; itself if there is none."""
        wall = self._clock_at(quarter)
        later = range(quarter + 1, quarter + _LONGEST_TURN + 1)
        return next((one for one in later if self._clock_at(one) == wall), quarter)

    def _clock_at(self, quarter: int) -> tuple[int, ...]:
        return local_at(quarter, self._zone or "UTC").timetuple()[:5]

    def _wall(self, wall: int) -> tuple[int, int]:
        known = self._walls.get(wall)
        if known is None:
            day = date.fromordinal(wall // QUARTERS_A_DAY)
            resolved = resolve(day, wall % QUARTERS_A_DAY * 15, self._zone or "UTC")
            known = self._walls[wall] = (quarter_of(resolved.at), _KINDS[resolved.kind])
        return known

    def _day(self, quarter: int) -> int:
        if quarter not in self._days:
            self._days[quarter] = local_at(quarter, self._zone or "UTC").toordinal()
        return self._days[quarter]


class Turns:
    """Tells the second turn of the hour that autumn repeats by the order of a file's rows.

    Where rows rise in time, a step back inside that hour starts its second turn: of all rows to an earlier
    time, of those of one label also to the same.
    """

    def __init__(self) -> None:
        self._labels: dict[str, int] = {}
        self._last = -1
        self._rising = self._inside = self._second = False

    def is_second(self, label: str, wall: int, ambiguous: bool) -> bool:
        """Whether a row is of the second turn.

        Parameters
        ----------
        label: of rows of which each has another time. wall: of the row, in any unit that rises.
        ambiguous: it stands in the repeated hour.

        Examples
        --------
        >>> turns = Turns()
        >>> [turns.is_second("email", hour, hour == 2) for hour in (0, 1, 2, 2, 3)]
        [False, False, False, True, False]
        """
        if not ambiguous:
            self._rising, self._inside, self._second = wall >= self._last, False, False
            self._labels.clear()
        elif self._rising and self._inside:
            self._second = self._second or wall < self._last or wall <= self._labels.get(label, -1)
        if ambiguous:
            self._inside = True
            self._labels[label] = wall
        self._last = wall
        return self._second
