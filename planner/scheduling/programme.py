"""The dynamic programme of one person: every legal tour as a path through (class, slot) states.

A class is what the counters (Run, Sum, Rest) have counted; a slot is what the timers (Gap, Rest in
minutes) still look back to. Arcs of a day are its options; classes with the same future are merged,
as in the minimisation of an acyclic automaton (Revuz 1992), so states that can no longer bind vanish.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from planner.scheduling.counters import DEAD, Counter
from planner.scheduling.timers import FAR, SlotDay, row_ids

FEW = 1_500
"""States of a day up to which counters are multiplied all at once."""

NARROW = 4_000
"""States that counters folded into one may have."""


class TooManyStates(Exception):
    """The counters do not fit the state budget."""


@dataclass(frozen=True, eq=False)
class Programme:
    """Flat arrays of all days; ``at_...`` are the offsets of each day in them.

    Attributes
    ----------
    classes, slots: numbers before each day, days + 1 entries. letters, arcs: numbers on each day.
    moves, costs: (letter, class) to cents and the class after the day; the number of classes is forbidden.
    arc_option, arc_letter, arc_slot: option, letter and slot after the day of each arc.
    pens: (slot, arc) cents, FAR if forbidden. chain: whether a slot's arcs are the first ``reach``.
    off_letter, off_slot: (slot) letter and slot after a day without a duty.
    option_cents, off_cents: priced by the rules whatever the state; off_cents is FAR on forced days.
    """

    days: int
    options: int
    classes: np.ndarray
    slots: np.ndarray
    letters: np.ndarray
    arcs: np.ndarray
    moves: np.ndarray
    costs: np.ndarray
    arc_option: np.ndarray
    arc_letter: np.ndarray
    arc_slot: np.ndarray
    pens: np.ndarray
    chain: np.ndarray
    reach: np.ndarray
    off_letter: np.ndarray
    off_slot: np.ndarray
    at_values: np.ndarray
    at_moves: np.ndarray
    at_arcs: np.ndarray
    at_pens: np.ndarray
    at_slots: np.ndarray
    option_cents: np.ndarray
    off_cents: np.ndarray
    legal: bool

    @cached_property
    def tables(self) -> tuple[np.ndarray, ...]:
        """What the recurrence reads, in its order."""
        moves = (self.classes, self.slots, self.arcs, self.moves, self.costs, self.arc_letter, self.arc_slot)
        slots = (self.pens, self.chain, self.reach, self.off_letter, self.off_slot)
        offsets = (self.at_values, self.at_moves, self.at_arcs, self.at_pens, self.at_slots)
        return (*moves, *slots, *offsets, self.arc_option)

    @property
    def states(self) -> int:
        """Most states before any day."""
        return int((self.classes * self.slots).max())


@dataclass(frozen=True, eq=False)
class _Arcs:
    option: np.ndarray
    found: np.ndarray
    slot: np.ndarray
    pen: np.ndarray
    chain: bool
    reach: np.ndarray


def assemble(
    counters: Sequence[Counter],
    rests: Sequence[int],
    slot_days: Sequence[SlotDay],
    days: Sequence[np.ndarray],
    option_cents: np.ndarray,
    off_cents: np.ndarray,
    budget: int,
) -> Programme:
    """Multiply counters, best slim ones, and slots; ``rests``: positions of counters that the timers feed.

    Raises
    ------
    TooManyStates: the product is beyond the budget.
    """
    arcs = [_arcs_of(slot_day, options) for slot_day, options in zip(slot_days, days, strict=True)]
    letters, arc_letters, off_letters = [], [], []
    for slot_day, arc in zip(slot_days, arcs, strict=True):
        arc_rows = np.array([counter.letters[arc.option] for counter in counters], np.int64).T
        off_rows = np.array([counter.letters[-1] for counter in counters], np.int64)
        off_rows = np.repeat(off_rows[None, :], len(slot_day.off_after), axis=0)
        arc_rows = arc_rows.reshape(len(arc.option), len(counters))
        for r, k in enumerate(rests):
            arc_rows[:, k], off_rows[:, k] = arc.found[:, r], slot_day.off_found[:, r]
        rows = np.concatenate([off_rows, arc_rows])
        index, names = row_ids(rows)
        letters.append(rows[index])
        off_letters.append(names[: len(off_rows)])
        arc_letters.append(names[len(off_rows) :])
    slots = np.array([len(day.off_after) for day in slot_days] + [1 + int(_last_slot(slot_days[-1]))])
    try:
        moves, costs = _product(counters, letters, slots, min(budget, FEW))
    except TooManyStates:
        moves, costs = _product(*_folded(counters, letters), slots, budget)
    legal = minimise(moves, costs)
    classes = np.array([move.shape[1] for move in moves] + [1])
    return Programme(
        days=len(days),
        options=len(option_cents),
        classes=classes,
        slots=slots,
        letters=np.array([len(rows) for rows in letters]),
        arcs=np.array([len(arc.option) for arc in arcs]),
        moves=_flat(moves),
        costs=_flat(costs),
        arc_option=_flat([arc.option for arc in arcs]),
        arc_letter=_flat(arc_letters),
        arc_slot=_flat([arc.slot for arc in arcs]),
        pens=_flat([arc.pen for arc in arcs]),
        chain=np.array([arc.chain for arc in arcs], np.int64),
        reach=_flat([arc.reach for arc in arcs]),
        off_letter=_flat(off_letters),
        off_slot=_flat([day.off_after for day in slot_days]),
        at_values=_offsets((classes + 1) * slots),
        at_moves=_offsets([move.size for move in moves]),
        at_arcs=_offsets([len(arc.option) for arc in arcs]),
        at_pens=_offsets([arc.pen.size for arc in arcs]),
        at_slots=_offsets(slots),
        option_cents=option_cents,
        off_cents=off_cents,
        legal=legal,
    )


def _last_slot(day: SlotDay) -> int:
    return max(int(day.off_after.max(initial=0)), int(day.after.max(initial=0)))


def _flat(parts: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.ravel(part) for part in parts]).astype(np.int64)


def _offsets(sizes: Sequence[int] | np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(np.asarray(sizes, np.int64))]).astype(np.int64)


def _arcs_of(day: SlotDay, options: np.ndarray) -> _Arcs:
    """Distinct (option, rests found, slot after) of a day, sorted so that each slot's arcs come first.

    A slot may also use an arc that finds fewer rests than it does: that is never better, and keeps the order.
    """
    slots, count = day.pen.shape
    usable = day.pen < FAR
    place = np.repeat(np.arange(count)[None, :], slots, axis=0)
    rows = np.concatenate([place[:, :, None], -day.found, day.after[:, :, None]], axis=2)[usable]
    index, _names = row_ids(rows)
    arcs = rows[index]
    arcs = arcs[np.lexsort(arcs.T[::-1])] if len(arcs) else arcs
    at, found, slot = arcs[:, 0], -arcs[:, 1:-1], arcs[:, -1]
    fits = usable[:, at] & (day.after[:, at] == slot[None, :])
    fits &= (day.found[:, at, :] >= found[None, :, :]).all(axis=2)
    pen = np.where(fits, day.pen[:, at], FAR)
    order = np.argsort(-fits.sum(axis=0), kind="stable")
    reach = fits.sum(axis=1)
    sorted_fits = fits[:, order]
    chain = (
        bool((sorted_fits == (np.arange(len(at))[None, :] < reach[:, None])).all()) and not pen[fits].any()
    )
    if chain:
        at, found, slot, pen = at[order], found[order], slot[order], pen[:, order]
    return _Arcs(options[at], found, slot, pen, chain, reach)


def slim(counter: Counter) -> Counter:
    """The same counter without hopeless states, and those that mean the same for all days to come as one.

    Most of a product's states would only be merged, or found hopeless, in the end.
    """
    moves, costs = list(counter.moves), list(counter.costs)
    if not moves or not minimise(moves, costs):
        return counter
    sizes = [move.shape[1] for move in moves[1:]] + [1]
    alive = [np.where(move == size, DEAD, move) for move, size in zip(moves, sizes, strict=True)]
    return replace(counter, moves=tuple(alive), costs=tuple(costs))


def _folded(
    counters: Sequence[Counter], letters: Sequence[np.ndarray]
) -> tuple[Sequence[Counter], Sequence[np.ndarray]]:
    """Narrow counters as a single one, without what is hopeless for them together; the widest stays apart.

    A product of all of them at once would hold every such state once for each state of the widest.
    """
    order = sorted(range(len(counters)), key=lambda k: counters[k].width)
    if len(order) < 3:
        return counters, letters
    no_slots = np.ones(1 + len(letters), np.int64)
    one, names = counters[order[0]], [rows[:, order[0]] for rows in letters]
    for position, k in enumerate(order[1:-1]):
        pairs = [np.stack([name, rows[:, k]], axis=1) for name, rows in zip(names, letters, strict=True)]
        found = [row_ids(rows) for rows in pairs]
        rows = [pair[index] for pair, (index, _names) in zip(pairs, found, strict=True)]
        try:
            moves, costs = _product((one, counters[k]), rows, no_slots, NARROW)
        except TooManyStates:
            rest = [one, *(counters[other] for other in order[1 + position :])]
            columns = [
                [name, *(rows[:, other] for other in order[1 + position :])]
                for name, rows in zip(names, letters, strict=True)
            ]
            return rest, [np.stack(column, axis=1) for column in columns]
        one = slim(Counter(one.rule, np.zeros(0, np.int64), tuple(moves), tuple(costs)))
        names = [name for _index, name in found]
    last = order[-1]
    return (one, counters[last]), [
        np.stack([name, rows[:, last]], axis=1) for name, rows in zip(names, letters, strict=True)
    ]


def _product(
    counters: Sequence[Counter], letters: Sequence[np.ndarray], slots: np.ndarray, budget: int
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Reachable states of all counters together, day by day; forbidden moves are DEAD."""
    states = np.zeros((1, len(counters)), np.int64)
    moves, costs = [], []
    for day, rows in enumerate(letters):
        shape = (len(rows), len(states))
        dead, cost = np.zeros(shape, bool), np.zeros(shape, np.int64)
        after = np.zeros((*shape, len(counters)), np.int64)
        for k, counter in enumerate(counters):
            move, price = counter.moves[day], counter.costs[day]
            to = move[rows[:, k]][:, states[:, k]]
            dead |= to == DEAD
            cost += price[rows[:, k]][:, states[:, k]]
            after[:, :, k] = to
        alive = after[~dead]
        index, names = row_ids(_packed(alive))
        move_of = np.full(shape, DEAD, np.int64)
        move_of[~dead] = names
        if len(index) * int(slots[day + 1]) > budget:
            raise TooManyStates
        moves.append(move_of)
        costs.append(np.where(dead, 0, cost))
        states = alive[index] if len(alive) else np.zeros((1, len(counters)), np.int64)
    return moves, costs


