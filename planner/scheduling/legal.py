"""The best tour of one person that keeps every rule, also those beyond the state budget."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.scheduling.automata import Automata
from planner.scheduling.duties import Worker
from planner.scheduling.labelled import MOST_LABELS, NO_LIMIT, best_labelled
from planner.scheduling.sold import walked
from planner.scheduling.taking import may_stay_out, nobody
from planner.scheduling.totals import NEAR, Agreed, agreed
from planner.scheduling.tours import best_tour

FEW_LABELS = 60
"""Labels with which a legal tour is looked for first; mostly they are enough to find one."""
WIDER = 8
"""How much wider the next try is where labels found nothing: in cents and in labels."""


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
    programme, auto = worker.programme, worker.counters
    if not worker.left_out:
        found = best_tour(programme, costs, held=held)
        return None if found is None else _found(worker, costs, *found)
    if auto is None:
        return None
    met = agreed(programme, auto, costs, held, 0 if exact else NEAR)
    if met is None:
        return None
    if met.cents is not None and met.options is not None and (met.proven or not exact):
        return _found(worker, costs, met.cents, met.options)
    room = MOST_LABELS if exact else FEW_LABELS
    by_labels = _labelled(worker, auto, costs, held, met, room)
    if by_labels is None and worker.known is not None and held is None:
        by_labels = _as_known(worker, auto, costs, worker.known)
    return None if by_labels is None else _found(worker, costs, *by_labels)


def _labelled(
    worker: Worker, auto: Automata, costs: np.ndarray, held: np.ndarray | None, met: Agreed, room: int
) -> tuple[int, np.ndarray] | None:
    """A tour by labels, not far above the bound first; None if there is none, or none was found.

    Where labels are dropped for want of room and none is left, there is more room the next time, but not
    for ever: there is a tour to fall back on, or the complete model to ask.
    """
    top = NO_LIMIT if met.cents is None else met.cents
    slack = int(np.abs(costs).max(initial=8)) // 8 + 1
    most = max(room, FEW_LABELS * WIDER)
    while True:
        limit = min(top, met.bound + slack)
        found = best_labelled(worker.programme, auto, costs, limit, held, room, met.prices)
        if found.any:
            return found.cents, found.options
        if (limit >= top and found.whole) or (room >= most and not found.whole):
            return None if met.cents is None or met.options is None else (met.cents, met.options)
        slack *= WIDER
        room = room if found.whole else min(most, room * WIDER)


def _as_known(
    worker: Worker, auto: Automata, costs: np.ndarray, known: np.ndarray
) -> tuple[int, np.ndarray] | None:
    """The cost of the tour that is known."""
    seen = best_tour(worker.programme, costs, held=known)
    nothing = np.zeros(auto.count, np.int64)
    return None if seen is None else (seen[0] + walked(auto, known, auto.to_go, nothing)[0], known)


def _found(worker: Worker, costs: np.ndarray, total: int, options: np.ndarray) -> Found:
    taken = options[options >= 0]
    return Found(options, total - int(costs[taken].sum()) + int(worker.cents[taken].sum()), total)
