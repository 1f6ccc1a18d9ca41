"""How many people are enough: the exact inverse of the staffing formulas."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import numpy as np

from planner._messages import Message
from planner.demand import Definition
from planner.requirement.erlang import ROUNDING, waiting
from planner.requirement.erlang_a import Impatient, impatient
from planner.requirement.mistakes import MOST_AGENTS, call_mistakes, decimal, goal_mistakes, refuse

SAME = 1e-13  # a goal reached up to the accuracy of the formulas is reached


def required_agents(
    arrivals_per_second: float,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None = None,
    target: float | None = None,
    max_occupancy: float | None = None,
    max_abandon: float | None = None,
    definition: Definition = "offered",
) -> int:
    """The smallest number of people that meets every goal given; one less misses one.

    With patience it may lie below the load. The occupancy cap is exact without patience (load over
    cap as fractions of the written decimals, rounded up); with patience it is the occupancy after
    hang-ups. Nobody is needed where nobody calls, and somebody where anybody does, even if enough of
    those who hang up do so in time.

    Parameters
    ----------
    target: service level within ``within_seconds``, above 0 and below 1.
    max_occupancy: cap of the occupancy, above 0 and up to 1.
    max_abandon: cap of the share that hangs up, from 0 (not 0 itself) to 1.
    definition: what the service level is: "offered" (answered in time of all who came), "answered"
        (of those answered) or "gone" (answered or gone in time of all who came).

    Raises
    ------
    ValueTextError: a number that cannot be, or no goal at all.

    Examples
    --------
    >>> required_agents(200 / 3600, 180.0, 20.0, target=0.8, max_occupancy=0.85)
    14
    >>> required_agents(2.0, 240.0, 60.0, patience_seconds=30.0, target=0.8)
    385
    >>> required_agents(200 / 3600, 180.0, 20.0, 60.0, target=0.8, definition="gone")
    10
    """
    refuse(
        call_mistakes(arrivals_per_second, 1.0, aht_seconds, within_seconds, patience_seconds)
        + goal_mistakes(target, max_occupancy, max_abandon, definition)
    )
    load = decimal(arrivals_per_second) * decimal(aht_seconds)
    goals = (target, max_occupancy, max_abandon, definition)
    return smallest_team(load, aht_seconds, within_seconds, patience_seconds, *goals)


def smallest_team(
    load: Fraction | float,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None,
    target: float | None,
    max_occupancy: float | None = None,
    max_abandon: float | None = None,
    definition: Definition = "offered",
    guess: int | None = None,
) -> int:
    """``required_agents`` for an offered load in erlang. Numbers are not checked.

    Parameters
    ----------
    guess: where to start looking; only the time depends on it.

    Examples
    --------
    >>> smallest_team(48.0, 240.0, 20.0, None, 0.8, max_occupancy=0.75)
    64
    """
    erlangs = float(load)
    if erlangs == 0.0:
        return 0
    lost_share = [1.0]

    def meets(agents: int) -> bool:
        while len(lost_share) <= agents:
            turned_away = erlangs * lost_share[-1]
            lost_share.append(turned_away / (len(lost_share) + turned_away))
        if patience_seconds is None:
            slack = float(agents - load)
            wait = waiting(erlangs, agents, slack, lost_share[agents])
            late = wait * math.exp(-slack * within_seconds / aht_seconds)
            return target is None or 1.0 - late >= target - SAME
        got = impatient(
            erlangs, agents, lost_share[agents - 1], aht_seconds, within_seconds, patience_seconds
        )
        return (
            (target is None or service(got, definition) >= target - SAME)
            and (max_abandon is None or got.abandoned <= max_abandon + SAME)
            and (max_occupancy is None or erlangs * got.answered / agents <= max_occupancy + SAME)
        )

    floor = 1
    if patience_seconds is None:
        floor = math.floor(erlangs * (1.0 + ROUNDING)) + 1
        if max_occupancy is not None:
            floor = max(floor, math.ceil(Fraction(load) / decimal(max_occupancy)))
    return first_that_meets(meets, floor, guess if guess is not None else math.ceil(erlangs))


def service(got: Impatient, definition: Definition) -> float:
    """Service level by a definition.

    Examples
    --------
    >>> got = impatient(0.5, 1, 1.0, 300.0, 20.0, 60.0)
    >>> [round(service(got, definition), 4) for definition in ("offered", "answered", "gone")]
    [0.6659, 0.9454, 0.7628]
    """
    if definition == "gone":
        return got.settled_within
    return got.answered_within / got.answered if definition == "answered" else got.answered_within


def smallest_teams(
    loads: np.ndarray,
    aht_seconds: float,
    within_seconds: float,
    patience_seconds: float | None,
    target: float,
) -> np.ndarray:
    """The smallest team for each of many loads of one queue, as ``teams_of`` finds them.

    Examples
    --------
    >>> smallest_teams(np.array([0.0, 10.0, 0.2, 10.0]), 180.0, 20.0, None, 0.8).tolist()
    [0, 14, 1, 14]
    """
    return teams_of(
        loads,
        lambda load, guess: smallest_team(
            load, aht_seconds, within_seconds, patience_seconds, target, guess=guess
        ),
    )


def teams_of(loads: np.ndarray, team: Callable[[float, int | None], int]) -> np.ndarray:
    """What ``team(load, guess)`` says for each load.

    More load never needs fewer people, so only the loads where the number changes are worked out:
    between two loads that need the same number, all do.

    Examples
    --------
    >>> teams_of(np.array([0.0, 2.5, 9.0, 2.5]), lambda load, guess: math.ceil(load)).tolist()
    [0, 3, 9, 3]
    """
    values, back = np.unique(np.asarray(loads, dtype=np.float64), return_inverse=True)
    teams = np.full(len(values), -1, dtype=np.int64)

    def work_out(index: int, guess: int | None) -> None:
        if teams[index] < 0:
            teams[index] = team(float(values[index]), guess)

    spans = [(0, len(values) - 1)] if len(values) else []
    for first, last in spans:
        work_out(first, None)
        work_out(last, None)
    while spans:
        first, last = spans.pop()
        if teams[first] == teams[last]:
            teams[first : last + 1] = teams[first]
        elif last - first > 1:
            middle = (first + last) // 2
            work_out(middle, int(teams[first] + teams[last]) // 2)
            spans += pairwise((first, middle, last))
    return teams[back].reshape(np.shape(loads))


def first_that_meets(meets: Callable[[int], bool], floor: int, guess: int) -> int:
    """The smallest n from floor on that meets; ``meets`` stays true once it is.

    Raises
    ------
    ValueTextError: more people than the formulas take.
    """
    high = max(guess, floor)
    _refuse_crowd(floor)
    low, step = floor - 1, 1
    if meets(high):
        while high > floor:
            lower = max(floor, high - step)
            if not meets(lower):
                low = lower
                break
            high, step = lower, step * 2
    else:
        while True:
            _refuse_crowd(high + 1)
            low, high, step = high, min(high + step, MOST_AGENTS), step * 2
            if meets(high):
                break
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if meets(middle) else (middle, high)
    return high


def _refuse_crowd(people: int) -> None:
    if people > MOST_AGENTS:
        refuse([Message("requirement.too_many", {"most": MOST_AGENTS})])
