"""Counts of arrivals while rows go by: no row is kept."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np


class Count(NamedTuple):
    """Arrivals of one queue in one quarter-hour; handle_seconds is the sum over ``handled`` contacts."""

    quarter: int
    queue: int
    arrivals: int
    handle_seconds: float
    handled: int


class Tally:
    """Adds up contacts per quarter-hour and queue.

    Rows with a ticket number are kept as four small numbers (digest, quarter, queue, handle time) until all
    sources are read, because a ticket may come twice and its first creation counts: 22 bytes, no text.
    """

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int], list[float]] = {}
        self._counts: dict[tuple[int, int, str], int] = {}
        self._digests = array("Q")
        self._quarters = array("q")
        self._queues = array("h")
        self._handle = array("f")

    def add(self, quarter: int, queue: int, arrivals: int, handle: float | None) -> None:
        """Add contacts that carry no ticket number."""
        sums = self._sums.setdefault((quarter, queue), [0, 0.0, 0])
        sums[0] += arrivals
        if handle is not None:
            sums[1] += handle * arrivals
            sums[2] += arrivals

    def add_counted(self, label: str, quarter: int, queue: int, arrivals: int, handle: float | None) -> str:
        """Add a row of counts; the answer is "" or why it was not added (``duplicate``, ``contradicts``)."""
        key = (quarter, queue, label)
        earlier = self._counts.setdefault(key, -1)
        if earlier >= 0:
            return "duplicate" if earlier == arrivals else "contradicts"
        self._counts[key] = arrivals
        self.add(quarter, queue, arrivals, handle)
        return ""

    def add_ticket(self, system: str, ticket: str, quarter: int, queue: int, handle: float | None) -> None:
        """Add one ticket that has a number; ``system`` tells apart help desks that count alike."""
        text = f"{system}\0{ticket}".encode("utf-8", "surrogatepass")
        self._digests.append(int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big"))
        self._quarters.append(quarter)
        self._queues.append(queue)
        self._handle.append(-1.0 if handle is None else handle)

    def close(self) -> tuple[tuple[Count, ...], int]:
        """All counts, in order of time and queue, and how many repeated tickets were left out."""
        repeated = 0
        for quarter, queue, handle in self._first_creations():
            if quarter is None:
                repeated += 1
            else:
                self.add(quarter, queue, 1, handle)
        counts = tuple(
            Count(quarter, queue, int(sums[0]), sums[1], int(sums[2]))
            for (quarter, queue), sums in sorted(self._sums.items())
        )
        return counts, repeated

    def _first_creations(self) -> Iterator[tuple[int | None, int, float | None]]:
        if not self._digests:
            return
        digests = np.frombuffer(self._digests, dtype=np.uint64)
        quarters = np.frombuffer(self._quarters, dtype=np.int64)
        order = np.lexsort((quarters, digests))
        ordered = digests[order]
        first = np.concatenate(([True], ordered[1:] != ordered[:-1]))
        for at, is_first in zip(order.tolist(), first.tolist(), strict=True):
            handle = self._handle[at]
            queue = self._queues[at]
            yield (self._quarters[at] if is_first else None), queue, (None if handle < 0 else handle)
