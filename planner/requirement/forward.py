"""Forward exact staffing: the fewest people for each interval, given all intervals before it.

The period is walked with the exact state of the pool; each interval takes the smallest number of
people with which its own customers get their service level. What a busy interval leaves behind is work
of the next, which formulas per interval do not know; a quiet one before a busy one helps. The plan is
made as if people hand over the contact they have when their duty ends, which never promises more than
when they finish it; judge it with ``transient(..., leavers="finish")``.

More people in any interval never hurt another (fewer customers are left behind), so what is missing
once a cyclic week repeats itself is mended by adding people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.demand import Definition
from planner.requirement.erlang_inverse import SAME, first_that_meets
from planner.requirement.interval import Callers, Outcome, interval
from planner.requirement.mistakes import goal_mistakes, pace_mistakes, refuse
from planner.requirement.transient import checked, distance, transient

NEAR = 1e-9  # states of two weeks that differ by less ask for the same people
MOST_WALKS = 12
DAY_SECONDS = 86_400.0
EMPTY = np.ones(1)


@dataclass(frozen=True, slots=True)
class Goal:
    """What customers of an interval are promised.

    Attributes
    ----------
    share, definition: the service level. max_abandon: share that may hang up; None: any.
    """

    share: float
    definition: Definition = "offered"
    max_abandon: float | None = None

    def of(self, got: Outcome) -> tuple[float, float]:
        """Share of customers in time, and of those whom the promise is about."""
        if self.definition == "gone":
            return got.settled, 1.0
        return got.in_time, got.answered if self.definition == "answered" else 1.0

    def kept(self, got: Outcome) -> bool:
        """Whether the service level is reached."""
        in_time, of = self.of(got)
        return in_time > 0.0 and in_time >= (self.share - SAME) * of

    def few_gone(self, got: Outcome) -> bool:
        """Whether no more hang up than may."""
        return self.max_abandon is None or 1.0 - got.answered <= self.max_abandon + SAME


@dataclass(frozen=True, eq=False)
class Walk:
    """A period with its people.

    Attributes
    ----------
    people: in each interval. service, staying: whom the promise and the cap of hang-ups ask for; where
        the least is enough for either, no more than one fewer than that.
    level: service level of the customers of each interval; NaN where nobody comes.
    """

    people: np.ndarray
    service: np.ndarray
    staying: np.ndarray
    level: np.ndarray


def staff_forward(
    arrivals: Sequence[float] | np.ndarray,
    interval_seconds: float,
    aht_seconds: float,
    within_seconds: float,
    target: float,
    patience_seconds: float | None = None,
    least: Sequence[int] | np.ndarray | None = None,
    cyclic: bool = True,
    definition: Definition = "offered",
    max_abandon: float | None = None,
) -> np.ndarray:
    """People for each interval so that each interval's customers get their service level.

    Parameters
    ----------
    arrivals: customers expected in each interval.
    within_seconds, target, definition: share answered within that time, above 0 and below 1.
    patience_seconds: mean patience; None: nobody hangs up.
    least: people there in any case in each interval, such as a minimum on duty; default none.
    cyclic: the last interval is followed by the first, for ever; otherwise the pool starts empty.
    max_abandon: share of each interval's customers that may hang up.

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
    refuse(goal_mistakes(target, None, max_abandon, definition))
    floor = np.zeros(len(arrivals), dtype=np.int64) if least is None else np.asarray(least)
    given, floor, callers = checked(
        arrivals, floor, interval_seconds, aht_seconds, within_seconds, patience_seconds
    )
    goal = Goal(target, definition, max_abandon)
    guess = np.round(given * aht_seconds / interval_seconds).astype(np.int64)
    people, state = floor.copy(), EMPTY
    for _ in range(MOST_WALKS if cyclic else 1):
        start, before = state, people.copy()
        for k, count in enumerate(given):
            first = max(int(people[k]), int(guess[k]))
            *_, found = _fewest(state, float(count), interval_seconds, callers, goal, int(floor[k]), first)
            people[k], state = found[0], found[1].state
        if np.array_equal(people, before) and distance(start, state) <= NEAR:
            break
    return _mended(given, people, interval_seconds, callers, goal) if cyclic else people


