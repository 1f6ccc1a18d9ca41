"""Contacts are added up; of a ticket a handful of numbers is kept until all files are read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from planner.demand.tickets import Tickets

# Tags beyond so many different cells are not told apart any more: memory is bounded.
MOST_LABEL_SETS = 200_000
_HASHED = 1 << 63
_DIGITS = 19
# Sorting all tickets in one go would need more memory than they do.
_AT_ONCE = 1 << 18


class Count(NamedTuple):
    """Arrivals of one queue in one quarter-hour; handle_seconds is the sum over ``handled`` contacts."""

    quarter: int
    queue: int
    arrivals: int
    handle_seconds: float
    handled: int


class Some(NamedTuple):
    """Tickets of a batch in columns: see ``Tickets``; system and number tell a ticket from all others."""

    system: np.ndarray
    number: np.ndarray
    quarter: np.ndarray
    queue: np.ndarray
    handle: np.ndarray
    solved: np.ndarray
    reply: np.ndarray
    labels: np.ndarray


# The types of the columns, not columns.
_TYPES = Some(np.int16, np.uint64, np.int32, np.int16, np.float32, np.int32, np.float32, np.int32)  # type: ignore[arg-type]


class Tally:
    """Adds up contacts per quarter-hour and queue.

    Tickets are kept as numbers until all sources are read, because one may come twice and its first creation
    counts: 36 bytes each, no text.
    """

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int], list[float]] = {}
        self._counts: dict[tuple[int, int, str], int] = {}  # by start in seconds, queue and label
        self._columns: tuple[list[np.ndarray], ...] = tuple([] for _ in _TYPES)
        self._systems: dict[str, int] = {}
        self._unnumbered = 0
        self._label_sets: dict[tuple[str, ...], int] = {}
        self.has_solved = self.has_replies = self.has_labels = False

    def system(self, name: str) -> int:
        """Number of a help desk: those that count alike are told apart."""
        return self._systems.setdefault(name, len(self._systems))

    def label_set(self, labels: tuple[str, ...]) -> int:
        """Number of a set of tags, -1 for none and for those that come after too many others."""
        if not labels or (len(self._label_sets) >= MOST_LABEL_SETS and labels not in self._label_sets):
            return -1
        return self._label_sets.setdefault(labels, len(self._label_sets))

    def add_counted(self, label: str, start: int, queue: int, arrivals: int, handle: float | None) -> str:
        """Add a row of counts; intervals that start within one quarter-hour add up.

        Parameters
        ----------
        label: of rows that must not say the same interval and queue twice.
        start: of the interval, in seconds since 1970.
        queue: its index. arrivals: contacts. handle: seconds of each; None: not known.

        Returns
        -------
        str
            "" or why it was not added: ``duplicate``, ``contradicts``.
        """
        quarter = start // 900
        key = (start, queue, label)
        earlier = self._counts.setdefault(key, -1)
        if earlier >= 0:
            return "duplicate" if earlier == arrivals else "contradicts"
        self._counts[key] = arrivals
        sums = self._sums.setdefault((quarter, queue), [0, 0.0, 0])
        sums[0] += arrivals
        if handle is not None:
            sums[1] += handle * arrivals
            sums[2] += arrivals
        return ""

    def add_tickets(self, system: int, numbers: Sequence[str] | None, columns: Sequence[np.ndarray]) -> None:
        """Add tickets.

        Parameters
        ----------
        system: of ``system``.
        numbers: ticket numbers as written; None or empty: they are all different.
        columns: quarter, queue, handle (NaN unknown), solved, reply and labels as ``Tickets`` has them.
        """
        size = len(columns[0])
        keys = numbers_of(numbers) if numbers is not None else np.zeros(size, dtype=np.uint64)
        systems = np.full(size, system, dtype=np.int16)
        unnumbered = np.nonzero(keys == 0)[0]
        systems[unnumbered] = -1
        keys[unnumbered] = np.arange(self._unnumbered, self._unnumbered + len(unnumbered), dtype=np.uint64)
        self._unnumbered += len(unnumbered)
        given = Some(systems, keys, *columns)
        for parts, column, kind in zip(self._columns, given, _TYPES, strict=True):
            parts.append(column.astype(kind))

    def close(self) -> tuple[tuple[Count, ...], int, Tickets]:
        """All counts, in order of time and queue; how many repeated tickets were left out; the tickets."""
        once, repeated = first_creations(Some(*(self._joined(at) for at in range(len(_TYPES)))))
        for start in range(0, len(once.quarter), _AT_ONCE):
            self._add_up(Some(*(column[start : start + _AT_ONCE] for column in once)))
        counts = tuple(
            Count(quarter, queue, int(sums[0]), sums[1], int(sums[2]))
            for (quarter, queue), sums in sorted(self._sums.items())
        )
        return counts, repeated, self._tickets(once)

    def _joined(self, at: int) -> np.ndarray:
        """One column whole; its parts are let go before the next is joined."""
        parts = self._columns[at]
        joined = np.concatenate(parts) if parts else np.zeros(0, dtype=_TYPES[at])
        parts.clear()
        return joined

    def _add_up(self, once: Some) -> None:
        key = once.quarter.astype(np.int64) * 65_536 + once.queue
        distinct, where = np.unique(key, return_inverse=True)
        known = ~np.isnan(once.handle)
        size = len(distinct)
        arrivals = np.bincount(where, minlength=size)
        handled = np.bincount(where[known], minlength=size)
        seconds = np.bincount(where[known], weights=once.handle[known], minlength=size)
        rows = zip(distinct.tolist(), arrivals.tolist(), seconds.tolist(), handled.tolist(), strict=True)
        for one, number, total, with_time in rows:
            sums = self._sums.setdefault((one >> 16, one & 65_535), [0, 0.0, 0])
            sums[0] += number
            sums[1] += total
            sums[2] += with_time

    def _tickets(self, once: Some) -> Tickets:
        return Tickets(
            quarter=once.quarter.astype(np.int64),
            queue=once.queue,
            solved=once.solved.astype(np.int64),
            reply_seconds=once.reply,
            labels=once.labels,
            label_sets=tuple(self._label_sets),
            has_solved=self.has_solved,
            has_replies=self.has_replies,
            has_labels=self.has_labels,
        )


def numbers_of(texts: Sequence[str]) -> np.ndarray:
    """Ticket numbers as whole numbers: digits as they are, other texts by their digest, 0 for none.

    Examples
    --------
    >>> numbers_of(["812", " 812", "", "0812"]).tolist()[:3]
    [812, 812, 0]
    """
    joined = "".join(texts)
    if joined.isdigit() and joined.isascii() and all(map(_canonical, texts)):
        return np.array(list(map(int, texts)), dtype=np.uint64)
    return np.array([_key(text.strip()) for text in texts], dtype=np.uint64)


def _canonical(text: str) -> bool:
    """Whether digits are written so that their number says it all."""
    return text[:1] not in ("0", "") and len(text) < _DIGITS


def _key(text: str) -> int:
    if text.isdigit() and text.isascii() and _canonical(text):
        return int(text)
    return _digest(text) if text else 0


def _digest(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") | _HASHED


def first_creations(tickets: Some) -> tuple[Some, int]:
    """Each ticket once, and how many rows were repeated.

    Creation, queue and handle time are those of the earliest row (of equals the first in the file); it was
    solved when it was solved last; its first reply is the earliest; its labels are those written last.
    """
    size = len(tickets.number)
    order = np.lexsort((tickets.quarter, tickets.number, tickets.system))
    number, system = tickets.number[order], tickets.system[order]
    new = np.ones(size, dtype=bool)
    new[1:] = (number[1:] != number[:-1]) | (system[1:] != system[:-1])
    first = np.nonzero(new)[0]
    if len(first) == size:
        return tickets, 0
    solved = np.maximum.reduceat(tickets.solved[order], first)
    reply = np.fmin.reduceat(tickets.reply[order], first)
    # Of labels the last row of the file that has any: its position and its set in one number.
    written = np.where(tickets.labels >= 0, np.arange(size, dtype=np.int64), -1)
    last = np.maximum.reduceat(written[order], first)
    labels = np.where(last >= 0, tickets.labels[last], -1)
    kept = order[first]
    back = np.argsort(kept, kind="stable")
    once = Some(
        tickets.system[kept], tickets.number[kept], tickets.quarter[kept], tickets.queue[kept],
        tickets.handle[kept], solved, reply, labels,
    )  # fmt: skip
    return Some(*(column[back] for column in once)), size - len(first)
