"""Shapes that count, as small automata over days: Run, Sum and Rest.

A counter reads one letter a day (which marked weight the day's duty has) and moves from state to
state; a move may cost cents, or be forbidden. Outside a shape's window there is a single state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from planner.rules import Rest, Run, Sum

DEAD = -1
State = tuple[int, int]
Step = Callable[[int, State, int], tuple[State, int] | None]


@dataclass(frozen=True, eq=False)
class Counter:
    """One shape as an automaton over the days of the period.

    Attributes
    ----------
    letters: letter of each option; the last entry is the letter of a day without a duty.
    moves: per day, the state after the day by (letter, state before it); -1 is forbidden.
    costs: per day, cents of each move.
    """

    rule: str
    letters: np.ndarray
    moves: tuple[np.ndarray, ...]
    costs: tuple[np.ndarray, ...]

    @property
    def width(self) -> int:
        """Most states on any day."""
        return max((int(move.shape[1]) for move in self.moves), default=1)


def explore(rule: str, letters: np.ndarray, alphabet: int, first: State, step: Step, days: int) -> Counter:
    """Build a counter from its step function, by the states that can be reached."""
    moves, costs = [], []
    states: list[State] = [first]
    for day in range(days):
        found: dict[State, int] = {}
        move = np.full((alphabet, len(states)), DEAD, np.int64)
        cost = np.zeros((alphabet, len(states)), np.int64)
        for letter in range(alphabet):
            for number, state in enumerate(states):
                after = step(day, state, letter)
                if after is not None:
                    move[letter, number] = found.setdefault(after[0], len(found))
                    cost[letter, number] = after[1]
        moves.append(move)
        costs.append(cost)
        states = list(found) or [(0, 0)]
    return Counter(rule, letters, tuple(moves), tuple(costs))


def run_counter(shape: Run, marked: np.ndarray, days: int) -> Counter:
    """Days in a row; a state is (length, whether the run's start is unknown)."""
    cap = max(shape.least or 0, shape.most or 0, 1)

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        length, opened = state
        amount = 0
        if letter:
            if shape.most is not None and length >= shape.most:
                amount = 1
            after = (min(length + 1, cap), opened)
        else:
            if not opened and 0 < length < (shape.least or 0):
                amount = (shape.least or 0) - length
            after = (0, 0)
        return _priced(after, amount, shape.price)

    letters = np.append(marked, False)
    inside = (~letters if shape.off else letters).astype(np.int64)
    first = (0, 1) if shape.carried is None else (min(shape.carried, cap), 0)
    return explore(shape.rule, inside, 2, first, step, days)


def _priced(after: State, amount: int, price: int | None) -> tuple[State, int] | None:
    if not amount:
        return after, 0
    return None if price is None else (after, amount * price)


def sum_counter(shape: Sum, weights: np.ndarray, weekend_of: Mapping[int, int], days: int) -> Counter:
    """A total over a window; ``weights`` per option, 0 where not marked; for weekends 0 or 1.

    A state is (total so far, whether this weekend is counted already); ``weekend_of`` numbers their days.
    """
    values = np.unique(np.append(weights, 0))
    letters = np.searchsorted(values, np.append(weights, 0))
    first, last = max(shape.first, 0), min(shape.last, days - 1)
    least = shape.least or 0
    most = None if shape.most is None else max(shape.most, shape.carried)
    cap = least if most is None else max(least, most)

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        if not first <= day <= last:
            return (shape.carried if day + 1 == first else 0, 0), 0
        total, counted = state
        weight = int(values[letter])
        weekend = weekend_of.get(day) if shape.unit == "weekends" else None
        if shape.unit == "weekends":
            weight = 0 if weekend is None or counted else min(weight, 1)
            goes_on = weekend is not None and weekend == weekend_of.get(day + 1)
            counted = int(goes_on and (counted > 0 or weight > 0))
        amount = 0 if most is None else max(0, total + weight - most) - max(0, total - most)
        if day == last:
            amount += max(0, least - total - weight)
            return _priced((0, 0), amount, shape.price)
        return _priced((min(total + weight, cap), counted), amount, shape.price)

    start = (shape.carried if first == 0 else 0, 0)
    return explore(shape.rule, letters, len(values), start, step, days)


def rest_days_counter(shape: Rest, marked: np.ndarray, carried: frozenset[int], days: int) -> Counter:
    """Rests of so many days off in a window; a state is (rests so far, days off since the last of them).

    ``carried`` are days below 0 with a marked duty. Days of the window past the period are off.
    """
    length = shape.days or 1

    def off_days(rests: int, off: int, more: int) -> tuple[int, int]:
        return min(rests + (off + more) // length, shape.count), (off + more) % length

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        if not max(shape.first, 0) <= day <= shape.last:
            return start if day + 1 == shape.first else (0, 0), 0
        rests, off = state
        rests, off = (rests, 0) if letter else off_days(rests, off, 1)
        if day == min(shape.last, days - 1):
            rests, _off = off_days(rests, off, shape.last - day)
            return _priced((0, 0), shape.count - rests, shape.price)
        return (rests, off), 0

    start = (0, 0)
    for day in range(min(shape.first, 0), min(0, shape.last + 1)):
        start = (start[0], 0) if day in carried else off_days(*start, 1)
    return explore(shape.rule, np.append(marked, False).astype(np.int64), 2, start, step, days)


def rest_counter(shape: Rest, options: int, last: int, days: int) -> Counter:
    """Rests of so many minutes, counted as the timers report them: a letter is the number found that day."""

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        if day > last:
            return (0, 0), 0
        rests = min(state[0] + letter, shape.count)
        if day == last:
            return _priced((0, 0), shape.count - rests, shape.price)
        return (rests, 0), 0

    return explore(shape.rule, np.zeros(options + 1, np.int64), shape.count + 1, (0, 0), step, days)
