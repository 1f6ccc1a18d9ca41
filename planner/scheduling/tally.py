"""People on duty, people short and work overdue, kept up to date while tours come and go."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner._compiled import compiled
from planner.requirement import Need
from planner.scheduling.cpsat_people import cover_sets
from planner.scheduling.duties import Grid, Worker
from planner.scheduling.post_rows import PostRows


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
    for option, position in zip(options.tolist(), breaks.tolist(), strict=True):
        if option >= 0:
            row = present[worker.kind[option]]
            row[worker.starts[option] : worker.ends[option]] = 1
            row[worker.break_starts[option, position] : worker.break_ends[option, position]] = 0
    return Tour(options, breaks, own_cents, present, worker.posts[options[options >= 0]].ravel())


class Tally:
    """Who is on duty, by set of queues and cell, and what that costs.

    ``before`` are last period's duties and ``posted`` people on posts, counted but never moved.
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
        self._need = need
        self._grid = grid
        self._missing = missing_cents
        self._extra = extra_cents
        names = cover_sets(need)
        self._sets = len(need.sets)
        self._required = need.required.astype(np.int16)
        self._blocks = [list(block) for block in need.blocks]
        self._spanning = list(need.spanning)
        self._parts: dict[bytes, list[tuple[np.ndarray, np.ndarray]]] = {}
        self._largest = need.required.max(axis=0) if self._sets else np.zeros(need.intervals, np.int64)
        self._anyone = names.index(frozenset(need.queues))
        self._limits = [
            [(names.index(names_of), taken) for names_of, taken in backlog.limits]
            for backlog in need.backlogs
        ]
        self._groups = [
            [i for i, backlog in enumerate(need.backlogs) if backlog.queues & frozenset(group)]
            for group in need.groups
        ]
        self._groups = [group for group in self._groups if group]
        self.present = np.zeros((len(names), grid.cells), np.int16) if before is None else before.copy()
        self._posts = PostRows.of(need)
        self.posted = np.zeros(len(self._posts) + 1, np.int64)
        self.posted[:-1] = 0 if posted is None else posted

    def add(self, worker: Worker, tour: Tour, sign: int = 1) -> None:
        """Put a tour in, or with sign -1 take it out."""
        for k, row in enumerate(tour.present):
            self.present[worker.counted[k]] += sign * row
        if len(tour.posts):
            np.add.at(self.posted, tour.posts, sign)

    def on_duty(self) -> np.ndarray:
        """People on duty per set and interval: the fewest over the cells of each."""
        if self._grid.per_interval == 1:
            return self.present
        by_interval = self.present.reshape(len(self.present), -1, self._grid.per_interval)
        fewest: np.ndarray = by_interval.min(axis=2)
        return fewest

    def cost(self) -> int:
        """Cents of people missing, overdue work and people more than needed."""
        on_duty = self.on_duty()
        cents = self._missing * int(self.short(on_duty).sum()) + self._posts.cost(self.posted[:-1])
        for group in self._groups:
            cents += max(self._overdue_cents(b, on_duty) for b in group)
        if self._extra:
            cents += self._extra * int(np.maximum(on_duty[self._anyone] - self._largest, 0).sum())
        return cents

    def short(self, on_duty: np.ndarray | None = None) -> np.ndarray:
        """People missing in each interval: blocks add up, a spanning set asks for at least its own."""
        on_duty = self.on_duty() if on_duty is None else on_duty
        lacking = self._required - on_duty[: self._sets]
        apart = np.zeros(self._need.intervals, np.int64)
        for block in self._blocks:
            apart += lacking[block].max(axis=0, initial=0)
        short: np.ndarray = np.maximum(apart, lacking[self._spanning].max(axis=0, initial=0))
        return short

    def missing(self) -> float:
        """People times intervals missing, live, deferred and on posts."""
        on_duty = self.on_duty()
        people = float(self.short(on_duty).sum()) + self._posts.missing(self.posted[:-1])
        for group in self._groups:
            people += max(self._overdue(b, on_duty) / self._need.backlogs[b].per_person for b in group)
        return people

    def binding_set(self, interval: int) -> int:
        """The first set that explains what is missing in an interval."""
        return int((self._required[:, interval] - self.on_duty()[: self._sets, interval]).argmax())

    def _capacity(self, backlog: int, on_duty: np.ndarray) -> np.ndarray:
        per_person = self._need.backlogs[backlog].per_person
        rooms = [per_person * on_duty[s].astype(np.int64) - taken for s, taken in self._limits[backlog]]
        room: np.ndarray = np.maximum(np.minimum.reduce(rooms), 0)
        return room

    def _overdue(self, backlog: int, on_duty: np.ndarray) -> int:
        """Units of work overdue."""
        _left, late = self._flow(backlog, self._capacity(backlog, on_duty))
        return int(late.sum())

    def _overdue_cents(self, backlog: int, on_duty: np.ndarray) -> int:
        units = self._overdue(backlog, on_duty)
        return -(-units * self._missing // self._need.backlogs[backlog].per_person)

    def _flow(self, backlog: int, capacity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        row = self._need.backlogs[backlog]
        return flow(row.arriving.astype(np.int64), capacity, row.not_due.astype(np.int64), row.carried_in)

    def worth(self, counted: np.ndarray) -> np.ndarray:
        """What one more person would save in each cell, cents per kind; the most that intervals allow alone.

        Parameters
        ----------
        counted: per kind, whether each set counts the person, shape (kinds, sets).
        """
        on_duty = self.on_duty()
        rows = [self._worth_of(mask, on_duty) for mask in counted]
        width = self._grid.per_interval
        whole = np.array(rows, np.int64)
        if width == 1:
            return whole
        spread = np.repeat(whole // width, width, axis=1)
        spread[:, ::width] += whole % width
        return spread

    def post_worth(self) -> np.ndarray:
        """Cents that one more person on each row of the posts saves, and a last 0."""
        return self._posts.worth(self.posted[:-1])

    def _worth_of(self, mask: np.ndarray, on_duty: np.ndarray) -> np.ndarray:
        worth: np.ndarray = self._short_worth(mask[: self._sets], on_duty)
        for group in self._groups:
            costs = [self._overdue_cents(b, on_duty) for b in group]
            for b, cents in zip(group, costs, strict=True):
                if cents:
                    worth += self._work_worth(b, mask, on_duty) * cents // max(costs)
        if self._extra and mask[self._anyone]:
            worth -= self._extra * (on_duty[self._anyone] >= self._largest)
        return worth

    def _short_worth(self, mask: np.ndarray, on_duty: np.ndarray) -> np.ndarray:
        """Cents saved by one more person in the sets of a mask.

        Where sets are short side by side nobody alone makes fewer missing, but two or more together do:
        there each is worth the shortage of their own sets as a share of both sides.
        """
        nobody = np.zeros(self._need.intervals, np.int64)
        if not mask.any():
            return nobody
        lacking = self._required - on_duty[: self._sets]
        pairs, tops = [], []
        for mine, others in self._parts_of(mask):
            beside = lacking[others].max(axis=0, initial=0)
            top = lacking[mine].max(axis=0, initial=0)
            tops.append((top, beside))
            pairs.append((np.maximum(top, beside), np.maximum(top - 1, beside)))
        *apart, across = pairs
        before = np.maximum(sum((pair[0] for pair in apart), nobody), across[0])
        after = np.maximum(sum((pair[1] for pair in apart), nobody), across[1])
        worth: np.ndarray = self._missing * (before - after)
        stuck = np.flatnonzero((before == after) & (before > 0))
        if len(stuck):
            for top, beside in tops:
                own = top[stuck].astype(np.int64)
                share = self._missing * own // np.maximum(own + beside[stuck], 1)
                worth[stuck] = np.maximum(worth[stuck], share)
        return worth

    def _parts_of(self, mask: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Sets of each block, and of those that span blocks: the ones in a mask and the others."""
        key = mask.tobytes()
        if key not in self._parts:
            rows = [np.array(part, np.int64) for part in (*self._blocks, self._spanning)]
            self._parts[key] = [(part[mask[part]], part[~mask[part]]) for part in rows]
        return self._parts[key]

    def _work_worth(self, backlog: int, mask: np.ndarray, on_duty: np.ndarray) -> np.ndarray:
        """Cents of overdue work that one more person would save in each interval."""
        row = self._need.backlogs[backlog]
        capacity = self._capacity(backlog, on_duty)
        more = self._capacity(backlog, on_duty + mask[:, None]) - capacity
        left, late = flow(
            row.arriving.astype(np.int64), capacity, row.not_due.astype(np.int64), row.carried_in
        )
        return saved(left, late, more) * self._missing // row.per_person


@compiled
def flow(
    arriving: np.ndarray, capacity: np.ndarray, not_due: np.ndarray, carried_in: int
) -> tuple[np.ndarray, np.ndarray]:
    """Work left over and work overdue at the end of each interval (see ``Backlog``).

    Examples
    --------
    >>> left, late = flow(np.array([9, 0, 0]), np.array([2, 2, 2]), np.array([9, 4, 0]), 1)
    >>> left.tolist(), late.tolist()
    ([8, 4, 0], [0, 2, 2])
    """
    left, late = np.zeros_like(arriving), np.zeros_like(arriving)
    waiting = carried_in
    for k in range(len(arriving)):
        waiting = max(0, waiting + arriving[k] - capacity[k])
        late[k] = max(0, waiting - not_due[k])
        waiting -= late[k]
        left[k] = waiting
    return left, late


@compiled
def saved(left: np.ndarray, late: np.ndarray, more: np.ndarray) -> np.ndarray:
    """Units of overdue work that so much more capacity in one interval would save.

    What is done earlier helps the next interval with overdue work, unless an idle one lies between.

    Examples
    --------
    >>> saved(np.array([8, 4, 0]), np.array([0, 2, 2]), np.array([3, 3, 3])).tolist()
    [3, 3, 2]
    """
    found = np.zeros_like(left)
    useful = 0
    most = more.max()
    for k in range(len(left) - 1, -1, -1):
        useful = min(most, late[k] + min(left[k], useful))
        found[k] = min(more[k], useful)
    return found
