"""What is to be said of a back-test: bias, bands, shifts of level, and simple methods that do better."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import NormalDist
from typing import Literal

import numpy as np

from planner._messages import Message
from planner.demand.backtesting.scores import PRINTED_FROM, Units, units_of
from planner.demand.backtesting.trials import HORIZON_DAYS, METHODS, Trial
from planner.demand.curve.bands import unit_variance

Kind = Literal[
    "bias", "band too narrow", "band too wide", "level shift", "worse than naive", "few tests",
    "short history", "missing days", "assumption", "no contacts",
]  # fmt: skip

# Fewer than one in so many tests of a sound forecast would be told off.
UNLIKELY = 0.02
LEAST_BIAS = 0.02
LEAST_SHIFT = 0.10
LEAST_MISCOVER = 0.08
WORSE, MUCH_WORSE = 1.02, 1.10
DOUBTFUL = 0.10
FEW_ORIGINS = 4
EXACT_BLOCKS = 14


@dataclass(frozen=True)
class Finding:
    """Something about a queue's forecast that its user should know.

    Attributes
    ----------
    queue: name; empty: all of them.
    kind: what it is about.
    message: in words, with what to do.
    chance: how likely chance alone would show as much; None: it is not a matter of chance.
    """

    queue: str
    kind: Kind
    message: Message
    chance: float | None = None


def findings_of(queue: str, trials: Sequence[Trial]) -> Iterator[Finding]:
    """Everything that is to be said of one queue.

    Parameters
    ----------
    queue: name.
    trials: of the queue, in order of time.
    """
    days = units_of(trials, "day")
    if not days.actual.sum() > 0:
        yield Finding(queue, "no contacts", Message("accuracy.empty", {"queue": queue}))
        return
    if len(trials) < FEW_ORIGINS:
        yield Finding(queue, "few tests", Message("accuracy.few_tests", {"queue": queue, "n": len(trials)}))
    for look in (_bias, _shift, _band, _naive):
        yield from look(queue, trials, days)


def by_chance(values: Sequence[float]) -> float:
    """How often chance alone would bring a sum this far from 0, if each value were as likely to be opposite.

    The sign test of Fisher (1935), all flips counted; beyond 14 values by their normal form.

    Examples
    --------
    >>> by_chance([1.0, 1.0, 1.0, 1.0]), by_chance([1.0, -1.0, 1.0, -1.0])
    (0.125, 1.0)
    """
    sizes = np.abs(np.asarray(values, dtype=np.float64))
    total = abs(float(np.sum(values)))
    if not sizes.any():
        return 1.0
    if len(sizes) > EXACT_BLOCKS:
        return 2 * (1 - NormalDist().cdf(total / math.sqrt(float((sizes**2).sum()))))
    flips = np.array(list(itertools.product((1.0, -1.0), repeat=len(sizes))))
    return float((np.abs(flips @ sizes) >= total - 1e-9 * sizes.sum()).mean())


def _blocks(trials: Sequence[Trial], units: Units, value: Callable[[np.ndarray], float]) -> list[float]:
    """A value for every four weeks of origins: what overlaps is one observation, not several."""
    last = trials[-1].row
    block = np.array([(last - trial.row) // HORIZON_DAYS for trial in trials])[units.trial]
    return [value(block == one) for one in sorted(set(block.tolist()))]


def _bias(queue: str, trials: Sequence[Trial], days: Units) -> Iterator[Finding]:
    errors = days.made[0] - days.actual
    share = float(errors.sum() / days.actual.sum())
    chance = by_chance(_blocks(trials, days, partial(_sum, errors)))
    if chance <= UNLIKELY and abs(share) >= LEAST_BIAS:
        code = "accuracy.bias_high" if share > 0 else "accuracy.bias_low"
        values = {"queue": queue, "share": _percent(abs(share)), "n": len(trials), "once": _once(chance)}
        yield Finding(queue, "bias", Message(code, values), chance)


def _shift(queue: str, trials: Sequence[Trial], days: Units) -> Iterator[Finding]:
    """The last four weeks against what the weeks before led to expect; the band of a week says how far."""
    latest = days.trial == len(trials) - 1
    came, due = float(days.actual[latest].sum()), float(days.made[0][latest].sum())
    if due <= 0:
        return
    trial = trials[-1]
    variance = float(unit_variance(trial.spread, trial.forecasts[0] * trial.counted, 7 * 24).mean())
    z = (came - due) / math.sqrt(due + variance * due**2)
    chance = 2 * (1 - NormalDist().cdf(abs(z)))
    if chance <= UNLIKELY / 2 and abs(came / due - 1) >= LEAST_SHIFT:
        code = "accuracy.shift_up" if came > due else "accuracy.shift_down"
        share = _percent(abs(came / due - 1))
        values = {"queue": queue, "share": share, "since": trial.origin.isoformat(), "once": _once(chance)}
        yield Finding(queue, "level shift", Message(code, values), chance)


def _band(queue: str, trials: Sequence[Trial], days: Units) -> Iterator[Finding]:
    """The grain whose 80 % band is furthest off beyond chance."""
    worst: Finding | None = None
    off = LEAST_MISCOVER
    for grain in ("day", "shift", "hour"):
        inside = days if grain == "day" else units_of(trials, grain)
        covered = inside.inside(0.80)
        share = float(covered.mean())
        if abs(share - 0.80) < off:
            continue
        chance = by_chance(_blocks(trials, inside, partial(_off, covered)))
        if chance > UNLIKELY:
            continue
        off = abs(share - 0.80)
        kind: Kind = "band too narrow" if share < 0.80 else "band too wide"
        values = {"queue": queue, "grain": grain, "share": _percent(share)}
        worst = Finding(queue, kind, Message(f"accuracy.{kind.replace(' ', '_')}", values), chance)
    if worst is not None:
        yield worst


def _off(covered: np.ndarray, part: np.ndarray) -> float:
    return float(covered[part].mean() - 0.80)


def _sum(values: np.ndarray, part: np.ndarray) -> float:
    return float(values[part].sum())


def _naive(queue: str, trials: Sequence[Trial], days: Units) -> Iterator[Finding]:
    """Whether a simple method would have missed less, by the day or else by the shift or hour.

    Where contacts are few, a forecast of next to nothing has the smallest misses and the largest squares:
    only what has both smaller is better. Units with less than 2 contacts tell nobody anything.
    """
    for grain in ("day", "shift", "hour"):
        units = days if grain == "day" else units_of(trials, grain)
        miss = np.abs(units.made - units.actual)
        sums, squares = miss.sum(axis=1), (miss**2).sum(axis=1)
        best = 1 + int(np.argmin(sums[1:]))
        if squares[0] <= squares[best] or (grain != "day" and units.actual.mean() < PRINTED_FROM):
            continue
        gain = miss[0] - miss[best]
        chance = by_chance(_blocks(trials, units, partial(_sum, gain)))
        # Much worse, or a little worse again and again.
        if sums[0] <= sums[best] * (WORSE if chance <= DOUBTFUL else MUCH_WORSE):
            continue
        wins = sum(float(gain[units.trial == one].sum()) > 0 for one in range(len(trials)))
        more = _percent(sums[0] / sums[best] - 1) if sums[best] > 0 else "100"
        values = {"queue": queue, "method": METHODS[best], "more": more, "wins": wins, "n": len(trials)}
        message = Message("accuracy.worse", {**values, "grain": grain})
        yield Finding(queue, "worse than naive", message, chance)
        return


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _once(chance: float) -> str:
    """One case in so many, of two figures, as people say it."""
    cases = min(1 / max(chance, 1e-9), 1000.0)
    return f"{cases:.0f}" if cases < 100 else f"{round(cases, -2):.0f}"
