"""Scores of trials: errors of hours, shifts, days and weeks against what chance forces and others reach."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from planner.demand.backtesting.chance import (
    chance_deviance,
    deviance,
    noise_floor,
    part_inside,
    reached,
)
from planner.demand.backtesting.trials import HORIZON_WEEKS, METHODS, Trial
from planner.demand.curve.bands import unit_variance

# Hours of each grain.
GRAINS: Mapping[str, int] = MappingProxyType({"hour": 1, "shift": 8, "day": 24, "week": 7 * 24})
PRINTED_FROM = 2.0
ALL_WEEKS = f"1-{HORIZON_WEEKS}"


@dataclass(frozen=True)
class Units:
    """All units of one grain, of all trials, that hold an hour which counts.

    Attributes
    ----------
    trial: index of the trial of each unit. place: index of the unit in its trial.
    week: weeks ahead, from 1.
    hours: how many of its hours count.
    actual: contacts in these. made: forecasts of them, by method.
    variance: gamma variance of the planner's band.
    below, upto: probability of fewer contacts than came, and of at most so many, by the planner's band.
    """

    trial: np.ndarray
    place: np.ndarray
    week: np.ndarray
    hours: np.ndarray
    actual: np.ndarray
    made: np.ndarray
    variance: np.ndarray
    below: np.ndarray
    upto: np.ndarray

    def inside(self, level: float) -> np.ndarray:
        """How much of each unit lies inside its band (see ``part_inside``)."""
        return part_inside(self.below, self.upto, level)


def units_of(trials: Sequence[Trial], grain: str) -> Units:
    """Sums over the hours that count of every hour, shift, day or week of the trials.

    Parameters
    ----------
    trials: of one queue.
    grain: one of ``GRAINS``.
    """
    hours = GRAINS[grain]
    counted = np.stack([trial.counted for trial in trials]).reshape(len(trials), -1, hours)
    actual = np.stack([trial.actual for trial in trials]).reshape(counted.shape)
    made = np.stack([trial.forecasts for trial in trials], axis=1).reshape(len(METHODS), *counted.shape)
    held = counted.sum(axis=2)
    keep = held > 0
    trial, place = np.nonzero(keep)
    variance = np.stack([unit_variance(one.spread, one.forecasts[0] * one.counted, hours) for one in trials])
    came = (actual * counted).sum(axis=2)[keep]
    forecast = (made * counted).sum(axis=3)[:, keep]
    below, upto = reached(np.floor(came), forecast[0], variance[keep])
    week = place * hours // (7 * 24) + 1
    return Units(trial, place, week, held[keep], came, forecast, variance[keep], below, upto)


def scores_of(trials: Sequence[Trial]) -> Iterator[dict[str, object]]:
    """Scores of one queue: a record for each horizon, grain and method; all four weeks together first."""
    grains = {grain: _Errors(units_of(trials, grain), grain) for grain in GRAINS}
    for weeks in (ALL_WEEKS, *(str(week) for week in range(1, HORIZON_WEEKS + 1))):
        for grain, errors in grains.items():
            for method, scores in zip(METHODS, errors.scores(weeks), strict=True):
                yield {"grain": grain, "method": method, "weeks_ahead": weeks, **scores}


class _Errors:
    """What every unit of a grain adds to the scores."""

    def __init__(self, units: Units, grain: str) -> None:
        self._units, self._hour = units, grain == "hour"
        planner = units.made[0]
        self._miss = np.abs(units.made - units.actual)
        self._floor = noise_floor(planner)
        self._inside = [units.inside(level) for level in (0.80, 0.95)]
        # Deviance of the forecast, and what chance alone brings: by Poisson, and by the planner's own band.
        self._deviances = [
            (deviance(units.actual, planner, variance), chance_deviance(planner, variance))
            for variance in (np.zeros(len(planner)), units.variance)
        ]

    def scores(self, weeks: str) -> Iterator[dict[str, float | int]]:
        """Scores of each method over some weeks ahead."""
        part = np.ones(len(self._units.week), bool) if weeks == ALL_WEEKS else self._units.week == int(weeks)
        actual = self._units.actual[part]
        total, count = float(actual.sum()), int(part.sum())
        mean = total / count if count else math.nan
        misses = [float(miss[part].sum()) for miss in self._miss]
        printed = total > 0 and (not self._hour or mean >= PRINTED_FROM)
        inside = [_part(float(share[part].sum()), count) for share in self._inside]
        ratios = [_part(float(a[part].sum()), float(b[part].sum())) for a, b in self._deviances]
        for index, made in enumerate(self._units.made):
            coverage80, coverage95 = inside if index == 0 else (math.nan, math.nan)
            poisson, band = ratios if index == 0 else (math.nan, math.nan)
            yield {
                "wape": misses[index] / total if printed else math.nan,
                "bias": _part(float((made[part] - actual).sum()), total),
                "mean_per_interval": mean,
                "noise_floor_ratio": _part(misses[index], float(self._floor[part].sum())),
                "coverage80": coverage80,
                "coverage95": coverage95,
                "deviance_ratio": poisson,
                "band_deviance_ratio": band,
                "skill_last_week": 1 - _part(misses[index], misses[1]),
                "skill_eight_weeks": 1 - _part(misses[index], misses[2]),
                "units": count,
            }


def _part(above: float, below: float) -> float:
    return above / below if below > 0 else math.nan
