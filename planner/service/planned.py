"""Planned work in a simulation: cut into pieces, and how much of it was done in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd

from planner.demand import PlannedWork, stream_of
from planner.service.duty import QUARTER
from planner.service.settings import ServiceSettings

# Planned works' random numbers are kept apart from queues' and people's by the first number of their key.
_PLANNED = 2
_TINY = 1e-6


@dataclass(frozen=True, eq=False)
class PlannedDone:
    """Planned work and what of it was done in time, one row per work and window.

    Attributes
    ----------
    work: name of the planned work of each row.
    start, end: absolute quarter-hours of its window.
    planned_seconds, done_seconds: of people's time inside the period: what was to be done, and what was
        done within the window, each a mean over replications.
    """

    work: tuple[str, ...] = ()
    start: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    end: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    planned_seconds: np.ndarray = field(default_factory=lambda: np.zeros(0))
    done_seconds: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(cls, planned: Sequence[PlannedWork], seconds: np.ndarray, done: np.ndarray) -> PlannedDone:
        """Rows in order of works and windows, as ``pieces_of`` numbers them."""
        rows = [(work.name, window) for work in planned for window in work.windows]
        return cls(
            tuple(name for name, _ in rows),
            np.array([window.start for _, window in rows], dtype=np.int64),
            np.array([window.end for _, window in rows], dtype=np.int64),
            seconds,
            done,
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


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces of planned work in order of ready_at; rows as in ``World``, seconds planned by window."""

    work: np.ndarray
    ready_at: np.ndarray
    gives_up_at: np.ndarray
    handle: np.ndarray
    urgent_at: np.ndarray
    window: np.ndarray
    next_piece: np.ndarray
    planned_seconds: np.ndarray

    def __len__(self) -> int:
        return len(self.work)


def pieces_of(
    planned: Sequence[PlannedWork],
    first_quarter: int,
    step: int,
    people_there: np.ndarray,
    settings: ServiceSettings,
    replication: int,
) -> Pieces:
    """Planned work inside the period as pieces that one person does.

    Work at fixed hours: for each person of it one piece an interval. What may be moved: pieces of their
    length from the start of the window on, drawn (Poisson) if the work is random. A piece becomes urgent
    when half of the people who can do it would be needed to finish its window in time.

    Parameters
    ----------
    planned: works in order.
    first_quarter: absolute quarter-hour of the start. step: quarter-hours in a planning interval.
    people_there: people on duty who can do each work, shape (works, quarter-hours).
    settings: for the seed.
    replication: number of this one, from 0.

    Examples
    --------
    >>> from planner.demand import PlannedWindow
    >>> calls = PlannedWork("calls", "call-backs", fixed=False, windows=(PlannedWindow(0, 8, 0, 1500.0),))
    >>> pieces = pieces_of([calls], 0, 2, np.ones((1, 8)), ServiceSettings(), 0)
    >>> pieces.handle.tolist(), pieces.urgent_at.tolist()
    ([600.0, 600.0, 300.0], [3000.0, 4200.0, 5400.0])
    """
    rows: list[tuple[float, ...]] = []
    seconds: list[float] = []
    quarters = people_there.shape[1]
    for number, work in enumerate(planned):
        key = np.random.SeedSequence(settings.seed, spawn_key=(_PLANNED, replication, stream_of(work.name)))
        random = np.random.default_rng(key)
        for window in work.windows:
            start, end = max(0, window.start - first_quarter), min(quarters, window.end - first_quarter)
            nth = len(seconds)
            if end <= start:
                handle: list[float] = []
                random.poisson(0.0)
            elif work.fixed:
                handle = _fixed(rows, number, nth, start, end, step, window.people)
            else:
                inside = window.work_seconds * (end - start) / (window.end - window.start)
                handle = _lengths(inside, work, random)
                there = max(1.0, float(people_there[number, start:end].mean()))
                for m, length in enumerate(handle):
                    left = np.ceil(2 * (len(handle) - m) / there)
                    urgent = end * QUARTER - work.piece_seconds * (1 + left)
                    rows.append((number, start * QUARTER, end * QUARTER, length, urgent, nth, -1))
            seconds.append(sum(handle))
    return _sorted(rows, np.array(seconds, dtype=float))


def _fixed(
    rows: list[tuple[float, ...]], work: int, window: int, start: int, end: int, step: int, people: int
) -> list[float]:
    """Pieces of an interval each, person by person; each knows the piece that continues it."""
    edges = [start, *range((start // step + 1) * step, end, step), end]
    handle = []
    for _ in range(people):
        for a, b in pairwise(edges):
            following = len(rows) + 1 if b < end else -1
            handle.append((b - a) * QUARTER)
            rows.append((work, a * QUARTER, b * QUARTER, handle[-1], a * QUARTER, window, following))
    return handle


def _lengths(seconds: float, work: PlannedWork, random: np.random.Generator) -> list[float]:
    """Lengths of the pieces of movable work; if it is not random, the last one may be shorter."""
    if work.random:
        return [work.piece_seconds] * int(random.poisson(seconds / work.piece_seconds))
    whole = int((seconds + _TINY) // work.piece_seconds)
    rest = seconds - whole * work.piece_seconds
    return [work.piece_seconds] * whole + ([rest] if rest > _TINY else [])


def _sorted(rows: list[tuple[float, ...]], planned_seconds: np.ndarray) -> Pieces:
    """In order of ready_at, with the numbers of following pieces in that order."""
    table = np.array(rows, dtype=float).reshape(-1, 7).T
    order = np.argsort(table[1], kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    following = table[6].astype(np.int64)[order]
    following[following >= 0] = place[following[following >= 0]]
    work, ready_at, gives_up_at, handle, urgent_at, window, _ = table[:, order]
    return Pieces(
        work.astype(np.int64),
        ready_at,
        gives_up_at,
        handle,
        urgent_at,
        window.astype(np.int64),
        following,
        planned_seconds,
    )
