"""The best tour of one person where the counters do not fit the state budget: labels with dominance.

A label is a state of the dense programme, the states of the counters that it leaves out, and the cents
so far. Costs to go of the dense programme and of each counter alone are bounds below, the tighter as a
price on a total brings the two to agree (Fisher 1981, Management Science 27), so labels that cannot beat
a known tour are dropped. One label makes another needless where, whatever follows, it
costs no more (Irnich and Desaulniers 2005, Shortest Path Problems with Resource Constraints, section
4); how much more a counter may still cost in one state than in another is computed for each day from
the end, so a counter that can no longer bind tells no labels apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner._compiled import COMPILED
from planner.scheduling.automata import Automata
from planner.scheduling.label_loops import day_of_labels
from planner.scheduling.programme import Programme
from planner.scheduling.sold import costs_ahead
from planner.scheduling.timers import FAR, row_ids
from planner.scheduling.tours import FREE, arc_costs_of, costs_to_go

MOST_LABELS = 4_000
"""Labels kept before a day; beyond it the best tour found is legal, but perhaps not the best there is."""
NO_LIMIT = int(FAR) // 2
RIVALS = 200
"""Labels of one class and slot, the cheapest, that the others are held against."""


@dataclass(frozen=True, eq=False)
class Labelled:
    """What labels found.

    Attributes
    ----------
    cents: of the tour; NO_LIMIT if there is none. options: by day, -1 for none.
    whole: whether no label was dropped for want of room: then there is no better tour, or none at all
        within the limit.
    """

    cents: int
    options: np.ndarray
    whole: bool

    @property
    def any(self) -> bool:
        """Whether there is a tour."""
        return self.cents < NO_LIMIT


@dataclass(frozen=True, eq=False)
class _Labels:
    """Labels before a day: class, slot, states of the counters, cents, and where each came from."""

    where: np.ndarray
    states: np.ndarray
    cents: np.ndarray
    parent: np.ndarray
    option: np.ndarray
    promise: np.ndarray

    def kept(self, which: np.ndarray) -> _Labels:
        """Some of them."""
        place = (self.where[which], self.states[which], self.cents[which])
        return _Labels(*place, self.parent[which], self.option[which], self.promise[which])


@dataclass(frozen=True, eq=False)
class _Terms:
    """What a walk over the days reads: costs, and bounds of all that may follow."""

    programme: Programme
    auto: Automata
    arc_costs: np.ndarray
    off: np.ndarray
    stay: np.ndarray
    values: np.ndarray
    ahead: np.ndarray
    limit: int


def best_labelled(
    programme: Programme,
    auto: Automata,
    costs: np.ndarray,
    limit: int = NO_LIMIT,
    held: np.ndarray | None = None,
    most: int | None = None,
    prices: np.ndarray | None = None,
    loops: bool = COMPILED,
) -> Labelled:
    """Least cost of a tour that keeps programme and counters.

    Parameters
    ----------
    costs: cents of each option, may be below 0.
    limit: tours that cost more are of no interest.
    held: as ``best_tour`` takes it.
    most: labels kept before a day, by default ``MOST_LABELS``; those that promise most stay.
    prices: per counter, cents for each unit of its total, which moves costs between the two bounds. Any
        prices find the same least cost; good ones find it sooner.
    """
    room = most or MOST_LABELS
    on_totals = np.zeros(auto.count, np.int64) if prices is None else prices
    stay = np.full(programme.days, FREE, np.int64) if held is None else held
    values = costs_to_go(programme, costs + on_totals @ auto.weights, held=held)
    ahead = costs_ahead(auto, on_totals)
    terms = _Terms(programme, auto, *arc_costs_of(programme, costs), stay, values, ahead, limit)
    zero, nobody = np.zeros(1, np.int64), np.full(programme.days, -1, np.int64)
    place = (np.zeros((1, 2), np.int64), np.zeros((1, auto.count), np.int64))
    labels = _Labels(*place, zero, zero, zero, zero)
    trail, whole = [], True
    for day in range(programme.days):
        labels = _compiled_day(terms, labels, day) if loops else _numpy_day(terms, labels, day)
        if len(labels.cents) > room:
            order = np.lexsort((np.arange(len(labels.cents)), labels.promise))
            labels, whole = labels.kept(np.sort(order[:room])), False
        if not len(labels.cents):
            return Labelled(NO_LIMIT, nobody, whole)
        trail.append((labels.parent, labels.option))
    at = int(labels.cents.argmin())
    cents, chosen = int(labels.cents[at]), nobody
    for day in reversed(range(programme.days)):
        parent, option = trail[day]
        chosen[day], at = option[at], int(parent[at])
    return Labelled(cents, chosen, whole)


def _compiled_day(terms: _Terms, labels: _Labels, day: int) -> _Labels:
    auto = terms.auto
    bounds = (terms.arc_costs, terms.off, terms.stay, terms.values, terms.ahead)
    found = (labels.where, labels.states, labels.cents)
    return _Labels(
        *day_of_labels(day, terms.limit, RIVALS, found, bounds, terms.programme.tables, auto.tables)
    )


def _numpy_day(terms: _Terms, labels: _Labels, day: int) -> _Labels:
    labels = _onward(terms, labels, day)
    labels = labels.kept(np.flatnonzero(labels.promise <= terms.limit))
    return _undominated(labels, terms.auto, day + 1)


def _onward(terms: _Terms, labels: _Labels, day: int) -> _Labels:
    """All labels after a day: a day off of each, then each duty."""
    p, auto, stay, off = terms.programme, terms.auto, int(terms.stay[day]), int(terms.off[day])
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
    cents = np.concatenate([np.full(len(rests), off, np.int64), terms.arc_costs[of_arc] + pens[i, j]])
    cents += labels.cents[parent] + costs[letter, cls[parent]]
    to_class = moves[letter, cls[parent]]
    alive = to_class < p.classes[day + 1]
    states = np.empty((len(parent), auto.count), np.int64)
    promise = np.where(alive, terms.values[p.at_values[day + 1] + to_class * p.slots[day + 1] + to_slot], FAR)
    for k in range(auto.count):
        read = np.where(option < 0, auto.off[k, day], auto.letters[k, option])
        at = auto.at_moves[k, day] + read * auto.sizes[k, day] + labels.states[parent, k]
        states[:, k] = auto.moves[at]
        cents += auto.costs[at]
        alive &= states[:, k] < auto.sizes[k, day + 1]
        states[~alive, k] = 0
        promise = np.minimum(promise + terms.ahead[auto.at_states[k, day + 1] + states[:, k]], FAR)
    where = np.stack([to_class, to_slot], axis=1)
    promise = np.where(promise < FAR, promise + cents, FAR)
    return _Labels(where, states, cents, parent, option, promise).kept(np.flatnonzero(alive))


def _undominated(labels: _Labels, auto: Automata, day: int) -> _Labels:
    """Labels that no other one makes needless, in order; of equal states the cheapest, then the first."""
    first, names = row_ids(np.concatenate([labels.where, labels.states], axis=1))
    order = np.lexsort((np.arange(len(names)), labels.cents, names))
    fresh = np.ones(len(order), bool)
    fresh[1:] = names[order][1:] != names[order][:-1]
    labels = labels.kept(order[fresh][np.argsort(first)])
    if len(labels.cents) < 2:
        return labels
    _first, groups = row_ids(labels.where)
    order = np.lexsort((np.arange(len(groups)), labels.cents, groups))
    edges = np.flatnonzero(np.diff(groups[order])) + 1
    kept = [
        group if len(group) < 2 else group[_best_of_group(labels, group, auto, day)]
        for group in np.split(order, edges)
    ]
    return labels.kept(np.sort(np.concatenate(kept)))


def _best_of_group(labels: _Labels, group: np.ndarray, auto: Automata, day: int) -> np.ndarray:
    """Which labels of one class and slot, cheapest first, no other one of the first many makes needless."""
    rivals = group[:RIVALS]
    more = labels.cents[rivals][:, None] - labels.cents[group][None, :]
    for k in range(auto.count):
        a, b = labels.states[rivals, k][:, None], labels.states[group, k][None, :]
        at = int(auto.at_extra[k, day])
        extra = np.where(a == b, 0, FAR) if at < 0 else auto.extra[at + a * auto.sizes[k, day] + b]
        more = np.clip(more + extra, -FAR, FAR)
    beats = more <= 0
    both = beats[:, : len(rivals)] & beats[:, : len(rivals)].T
    beats[:, : len(rivals)] &= ~(both & np.tri(len(rivals), dtype=bool))
    kept: np.ndarray = ~beats.any(axis=0)
    return kept
