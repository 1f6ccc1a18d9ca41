"""The best tour of one person that keeps every rule, also those beyond the state budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.rota import Option
from planner.rules import Sum, amounts, selects, total_of
from planner.scheduling.duties import Worker
from planner.scheduling.labelled import MOST_LABELS, NO_LIMIT, best_labelled
from planner.scheduling.taking import may_stay_out, nobody
from planner.scheduling.tours import best_tour

REPAIRS = 24
FEW_LABELS = 60
"""Labels with which a legal tour is looked for first; mostly they are enough to find one."""


@dataclass(frozen=True, eq=False)
class Found:
    """A legal tour at given prices.

    Attributes
    ----------
    options: option of each day, -1 for none. own_cents: pay and soft rules.
    priced_cents: the same at the prices that were asked.
    """

    options: np.ndarray
    own_cents: int
    priced_cents: int


def best_legal(
    worker: Worker, costs: np.ndarray, held: np.ndarray | None = None, exact: bool = False
) -> Found | None:
    """The best tour at the given cost of each option; None if no legal one was found.

    Who need not be taken has no duty where that is cheaper, and pays for being taken otherwise.
    Days may be held as in ``best_tour``. Where the programme leaves shapes out, a legal tour found by
    prices on totals is good enough unless it is to be ``exact``.
    """
    found, price = _best_tour(worker, costs, held, exact), worker.person.optional
    if price is None:
        return found
    if found is not None:
        found = replace(found, own_cents=found.own_cents + price, priced_cents=found.priced_cents + price)
    if may_stay_out(worker) and (found is None or found.priced_cents >= 0):
        return Found(nobody(worker), 0, 0)
    return found


def _best_tour(worker: Worker, costs: np.ndarray, held: np.ndarray | None, exact: bool) -> Found | None:
    """The best tour of a person who is taken.

    Where the programme does not see every shape, its tour may be right all the same; if not, prices on
    the totals left out mostly mend it, and labels see everything.
    """
    found = best_tour(worker.programme, costs, held=held)
    if not worker.left_out or found is None:
        return None if found is None else _found(worker, costs, costs, *found)
    if worker.counters is None:
        return None
    if not _broken(worker, found[1], soft=True):
        return _found(worker, costs, costs, *found)
    repaired = _repaired(worker, costs, held)
    if repaired is not None and not exact:
        return repaired
    limit = NO_LIMIT if repaired is None else repaired.priced_cents
    best = None
    for most in (MOST_LABELS,) if exact else (FEW_LABELS, MOST_LABELS):
        if best is None:
            best = best_labelled(worker.programme, worker.counters, costs, limit, held, most)
    if best is None:
        return repaired
    taken = best[1][best[1] >= 0]
    own = best[0] - int(costs[taken].sum()) + int(worker.cents[taken].sum())
    return Found(best[1], own, best[0])


def _repaired(worker: Worker, costs: np.ndarray, held: np.ndarray | None) -> Found | None:
    """A legal tour, often a good one, by a price on totals left out, raised and lowered until they hold."""
    sums = [shape for shape in worker.left_out if isinstance(shape, Sum) and shape.price is None]
    weights = [_weights(worker, shape) for shape in sums]
    prices, steps = [0] * len(sums), [0] * len(sums)
    best: Found | None = None
    for _round in range(REPAIRS):
        priced = costs.copy()
        for price, weight in zip(prices, weights, strict=True):
            priced += price * weight
        found = best_tour(worker.programme, priced, held=held)
        if found is None:
            return None
        tour = _found(worker, costs, priced, *found)
        if not _broken(worker, tour.options) and (best is None or tour.priced_cents < best.priced_cents):
            best = tour
        wrong = [_side(worker, shape, tour.options) for shape in sums]
        if not any(wrong):
            break
        for i, side in enumerate(wrong):
            if side:
                steps[i] = _next_step(steps[i], side, costs, weights[i])
                prices[i] += steps[i]
    return best


def _next_step(before: int, side: int, costs: np.ndarray, weight: np.ndarray) -> int:
    """Twice as far the same way, half as far back; first an eighth of a dear duty."""
    if before * side > 0:
        return 2 * before
    if before:
        return side * max(1, abs(before) // 2)
    return side * max(1, int(np.abs(costs).max(initial=8)) // (8 * max(1, int(weight.max(initial=1)))))


def _weights(worker: Worker, shape: Sum) -> np.ndarray:
    def weight(option: Option) -> int:
        inside = shape.first <= option.day <= shape.last
        if not inside or not selects(shape.mark, option, worker.person.calendar):
            return 0
        return int(getattr(option, shape.unit)) if shape.unit.endswith("minutes") else 1

    return np.array([weight(choice.option) for choice in worker.choices], np.int64)


def _tour(worker: Worker, options: np.ndarray) -> Sequence[Option]:
    return [worker.choices[i].option for i in options.tolist() if i >= 0]


def _side(worker: Worker, shape: Sum, options: np.ndarray) -> int:
    """1 where a tour has too much of a total, -1 where too little, 0 where it is right."""
    total = shape.carried + total_of(shape, shape.mark, worker.person.calendar, _tour(worker, options))
    lows = [shape.least] if shape.least is not None else []
    highs = [max(shape.most, shape.carried)] if shape.most is not None else []
    if shape.totals is not None:
        lows.append(min((value for value in shape.totals if value >= total), default=shape.totals[-1]))
        highs.append(shape.totals[-1])
    if any(total > high for high in highs):
        return 1
    return -1 if any(total < low for low in lows) else 0


def _broken(worker: Worker, options: np.ndarray, soft: bool = False) -> bool:
    """Whether a tour breaks a shape left out; soft ones are asked too if ``soft``."""
    calendar, tour = worker.person.calendar, _tour(worker, options)
    return any(amounts(shape, calendar, tour) for shape in worker.left_out if soft or shape.price is None)


def _found(worker: Worker, costs: np.ndarray, priced: np.ndarray, total: int, options: np.ndarray) -> Found:
    taken = options[options >= 0]
    soft = total - int(priced[taken].sum())
    if worker.left_out:
        calendar, tour = worker.person.calendar, _tour(worker, options)
        soft += sum(amounts(shape, calendar, tour) * shape.price for shape in worker.left_out if shape.price)
    return Found(options, soft + int(worker.cents[taken].sum()), soft + int(costs[taken].sum()))