def _packed(rows: np.ndarray) -> np.ndarray:
    """Several small columns as one, where they fit."""
    sizes = rows.max(axis=0, initial=0) + 1
    if float(np.prod(sizes.astype(float))) > 2.0**62:
        return rows
    radix = np.concatenate([[1], np.cumprod(sizes)[:-1]]) if rows.shape[1] else np.zeros(0, np.int64)
    return (rows @ radix.astype(np.int64))[:, None]


def minimise(moves: list[np.ndarray], costs: list[np.ndarray]) -> bool:
    """Backwards, in place: states with equal moves and costs become one class; dead ones vanish."""
    names = np.zeros(max(1, int(moves[-1].max(initial=0)) + 1), np.int64)
    sizes = 1
    for day in reversed(range(len(moves))):
        move = np.where(moves[day] >= 0, names[moves[day]], DEAD)
        cost = np.where(move >= 0, costs[day], 0)
        index, names = row_ids(np.concatenate([move, cost]).T)
        hopeless = (move[:, index] == DEAD).all(axis=0)
        renamed = np.where(hopeless, DEAD, np.cumsum(~hopeless) - 1)
        names = renamed[names]
        kept = index[~hopeless]
        moves[day] = np.where(move[:, kept] == DEAD, sizes, move[:, kept])
        costs[day] = cost[:, kept]
        sizes = len(kept)
    return bool(names[0] >= 0)
