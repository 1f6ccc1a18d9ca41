"""Deferred work beside a rota under construction: what is overdue, and what one more person would save."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner._compiled import compiled
from planner.requirement import Need

Span = tuple[int, int]


class Work:
    """The backlogs of a need; what was computed for the people on duty is kept until they change.

    Parameters
    ----------
    names: the sets whose people are counted, in the order of the rows of ``on_duty``.
    missing_cents: price of the work that one person does in an interval.
    """

    def __init__(self, need: Need, names: Sequence[frozenset[str]], missing_cents: int) -> None:
        backlogs, self._all = need.backlogs, (0, need.intervals)
        self._missing = missing_cents
        limits = [limit for backlog in backlogs for limit in backlog.limits]
        self._sets = np.array([names.index(of) for of, _taken in limits], np.int64)
        self._taken = _rows([taken for _of, taken in limits], need.intervals)
        self._ends = np.cumsum([0, *(len(backlog.limits) for backlog in backlogs)])
        self._per_person = np.array([backlog.per_person for backlog in backlogs], np.int64)
        self._arriving = _rows([backlog.arriving for backlog in backlogs], need.intervals)
        self._not_due = _rows([backlog.not_due for backlog in backlogs], need.intervals)
        self._carried = np.array([backlog.carried_in for backlog in backlogs], np.int64)
        groups = [
            [i for i, backlog in enumerate(backlogs) if backlog.queues & frozenset(group)]
            for group in need.groups
        ]
        self._groups = [np.array(group, np.int64) for group in groups if group]
        # Capacity, work left and work overdue in each interval, and the sum of the last.
        self._known = np.zeros((3, len(backlogs), need.intervals), np.int64)
        self._overdue = np.zeros(len(backlogs), np.int64)
        self._stale = self._all

    def changed(self, span: Span) -> None:
        """Other people are on duty now in a span of intervals."""
        self._stale = min(span[0], self._stale[0]), max(span[1], self._stale[1])

    def cents(self, on_duty: np.ndarray) -> int:
        """Cents of overdue work: of each group the most of any of its backlogs."""
        cents = self._cents(on_duty)
        return sum(int(cents[group].max()) for group in self._groups)

    def missing(self, on_duty: np.ndarray) -> float:
        """Overdue work as people times intervals."""
        self._flow(on_duty)
        people = self._overdue / self._per_person
        return sum(float(people[group].max()) for group in self._groups)

    def add_worth(self, worth: np.ndarray, mask: np.ndarray, on_duty: np.ndarray) -> None:
        """Add what one more person in the sets of a mask would save in each interval, cents."""
        cents = self._cents(on_duty)
        for group in self._groups:
            most = int(cents[group].max())
            for b in group[cents[group] > 0].tolist():
                limits = slice(self._ends[b], self._ends[b + 1])
                of = self._sets[limits], self._taken[limits], int(self._per_person[b])
                room, left, late = self._known[:, b]
                price = self._missing, int(cents[b]), most
                add_saved(worth, on_duty, mask, *of, room, left, late, *price)

    def _cents(self, on_duty: np.ndarray) -> np.ndarray:
        """Cents of overdue work of each backlog."""
        self._flow(on_duty)
        cents: np.ndarray = -(-self._overdue * self._missing // self._per_person)
        return cents

    def _flow(self, on_duty: np.ndarray) -> None:
        """Bring capacity, work left and work overdue up to date."""
        first, last = self._stale
        if first < last and self._groups:
            limits = self._sets, self._taken, self._ends, self._per_person
            work = self._arriving, self._not_due, self._carried
            room, left, late = self._known
            flows(on_duty, *limits, *work, room, left, late, first, last)
            self._overdue = late.sum(axis=1)
            self._stale = self._all[::-1]


def _rows(rows: Sequence[np.ndarray], intervals: int) -> np.ndarray:
    return np.array(rows, np.int64).reshape(-1, intervals)


@compiled
def flows(
    on_duty: np.ndarray,
    sets: np.ndarray,
    taken: np.ndarray,
    ends: np.ndarray,
    per_person: np.ndarray,
    arriving: np.ndarray,
    not_due: np.ndarray,
    carried_in: np.ndarray,
    room: np.ndarray,
    left: np.ndarray,
    late: np.ndarray,
    first: int,
    last: int,
) -> None:
    """Capacity, work left over and work overdue at the end of each interval (see ``Backlog``), row by row.

    Parameters
    ----------
    sets, taken: of each limit. ends: where the limits of each backlog begin, and where the last ones end.
    room, left, late: as they were; they are brought up to date.
    first, last: first interval in which other people are on duty, and first in which the same are again.

    Examples
    --------
    >>> room, left, late = np.zeros((3, 1, 3), int)
    >>> people, of = np.array([[1, 1, 1]]), (np.array([0]), np.array([[0, 0, 0]]), np.array([0, 1]))
    >>> work = np.array([[9, 0, 0]]), np.array([[9, 4, 0]]), np.array([1])
    >>> flows(people, *of, np.array([2]), *work, room, left, late, 0, 3)
    >>> left.tolist(), late.tolist()
    ([[8, 4, 0]], [[0, 2, 2]])
    """
    for b in range(len(per_person)):
        for i in range(ends[b], ends[b + 1]):
            through = per_person[b] * on_duty[sets[i], first:last].astype(np.int64) - taken[i, first:last]
            if i > ends[b]:
                through = np.minimum(room[b, first:last], through)
            room[b, first:last] = np.maximum(through, 0)
        waiting = carried_in[b] if first == 0 else left[b, first - 1]
        for k in range(first, room.shape[1]):
            waiting = max(0, waiting + arriving[b, k] - room[b, k])
            late[b, k] = max(0, waiting - not_due[b, k])
            waiting -= late[b, k]
            as_before = left[b, k] == waiting
            left[b, k] = waiting
            if as_before and k >= last - 1:
                break


@compiled
def add_saved(
    worth: np.ndarray,
    on_duty: np.ndarray,
    mask: np.ndarray,
    sets: np.ndarray,
    taken: np.ndarray,
    per_person: int,
    room: np.ndarray,
    left: np.ndarray,
    late: np.ndarray,
    price: int,
    cents: int,
    most: int,
) -> None:
    """Add the cents of overdue work that one more person in the sets of a mask would save in each interval.

    What is done earlier helps the next interval with overdue work, unless an idle one lies between.

    Parameters
    ----------
    price: of the work that a person does in an interval.
    cents, most: of the backlog, and of the one that costs most: as much of the price counts.

    Examples
    --------
    >>> worth, people, of = np.zeros(3, int), np.zeros((1, 3), int), (np.array([0]), np.zeros((1, 3), int))
    >>> flow = np.zeros(3, int), np.array([8, 4, 0]), np.array([0, 2, 2])
    >>> add_saved(worth, people, np.array([True]), *of, 3, *flow, 3, 1, 1)
    >>> worth.tolist()
    [3, 3, 2]
    """
    more = np.zeros(len(room), np.int64)
    for i in range(len(sets)):
        through = per_person * (on_duty[sets[i]].astype(np.int64) + mask[sets[i]]) - taken[i]
        more = through if i == 0 else np.minimum(more, through)
    more = np.maximum(more, 0) - room
    useful, greatest = 0, more.max()
    for k in range(len(room) - 1, -1, -1):
        useful = min(greatest, late[k] + min(left[k], useful))
        units = min(more[k], useful)
        if units > 0:
            worth[k] += units * price // per_person * cents // most