def walk(
    arrivals: np.ndarray,
    is_open: np.ndarray,
    interval_seconds: float,
    callers: Callers,
    goal: Goal,
    least: np.ndarray,
    guess: np.ndarray | None = None,
) -> Walk:
    """Staff a period that is closed at times: closing empties the line, midnight does not.

    A pool that is open at both ends of the period begins as its last day leaves it. Numbers are not
    checked.

    Parameters
    ----------
    least: people of each interval in any case. guess: where to start looking; only the time depends
        on it. None: the least are the people, and nobody else is looked for.

    Examples
    --------
    >>> calls, is_open = np.array([30.0, 90, 30, 0, 30]), np.array([1, 1, 1, 0, 1], bool)
    >>> none = np.zeros(5, dtype=np.int64)
    >>> got = walk(calls, is_open, 1800.0, Callers(300.0, 20.0, None), Goal(0.8), none, none + 8)
    >>> got.people.tolist()
    [8, 18, 11, 0, 7]
    """
    refuse(pace_mistakes(callers.aht_seconds, callers.patience_seconds, interval_seconds))
    count = len(arrivals)
    day = min(count, round(DAY_SECONDS / interval_seconds))
    people, service, staying = (np.zeros(count, dtype=np.int64) for _ in range(3))
    level, state = np.full(count, np.nan), EMPTY
    for k in [*range(count - day, count), *range(count)]:
        if not is_open[k]:
            state = EMPTY
            continue
        come, floor = float(arrivals[k]), int(least[k])
        if guess is None:
            found = (floor, interval(state, come, floor, interval_seconds, callers))
        else:
            first = int(people[k] or guess[k])
            service[k], staying[k], found = _fewest(
                state, come, interval_seconds, callers, goal, floor, first
            )
        people[k], state = found[0], found[1].state
        if come > 0.0:
            in_time, of = goal.of(found[1])
            level[k] = in_time / of if of > 0.0 else 0.0
    return Walk(people, service, staying, level)


def _fewest(
    state: np.ndarray,
    arrivals: float,
    interval_seconds: float,
    callers: Callers,
    goal: Goal,
    least: int,
    guess: int,
) -> tuple[int, int, tuple[int, Outcome]]:
    """People for the promise and for the cap, and the larger of these and the least with its interval.

    Below the least only one person fewer is tried: enough to know whether it binds.
    """
    tried: dict[int, Outcome] = {}

    def after(people: int) -> Outcome:
        if people not in tried:
            tried[people] = interval(state, arrivals, people, interval_seconds, callers)
        return tried[people]

    service = staying = 0
    if arrivals > 0.0:
        floor = max(1, least - 1)
        service = first_that_meets(lambda people: goal.kept(after(people)), floor, guess)
        if goal.max_abandon is not None and callers.patience_seconds is not None:
            staying = first_that_meets(lambda people: goal.few_gone(after(people)), floor, service)
    people = max(least, service, staying)
    return service, staying, (people, after(people))


def _mended(
    given: np.ndarray, people: np.ndarray, interval_seconds: float, callers: Callers, goal: Goal
) -> np.ndarray:
    """More people wherever the week, once it repeats itself, misses the target after all."""
    while True:
        spare = float(people.sum()) * interval_seconds - float(given.sum()) * callers.aht_seconds
        if callers.patience_seconds is None and given.any() and spare <= 0.0:
            people = people + (given > 0)
            continue
        got = transient(given, people, interval_seconds, *callers[:3], leavers="hand over")
        name = {"offered": "", "answered": "_answered", "gone": "_gone"}[goal.definition]
        missed = (given > 0) & ~(getattr(got, f"service_level{name}") >= goal.share - NEAR)
        if goal.max_abandon is not None:
            missed |= (given > 0) & (got.gone > goal.max_abandon + NEAR)
        if not missed.any():
            return people
        people = people + missed
