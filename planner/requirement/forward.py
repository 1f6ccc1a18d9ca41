"""Forward exact staffing: the fewest people for each interval, given all intervals before it.

The cyclic week is walked with the exact state of the pool; each interval takes the smallest number
of people with which its own customers get their service level. What a busy interval leaves behind
is work of the next, which formulas per interval do not know; a quiet one before a busy one helps.
The plan is made as if people hand over the contact they have when their duty ends, which never
promises more than when they finish it; judge it with ``transient(..., leavers="finish")``.

More people in any interval never hurt another (fewer customers are left behind), so what is missing
once the week repeats itself is mended by adding people.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.requirement.erlang_inverse import SAME, first_that_meets
from planner.requirement.interval import Callers, Outcome, interval
from planner.requirement.mistakes import goal_mistakes, refuse
from planner.requirement.transient import checked, distance, transient

NEAR = 1e-9  # states of two weeks that differ by less ask for the same people
MOST_WALKS = 12


def staff_forward(
    arrivals: Sequence[float] | np.ndarray,
    interval_seconds: float,
    aht_seconds: float,
    within_seconds: float,
    target: float,
    patience_seconds: float | None = None,
    least: Sequence[int] | np.ndarray | None = None,
    cyclic: bool = True,
) -> np.ndarray:
    """People for each interval so that each interval's customers get their service level.

    Parameters
    ----------
    arrivals: customers expected in each interval.
    within_seconds, target: share answered within that time, of all offered, above 0 and below 1.
    patience_seconds: mean patience; None: nobody hangs up.
    least: people there in any case in each interval, such as a minimum on duty; default none.
    cyclic: the last interval is followed by the first, for ever; otherwise the pool starts empty.

    Returns
    -------
    Whole numbers. An interval in which nobody comes gets the least.

    Raises
    ------
    ValueTextError: numbers that cannot be.

    Examples
    --------
    >>> staff_forward([30, 90, 30, 30], 1800.0, 300.0, 20.0, 0.8).tolist()
    [8, 18, 11, 8]
    """
    refuse(goal_mistakes(target, None, None))
    floor = np.zeros(len(arrivals), dtype=np.int64) if least is None else np.asarray(least)
    given, floor, callers = checked(
        arrivals, floor, interval_seconds, aht_seconds, within_seconds, patience_seconds
    )
    people, state = floor.copy(), np.ones(1)
    for _ in range(MOST_WALKS if cyclic else 1):
        start, before = state, people.copy()
        for k, count in enumerate(given):
            guess = max(int(people[k]), round(count * aht_seconds / interval_seconds))
            people[k], found = _fewest(
                state, float(count), interval_seconds, callers, target, int(floor[k]), guess
            )
            state = found.state
        if np.array_equal(people, before) and distance(start, state) <= NEAR:
            break
    if not cyclic:
        return people
    return _mended(given, people, interval_seconds, callers, target)


def _fewest(
    state: np.ndarray,
    arrivals: float,
    interval_seconds: float,
    callers: Callers,
    target: float,
    floor: int,
    guess: int,
) -> tuple[int, Outcome]:
    """The smallest number of people whose interval keeps the promise, and that interval."""
    tried: dict[int, Outcome] = {}

    def meets(people: int) -> bool:
        tried[people] = interval(state, arrivals, people, interval_seconds, callers)
        return arrivals == 0.0 or tried[people].in_time >= target - SAME

    people = first_that_meets(meets, floor, floor if arrivals == 0.0 else guess)
    return people, tried[people]


def _mended(
    given: np.ndarray, people: np.ndarray, interval_seconds: float, callers: Callers, target: float
) -> np.ndarray:
    """More people wherever the week, once it repeats itself, misses the target after all."""
    while True:
        spare = float(people.sum()) * interval_seconds - float(given.sum()) * callers.aht_seconds
        if callers.patience_seconds is None and given.any() and spare <= 0.0:
            people = people + (given > 0)
            continue
        got = transient(given, people, interval_seconds, *callers, leavers="hand over")
        missed = (given > 0) & ~(got.service_level >= target - NEAR)
        if not missed.any():
            return people
        people = people + missed
