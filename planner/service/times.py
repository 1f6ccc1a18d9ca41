"""Where people's time goes, interval by interval."""

from __future__ import annotations

from typing import Any

from planner._compiled import compiled
from planner.service.rows import INTERVAL, INTERVALS


@compiled
def add_seconds(n: Any, t: Any, sums: int, start: float, end: float) -> None:
    """Spread a span of time over the sums of the intervals it touches; they stand from ``sums`` on."""
    k = int(start / t[INTERVAL])
    while start < end and k < n[INTERVALS]:
        cut = min((k + 1) * t[INTERVAL], end)
        if cut > start:
            t[sums + k] += cut - start
            start = cut
        k += 1
