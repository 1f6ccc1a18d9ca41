"""Counters as labels carry them: small tables per day, bounds to the end, and how states compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner._compiled import COMPILED, compiled
from planner.scheduling.counters import DEAD, Counter
from planner.scheduling.programme import Programme, minimise
from planner.scheduling.timers import FAR

MOST_COMPARED = 200
"""States of a counter up to which they are compared with each other; beyond it only equal ones are."""


@dataclass(frozen=True, eq=False)
class Automata:
    """Counters beside a programme, packed into flat arrays; k numbers counters, d days.

    Attributes
    ----------
    count: number of counters.
    letters: (k, option) letter on the option's own day; off: (k, d) letter of a day without a duty.
    sizes: (k, d) states before each day, days + 1 entries; the size of the day after is dead.
    alphabet: (k, d) letters on each day.
    moves, costs: flat (letter, state) to the state after and cents; ``at_moves``: (k, d) offsets.
    to_go: flat, the least that each state still costs; ``at_states``: (k, d) offsets.
    extra: flat, the most that one state (row) may still cost more than another; ``at_extra``: (k, d)
        offsets, -1 where states are not compared.
    weights: (k, option) what a duty adds to a total, on which prices are put; 0 for other counters.
    letter_weights: flat (letter) weights by day; ``at_letters``: (k, d) offsets.
    """

    count: int
    letters: np.ndarray
    off: np.ndarray
    sizes: np.ndarray
    alphabet: np.ndarray
    moves: np.ndarray
    costs: np.ndarray
    at_moves: np.ndarray
    to_go: np.ndarray
    at_states: np.ndarray
    extra: np.ndarray
    at_extra: np.ndarray
    weights: np.ndarray
    letter_weights: np.ndarray
    at_letters: np.ndarray

    @property
    def tables(self) -> tuple[np.ndarray, ...]:
        """What the loops over labels read, in their order."""
        steps = (self.letters, self.off, self.sizes, self.moves, self.costs, self.at_moves)
        return (*steps, self.at_states, self.extra, self.at_extra)


@dataclass(frozen=True, eq=False)
class _Part:
    letters: np.ndarray
    off: np.ndarray
    sizes: list[int]
    moves: list[np.ndarray]
    costs: list[np.ndarray]
    to_go: list[np.ndarray]
    extra: list[np.ndarray | None]
    letter_weights: list[np.ndarray]


def automata(
    counters: Sequence[Counter], programme: Programme, weights: Sequence[np.ndarray] | None = None
) -> Automata | None:
    """Counters made ready for labels; None if one of them allows nothing at all.

    Parameters
    ----------
    counters: of the shapes that the programme leaves out.
    programme: says which options each day has.
    weights: per counter, what each option adds to a total that may be priced; it must follow from day
        and letter. None: nothing is priced.
    """
    nothing = np.zeros(programme.options, np.int64)
    asked = [nothing] * len(counters) if weights is None else weights
    parts = []
    for counter, weight in zip(counters, asked, strict=True):
        part = _part(counter, programme, weight)
        if part is None:
            return None
        parts.append(part)
    return _packed(parts, asked, programme)


def _part(counter: Counter, p: Programme, weight: np.ndarray) -> _Part | None:
    moves, costs, letter_weights = [], [], []
    letters, off = np.zeros(p.options, np.int64), np.zeros(p.days, np.int64)
    for day in range(p.days):
        options = p.arc_option[p.at_arcs[day] : p.at_arcs[day + 1]]
        read = np.append(counter.letters[options], counter.letters[-1])
        used, names = np.unique(read, return_inverse=True)
        letters[options], off[day] = names[:-1], names[-1]
        of_letter = np.zeros(len(used), np.int64)
        of_letter[names[:-1]] = weight[options]
        letter_weights.append(of_letter)
        moves.append(counter.moves[day][used])
        costs.append(counter.costs[day][used])
    if not minimise(moves, costs):
        return None
    sizes = [*(move.shape[1] for move in moves), 1]
    to_go = [np.zeros(1, np.int64)]
    extra: list[np.ndarray | None] = [np.zeros((1, 1), np.int64)]
    for day in reversed(range(p.days)):
        move, cost = moves[day], costs[day]
        onward = np.append(to_go[-1], FAR)[move] + cost
        to_go.append(np.minimum(onward.min(axis=0), FAR))
        later = extra[-1]
        few = max(sizes[day], sizes[day + 1]) <= MOST_COMPARED
        extra.append(_extra(move, cost, later) if few and later is not None else None)
    return _Part(letters, off, sizes, moves, costs, to_go[::-1], extra[::-1], letter_weights)


def _packed(parts: Sequence[_Part], weights: Sequence[np.ndarray], p: Programme) -> Automata:
    count = len(parts)
    extra = [[e if e is not None else np.zeros(0, np.int64) for e in part.extra] for part in parts]
    at_extra = _offsets(extra, p.days + 1)
    for k, part in enumerate(parts):
        at_extra[k, [e is None for e in part.extra]] = DEAD
    return Automata(
        count=count,
        letters=np.array([part.letters for part in parts], np.int64).reshape(count, p.options),
        off=np.array([part.off for part in parts], np.int64).reshape(count, p.days),
        sizes=np.array([part.sizes for part in parts], np.int64).reshape(count, p.days + 1),
        alphabet=np.array([[len(move) for move in part.moves] for part in parts], np.int64).reshape(
            count, p.days
        ),
        moves=_flat([part.moves for part in parts]),
        costs=_flat([part.costs for part in parts]),
        at_moves=_offsets([part.moves for part in parts], p.days),
        to_go=_flat([part.to_go for part in parts]),
        at_states=_offsets([part.to_go for part in parts], p.days + 1),
        extra=_flat(extra),
        at_extra=at_extra,
        weights=np.array(weights, np.int64).reshape(count, p.options),
        letter_weights=_flat([part.letter_weights for part in parts]),
        at_letters=_offsets([part.letter_weights for part in parts], p.days),
    )


def _flat(parts: Sequence[Sequence[np.ndarray]]) -> np.ndarray:
    every = [np.ravel(array) for part in parts for array in part]
    return np.concatenate(every).astype(np.int64) if every else np.zeros(0, np.int64)


def _offsets(parts: Sequence[Sequence[np.ndarray]], days: int) -> np.ndarray:
    sizes = np.array([array.size for part in parts for array in part], np.int64)
    starts: np.ndarray = (np.cumsum(sizes) - sizes).reshape(len(parts), days)
    return starts


def _extra(move: np.ndarray, cost: np.ndarray, later: np.ndarray) -> np.ndarray:
    """The most that state a may cost more than state b from a day on, whatever duties follow."""
    if COMPILED:
        return _extra_loops(move, cost, later)
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


@compiled
def _extra_loops(move: np.ndarray, cost: np.ndarray, later: np.ndarray) -> np.ndarray:
    letters, size = move.shape
    dead = len(later)
    far = np.int64(2**60)
    most = np.full((size, size), -far, np.int64)
    for x in range(letters):
        for b in range(size):
            if move[x, b] == dead:
                continue
            for a in range(size):
                more = far
                if move[x, a] != dead:
                    more = later[move[x, a], move[x, b]]
                    if -far < more < far:
                        more += cost[x, a] - cost[x, b]
                most[a, b] = max(most[a, b], more)
    return most
