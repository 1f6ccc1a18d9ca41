"""Diving: fix the tours that the relaxation likes best, generate columns again, until everyone has one.

Dives are erratic, so several are made with different shares fixed at a time and different seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from planner.scheduling.posts.generation import generate
from planner.scheduling.posts.groups import Bans, Column
from planner.scheduling.posts.master import DUAL, Master

WHOLE = 1 - 1e-6
LARGE, FEWEST_ROUNDS = 6000, 8
"""Rows times people from which dives take fewer rounds, so that they end; and the fewest."""

ROUNDS = 25
"""Solves of the master after each fixing: fewer make a dive quicker and far worse."""


def dive(
    master: Master,
    share: float,
    random: np.random.Generator,
    is_cancelled: Callable[[], bool],
    bans: Bans | None = None,
    is_late: Callable[[], bool] | None = None,
) -> list[Column] | None:
    """A tour for everyone of a solved master, a column as often as it is taken; None if cancelled.

    Who has no tour yet when it is late gets the best one beside those before.

    Parameters
    ----------
    share: of the people, to be fixed at a time beside those whose tour is whole.
    bans: options that some groups may not or must take.
    random: breaks ties between columns, and moves their order a little.
    """
    late = is_late or is_cancelled
    left = master.sizes.copy()
    fixed = np.zeros(len(master.columns), np.int64)
    size = len(master.required) * int(master.sizes.sum())
    rounds = max(FEWEST_ROUNDS, ROUNDS * LARGE // max(LARGE, size))
    step = max(1, round(share * int(master.sizes.sum())))
    while left.any():
        if is_cancelled():
            return None
        if late():
            return _finished(master, chosen(master.columns, fixed), left, bans)
        fixed = np.concatenate([fixed, np.zeros(len(master.columns) - len(fixed), np.int64)])
        free = master.values - fixed
        liked = free + 0.1 * random.random(len(free)) * (free > 1e-9)
        placed = 0
        for number in np.argsort(-liked, kind="stable").tolist():
            group = master.columns[number].group
            if not left[group] or free[number] <= 1e-9:
                continue
            count = min(int(free[number] + 1e-6), int(left[group]))
            if not count:
                if placed >= step:
                    continue
                count = 1
            placed += count
            fixed[number] += count
            left[group] -= count
        if not left.any():
            break
        for number, column in enumerate(master.columns):
            closed = not left[column.group]
            if closed or fixed[number]:
                master.bound(number, float(fixed[number]), float(fixed[number]) if closed else None)
        generate(master, late, bans, most_rounds=rounds, parameters=DUAL)
    return chosen(master.columns, fixed)


def _finished(
    master: Master, taken: list[Column], left: np.ndarray, bans: Bans | None
) -> list[Column] | None:
    """Tours for those without one, each the best beside all before."""
    staff, people = master.staff, np.zeros(len(master.required), np.int64)
    for column in taken:
        np.add.at(people, column.rows, 1)
    for group in np.flatnonzero(left).tolist():
        for _member in range(int(left[group])):
            short = people < master.required
            worth = np.where(short, staff.rows.missing_cents, -staff.rows.extra_cents)
            found = staff.price(group, np.append(worth, 0), bans)[1]
            if found is None:
                return None
            np.add.at(people, found.rows, 1)
            taken.append(found)
    return taken


def chosen(columns: Sequence[Column], counts: np.ndarray) -> list[Column]:
    """Columns as often as they are taken."""
    return [
        columns[number] for number in np.flatnonzero(counts).tolist() for _time in range(int(counts[number]))
    ]
