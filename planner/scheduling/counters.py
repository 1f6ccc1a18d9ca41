"""Shapes that count, as small automata over days: Run, Sum, Rest, Span and Gap in days.

A counter reads one letter a day (which marked weight the day's duty has) and moves from state to
state; a move may cost cents, or be forbidden. Outside a shape's window there is a single state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.rules import Gap, Rest, Run, Span, Sum

DEAD = -1
State = tuple[int, ...]
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

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        return _run_step(shape, state, letter)

    letters = np.append(marked, False)
    inside = (~letters if shape.off else letters).astype(np.int64)
    return explore(shape.rule, inside, 2, _run_start(shape), step, days)


def unit_run_counter(shape: Run, units: Sequence[Sequence[int]], marked: np.ndarray, days: int) -> Counter:
    """Weeks or weekends in a row; a state is (length, start unknown, whether this one has a duty so far).

    ``shape`` and ``units`` are as ``units_left`` gives them.
    """
    inside = {day for unit in units for day in unit}
    last = {unit[-1] for unit in units}

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        if day not in inside:
            return state, 0
        has = state[2] or letter
        if day not in last:
            return (*state[:2], has), 0
        done = _run_step(shape, state[:2], int(bool(has) != shape.off))
        return None if done is None else ((*done[0], 0), done[1])

    letters = np.append(marked, False).astype(np.int64)
    return explore(shape.rule, letters, 2, (*_run_start(shape), 0), step, days)


def _run_start(shape: Run) -> State:
    return (0, 1) if shape.carried is None else (min(shape.carried, _run_cap(shape)), 0)


def _run_cap(shape: Run) -> int:
    return max(shape.least or 0, shape.most or 0, 1)


def _run_step(shape: Run, state: State, inside: int) -> tuple[State, int] | None:
    length, opened = state
    amount = 0
    if inside:
        if shape.most is not None and length >= shape.most:
            amount = 1
        after = (min(length + 1, _run_cap(shape)), opened)
    else:
        if not opened and 0 < length < (shape.least or 0):
            amount = (shape.least or 0) - length
        after = (0, 0)
    return _priced(after, amount, shape.price)


def gap_count_counter(shape: Gap, options: int, days: int) -> Counter:
    """Duties that come too soon, as the timers report them: a letter is 0 for one of them, else 1."""
    most = max(shape.most or 0, shape.carried)

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        often = min(state[0] + (letter == 0), most)
        after = (0,) if day >= shape.last else (often,)
        return _priced(after, int(letter == 0 and state[0] >= most), shape.price)

    return explore(shape.rule, np.zeros(options + 1, np.int64), 2, (min(shape.carried, most),), step, days)


def gap_days_counter(shape: Gap, before: np.ndarray, after: np.ndarray, since: int, days: int) -> Counter:
    """Days off between two classes; a state is the days since the last duty if it was ``before``, or else 0.

    ``since`` is the state before day 0: 1 for a duty on the day before.
    """
    least = shape.days or 0

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        since = state[0]
        lacking = max(0, least - since + 1) if since and letter & 2 else 0
        if letter == 0:
            goes_on = since + 1 if since and since < least else 0
            return (goes_on,), 0
        return _priced((letter & 1,), lacking, shape.price)

    # Of a duty that is neither, only that it is one matters.
    letters = np.append(before + 2 * after + 4 * ~(before | after), 0).astype(np.int64)
    return explore(shape.rule, letters, 5, (min(since, least + 1) % (least + 1),), step, days)


def span_counter(shape: Span, starts: np.ndarray, days: int) -> Counter:
    """Earliest and latest start of a window; ``starts`` per option, below 0 where it is not marked.

    A state holds both as numbers of ``values``, (-1, -1) before the first.
    """
    values = np.unique([*(start for start in starts.tolist() if start >= 0), *shape.carried]).astype(np.int64)
    letters = np.where(starts < 0, 0, np.searchsorted(values, starts) + 1)
    carried = [int(np.searchsorted(values, start)) for start in shape.carried]
    edges: State = (min(carried), max(carried)) if carried else (-1, -1)
    first, last = max(shape.first, 0), min(shape.last, days - 1)
    width = max(shape.minutes, int(values[edges[1]] - values[edges[0]]) if carried else 0)

    def over(state: State) -> int:
        return max(0, int(values[state[1]] - values[state[0]]) - width) if state[0] >= 0 else 0

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        if not first <= day <= last:
            return (edges if day + 1 == first else (0, 0)), 0
        at = letter - 1
        after = state
        if letter:
            after = (min(state[0], at), max(state[1], at)) if state[0] >= 0 else (at, at)
        amount = over(after) - over(state)
        return _priced((0, 0) if day == last else after, amount, shape.price)

    start = edges if first == 0 else (0, 0)
    return explore(shape.rule, np.append(letters, 0), len(values) + 1, start, step, days)


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
    totals = shape.totals
    top = None if totals is None else totals[-1]
    cap = max(least, most or 0, top or 0)

    def beyond(total: int) -> int:
        over = 0 if most is None else max(0, total - most)
        return over + (0 if top is None else max(0, total - top))

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
        amount = beyond(total + weight) - beyond(total)
        if day == last:
            amount += max(0, least - total - weight)
            if totals is not None and total + weight < totals[-1]:
                amount += min(abs(total + weight - value) for value in totals)
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


def rest_counter(shape: Rest, begun: int, options: int, last: int, days: int) -> Counter:
    """Rests of so many minutes, ``begun`` and as the timers report them: a letter is what a day brings."""

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        if day > last:
            return (0, 0), 0
        rests = min(state[0] + letter, shape.count)
        if day == last:
            return _priced((0, 0), shape.count - rests, shape.price)
        return (rests, 0), 0

    return explore(shape.rule, np.zeros(options + 1, np.int64), shape.count + 1, (begun, 0), step, days)


def rest_time_counter(
    shape: Rest,
    start: np.ndarray,
    end: np.ndarray,
    marked: np.ndarray,
    first: State,
    days: Sequence[np.ndarray],
) -> Counter:
    """Rests of so many minutes, by the instants of each option; a state is (rests so far, free since).

    For labels only: the programme reads these rests off its timers. ``first`` is the state that carried-over
    duties leave, ``days`` lists the options of each day.
    """
    closes = shape.end_quarter
    last = max((d for d, options in enumerate(days) if (start[options] < closes).any()), default=0)
    letter_of = np.append(np.where(marked, np.arange(1, len(marked) + 1), 0), 0)
    on_day = [frozenset(letter_of[options].tolist()) | {0} for options in days]

    def rests(since: int, until: int) -> int:
        return max(0, min(until, closes) - since) * 15 // (shape.minutes or 1)

    def step(day: int, state: State, letter: int) -> tuple[State, int] | None:
        if letter not in on_day[day]:
            return None
        if day > last:
            return (0, 0), 0
        found, since = state
        if letter:
            found += rests(since, int(start[letter - 1]))
            since = max(since, int(end[letter - 1]))
        if day == last:
            return _priced((0, 0), max(0, shape.count - found - rests(since, closes)), shape.price)
        return ((shape.count, closes) if found >= shape.count else (found, since)), 0

    return explore(shape.rule, letter_of, len(marked) + 1, first, step, len(days))
