"""The fewest people per interval who do deferred work in time, if anybody could come for half an hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from planner._compiled import compiled

if TYPE_CHECKING:
    from planner.requirement import Backlog

MOST_BACK = 400
"""Intervals looked back for a place of one person more."""


def fewest_people(rows: Sequence[Backlog], floor: np.ndarray, open_: np.ndarray) -> np.ndarray:
    """People per interval who leave none of the rows overdue, each of them able to do all of it.

    Walks through time; where work would be overdue, one person more comes at an interval since which all
    of their work is used: while open, where fewest are, and as early as can be. (People in the last
    moment would do as well for a plan in which nothing is late, but leave no room for surprises.)

    Parameters
    ----------
    rows: backlogs; the same people serve all of their limits.
    floor: people who are there anyway. open_: where people may come.

    Examples
    --------
    >>> from planner.requirement import Backlog
    >>> nobody = np.zeros(4, dtype=int)
    >>> work = np.array([8, 8, 8, 0])
    >>> row = Backlog(frozenset("a"), work, work, 8, ((frozenset("a"), nobody),))
    >>> fewest_people([row], nobody, np.ones(4, dtype=bool)).tolist()
    [1, 1, 1, 0]
    """
    people = floor.astype(np.int64).copy()
    taken = [np.max([taken for _, taken in row.limits], axis=0).astype(np.int64) for row in rows]
    arriving = [row.arriving.astype(np.int64) for row in rows]
    waiting = [np.zeros(len(people) + 1, dtype=np.int64) for _ in rows]
    for row, line in zip(rows, waiting, strict=True):
        line[-1] = row.carried_in  # the entry before the first interval
    each = [row.per_person for row in rows]
    for k in range(len(people)):
        _walk(waiting, arriving, taken, each, people, k, k)
        for number, row in enumerate(rows):
            while waiting[number][k] > row.not_due[k]:
                at = _place(waiting[number], each[number], people, open_, taken[number], k)
                people[at] += 1
                _walk(waiting, arriving, taken, each, people, at, k)
    return people


def _walk(
    waiting: list[np.ndarray],
    arriving: list[np.ndarray],
    taken: list[np.ndarray],
    each: list[int],
    people: np.ndarray,
    first: int,
    last: int,
) -> None:
    """Work that waits at the end of the intervals from ``first`` to ``last``, row by row."""
    for line, come, gone, units in zip(waiting, arriving, taken, each, strict=True):
        _left_over(line, come, gone, units, people, first, last)


@compiled
def _left_over(
    line: np.ndarray,
    arriving: np.ndarray,
    taken: np.ndarray,
    each: int,
    people: np.ndarray,
    first: int,
    last: int,
) -> None:
    """Bring one row's waiting work up to date; the entry before the first interval is its last one."""
    left = int(line[first - 1])
    for k in range(first, last + 1):
        room = max(0, each * int(people[k]) - int(taken[k]))
        left = max(0, left + int(arriving[k]) - room)
        line[k] = left


def _place(
    line: np.ndarray, each: int, people: np.ndarray, open_: np.ndarray, taken: np.ndarray, k: int
) -> int:
    """Where one person more is used to the full and fewest are there, else the interval itself."""
    begin = max(0, k - MOST_BACK)
    lean = np.flatnonzero(line[begin : k + 1] < each)
    first = begin + int(lean[-1]) + 1 if len(lean) else begin
    some = np.arange(first, k + 1)
    some = some[open_[some] & (each * people[some] >= taken[some])]
    if not len(some):
        return k
    return int(some[np.argmin(people[some])])
