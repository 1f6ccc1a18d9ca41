"""Deferred work in the linear programme over groups: the recursion of `Backlog`, relaxed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.requirement import Backlog
from planner.scheduling.cpsat_people import lifting
from planner.scheduling.duals_model import CoverModel


@dataclass(frozen=True, slots=True)
class BacklogRows:
    """Where a backlog's rows stand: each limit in each interval, and its part in the cost of the group."""

    limits: dict[tuple[int, int], int]
    cost: int


def add_backlogs(model: CoverModel) -> list[BacklogRows]:
    """Rows of all deferred work, in the order of the need."""
    placed: list[BacklogRows | None] = [None] * len(model.need.backlogs)
    for names in model.need.groups:
        mine = [i for i, backlog in enumerate(model.need.backlogs) if backlog.queues & set(names)]
        if mine:
            largest = model.lp.column(cost=1.0)
            for i in mine:
                placed[i] = _add(model, model.need.backlogs[i], largest)
    return [rows if rows is not None else BacklogRows({}, 0) for rows in placed]


def _add(model: CoverModel, backlog: Backlog, largest: int) -> BacklogRows:
    """Work waits, is done, or is missing, all in person-intervals; people short lift a limit."""
    lp, unit = model.lp, 1.0 / backlog.per_person
    limits: dict[tuple[int, int], int] = {}
    missing: list[int] = []
    asked = [lifting(model.need, names) for names, _taken in backlog.limits]
    before = -1
    for k in range(model.need.intervals):
        left, done, missed = lp.column(float(backlog.not_due[k]) * unit), lp.column(), lp.column()
        earlier = [] if before < 0 else [before]
        arrived = (float(backlog.arriving[k]) + (0 if earlier else backlog.carried_in)) * unit
        lp.row([left, done, missed, *earlier], [1.0, 1.0, 1.0, *[-1.0] * len(earlier)], arrived, arrived)
        for i, (names, taken) in enumerate(backlog.limits):
            people = model.counted(model.sets.index(names), k)
            busy = float(max(0, taken[k])) * unit
            lifts, share = _lifts(model, asked[i], busy, k)
            weights = [1.0, *[-share] * len(lifts), *[-1.0] * len(people)]
            limits[i, k] = lp.row([done, *lifts, *people], weights, -np.inf, -busy)
        missing.append(missed)
        before = left
    cost = lp.row([largest, *missing], [1.0, *[-1.0] * len(missing)], 0)
    return BacklogRows(limits, cost)


def _lifts(
    model: CoverModel, asked: tuple[np.ndarray, np.ndarray], busy: float, k: int
) -> tuple[list[int], float]:
    """Columns that lift a limit, and by how much each: people short, or work itself where nobody is asked."""
    if busy <= 0:
        return [], 0.0
    most, of_set = asked
    if most[k] >= busy:
        return model.shorts(int(of_set[k]), k), busy / float(most[k])
    return [model.lp.column(busy)], 1.0
