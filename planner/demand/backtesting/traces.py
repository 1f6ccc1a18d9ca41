"""Past days and weeks as they were forecast, with their bands: what a chart of forecast and actual shows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from planner.demand.backtesting.scores import GRAINS
from planner.demand.backtesting.trials import METHODS, Trial
from planner.demand.curve.bands import quantiles, unit_variance

TRACED = ("day", "week")
LIMITS: Mapping[str, float] = MappingProxyType({"low80": 0.1, "high80": 0.9, "low95": 0.025, "high95": 0.975})


def trace_of(queue: str, trials: Sequence[Trial]) -> Iterator[dict[str, object]]:
    """Days and weeks of every trial, in order of time; NaN where nothing of them counts."""
    for grain in TRACED:
        for trial in trials:
            yield from _units(queue, trial, grain)


def _units(queue: str, trial: Trial, grain: str) -> Iterator[dict[str, object]]:
    hours = GRAINS[grain]
    held = trial.counted.reshape(-1, hours).sum(axis=1)
    actual = (trial.actual * trial.counted).reshape(-1, hours).sum(axis=1)
    made = (trial.forecasts * trial.counted).reshape(len(METHODS), -1, hours).sum(axis=2)
    variance = unit_variance(trial.spread, trial.forecasts[0] * trial.counted, hours)
    limits = {name: quantiles(made[0], variance, share) for name, share in LIMITS.items()}
    for place, count in enumerate(held.tolist()):
        known = count > 0
        yield {
            "queue": queue,
            "grain": grain,
            "origin": trial.origin,
            "start": trial.origin + timedelta(days=place * hours // 24),
            "weeks_ahead": place * hours // (7 * 24) + 1,
            "hours": int(count),
            "actual": float(actual[place]) if known else math.nan,
            **{method: float(made[row, place]) if known else math.nan for row, method in enumerate(METHODS)},
            **{name: float(limit[place]) if known else math.nan for name, limit in limits.items()},
        }
