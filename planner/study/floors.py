"""Whether people who are there for other reasons do a pool's deferred work anyway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from planner.people import Skills
from planner.requirement import Backlog, Need

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

Floor = tuple[frozenset[str], np.ndarray]
EVERYBODY = "all"


def floor_of(
    pool: frozenset[str], need: Need, scenario: Scenario
) -> Literal["presence", "live cover"] | None:
    """What leaves safety of a pool without effect: the minimum on duty, people for live work, or nothing."""
    rows = [row for row in need.backlogs if row.queues <= pool]
    table = scenario.skills
    if _enough(rows, presence_floors(need, scenario), table, need.intervals):
        return "presence"
    listed = list(zip(need.sets, need.required, strict=True))
    return "live cover" if _enough(rows, listed, table, need.intervals) else None


def presence_floors(need: Need, scenario: Scenario) -> list[Floor]:
    """The minimum on duty of each queue and of all, per interval."""
    names = [queue.name for queue in scenario.queues]
    floors = []
    for name, people in sorted(scenario.need_settings.presence.items()):
        some = names if name == EVERYBODY else [name]
        is_open = np.any([need.open[need.queues.index(queue)] for queue in some], axis=0)
        floors.append((frozenset(some), np.where(is_open, int(people), 0)))
    return floors


def _enough(rows: Sequence[Backlog], floors: Sequence[Floor], table: Skills, intervals: int) -> bool:
    return all(
        done_by(row, [_people(names, floors, table, intervals) for names, _ in row.limits]) for row in rows
    )


def _people(names: frozenset[str], floors: Sequence[Floor], table: Skills, intervals: int) -> np.ndarray:
    """The fewest people who can serve a set: those asked for by sets whose people all can."""
    able = table.of_set(names, "work")
    people = np.zeros(intervals, dtype=np.int64)
    for other, asked in floors:
        there = table.of_set(other, "work")
        if there and there <= able:
            people = np.maximum(people, asked)
    return people


def done_by(row: Backlog, people: Sequence[np.ndarray]) -> bool:
    """Whether so many people, for each of a row's limits, leave no work above what is not due.

    Examples
    --------
    >>> due_at_once = np.array([0, 0])
    >>> row = Backlog(frozenset("a"), np.array([4, 8]), due_at_once, 4, ((frozenset("a"), due_at_once),))
    >>> done_by(row, [np.array([1, 1])]), done_by(row, [np.array([1, 2])])
    (False, True)
    """
    room = np.min(
        [row.per_person * there - taken for there, (_, taken) in zip(people, row.limits, strict=True)], axis=0
    )
    waiting = row.carried_in
    for arriving, capacity, not_due in zip(
        row.arriving.tolist(), room.tolist(), row.not_due.tolist(), strict=True
    ):
        waiting = max(0, waiting + arriving - max(0, capacity))
        if waiting > not_due:
            return False
    return True
