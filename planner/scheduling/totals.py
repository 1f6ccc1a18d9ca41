"""Prices on totals that the programme leaves out, until its best tour and theirs agree.

The programme's best tour at a price on a total, and the best that the counter of the total could do at
the same price, are together never dearer than the best tour of all (Fisher 1981, Management Science 27);
where both want the same duties, there is none better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.scheduling.automata import Automata
from planner.scheduling.programme import Programme
from planner.scheduling.sold import costs_ahead, walked
from planner.scheduling.timers import FAR
from planner.scheduling.tours import best_tour

ROUNDS = 24
FEW_ROUNDS = 10
"""Rounds without a legal tour after which prices are taken not to find one, where near is enough."""
NEAR = 32
"""A tour is near enough where it costs one part in so many of the dearest duty more than the bound."""
MOST_PRICE = 2**40


@dataclass(frozen=True, eq=False)
class Agreed:
    """The best that prices on totals found.

    Attributes
    ----------
    cents, options: of the best legal tour found; None: none.
    bound: what no legal tour undercuts. prices: per counter, those of this bound.
    """

    cents: int | None
    options: np.ndarray | None
    bound: int
    prices: np.ndarray

    @property
    def proven(self) -> bool:
        """Whether there is no better tour."""
        return self.cents is not None and self.cents <= self.bound


def agreed(
    programme: Programme, auto: Automata, costs: np.ndarray, held: np.ndarray | None = None, near: int = NEAR
) -> Agreed | None:
    """A legal tour, often the best there is, and a bound; None if the programme has no tour.

    Parameters
    ----------
    costs: cents of each option.
    held: as ``best_tour`` takes it.
    near: see ``NEAR``; 0: only a proven one is near enough.
    """
    prices, steps = np.zeros(auto.count, np.int64), np.zeros(auto.count, np.int64)
    dear = int(np.abs(costs).max(initial=8))
    first = np.maximum(1, dear // (8 * np.maximum(1, auto.weights.max(axis=1, initial=1))))
    best: tuple[int, np.ndarray] | None = None
    bound, of_bound = -int(FAR), prices
    for turn in range(ROUNDS):
        found = best_tour(programme, costs + prices @ auto.weights, held=held)
        if found is None:
            return None
        ahead = costs_ahead(auto, prices)
        below = found[0] + int(ahead[auto.at_states[:, 0]].sum())
        if below > bound:
            bound, of_bound = below, prices.copy()
        cents, side = walked(auto, found[1], ahead, prices)
        if cents < FAR:
            taken = found[1][found[1] >= 0]
            cents += found[0] - int((prices @ auto.weights)[taken].sum())
            if best is None or cents < best[0]:
                best = cents, found[1]
        if not side.any() or (best is not None and best[0] - bound <= (dear // near if near else 0)):
            break
        if near and best is None and turn >= FEW_ROUNDS:
            break
        steps = _next_steps(steps, np.sign(side), first)
        prices = np.clip(prices + np.where(side == 0, 0, steps), -MOST_PRICE, MOST_PRICE)
    cents_found, options = best or (None, None)
    return Agreed(cents_found, options, bound, of_bound)


def _next_steps(before: np.ndarray, side: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Twice as far the same way, half as far back; as before where a total is right."""
    back = side * np.maximum(1, np.abs(before) // 2)
    steps = np.where(before * side > 0, 2 * before, np.where(before != 0, back, side * first))
    kept: np.ndarray = np.where(side == 0, before, steps)
    return kept
