"""Deferred work in the CP-SAT model: the recursion of `planner.requirement.Backlog` in its soft form.

Work done and work of missing people are variables, so doing work as early as possible (what the
recursion says) is one of the answers, and the best one: ``not_due`` only caps what may stay open.
"""

from __future__ import annotations

import numpy as np

from planner.requirement import Backlog, Need
from planner.scheduling.cpsat_cover import Cover
from planner.scheduling.cpsat_people import cover_sets
from planner.scheduling.cpsat_variables import Linear, Variables


def add_backlogs(variables: Variables, cover: Cover, need: Need, missing_cents: int) -> None:
    """Per group of queues that share people, pay for the largest missing work of its backlogs."""
    for names in need.groups:
        group = [backlog for backlog in need.backlogs if backlog.queues & set(names)]
        if not group:
            continue
        most = max(-(-_all_work(backlog) * missing_cents // backlog.per_person) for backlog in group)
        largest = variables.model.new_int_var(0, most, "")
        for backlog in group:
            missing = _missing_work(variables, cover, need, backlog)
            variables.model.add(backlog.per_person * largest >= missing_cents * missing)
        variables.cost("missing", 1, largest)


def _all_work(backlog: Backlog) -> int:
    return int(backlog.carried_in + backlog.arriving.sum())


def _missing_work(variables: Variables, cover: Cover, need: Need, backlog: Backlog) -> Linear:
    """Work that people would have to be added for, over the whole horizon, in units."""
    model, everything = variables.model, _all_work(backlog)
    sets = cover_sets(need)
    limits = [(sets.index(names), taken) for names, taken in backlog.limits]
    open_before: Linear = backlog.carried_in
    arrived = np.cumsum(backlog.arriving) + backlog.carried_in
    missing: list[Linear] = []
    for k in range(need.intervals):
        left = model.new_int_var(0, int(min(backlog.not_due[k], arrived[k])), "")
        if arrived[k]:
            done = _done(variables, cover, backlog, limits, k, int(arrived[k]))
            missed = model.new_int_var(0, int(arrived[k]), "")
            model.add(left == open_before + int(backlog.arriving[k]) - done - missed)
            missing.append(missed)
        open_before = left
    total = model.new_int_var(0, everything, "")
    model.add(total == sum(missing))
    return total


def _done(
    variables: Variables,
    cover: Cover,
    backlog: Backlog,
    limits: list[tuple[int, np.ndarray]],
    k: int,
    most: int,
) -> Linear:
    """Work done in interval k: within every limit, and none where live work takes everybody."""
    model = variables.model
    done = model.new_int_var(0, min(most, backlog.per_person * len(variables.people)), "")
    for names, taken in limits:
        for on_duty in cover.on_duty(names, k):
            capacity = backlog.per_person * on_duty - int(taken[k])
            if taken[k] <= 0:
                model.add(done <= capacity)
            else:
                free = model.new_bool_var("")
                model.add(done <= capacity).only_enforce_if(free)
                model.add(done == 0).only_enforce_if(free.negated())
    return done
