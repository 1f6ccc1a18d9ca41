"""Totals of counters sold at a price: what is left to pay, and which duties a counter would have then."""

from __future__ import annotations

import numpy as np

from planner._compiled import COMPILED, compiled
from planner.scheduling.automata import Automata
from planner.scheduling.timers import FAR


def costs_ahead(auto: Automata, prices: np.ndarray) -> np.ndarray:
    """The least that each state of each counter still costs, its total sold at a price; flat as ``to_go``.

    Parameters
    ----------
    prices: per counter, cents for each unit of its weights.
    """
    if not prices.any():
        return auto.to_go
    values = np.empty(len(auto.to_go), np.int64)
    for k in range(auto.count):
        _ahead(k, int(prices[k]), auto, values)
    return values


def _ahead(k: int, price: int, auto: Automata, values: np.ndarray) -> None:
    days = auto.off.shape[1]
    begin, end = auto.at_states[k, 0], auto.at_states[k, days] + auto.sizes[k, days]
    if not price:
        values[begin:end] = auto.to_go[begin:end]
        return
    if COMPILED:
        _ahead_loops(k, price, values, *_ahead_tables(auto))
        return
    values[end - 1] = 0
    for day in reversed(range(days)):
        size, after = int(auto.sizes[k, day]), int(auto.sizes[k, day + 1])
        letters, at = int(auto.alphabet[k, day]), int(auto.at_moves[k, day])
        move = auto.moves[at : at + letters * size].reshape(letters, size)
        cost = auto.costs[at : at + letters * size].reshape(letters, size)
        weight = auto.letter_weights[auto.at_letters[k, day] :][:letters]
        ahead = np.append(values[auto.at_states[k, day + 1] :][:after], FAR)[move]
        total = np.where(ahead < FAR, ahead + cost - price * weight[:, None], FAR)
        values[auto.at_states[k, day] :][:size] = total.min(axis=0)


def _ahead_tables(auto: Automata) -> tuple[np.ndarray, ...]:
    steps = (auto.sizes, auto.alphabet, auto.moves, auto.costs, auto.at_moves)
    return (*steps, auto.at_states, auto.letter_weights, auto.at_letters)


@compiled
def _ahead_loops(
    k: int,
    price: int,
    values: np.ndarray,
    sizes: np.ndarray,
    alphabet: np.ndarray,
    moves: np.ndarray,
    costs: np.ndarray,
    at_moves: np.ndarray,
    at_states: np.ndarray,
    letter_weights: np.ndarray,
    at_letters: np.ndarray,
) -> None:
    far = np.int64(2**60)
    days = alphabet.shape[1]
    values[at_states[k, days]] = 0
    for day in range(days - 1, -1, -1):
        size, dead = sizes[k, day], sizes[k, day + 1]
        here, there, m = at_states[k, day], at_states[k, day + 1], at_moves[k, day]
        for s in range(size):
            best = far
            for x in range(alphabet[k, day]):
                at = m + x * size + s
                if moves[at] != dead and values[there + moves[at]] < far:
                    value = values[there + moves[at]] + costs[at]
                    value -= price * letter_weights[at_letters[k, day] + x]
                    best = min(best, value)
            values[here + s] = best


def walked(
    auto: Automata, options: np.ndarray, ahead: np.ndarray, prices: np.ndarray
) -> tuple[int, np.ndarray]:
    """What the counters say of a tour: cents, FAR if one forbids it, and where each would have it go.

    The second has, per counter, weights of the tour less those of the counter's own best at these prices;
    0 where the tour is one of its best.

    Parameters
    ----------
    ahead: of ``costs_ahead`` at the same prices.
    """
    total, side = 0, np.zeros(auto.count, np.int64)
    for k in range(auto.count):
        cents, weight, own = _walk(
            k, options, int(prices[k]), auto.letters, auto.off, ahead, *_ahead_tables(auto)
        )
        total = min(total + int(cents), int(FAR))
        if cents >= FAR or cents - int(prices[k]) * weight != ahead[auto.at_states[k, 0]]:
            side[k] = weight - own
    return total, side


@compiled
def _walk(
    k: int,
    options: np.ndarray,
    price: int,
    all_letters: np.ndarray,
    off: np.ndarray,
    ahead: np.ndarray,
    sizes: np.ndarray,
    alphabet: np.ndarray,
    moves: np.ndarray,
    costs: np.ndarray,
    at_moves: np.ndarray,
    at_states: np.ndarray,
    letter_weights: np.ndarray,
    at_letters: np.ndarray,
) -> tuple[np.int64, np.int64, np.int64]:
    """Cents and weight of a tour's letters, and the weight of the best letters at this price."""
    far = np.int64(2**60)
    cents, weight, own = np.int64(0), np.int64(0), np.int64(0)
    mine, best = np.int64(0), np.int64(0)
    alive = True
    for day in range(alphabet.shape[1]):
        size, dead = sizes[k, day], sizes[k, day + 1]
        there, m, w = at_states[k, day + 1], at_moves[k, day], at_letters[k, day]
        letter = off[k, day] if options[day] < 0 else all_letters[k, options[day]]
        weight += letter_weights[w + letter]
        if alive:
            at = m + letter * size + mine
            if moves[at] == dead:
                alive = False
            else:
                cents += costs[at]
                mine = moves[at]
        for x in range(alphabet[k, day]):
            at = m + x * size + best
            if moves[at] != dead and ahead[there + moves[at]] < far:
                value = ahead[there + moves[at]] + costs[at] - price * letter_weights[w + x]
                if value == ahead[at_states[k, day] + best]:
                    own += letter_weights[w + x]
                    best = moves[at]
                    break
    return (cents if alive else far), weight, own
