"""Batches of stamps as instants: each distinct wall time of a zone is resolved once."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from planner.clock import local_at, quarter_of, resolve
from planner.demand.columns import Readings

EPOCH_DAY = date(1970, 1, 1).toordinal()
QUARTERS_A_DAY = 96
_KINDS = {"normal": 0, "ambiguous": 1, "nonexistent": 2}


class Instants(NamedTuple):
    """Absolute quarter-hours of a batch, -1 where there is none; kind: 1 ambiguous, 2 nonexistent, else 0."""

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
