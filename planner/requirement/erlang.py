"""Staffing formulas for live channels: Erlang B, C and A (the inverse is in ``erlang_inverse``).

Floats in, floats out. Callers arrive at random (Poisson), handle times are exponential, everybody
able answers the one queue. Without patience nobody hangs up (Erlang C); with it, waiting callers
hang up after an exponential time (Erlang A, ``planner.requirement.erlang_a``).

Held to 50-digit arithmetic at the same float inputs: relative error 1e-12 or absolute 1e-14 from
0.001 to 5 000 erlang and patience of 15 s to 10 h (the mean wait near saturation: 1 / (1 - load /
agents) times that).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from planner.demand import Definition
from planner.requirement.erlang_a import impatient
from planner.requirement.mistakes import (
    agents_mistakes,
    call_mistakes,
    load_mistakes,
    refuse,
)

ROUNDING = 1e-14


@dataclass(frozen=True, slots=True)
class ErlangMeasures:
    """What callers and people get in the steady state. Shares from 0 to 1, waits in seconds.

    Attributes
    ----------
    p_wait: share that finds everybody busy.
    service_level: answered within the answer time, of all offered (the default definition).
    service_level_answered: answered within the answer time, of the answered.
    service_level_gone: answered or gone within the answer time, of all offered.
    asa_seconds: mean wait of the answered; infinite when the queue grows for ever.
    mean_wait_seconds: mean wait of all, hung up or not; infinite likewise.
    occupancy: share of time that people spend handling.
    p_abandon: share that hangs up.
    """

    p_wait: float
    service_level: float
    service_level_answered: float
    service_level_gone: float
    asa_seconds: float
    mean_wait_seconds: float
    occupancy: float
    p_abandon: float

    def level(self, definition: Definition) -> float:
        """Service level by a definition: of "offered", "answered" or "gone".

        Examples
        --------
        >>> round(measures(200 / 3600, 180.0, 10, 20.0, 60.0).level("gone"), 4)
        0.8152
        """
        if definition == "gone":
            return self.service_level_gone
        return self.service_level if definition == "offered" else self.service_level_answered


NOBODY_CALLS = ErlangMeasures(0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)


def erlang_b(load: float, agents: int) -> float:
    """Share of calls lost when there is no queue, by the recurrence of Jagerman (1974).

    Parameters
    ----------
    load: offered erlang. agents: people, 0 or more.

    Examples
    --------
    >>> round(erlang_b(10.0, 14), 6)
    0.056819
    """
    refuse(load_mistakes(load) + agents_mistakes(agents))
    return blocking(load, agents)


def erlang_c(load: float, agents: int) -> float:
    """Share of callers who wait when nobody hangs up; 1 when ``agents <= load``.

    Examples
    --------
    >>> round(erlang_c(10.0, 14), 9)
    0.174131934
    >>> erlang_c(10.0, 10)
    1.0
    """
    refuse(load_mistakes(load) + agents_mistakes(agents))
    return waiting(load, agents, agents - load, blocking(load, agents))


def measures(
    arrivals_per_second: float,
    aht_seconds: float,
    agents: int,
    within_seconds: float,
    patience_seconds: float | None = None,
) -> ErlangMeasures:
    """All measures of one queue in the steady state.

    Parameters
    ----------
    arrivals_per_second: callers offered. aht_seconds: mean handle time.
    agents: people answering; 0 or more.
    within_seconds: the answer time of the service levels; 0 asks for no wait at all.
    patience_seconds: mean time after which a waiting caller hangs up; None: never.

    Raises
    ------
    ValueTextError: a number that cannot be, all of them at once.

    Examples
    --------
    >>> got = measures(200 / 3600, 180.0, 14, 20.0)
    >>> round(got.service_level, 6), round(got.asa_seconds, 4)
    (0.88835, 7.8359)
    >>> measures(200 / 3600, 180.0, 10, 20.0).asa_seconds
    inf
    """
    refuse(call_mistakes(arrivals_per_second, 1.0, aht_seconds, within_seconds, patience_seconds))
    refuse(agents_mistakes(agents))
    load = Fraction(arrivals_per_second) * Fraction(aht_seconds)
    return measures_at(load, aht_seconds, agents, within_seconds, patience_seconds)


def measures_at(
    load: Fraction | float,
    aht_seconds: float,
    agents: int,
    within_seconds: float,
    patience_seconds: float | None = None,
) -> ErlangMeasures:
    """The same for an offered load in erlang, exact when given as a fraction. Numbers are not checked.

    Examples
    --------
    >>> round(measures_at(10.0, 180.0, 13, 20.0, 300.0).p_abandon, 6)
    0.024963
    """
    erlangs = float(load)
    if erlangs == 0.0:
        return NOBODY_CALLS
    if patience_seconds is None:
        return _patient(load, erlangs, aht_seconds, agents, within_seconds)
    if agents == 0:
        gone = -math.expm1(-within_seconds / patience_seconds)
        return ErlangMeasures(1.0, 0.0, 0.0, gone, math.inf, patience_seconds, 1.0, 1.0)
    blocked = blocking(erlangs, agents - 1)
    got = impatient(erlangs, agents, blocked, aht_seconds, within_seconds, patience_seconds)
    return ErlangMeasures(
        p_wait=got.p_wait,
        service_level=min(got.answered_within, 1.0),
        service_level_answered=min(got.answered_within / got.answered, 1.0),
        service_level_gone=min(got.settled_within, 1.0),
        asa_seconds=got.answered_wait_seconds / got.answered,
        mean_wait_seconds=got.abandoned * patience_seconds,
        occupancy=min(erlangs * got.answered / agents, 1.0),
        p_abandon=got.abandoned,
    )


def saturated(load: float, agents: float) -> bool:
    """Whether patient callers would wait for ever: people no more than the load, up to rounding.

    Examples
    --------
    >>> saturated(200 / 3600 * 180.0, 10), saturated(10.0, 11)
    (True, False)
    """
    return agents <= load * (1.0 + ROUNDING)


def blocking(load: float, agents: int) -> float:
    """Erlang B: B_k = a B_(k-1) / (k + a B_(k-1))."""
    blocked = 1.0
    for people in range(1, agents + 1):
        lost = load * blocked
        blocked = lost / (people + lost)
    return blocked


def waiting(load: float, agents: int, slack: float, blocked: float) -> float:
    """Erlang C from Erlang B, written without a difference: n B / (n - a + a B)."""
    if saturated(load, agents):
        return 1.0 if load > 0.0 or agents == 0 else 0.0
    return agents * blocked / (slack + load * blocked)


def _patient(
    load: Fraction | float, erlangs: float, aht_seconds: float, agents: int, within_seconds: float
) -> ErlangMeasures:
    """M/M/n; with people no more than the load the queue grows for ever and everybody waits."""
    if saturated(erlangs, agents):
        return ErlangMeasures(1.0, 0.0, 0.0, 0.0, math.inf, math.inf, 1.0, 0.0)
    slack = float(agents - load)
    wait = waiting(erlangs, agents, slack, blocking(erlangs, agents))
    level = 1.0 - wait * math.exp(-slack * within_seconds / aht_seconds)
    mean_wait = wait * aht_seconds / slack
    return ErlangMeasures(wait, level, level, level, mean_wait, mean_wait, erlangs / agents, 0.0)
