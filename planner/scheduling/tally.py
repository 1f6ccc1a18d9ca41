"""People on duty, people short and work overdue, kept up to date while tours come and go."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.requirement import Need
from planner.scheduling.cpsat_people import cover_sets
from planner.scheduling.duties import Grid, Worker
from planner.scheduling.overdue import Work
from planner.scheduling.post_rows import PostRows
from planner.scheduling.presence import add_rows, short_worth, shortage, spans_of

Span = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Tour:
    """One person's tour as the search keeps it.

    Attributes
    ----------
    options: option of each day, -1 for none. breaks: position of the break of each of them.
    own_cents: pay and soft rules. present: cells on duty per kind, 0 or 1, shape (kinds, cells).
    posts: rows of ``PostRows`` that the tour counts on.
    """

    options: np.ndarray
    breaks: np.ndarray
    own_cents: int
    present: np.ndarray
    posts: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))


def tour_of(worker: Worker, options: np.ndarray, where: np.ndarray, own_cents: int, cells: int) -> Tour:
    """A tour with the break position ``where`` of each option."""
    present = np.zeros((len(worker.counted), cells), np.int16)
    breaks = np.where(options >= 0, where[options], 0) if len(where) else np.zeros(len(options), np.int64)
    spans = (worker.kind, worker.starts, worker.ends, worker.break_starts, worker.break_ends)
    spans_of(present, options, breaks, *spans)
    return Tour(options, breaks, own_cents, present, worker.posts[options[options >= 0]].ravel())


class Tally:
    """Who is on duty, by set of queues and cell, and what that costs.

    ``before`` are last period's duties and ``posted`` people on posts, counted but never moved.
    A span is a first interval and one after the last; None stands for all.
    """

    def __init__(
        self,
        need: Need,
        grid: Grid,
        missing_cents: int,
        extra_cents: int,
        before: np.ndarray | None = None,
        posted: np.ndarray | None = None,
    ) -> None:
        self._grid = grid
        self._missing = missing_cents
        self._extra = extra_cents
        names = cover_sets(need)
        self._sets = len(need.sets)
        self._all = (0, need.intervals)
        self._required = need.required.astype(np.int16)
        self._part, self._parts = _parts_of(need)
        self._largest = need.required.max(axis=0) if self._sets else np.zeros(need.intervals, np.int64)
        self._anyone = names.index(frozenset(need.queues))
        self._work = Work(need, names, missing_cents)
        self.present = np.zeros((len(names), grid.cells), np.int16) if before is None else before.copy()
        by_interval = self.present.reshape(len(names), -1, grid.per_interval)
        self._on_duty = self.present if grid.per_interval == 1 else by_interval.min(axis=2)
        self._short, self._stale = np.zeros(need.intervals, np.int64), self._all
        self._posts = PostRows.of(need)
        self.posted = np.zeros(len(self._posts) + 1, np.int64)
        self.posted[:-1] = 0 if posted is None else posted

    def add(self, worker: Worker, tour: Tour, sign: int = 1, span: Span | None = None) -> None:
        """Put a tour in, or with sign -1 take it out; the part of it in a span of intervals."""
        first, last = span or self._all
        add_rows(self.present, self._on_duty, worker.counted, tour.present, sign, (first, last))
        self._stale = min(first, self._stale[0]), max(last, self._stale[1])
        self._work.changed((first, last))
        if len(tour.posts):
            np.add.at(self.posted, tour.posts, sign)

    def on_duty(self) -> np.ndarray:
        """People on duty per set and interval: the fewest over the cells of each."""
        return self._on_duty

    def cost(self) -> int:
        """Cents of people missing, overdue work and people more than needed."""
        cents = self._missing * int(self.short().sum()) + self._posts.cost(self.posted[:-1])
        cents += self._work.cents(self._on_duty)
        if self._extra:
            cents += self._extra * int(np.maximum(self._on_duty[self._anyone] - self._largest, 0).sum())
        return cents

    def short(self) -> np.ndarray:
        """People missing in each interval: blocks add up, a spanning set asks for at least its own."""
        first, last = self._stale
        if first < last:
            found = shortage(self._required, self._on_duty, self._part, self._parts, self._stale)
            self._short[first:last] = found
            self._stale = self._all[::-1]
        return self._short

    def missing(self) -> float:
        """People times intervals missing, live, deferred and on posts."""
        people = float(self.short().sum()) + self._posts.missing(self.posted[:-1])
        return people + self._work.missing(self._on_duty)

    def binding_set(self, interval: int) -> int:
        """The first set that explains what is missing in an interval."""
        return int((self._required[:, interval] - self.on_duty()[: self._sets, interval]).argmax())

    def worth(self, counted: np.ndarray, span: Span | None = None) -> np.ndarray:
        """What one more person would save in each cell, cents per kind; the most that intervals allow alone.

        Parameters
        ----------
        counted: per kind, whether each set counts the person, shape (kinds, sets).
        span: intervals that are asked about; elsewhere people missing count for nothing.
        """
        whole = np.zeros((len(counted), self._all[1]), np.int64)
        for row, mask in zip(whole, counted, strict=True):
            self._add_worth(row, mask, span or self._all)
        width = self._grid.per_interval
        if width == 1:
            return whole
        spread = np.repeat(whole // width, width, axis=1)
        spread[:, ::width] += whole % width
        return spread

    def post_worth(self) -> np.ndarray | None:
        """Cents that one more person on each row of the posts saves, and a last 0; None without posts."""
        return self._posts.worth(self.posted[:-1]) if len(self._posts) else None

    def _add_worth(self, row: np.ndarray, mask: np.ndarray, span: Span) -> None:
        if not mask.any():
            return
        of_sets = (self._required, self._on_duty, self._part, self._parts, mask[: self._sets])
        row[span[0] : span[1]] += short_worth(*of_sets, self._missing, span)
        self._work.add_worth(row, mask, self._on_duty)
        if self._extra and mask[self._anyone]:
            row -= self._extra * (self._on_duty[self._anyone] >= self._largest)


def _parts_of(need: Need) -> tuple[np.ndarray, int]:
    """The block of each listed set, and how many parts there are; sets that span blocks are the last."""
    parts = len(need.blocks) + 1
    part = np.full(len(need.sets), parts - 1, np.int64)
    for number, block in enumerate(need.blocks):
        part[list(block)] = number
    return part, parts
