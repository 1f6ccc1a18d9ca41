"""Every tour of a person that is close to the best one at given prices.

A rota below the best known cost holds only tours whose reduced cost fits into the gap to the bound
(Baldacci, Christofides, Mingozzi 2008, Mathematical Programming 115): where they are few, a whole
number programme over them is the whole problem.
"""

from __future__ import annotations

import numpy as np

from planner._compiled import compiled
from planner.scheduling.programme import Programme
from planner.scheduling.tours import arc_costs_of, costs_to_go


def near_tours(programme: Programme, costs: np.ndarray, cents: int, most: int) -> np.ndarray | None:
    """Options of each day of all tours that cost at most so many cents, shape (tours, days).

    None if there are more than ``most``; a tour may stand there twice.

    Parameters
    ----------
    costs: cents of each option.
    """
    values = costs_to_go(programme, costs)
    arc_costs, off = arc_costs_of(programme, costs)
    found = np.full((most + 1, programme.days), -1, np.int64)
    count = _walk(arc_costs, off, values, np.int64(cents), found, programme.tables)
    return None if count > most else found[:count]


@compiled
def _walk(
    arc_costs: np.ndarray,
    off: np.ndarray,
    values: np.ndarray,
    cents: np.int64,
    found: np.ndarray,
    tables: tuple[np.ndarray, ...],
) -> int:
    """Depth first, a day a level, along moves whose cost to go still fits."""
    classes, slots, arcs, moves, costs, arc_letter, arc_slot, pens, _chain, _reach = tables[:10]
    off_letter, off_slot, at_values, at_moves, at_arcs, at_pens, at_slots, arc_option = tables[10:]
    days = len(arcs)
    far = np.int64(2**60)
    c, s = np.zeros(days + 1, np.int64), np.zeros(days + 1, np.int64)
    left, tried = np.zeros(days + 1, np.int64), np.zeros(days + 1, np.int64)
    chosen = np.full(days, -1, np.int64)
    left[0] = cents
    tried[0] = -1
    count = 0
    day = 0
    while day >= 0:
        if day == days:
            if count == len(found):
                return count
            found[count] = chosen
            count += 1
            day -= 1
            continue
        j = tried[day]
        if j >= arcs[day]:
            day -= 1
            continue
        tried[day] = j + 1
        n, a, there, width = classes[day], arcs[day], at_values[day + 1], slots[day + 1]
        if j < 0:
            at = at_moves[day] + off_letter[at_slots[day] + s[day]] * n + c[day]
            slot, cost, option = off_slot[at_slots[day] + s[day]], costs[at] + off[day], np.int64(-1)
        else:
            pen = pens[at_pens[day] + s[day] * a + j]
            if pen >= far:
                continue
            at = at_moves[day] + arc_letter[at_arcs[day] + j] * n + c[day]
            slot, cost = arc_slot[at_arcs[day] + j], costs[at] + arc_costs[at_arcs[day] + j] + pen
            option = arc_option[at_arcs[day] + j]
        to_go = values[there + moves[at] * width + slot]
        if to_go < far // 2 and cost < far // 2 and cost + to_go <= left[day]:
            chosen[day] = option
            c[day + 1], s[day + 1], left[day + 1], tried[day + 1] = moves[at], slot, left[day] - cost, -1
            day += 1
    return count
