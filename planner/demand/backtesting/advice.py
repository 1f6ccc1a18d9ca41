"""How finely a queue can be planned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.clock import OpeningHours
from planner.demand.backtesting.trials import Trial
from planner.demand.curve.localdays import LocalDays

ADVISED_MEAN = 5.0
GRAIN_HOURS = (1, 2, 4, 8)


def advised_grain(per_day: float, open_hours: float = 24.0) -> str:
    """Smallest of 1, 2, 4, 8 hours and a day that holds 5 contacts on average while the queue is open.

    Parameters
    ----------
    per_day: contacts of a day.
    open_hours: in which they come.

    Examples
    --------
    >>> advised_grain(3.0), advised_grain(40.0), advised_grain(200.0)
    ('day', '4 hours', 'hour')
    >>> advised_grain(60.0), advised_grain(60.0, open_hours=9.0)
    ('2 hours', 'hour')
    """
    for hours in GRAIN_HOURS:
        if hours <= open_hours and per_day * hours >= ADVISED_MEAN * open_hours:
            return "hour" if hours == 1 else f"{hours} hours"
    return "day"


def open_hours_of(days: LocalDays, opening: OpeningHours | None) -> np.ndarray:
    """Hours of each local day in which a queue is open all the while; without opening hours: all of them.

    Parameters
    ----------
    days: of the queue.
    opening: hours that are planned for, on a clock of their own.
    """
    if opening is None:
        return np.ones((days.days, 24), dtype=bool)
    first = int(days.starts[0])
    # An hour longer than the last day, for the day that autumn lengthens.
    mask = opening.mask(first, int(days.starts[-1]) - first + 4)
    hours = (days.starts[:-1, None] - first + 4 * np.arange(24)).clip(max=len(mask) - 4)
    return np.asarray(mask[hours[:, :, None] + np.arange(4)].all(axis=2))


def open_rate(trials: Sequence[Trial], is_open: np.ndarray) -> tuple[float, float]:
    """Contacts in an open hour, and open hours of a day that has any; 0 where none was tested.

    Parameters
    ----------
    trials: of one queue.
    is_open: of ``open_hours_of``.
    """
    masks = [trial.counted & is_open[trial.row : trial.row + len(trial.counted)] for trial in trials]
    hours = sum(int(mask.sum()) for mask in masks)
    days = sum(int(mask.any(axis=1).sum()) for mask in masks)
    came = sum(float(trial.actual[mask].sum()) for trial, mask in zip(trials, masks, strict=True))
    return (came / hours, hours / days) if hours else (0.0, 0.0)
