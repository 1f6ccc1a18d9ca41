"""The best tour of one person where the counters do not fit the state budget: labels with dominance.

A label is a state of the dense programme, the states of the counters that it leaves out, and the cents
so far. Costs to go of the dense programme and of each counter alone are bounds below, so labels that
cannot beat a known tour are dropped. One label makes another needless where, whatever follows, it
costs no more (Irnich and Desaulniers 2005, Shortest Path Problems with Resource Constraints, section
4); how much more a counter may still cost in one state than in another is computed for each day from
the end, so a counter that can no longer bind tells no labels apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.scheduling.counters import Counter
from planner.scheduling.programme import Programme, minimise
from planner.scheduling.timers import FAR, row_ids
from planner.scheduling.tours import FREE, arc_costs_of, costs_to_go

MOST_LABELS = 4_000
"""Labels kept before a day; beyond it the best tour found is legal, but perhaps not the best there is."""
NO_LIMIT = int(FAR) // 2
MOST_COMPARED = 600
"""States of a counter up to which they are compared with each other."""
RIVALS = 200
"""Labels of one class and slot, the cheapest, that the others are held against."""


@dataclass(frozen=True, eq=False)
class Automaton:
    """A counter as labels carry it.

    Attributes
    ----------
    letters: of each option; the last one is of a day without a duty.
    moves, costs: per day, (letter, state) to the state after and cents; ``sizes`` of the day after is dead.
    sizes: states before each day, days + 1 entries.
    to_go: per day, the least that each state still costs.
    extra: per day, the most that one state (row) may still cost more than another; None: not compared.
    """

    letters: np.ndarray
    moves: tuple[np.ndarray, ...]
    costs: tuple[np.ndarray, ...]
    sizes: tuple[int, ...]
    to_go: tuple[np.ndarray, ...]
    extra: tuple[np.ndarray | None, ...]


def automata(counters: Sequence[Counter], programme: Programme) -> tuple[Automaton, ...] | None:
    """Counters made ready for labels; None if one of them allows nothing at all.

    Parameters
    ----------
    counters: of the shapes that the programme leaves out.
    programme: says which options each day has.
    """
    made = []
    for counter in counters:
        moves, costs = [move.copy() for move in counter.moves], [cost.copy() for cost in counter.costs]
        if not minimise(moves, costs):
            return None
        sizes = (*(move.shape[1] for move in moves), 1)
        to_go = [np.zeros(1, np.int64)]
        comparable: list[np.ndarray | None] = [np.zeros((1, 1), np.int64)]
        for day in reversed(range(programme.days)):
            arcs = slice(programme.at_arcs[day], programme.at_arcs[day + 1])
            letters = np.unique(np.append(counter.letters[programme.arc_option[arcs]], counter.letters[-1]))
            move, cost = moves[day][letters], costs[day][letters]
            alive = move < sizes[day + 1]
            onward = np.append(to_go[-1], FAR)[move] + cost
            to_go.append(np.minimum(np.where(alive, onward, FAR).min(axis=0), FAR))
            later = comparable[-1]
            few = max(sizes[day], sizes[day + 1]) <= MOST_COMPARED
            comparable.append(_extra(move, cost, later) if few and later is not None else None)
        ahead, compared_on = tuple(to_go[::-1]), tuple(comparable[::-1])
        made.append(Automaton(counter.letters, tuple(moves), tuple(costs), sizes, ahead, compared_on))
    return tuple(made)


def _extra(move: np.ndarray, cost: np.ndarray, later: np.ndarray) -> np.ndarray:
    """The most that state a may cost more than state b from a day on, whatever duties follow."""
    size, dead = move.shape[1], len(later)
    after = np.full((dead + 1, dead + 1), FAR, np.int64)
    after[:dead, :dead] = later
    after[:, dead] = -FAR  # where b is dead, nothing follows
    most = np.full((size, size), -FAR, np.int64)
    for letter in range(len(move)):
        more = after[move[letter][:, None], move[letter][None, :]]
        more = more + np.where(np.abs(more) < FAR, cost[letter][:, None] - cost[letter][None, :], 0)
        np.maximum(most, more, out=most)
    return most


@dataclass(frozen=True, eq=False)
class _Labels:
    """Labels before a day: class, slot, states of the counters, cents, and where each came from."""

    where: np.ndarray
    states: np.ndarray
    cents: np.ndarray
    parent: np.ndarray
    option: np.ndarray

    def kept(self, which: np.ndarray) -> _Labels:
        """Some of them."""
        return _Labels(
            self.where[which], self.states[which], self.cents[which], self.parent[which], self.option[which]
        )


def best_labelled(
    programme: Programme,
    counters: Sequence[Automaton],
    costs: np.ndarray,
    limit: int = NO_LIMIT,
    held: np.ndarray | None = None,
    most: int | None = None,
) -> tuple[int, np.ndarray] | None:
    """Least cost of a tour that keeps programme and counters, and its options by day; None if there is none.

    Parameters
    ----------
    costs: cents of each option, may be below 0.
    limit: tours that cost more are of no interest.
    held: as ``best_tour`` takes it.
    most: labels kept before a day, by default ``MOST_LABELS``; those that promise most stay.
    """
    room = most or MOST_LABELS
    stay = np.full(programme.days, FREE, np.int64) if held is None else held
    values = costs_to_go(programme, costs, held=held)
    arc_costs, off = arc_costs_of(programme, costs)
    nothing = np.zeros(1, np.int64)
    labels = _Labels(
        np.zeros((1, 2), np.int64), np.zeros((1, len(counters)), np.int64), nothing, nothing, nothing
    )
    trail = []
    for day in range(programme.days):
        labels = _onward(programme, counters, labels, day, int(stay[day]), arc_costs, int(off[day]))
        ahead = values[
            programme.at_values[day + 1] + labels.where[:, 0] * programme.slots[day + 1] + labels.where[:, 1]
        ]
        for k, counter in enumerate(counters):
            ahead = ahead + counter.to_go[day + 1][labels.states[:, k]]
        labels = labels.kept(np.flatnonzero(labels.cents + ahead <= limit))
        labels = _undominated(labels, counters, day + 1)
        if len(labels.cents) > room:
            labels = _cheapest(labels, programme, values, day + 1, room)
        if not len(labels.cents):
            return None
        trail.append((labels.parent, labels.option))
    at = int(labels.cents.argmin())
    cents, chosen = int(labels.cents[at]), np.full(programme.days, -1, np.int64)
    for day in reversed(range(programme.days)):
        parent, option = trail[day]
        chosen[day], at = option[at], int(parent[at])
    return cents, chosen


def _onward(
    p: Programme,
    counters: Sequence[Automaton],
    labels: _Labels,
    day: int,
    stay: int,
    arc_costs: np.ndarray,
    off: int,
) -> _Labels:
    """All labels after a day: a day off of each, then each duty."""
    classes, slots, arcs = int(p.classes[day]), int(p.slots[day]), int(p.arcs[day])
    shape = (int(p.letters[day]), classes)
    moves = p.moves[p.at_moves[day] : p.at_moves[day + 1]].reshape(shape)
    costs = p.costs[p.at_moves[day] : p.at_moves[day + 1]].reshape(shape)
    cls, slot = labels.where[:, 0], labels.where[:, 1]
    number = np.arange(len(cls))
    pens = p.pens[p.at_pens[day] : p.at_pens[day + 1]].reshape(slots, arcs)[slot]
    usable = pens < FAR
    options = p.arc_option[p.at_arcs[day] : p.at_arcs[day + 1]]
    if stay != FREE:
        usable &= options[None, :] == stay
    rests = number if stay < 0 and off < FAR else number[:0]
    i, j = np.nonzero(usable)
    parent = np.concatenate([rests, i])
    of_slot, of_arc = p.at_slots[day] + slot[rests], p.at_arcs[day] + j
    letter = np.concatenate([p.off_letter[of_slot], p.arc_letter[of_arc]])
    to_slot = np.concatenate([p.off_slot[of_slot], p.arc_slot[of_arc]])
    option = np.concatenate([np.full(len(rests), -1, np.int64), options[j]])
    cents = np.concatenate([np.full(len(rests), off, np.int64), arc_costs[of_arc] + pens[i, j]])
    cents += labels.cents[parent] + costs[letter, cls[parent]]
    to_class = moves[letter, cls[parent]]
    alive = to_class < p.classes[day + 1]
    states = np.empty((len(parent), len(counters)), np.int64)
    for k, counter in enumerate(counters):
        read, before = counter.letters[option], labels.states[parent, k]
        states[:, k] = counter.moves[day][read, before]
        cents += counter.costs[day][read, before]
        alive &= states[:, k] < counter.sizes[day + 1]
    where = np.stack([to_class, to_slot], axis=1)
    return _Labels(where, states, cents, parent, option).kept(np.flatnonzero(alive))


def _undominated(labels: _Labels, counters: Sequence[Automaton], day: int) -> _Labels:
    """Labels that no other one makes needless, in order of state and cents; of equal ones the first."""
    _first, names = row_ids(np.concatenate([labels.where, labels.states], axis=1))
    order = np.lexsort((np.arange(len(names)), labels.cents, names))
    fresh = np.ones(len(order), bool)
    fresh[1:] = names[order][1:] != names[order][:-1]
    labels = labels.kept(np.sort(order[fresh]))
    if any(counter.extra[day] is None for counter in counters):
        return labels
    _first, groups = row_ids(labels.where)
    order = np.lexsort((np.arange(len(groups)), labels.cents, groups))
    edges = np.flatnonzero(np.diff(groups[order])) + 1
    kept = [
        group if len(group) < 2 else group[_best_of_group(labels, group, counters, day)]
        for group in np.split(order, edges)
    ]
    return labels.kept(np.sort(np.concatenate(kept)))


def _best_of_group(labels: _Labels, group: np.ndarray, counters: Sequence[Automaton], day: int) -> np.ndarray:
    """Which labels of one class and slot, cheapest first, no other one of the first many makes needless."""
    rivals = group[:RIVALS]
    more = labels.cents[rivals][:, None] - labels.cents[group][None, :]
    for k, counter in enumerate(counters):
        extra = counter.extra[day]
        assert extra is not None
        more = np.clip(more + extra[labels.states[rivals, k][:, None], labels.states[group, k]], -FAR, FAR)
    beats = more <= 0
    both = beats[:, : len(rivals)] & beats[:, : len(rivals)].T
    beats[:, : len(rivals)] &= ~(both & np.tri(len(rivals), dtype=bool))
    kept: np.ndarray = ~beats.any(axis=0)
    return kept


def _cheapest(labels: _Labels, p: Programme, values: np.ndarray, day: int, room: int) -> _Labels:
    """As many as may be kept, those that promise most."""
    ahead = values[p.at_values[day] + labels.where[:, 0] * p.slots[day] + labels.where[:, 1]]
    order = np.lexsort((np.arange(len(ahead)), labels.cents + ahead))
    return labels.kept(np.sort(order[:room]))
