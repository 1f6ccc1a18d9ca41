"""Errors of trials added up, per queue and over queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.demand.backtesting import chance_deviance, deviance, noise_floor
from planner.demand.backtesting.scores import GRAINS, units_of
from planner.demand.backtesting.trials import METHODS, Trial

DENSE_FROM = 2.0


@dataclass
class Sums:
    """What is added up over units of one grain; several queues may be added together.

    Attributes
    ----------
    errors, shifts: sums of absolute and of signed errors, by method.
    actual: contacts. units: how many. floor: error that chance alone forces.
    deviance, chance: Poisson deviance and what chance alone brings.
    inside80, inside95: sums of parts inside the bands.
    """

    errors: np.ndarray = field(default_factory=lambda: np.zeros(len(METHODS)))
    shifts: np.ndarray = field(default_factory=lambda: np.zeros(len(METHODS)))
    actual: float = 0.0
    units: int = 0
    floor: float = 0.0
    deviance: float = 0.0
    chance: float = 0.0
    inside80: float = 0.0
    inside95: float = 0.0

    def plus(self, other: Sums) -> Sums:
        """Both together."""
        return Sums(**{name: getattr(self, name) + getattr(other, name) for name in vars(self)})

    def row(self) -> dict[str, float | int | None]:
        """Shares and ratios, for people and for bars."""
        return {
            "wape": _part(self.errors[0], self.actual),
            "bias": _part(self.shifts[0], self.actual),
            "wape_last_week": _part(self.errors[1], self.actual),
            "wape_eight_weeks": _part(self.errors[2], self.actual),
            "to_last_week": _part(self.errors[0], self.errors[1]),
            "to_eight_weeks": _part(self.errors[0], self.errors[2]),
            "noise_floor_ratio": _part(self.errors[0], self.floor),
            "deviance_ratio": _part(self.deviance, self.chance),
            "coverage80": _part(self.inside80, self.units),
            "coverage95": _part(self.inside95, self.units),
            "mean": _part(self.actual, self.units),
            "units": self.units,
        }


def sums_of(trials: Sequence[Trial]) -> dict[str, Sums]:
    """Sums of one queue by grain; hours, shifts and days that are always shut do not count as units."""
    found = {}
    for grain in GRAINS:
        units = units_of(trials, grain)
        # A band of nothing around nothing says nothing.
        kept = (units.actual > 0) | (units.made > 0).any(axis=0)
        planner, actual = units.made[0][kept], units.actual[kept]
        found[grain] = Sums(
            errors=np.abs(units.made - units.actual).sum(axis=1),
            shifts=(units.made - units.actual).sum(axis=1),
            actual=float(actual.sum()),
            units=int(kept.sum()),
            floor=float(noise_floor(planner).sum()),
            deviance=float(deviance(actual, planner).sum()),
            chance=float(chance_deviance(planner).sum()),
            inside80=float(units.inside(0.80)[kept].sum()),
            inside95=float(units.inside(0.95)[kept].sum()),
        )
    return found


def pooled(queues: Sequence[dict[str, Sums]]) -> dict[str, Sums]:
    """All queues together; ``hour (dense)`` are the queues with at least 2 contacts in an open hour."""
    together: dict[str, Sums] = {}
    for sums in queues:
        for grain, one in sums.items():
            together[grain] = one if grain not in together else together[grain].plus(one)
    dense = [sums["hour"] for sums in queues if sums["hour"].actual >= DENSE_FROM * sums["hour"].units]
    for one in dense:
        together["hour (dense)"] = (
            one if "hour (dense)" not in together else together["hour (dense)"].plus(one)
        )
    return together


def _part(above: float, below: float) -> float | None:
    return float(above) / float(below) if below > 0 else None
