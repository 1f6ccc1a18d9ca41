"""Rules of a rotation as small counters that read one day after the other.

A counter has a first state and a step: what it knows after a day, and the points that the day costs, or
nothing if the day breaks its rule. The first state forgives what it cannot know of the days before, in such
a way that no endless walk can live on it: every cyclic pattern that keeps the rule is read from any Monday
on, and every closed walk through the states keeps the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from planner.rota import Limits, RotationTerms, Wishes

OFF = -1
SATURDAY, SUNDAY = 5, 6
State = Any
Step = Callable[[State, int, int], tuple[State, int] | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A rule that reads days: ``step(state, shift or OFF, weekday)``."""

    first: State
    step: Step


def parts_of(terms: RotationTerms, wishes: Wishes) -> tuple[Part, ...]:
    """The rules that say anything, and the wishes that cost anything."""
    return (*_hard(terms), *_soft(wishes))


def _hard(terms: RotationTerms) -> Iterator[Part]:
    everything = frozenset(range(len(terms.shifts)))
    index = {name: number for number, name in enumerate(terms.shifts)}
    work = terms.work
    for most, span in terms.windows:
        if span == most + 1:
            work = (work[0], most if work[1] is None else min(most, work[1]))
        else:
            yield _window(most, span)
    if work != (1, None):
        yield _run(everything, work)
    if terms.days_off != (1, None):
        yield _run(frozenset((OFF,)), terms.days_off)
    for block in terms.blocks:
        yield _run(frozenset(index[name] for name in block.shifts), (block.least, block.most))
    if terms.forbidden:
        yield _forbidden(frozenset((index[f.before], index[f.after], f.days_off) for f in terms.forbidden))
    if terms.shifts_a_week != (0, None):
        yield _week(terms.shifts_a_week)
    if terms.days_off_together:
        yield _together(terms.days_off_together)
    if terms.free_weekends:
        yield _weekends(*terms.free_weekends)


def _soft(wishes: Wishes) -> Iterator[Part]:
    if wishes.worked_weekend:
        yield _worked_weekend(wishes.worked_weekend)
    if wishes.single_day_off:
        yield _single(wishes.single_day_off)
    if wishes.backward:
        yield _backward(wishes.backward)


def _run(inside: frozenset[int], limits: Limits) -> Part:
    """Days in a row with one of some shifts: (length so far, whether its beginning was seen)."""
    least, most = limits
    cap = least if most is None else most

    def step(state: tuple[int, bool], shift: int, _day: int) -> tuple[State, int] | None:
        length, seen = state
        if shift not in inside:
            return None if seen and 0 < length < least else ((0, True), 0)
        if most is not None and length == most:
            return None
        return (min(length + 1, cap), seen), 0

    return Part((0, False), step)


def _forbidden(rules: frozenset[tuple[int, int, int]]) -> Part:
    """Successions: (last shift, days off since), or nothing where no rule can bind any more."""
    longest = {before: max(gap for b, _, gap in rules if b == before) for before, _, _ in rules}

    def step(state: tuple[int, int] | None, shift: int, _day: int) -> tuple[State, int] | None:
        if shift == OFF:
            if state is None or state[1] >= longest[state[0]]:
                return None, 0
            return (state[0], state[1] + 1), 0
        if state is not None and (state[0], shift, state[1]) in rules:
            return None
        return ((shift, 0) if shift in longest else None), 0

    return Part(None, step)


def _week(limits: Limits) -> Part:
    """Days of work since Monday."""
    least, most = limits
    cap = least if most is None else most

    def step(state: int, shift: int, day: int) -> tuple[State, int] | None:
        work = (0 if day == 0 else state) + (shift != OFF)
        if most is not None and work > most:
            return None
        if day < SUNDAY:
            return min(work, cap), 0
        return None if work < least else (0, 0)

    return Part(0, step)


def _together(wanted: int) -> Part:
    """Days off in a row since Monday, until there are enough of them."""

    def step(state: int, shift: int, day: int) -> tuple[State, int] | None:
        before = 0 if day == 0 else state
        now = wanted if before == wanted else before + 1 if shift == OFF else 0
        if day < SUNDAY:
            return now, 0
        return (0, 0) if now == wanted else None

    return Part(0, step)


def _weekends(least: int, span: int) -> Part:
    """(free weekends of the last span - 1, oldest first; whether Saturday was off)."""

    def step(state: tuple[tuple[bool, ...], bool], shift: int, day: int) -> tuple[State, int] | None:
        past, saturday = state
        if day == SATURDAY:
            return (past, shift == OFF), 0
        if day < SATURDAY:
            return state, 0
        weekends = (*past, saturday and shift == OFF)
        return None if sum(weekends) < least else ((weekends[1:], False), 0)

    return Part(((True,) * (span - 1), False), step)


def _window(most: int, span: int) -> Part:
    """Days of work among the last span - 1 days, oldest first."""

    def step(state: tuple[bool, ...], shift: int, _day: int) -> tuple[State, int] | None:
        days = (*state, shift != OFF)
        return None if sum(days) > most else (days[1:], 0)

    return Part((False,) * (span - 1), step)


def _worked_weekend(price: int) -> Part:
    """Whether Saturday had work."""

    def step(state: bool, shift: int, day: int) -> tuple[State, int]:
        if day == SATURDAY:
            return shift != OFF, 0
        return False, price if day == SUNDAY and (state or shift != OFF) else 0

    return Part(False, step)


def _single(price: int) -> Part:
    """Days off so far: 0, 1, or 2 for more."""

    def step(state: int, shift: int, _day: int) -> tuple[State, int]:
        if shift == OFF:
            return min(state + 1, 2), 0
        return 0, price if state == 1 else 0

    return Part(2, step)


def _backward(price: int) -> Part:
    """(last shift, 0 or 1 days off since); nothing after more."""

    def step(state: tuple[int, int] | None, shift: int, _day: int) -> tuple[State, int]:
        if shift == OFF:
            return (None, 0) if state is None or state[1] else ((state[0], 1), 0)
        return (shift, 0), price if state is not None and shift < state[0] else 0

    return Part(None, step)
