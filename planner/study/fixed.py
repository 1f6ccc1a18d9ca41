"""A need that is stated, not forecast: design studies such as "one seat around the clock"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from planner.people import groups
from planner.requirement import Need, renamed
from planner.study.steps import horizon, planned_of

if TYPE_CHECKING:
    from planner.demand import PlannedWork
    from planner.study.scenario import Scenario

Row = tuple[frozenset[str], np.ndarray]


def fixed_need(scenario: Scenario) -> Need:
    """So many people whenever each queue is open, as the scenario's ``need`` says, and roles while any is.

    People whom planned work takes come on top, for each queue that they could serve.
    """
    first, intervals = horizon(scenario)
    step = scenario.interval_minutes // 15
    names = tuple(queue.name for queue in scenario.queues)
    masks = [
        scenario.opening[name].mask(first, intervals * step).reshape(intervals, step).any(axis=1)
        for name in names
    ]
    is_open = np.array(masks, dtype=bool).reshape(len(names), intervals)
    any_open = is_open.any(axis=0)
    planned = planned_of(scenario)
    away = np.array([_people(work, first, intervals, step) for work in planned]).reshape(-1, intervals)
    roles = {each.role: each.count for each in scenario.role_needs}
    rows: list[Row] = [
        (frozenset({name}), np.where(open_, scenario.fixed_need.get(name, 0), 0))
        for name, open_ in zip(names, is_open, strict=True)
    ]
    rows += [(frozenset({work.name}), people) for work, people in zip(planned, away, strict=True)]
    rows += [(frozenset({role}), np.where(any_open, count, 0)) for role, count in roles.items()]
    rows += _joined(scenario, rows[: len(names)], planned, away)
    return renamed(
        Need(
            need_id="",
            first_quarter=first,
            interval_minutes=scenario.interval_minutes,
            queues=(*names, *(work.name for work in planned), *roles),
            sets=tuple(names for names, _ in rows),
            required=np.array([people for _, people in rows], dtype=np.int64).reshape(len(rows), intervals),
            backlogs=(),
            groups=groups(scenario.team, scenario.queues, planned),
            open=np.vstack([is_open, away > 0, *(any_open for _ in roles)]),
        )
    )


def _people(work: PlannedWork, first: int, intervals: int, step: int) -> np.ndarray:
    """People whom fixed work takes in each interval that a window touches."""
    quarters = np.zeros(intervals * step, dtype=np.int64)
    for window in work.windows:
        quarters[window.start - first : window.end - first] = window.people
    people: np.ndarray = quarters.reshape(intervals, step).max(axis=1)
    return people


def _joined(
    scenario: Scenario, queues: Sequence[Row], planned: Sequence[PlannedWork], away: np.ndarray
) -> list[Row]:
    """Each queue with the planned work of people who could serve it, one by one and together."""
    able = scenario.skills.able
    rows: list[Row] = []
    for names, people in queues:
        (queue,) = names
        sharing = [index for index, work in enumerate(planned) if able[work.name] & able[queue]]
        parts = [[index] for index in sharing] + ([sharing] if len(sharing) > 1 else [])
        for part in parts:
            taken = away[part].sum(axis=0)
            together = names | {planned[index].name for index in part}
            rows.append((together, np.where(taken > 0, people + taken, 0)))
    return rows
