"""Deferred work beside a rota under construction: what is overdue, and what one more person would save."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner._compiled import compiled
from planner.requirement import Need

NOBODY = np.zeros(0, np.bool_)


class Work:
    """The backlogs of a need; what was computed for the people on duty is kept until they change.

    Parameters
    ----------
    names: the sets whose people are counted, in the order of the rows of ``on_duty``.
    missing_cents: price of the work that one person does in an interval.
    """

    def __init__(self, need: Need, names: Sequence[frozenset[str]], missing_cents: int) -> None:
        self._intervals = need.intervals
        self._missing = missing_cents
        self._per_person = [backlog.per_person for backlog in need.backlogs]
        self._arriving = [backlog.arriving.astype(np.int64) for backlog in need.backlogs]
        self._not_due = [backlog.not_due.astype(np.int64) for backlog in need.backlogs]
        self._carried = [backlog.carried_in for backlog in need.backlogs]
        self._sets = [
            np.array([names.index(of) for of, _taken in backlog.limits], np.int64)
            for backlog in need.backlogs
        ]
        self._taken = [
            np.array([taken for _of, taken in backlog.limits], np.int64).reshape(-1, need.intervals)
            for backlog in need.backlogs
        ]
        groups = [
            [i for i, backlog in enumerate(need.backlogs) if backlog.queues & frozenset(group)]
            for group in need.groups
        ]
        self._groups = [group for group in groups if group]
        self._known: dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}

    def changed(self) -> None:
        """Other people are on duty now."""
        self._known.clear()

    def cents(self, on_duty: np.ndarray) -> int:
        """Cents of overdue work: of each group the most of any of its backlogs."""
        return sum(max(self._cents(b, on_duty) for b in group) for group in self._groups)

    def missing(self, on_duty: np.ndarray) -> float:
        """Overdue work as people times intervals."""
        return sum(
            max(self._overdue(b, on_duty) / self._per_person[b] for b in group) for group in self._groups
        )

    def add_worth(self, worth: np.ndarray, mask: np.ndarray, on_duty: np.ndarray) -> None:
        """Add what one more person in the sets of a mask would save in each interval, cents."""
        for group in self._groups:
            costs = [self._cents(b, on_duty) for b in group]
            for b, cents in zip(group, costs, strict=True):
                if cents:
                    worth += self._saved(b, mask, on_duty) * cents // max(costs)

    def _overdue(self, backlog: int, on_duty: np.ndarray) -> int:
        """Units of work overdue."""
        return int(self._flow(backlog, on_duty)[2].sum())

    def _cents(self, backlog: int, on_duty: np.ndarray) -> int:
        return -(-self._overdue(backlog, on_duty) * self._missing // self._per_person[backlog])

    def _flow(self, backlog: int, on_duty: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Capacity, work left and work overdue in each interval."""
        if backlog not in self._known:
            room = capacity(
                on_duty, self._sets[backlog], self._taken[backlog], self._per_person[backlog], NOBODY
            )
            arriving, not_due = self._arriving[backlog], self._not_due[backlog]
            self._known[backlog] = (room, *flow(arriving, room, not_due, self._carried[backlog]))
        return self._known[backlog]

    def _saved(self, backlog: int, mask: np.ndarray, on_duty: np.ndarray) -> np.ndarray:
        """Cents of overdue work that one more person would save in each interval."""
        per_person = self._per_person[backlog]
        room, left, late = self._flow(backlog, on_duty)
        more = capacity(on_duty, self._sets[backlog], self._taken[backlog], per_person, mask) - room
        found: np.ndarray = saved(left, late, more) * self._missing // per_person
        return found


@compiled
def capacity(
    on_duty: np.ndarray, sets: np.ndarray, taken: np.ndarray, per_person: int, more: np.ndarray
) -> np.ndarray:
    """Units that all limits let through; with one more person in the sets of ``more``, if it is not empty."""
    room = np.zeros(on_duty.shape[1], np.int64)
    for i in range(len(sets)):
        extra = 1 if len(more) > 0 and more[sets[i]] else 0
        through = per_person * (on_duty[sets[i]].astype(np.int64) + extra) - taken[i]
        room = through if i == 0 else np.minimum(room, through)
    return np.maximum(room, 0)


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
