"""Erlang B, C and A in 50-digit arithmetic, by formulas that share nothing with the planner's.

Erlang B is a sum, not a recurrence; impatient customers are a quadrature of the density of the wait that
they are offered (Zeltyn & Mandelbaum 2005), not a sum over states.
"""

from __future__ import annotations

import mpmath as mp

DIGITS = 50
CUTS = (-400, -100, -40, -20, -12, -8, -5, -3, -1.5, 0, 1.5, 3, 5, 8, 12, 20, 40, 100, 400)
NAMES = (
    "p_wait",
    "service_level",
    "service_level_answered",
    "service_level_gone",
    "asa_seconds",
    "mean_wait_seconds",
    "occupancy",
    "p_abandon",
)


def blocked(load: mp.mpf, agents: int) -> mp.mpf:
    """Erlang B as a sum, from the largest term down."""
    term, total = mp.mpf(1), mp.mpf(1)
    for k in range(agents, 0, -1):
        term *= k / load
        total += term
    return 1 / total


def patient(rate: float, aht: float, agents: int, within: float) -> tuple[mp.mpf, ...]:
    """Measures of M/M/n in the order of ``NAMES``, for more people than the load."""
    rate, aht, within = mp.mpf(rate), mp.mpf(aht), mp.mpf(within)
    load = rate * aht
    lost = blocked(load, agents)
    wait = lost / (1 - load / agents * (1 - lost))
    level = 1 - wait * mp.exp(-(agents - load) * within / aht)
    mean = wait * aht / (agents - load)
    return wait, level, level, level, mean, mean, load / agents, mp.mpf(0)


def impatient(rate: float, aht: float, agents: int, within: float, patience: float) -> tuple[mp.mpf, ...]:
    """Measures of M/M/n+M in the order of ``NAMES``, for one person or more."""
    rate, aht, within, patience = (mp.mpf(x) for x in (rate, aht, within, patience))
    served = agents / aht
    peak = patience * mp.log(rate / served) if rate > served else mp.mpf(0)
    width = mp.sqrt(patience / (rate * mp.exp(-peak / patience)))
    if served > rate:
        width = min(width, 1 / (served - rate))
    top = rate * patience * -mp.expm1(-peak / patience) - served * peak
    known: dict[mp.mpf, tuple[mp.mpf, mp.mpf]] = {}

    def at(x: mp.mpf) -> tuple[mp.mpf, mp.mpf]:
        """Who is still patient after x, and the density of a wait of x; all integrals ask at the same x."""
        if x not in known:
            stays = mp.exp(-x / patience)
            known[x] = stays, mp.exp(rate * patience * (1 - stays) - served * x - top)
        return known[x]

    def integral(f, end=mp.inf):  # type: ignore[no-untyped-def]
        points = [peak + cut * width for cut in CUTS]
        inside = [mp.mpf(0), *(p for p in points if 0 < p < end), end]
        return rate * mp.quad(lambda x: f(x, *at(x)), inside)

    term, below = mp.mpf(1), mp.mpf(1)
    for k in range(agents - 1, 0, -1):
        term *= k / (rate * aht)
        below += term
    below *= mp.exp(-top)
    offered = integral(lambda _, stays, wait: wait)
    staying = integral(lambda _, stays, wait: stays * wait)
    whole = below + offered
    answered = (below + staying) / whole
    level = (below + (integral(lambda _, stays, wait: stays * wait, within) if within else 0)) / whole
    late = offered - (integral(lambda _, stays, wait: wait, within) if within else 0)
    late *= mp.exp(-within / patience)
    gone = (offered - staying) / whole
    waits = integral(lambda x, stays, wait: x * stays * wait) / whole
    return (
        1 - below / whole,
        level,
        level / answered,
        1 - late / whole,
        waits / answered,
        gone * patience,
        rate * aht * answered / agents,
        gone,
    )


def worst_share(got: object, expected: tuple[mp.mpf, ...], slack: float = 1.0) -> tuple[float, str]:
    """The largest error as a share of what is allowed, and where: 1e-12 relative or 1e-14 absolute.

    Parameters
    ----------
    slack: 1 - load / agents for patient customers; mean waits may be off by 1 / slack times that.
    """
    worst, where = 0.0, ""
    for name, want in zip(NAMES, expected, strict=True):
        error = abs(mp.mpf(getattr(got, name)) - want)
        allowed = max(mp.mpf(1e-12) * abs(want), mp.mpf(1e-14)) / (slack if name.endswith("seconds") else 1.0)
        share = float(error / allowed)
        if not share <= worst:
            worst, where = share, name
    return worst, where
