"""The best tour of one person at given prices: a backward recurrence and a forward trace.

Two forms of the recurrence, numpy and loops for the compiler, give the same whole numbers: the least
cost to go from each (class, slot) before each day. The trace takes a day off where it is as good, and
else the first of the best arcs.
"""

from __future__ import annotations

import numpy as np

from planner._compiled import COMPILED, compiled
from planner.scheduling.programme import Programme
from planner.scheduling.timers import FAR

FREE = -2
"""A day that is not held."""


def best_tour(
    programme: Programme, costs: np.ndarray, soft: int = 1, held: np.ndarray | None = None
) -> tuple[int, np.ndarray] | None:
    """Least cost of a legal tour and the option of each day (-1 for none); None if no tour is legal.

    Parameters
    ----------
    costs: of each option in parts of a cent, may be below 0.
    soft: parts of a cent, for priced rules; 0: they cost nothing. Hard ones always hold.
    held: per day, the option that must stay, -1 for a day that stays off, FREE otherwise; None: all free.
    """
    if not programme.legal:
        return None
    stay = np.full(programme.days, FREE, np.int64) if held is None else held
    arc_costs, off = _arc_costs(programme, costs, soft), _off(programme, soft)
    values = _to_go(programme, arc_costs, off, int(soft), COMPILED, stay)
    if values[0] >= FAR // 2:
        return None
    return int(values[0]), _trace(int(soft), arc_costs, off, values, stay, programme.tables)


def costs_to_go(
    programme: Programme,
    costs: np.ndarray,
    soft: int = 1,
    loops: bool = COMPILED,
    held: np.ndarray | None = None,
) -> np.ndarray:
    """Least cost to go from every state of every day, flat."""
    stay = np.full(programme.days, FREE, np.int64) if held is None else held
    arc_costs, off = _arc_costs(programme, costs, soft), _off(programme, soft)
    return _to_go(programme, arc_costs, off, int(soft), loops, stay)


def _to_go(
    programme: Programme, arc_costs: np.ndarray, off: np.ndarray, soft: int, loops: bool, stay: np.ndarray
) -> np.ndarray:
    if loops:
        values = np.empty(int(programme.at_values[-1]), np.int64)
        _loops(soft, arc_costs, off, values, stay, programme.tables)
        return values
    arc_costs = arc_costs.copy()
    for day in np.flatnonzero(stay != FREE).tolist():
        arcs = slice(programme.at_arcs[day], programme.at_arcs[day + 1])
        arc_costs[arcs][programme.arc_option[arcs] != stay[day]] = FAR
    return _numpy(programme, arc_costs, np.where(stay >= 0, FAR, off), soft)


