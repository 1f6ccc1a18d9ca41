"""Deferred work in the linear programme over groups: the recursion of `Backlog`, relaxed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.requirement import Backlog
from planner.scheduling.duals_model import CoverModel

LIFTED = 2.0
"""Price of lifting what live work takes beyond the people there are, in prices of a unit missing."""


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
    """Work waits, is done, or is missing, all in person-intervals; a limit may be lifted at a price."""
    lp, unit = model.lp, 1.0 / backlog.per_person
    limits: dict[tuple[int, int], int] = {}
    missing: list[int] = []
    before = -1
    for k in range(model.need.intervals):
        left, done, missed = lp.column(float(backlog.not_due[k]) * unit), lp.column(), lp.column()
        earlier = [] if before < 0 else [before]
        arrived = (float(backlog.arriving[k]) + (0 if earlier else backlog.carried_in)) * unit
        lp.row([left, done, missed, *earlier], [1.0, 1.0, 1.0, *[-1.0] * len(earlier)], arrived, arrived)
        for i, (names, taken) in enumerate(backlog.limits):
            people = model.by_set.get((model.sets.index(names), k), [])
            busy = float(max(0, taken[k])) * unit
            lifted = lp.column(busy, LIFTED)
            limits[i, k] = lp.row([done, lifted, *people], [1.0, -1.0, *[-1.0] * len(people)], -np.inf, -busy)
        missing.append(missed)
        before = left
    cost = lp.row([largest, *missing], [1.0, *[-1.0] * len(missing)], 0)
    return BacklogRows(limits, cost)
