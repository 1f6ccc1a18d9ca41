"""Column generation: the linear programme over all tours, by those that can still improve it.

Prices are smoothed towards the best ones so far (Wentges 1997, International Transactions in Operational
Research 4), so that few rounds are needed; each sweep at whole prices is a bound for any prices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.scheduling.posts.groups import IMPOSSIBLE, Bans
from planner.scheduling.posts.master import PRIMAL, Master

SMOOTH = 0.6
LITTLE = 0.3
NOISE = 1e-6
FOREVER = 10_000


@dataclass(frozen=True, eq=False)
class Prices:
    """Cents of one more person on each row, and of each limit of a master."""

    rows: np.ndarray
    limits: np.ndarray

    def towards(self, other: Prices, share: float) -> Prices:
        """A share of these and the rest of others."""
        return Prices(
            share * self.rows + (1 - share) * other.rows, share * self.limits + (1 - share) * other.limits
        )

    def whole(self) -> Prices:
        """In whole cents."""
        return Prices(np.rint(self.rows).astype(np.int64), np.rint(self.limits).astype(np.int64))


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Where column generation ended.

    Attributes
    ----------
    value: cents of the relaxation over the columns at hand, without what is fixed. bound: proven cents.
    prices: at which the bound holds. rows, groups: the master's own prices.
    done: nothing can improve it, or the bound has met the target.
    """

    value: float
    bound: int
    prices: Prices
    rows: np.ndarray
    groups: np.ndarray
    done: bool


def generate(
    master: Master,
    is_cancelled: Callable[[], bool],
    bans: Bans | None = None,
    start: Prices | None = None,
    target: int | None = None,
    most_rounds: int = FOREVER,
    parameters: str = PRIMAL,
) -> Relaxed:
    """Add columns until none can improve the master, the bound has met it, or somebody cancels.

    Parameters
    ----------
    master: with at least one column for each group that it places.
    bans: options that some groups may not or must take.
    start: prices to begin near. target: cents at which a bound is good enough.
    most_rounds: solves of the master. parameters: of its first solve.
    """
    staff, unit = master.staff, master.staff.unit
    groups = np.flatnonzero(master.sizes).tolist()
    centre, bound = start, None
    value, rows, sizes, limits = master.solve(parameters)
    done = False
    for _turn in range(most_rounds):
        smooth = 0.0 if centre is None else SMOOTH
        own = Prices(rows, limits)
        while True:
            asked = (own if centre is None else centre.towards(own, smooth)).whole()
            worth = np.append(asked.rows, 0)
            total, new = master.proven(asked.rows, asked.limits), []
            for group in groups:
                if is_cancelled():
                    total = -IMPOSSIBLE * len(groups)
                    break
                least, column = staff.price(group, worth, bans)
                total += least * int(master.sizes[group])
                if column is not None:
                    reduced = column.cents - rows[column.rows].sum() - sizes[group]
                    if reduced < -NOISE * unit and master.is_new(column):
                        new.append(column)
            if bound is None or total > bound:
                bound, centre = total, asked
            if new or not smooth or is_cancelled():
                break
            smooth = 0.0 if smooth < LITTLE else smooth / 2
        done = not new or staff.step(bound) >= min(value - NOISE * unit, np.inf if target is None else target)
        if done or is_cancelled():
            break
        for column in new:
            master.add(column)
        value, rows, sizes, limits = master.solve()
    master.read()
    assert bound is not None
    assert centre is not None
    return Relaxed(value, bound, centre, rows, sizes, done)
