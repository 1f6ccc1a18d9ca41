"""The fewest people, interval by interval, that keep one backlog in time: no shifts, no rest, no rota.

With P(k) people up to interval k, each doing ``per_person`` units, work done in time asks for differences
only: P(k) - P(j) >= (what is due by k - what has arrived by j) / per_person, rounded up, for all j < k.
Such a system has one smallest answer, smallest in every P(k) at once, and adding each person as late as
somebody is needed finds it: later, there is more work to do and never less. At most so many people at a
time asks for P(k) - P(k-1) <= most(k), which moves what is due forward by what later intervals can do at
most. A lower bound for every rota of people who do nothing else, and a need to calibrate safety with.
"""

from __future__ import annotations

import numpy as np

from planner.requirement.need import Backlog


def fluid_staffing(
    backlog: Backlog, at_least: np.ndarray | None = None, at_most: np.ndarray | None = None
) -> np.ndarray:
    """The fewest person-intervals with which a backlog is never overdue, as late as they can be.

    Everybody on duty counts for every limit of the backlog. Work that even ``at_most`` people cannot do
    in time is left aside, as ``Backlog`` has it.

    Parameters
    ----------
    at_least: people who are there anyway, such as those that live queues need; none if not given. The
        answer is exact where they are enough for the work that limits take; where they are not,
        somebody who is added first fills that up.
    at_most: people that there can be in each interval, such as 0 while nobody may work.

    Returns
    -------
    People on duty, whole numbers, shape (intervals,).

    Examples
    --------
    >>> mail = frozenset({"mail"})
    >>> row = Backlog(mail, np.array([8, 8, 0, 0]), np.array([8, 12, 4, 0]), 10, ((mail, np.zeros(4, int)),))
    >>> fluid_staffing(row).tolist(), fluid_staffing(row, at_most=np.array([1, 1, 0, 1])).tolist()
    ([0, 1, 1, 0], [1, 1, 0, 0])
    """
    intervals, each = len(backlog.arriving), backlog.per_person
    people = np.zeros(intervals, np.int64) if at_least is None else np.asarray(at_least).astype(np.int64)
    taken = np.max([taken for _, taken in backlog.limits], axis=0, initial=0).astype(np.int64)
    arrived = backlog.carried_in + np.cumsum(backlog.arriving.astype(np.int64))
    due = np.maximum.accumulate(np.maximum(arrived - backlog.not_due, 0))
    if at_most is not None:
        room = np.maximum(each * np.maximum(at_most, people) - taken, 0)
        due = _earlier(due, arrived, room)
    done = 0
    for k in range(intervals):
        lacking = int(due[k]) - done
        room = max(0, each * int(people[k]) - int(taken[k]))
        if lacking > room:
            people[k] = -(-(lacking + int(taken[k])) // each)
            if at_most is not None:
                people[k] = min(people[k], max(at_most[k], 0 if at_least is None else at_least[k]))
            room = max(0, each * int(people[k]) - int(taken[k]))
        done = max(min(int(arrived[k]), done + room), int(due[k]))
    return people


def _earlier(due: np.ndarray, arrived: np.ndarray, room: np.ndarray) -> np.ndarray:
    """What must be done by the end of each interval, for later ones can do no more than their room."""
    found = due.copy()
    for k in range(len(due) - 2, -1, -1):
        found[k] = max(found[k], min(int(arrived[k]), int(found[k + 1] - room[k + 1])))
    return found
