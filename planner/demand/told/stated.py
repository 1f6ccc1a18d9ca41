"""Volumes that nobody has a history of, after what is asked of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.demand.arrivals import Volumes
from planner.demand.asks import ForecastAsks
from planner.demand.curve.bands import HIGH, LOW, limits
from planner.demand.curve.grid import PlanningGrid
from planner.demand.told.asked import Stage, asked


def with_asks(volumes: Volumes, zone: str, asks: ForecastAsks) -> Volumes:
    """Volumes that a scenario states, after what it asks; bands and steps are made anew.

    Parameters
    ----------
    volumes: without history, growth included. zone: the scenario's clock, of whose days they are afterwards.
    """
    grid = PlanningGrid.of(volumes.first_quarter, volumes.intervals, volumes.interval_minutes, zone)
    done = asked([Stage("stated", volumes.mean)], volumes.spread, grid, asks)
    spread = done.unsure(volumes.spread)
    low, high = volumes.low, volumes.high
    if done.level.any() or done.doubt is not None or not np.array_equal(done.mean, volumes.mean):
        low, high = (
            limits(done.mean, list(spread.values()), done.doubt, share, grid) for share in (LOW, HIGH)
        )
    return replace(
        volumes,
        mean=done.mean,
        low=low,
        high=high,
        spread=spread,
        day_of=grid.day_of,
        week_of=grid.day_of // 7,
        notices=(*volumes.notices, *done.notices),
        steps=done.steps,
        modelled=done.modelled,
        by_hand=done.by_hand,
        doubt=done.doubt,
    )