def arc_costs_of(programme: Programme, costs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cents of each arc and of each day off, priced rules counted."""
    return _arc_costs(programme, costs, 1), _off(programme, 1)


def _arc_costs(programme: Programme, costs: np.ndarray, soft: int) -> np.ndarray:
    total = costs + soft * programme.option_cents if soft else costs
    by_arc: np.ndarray = total[programme.arc_option]
    return by_arc


def _off(programme: Programme, soft: int) -> np.ndarray:
    if soft == 1:
        return programme.off_cents
    off: np.ndarray = np.where(programme.off_cents >= FAR, FAR, programme.off_cents * soft)
    return off


def _numpy(p: Programme, arc_costs: np.ndarray, off: np.ndarray, soft: int) -> np.ndarray:
    values = np.full(int(p.at_values[-1]), FAR, np.int64)
    after = values[p.at_values[p.days] :].reshape(int(p.classes[-1]) + 1, int(p.slots[-1]))
    after[:-1] = 0
    for day in reversed(range(p.days)):
        classes, slots, arcs = int(p.classes[day]), int(p.slots[day]), int(p.arcs[day])
        shape = (int(p.letters[day]), classes)
        moves = p.moves[p.at_moves[day] : p.at_moves[day + 1]].reshape(shape)
        costs = p.costs[p.at_moves[day] : p.at_moves[day + 1]].reshape(shape) * soft
        of_slot = slice(p.at_slots[day], p.at_slots[day] + slots)
        letters = p.off_letter[of_slot]
        best = after[moves[letters], p.off_slot[of_slot][:, None]] + costs[letters] + off[day]
        if arcs:
            of_arc = slice(p.at_arcs[day], p.at_arcs[day] + arcs)
            letters = p.arc_letter[of_arc]
            to_go = after[moves[letters], p.arc_slot[of_arc][:, None]] + costs[letters]
            to_go += arc_costs[of_arc][:, None]
            if p.chain[day]:
                least = np.full((arcs + 1, classes), FAR, np.int64)
                np.minimum.accumulate(to_go, axis=0, out=least[1:])
                np.minimum(best, least[p.reach[of_slot]], out=best)
            else:
                pens = p.pens[p.at_pens[day] : p.at_pens[day + 1]].reshape(slots, arcs)
                for slot in range(slots):
                    pen = np.where(pens[slot] >= FAR, FAR, pens[slot] * soft)
                    np.minimum(best[slot], (to_go + pen[:, None]).min(axis=0), out=best[slot])
        after = values[p.at_values[day] : p.at_values[day + 1]].reshape(classes + 1, slots)
        np.minimum(best.T, FAR, out=after[:-1])
    return values


@compiled
def _loops(
    soft: int,
    arc_costs: np.ndarray,
    off: np.ndarray,
    values: np.ndarray,
    held: np.ndarray,
    tables: tuple[np.ndarray, ...],
) -> None:
    classes, slots, arcs, moves, costs, arc_letter, arc_slot, pens, chain, reach = tables[:10]
    off_letter, off_slot, at_values, at_moves, at_arcs, at_pens, at_slots, arc_option = tables[10:]
    days = len(arcs)
    far = np.int64(2**60)
    values[:] = far
    values[at_values[days] : at_values[days] + classes[days] * slots[days]] = 0
    live = _live(held, tables)
    for day in range(days - 1, -1, -1):
        n, e, a = classes[day], slots[day], arcs[day]
        here, there, width = at_values[day], at_values[day + 1], slots[day + 1]
        m, j0, p0, s0 = at_moves[day], at_arcs[day], at_pens[day], at_slots[day]
        if held[day] != -2:
            first, last = 0, a
            while first < last and arc_option[j0 + first] != held[day]:
                first += 1
            while first < last and arc_option[j0 + last - 1] != held[day]:
                last -= 1
            for s in range(e):
                if live[s0 + s]:
                    for c in range(n):
                        best = far
                        if held[day] == -1:
                            at = m + off_letter[s0 + s] * n + c
                            best = values[there + moves[at] * width + off_slot[s0 + s]]
                            best += costs[at] * soft + off[day]
                        else:
                            for j in range(first, last):
                                pen = pens[p0 + s * a + j]
                                if arc_option[j0 + j] == held[day] and pen < far:
                                    at = m + arc_letter[j0 + j] * n + c
                                    value = values[there + moves[at] * width + arc_slot[j0 + j]]
                                    value += costs[at] * soft + arc_costs[j0 + j] + pen * soft
                                    best = min(best, value)
                        values[here + c * e + s] = min(best, far)
            continue
        to_go = np.empty(a + 1, np.int64)
        for c in range(n):
            to_go[0] = far
            for j in range(a):
                at = m + arc_letter[j0 + j] * n + c
                to_go[j + 1] = values[there + moves[at] * width + arc_slot[j0 + j]] + costs[at] * soft
                to_go[j + 1] += arc_costs[j0 + j]
            if chain[day]:
                for j in range(a):
                    if to_go[j] < to_go[j + 1]:
                        to_go[j + 1] = to_go[j]
            for s in range(e):
                if not live[s0 + s]:
                    continue
                at = m + off_letter[s0 + s] * n + c
                best = values[there + moves[at] * width + off_slot[s0 + s]] + costs[at] * soft + off[day]
                if chain[day]:
                    if to_go[reach[s0 + s]] < best:
                        best = to_go[reach[s0 + s]]
                else:
                    for j in range(a):
                        pen = pens[p0 + s * a + j]
                        if pen < far and to_go[j + 1] + pen * soft < best:
                            best = to_go[j + 1] + pen * soft
                values[here + c * e + s] = best if best < far else far


@compiled
def _live(held: np.ndarray, tables: tuple[np.ndarray, ...]) -> np.ndarray:
    """Slots that can be met: after a day that is held only few can."""
    slots, arcs, arc_slot, arc_option = tables[1], tables[2], tables[6], tables[17]
    off_slot, at_arcs, at_slots = tables[11], tables[14], tables[16]
    live = np.zeros(at_slots[-1], np.bool_)
    live[0] = True
    for day in range(len(arcs)):
        here, there = at_slots[day], at_slots[day + 1]
        if held[day] == -2:
            live[there : there + slots[day + 1]] = True
        elif held[day] == -1:
            for s in range(slots[day]):
                if live[here + s]:
                    live[there + off_slot[here + s]] = True
        else:
            for j in range(at_arcs[day], at_arcs[day] + arcs[day]):
                if arc_option[j] == held[day]:
                    live[there + arc_slot[j]] = True
    return live


@compiled
def _trace(
    soft: int,
    arc_costs: np.ndarray,
    off: np.ndarray,
    values: np.ndarray,
    held: np.ndarray,
    tables: tuple[np.ndarray, ...],
) -> np.ndarray:
    classes, slots, arcs, moves, costs, arc_letter, arc_slot, pens, _chain, _reach = tables[:10]
    off_letter, off_slot, at_values, at_moves, at_arcs, at_pens, at_slots, arc_option = tables[10:]
    days = len(arcs)
    far = np.int64(2**60)
    chosen = np.full(days, -1, np.int64)
    c = 0
    s = 0
    for day in range(days):
        n, a = classes[day], arcs[day]
        there, width = at_values[day + 1], slots[day + 1]
        m, j0, p0, s0 = at_moves[day], at_arcs[day], at_pens[day], at_slots[day]
        at = m + off_letter[s0 + s] * n + c
        best = values[there + moves[at] * width + off_slot[s0 + s]] + costs[at] * soft + off[day]
        next_class, next_slot = moves[at], off_slot[s0 + s]
        stays = held[day]
        if stays >= 0:
            best = far
        for j in range(a):
            pen = pens[p0 + s * a + j]
            if pen < far and (stays == -2 or arc_option[j0 + j] == stays):
                at = m + arc_letter[j0 + j] * n + c
                value = values[there + moves[at] * width + arc_slot[j0 + j]] + costs[at] * soft
                value += arc_costs[j0 + j] + pen * soft
                if value < best:
                    best = value
                    next_class, next_slot = moves[at], arc_slot[j0 + j]
                    chosen[day] = arc_option[j0 + j]
        c, s = next_class, next_slot
    return chosen
