"""The forecast of a scenario: what it tells the room of demand, and what its history has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner import demand
from planner.clock import PublicHolidays
from planner.study.seen_hours import believed

if TYPE_CHECKING:
    from planner._messages import Message
    from planner.demand import ForecastAsks, History, Volumes
    from planner.study.scenario import Scenario


def expected(history: History | None, scenario: Scenario, first: int, intervals: int) -> Volumes:
    """Contacts of so many intervals, from history or from the volumes that the scenario states.

    Parameters
    ----------
    first: absolute quarter-hour where the first one starts.
    """
    holidays = PublicHolidays(scenario.public_holidays)
    grid = (first, intervals, scenario.interval_minutes, scenario.zone, holidays)
    if history is None:
        return demand.with_asks(_stated(scenario, first, intervals), scenario.zone, scenario.forecast_asks)
    asks, notices = asks_for(history, scenario)
    volumes = demand.forecast(history, scenario.queues, *grid, asks=asks)
    return replace(volumes, notices=(*notices, *volumes.notices)) if notices else volumes


def _stated(scenario: Scenario, first: int, intervals: int) -> Volumes:
    """What is stated of every queue, on the clock and with the days off of its customers."""
    stated, asks = scenario.stated_volumes, scenario.forecast_asks
    usual = PublicHolidays(scenario.public_holidays)
    parts = [
        demand.typical_volumes(
            stated.get(queue.name, 0.0),
            queue,
            first,
            intervals,
            scenario.interval_minutes,
            asks.zones.get(queue.name, scenario.zone),
            asks.calendars.get(queue.name, usual),
        )
        for queue in scenario.queues
    ]
    return joined(parts)


def asks_for(history: History, scenario: Scenario) -> tuple[ForecastAsks, tuple[Message, ...]]:
    """What a forecast is asked, with the hours that its history has seen, and what is to be said of them."""
    hours, notices = believed(history, scenario)
    said = scenario.said.new_hours
    asks = replace(
        scenario.forecast_asks,
        open_hours=hours,
        opening=scenario.opening,
        moved=said.moved,
        a_weekday=said.volume,
        when_closed=scenario.when_closed,
    )
    return asks, notices


def joined(parts: Sequence[Volumes]) -> Volumes:
    """Volumes of several queues on one grid as one."""
    return replace(
        parts[0],
        queues=tuple(name for part in parts for name in part.queues),
        mean=np.vstack([part.mean for part in parts]),
        low=np.vstack([part.low for part in parts]),
        high=np.vstack([part.high for part in parts]),
        spread={name: spread for part in parts for name, spread in part.spread.items()},
        notices=tuple(dict.fromkeys(notice for part in parts for notice in part.notices)),
    )
