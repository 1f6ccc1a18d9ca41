"""Demand month by month: what the scenario says of customers, orders, contact rates and self-service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.demand import Driver, Ramp
from planner.study.growing.ramp import month_after

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.study.scenario import Scenario

MOST_PAST = 48
RANGE = 1.2816
"""Standard deviations on each side that hold 8 of 10 cases."""


@dataclass(frozen=True)
class MonthDemand:
    """What a month asks.

    Attributes
    ----------
    first: its first day. ahead: whether it can still be decided about. factor: contacts against those of the
        planned period; low, high: 8 of 10 cases lie between. contacts: a mean month of this size.
    customers: in the middle of it; None: no path of them is said.
    """

    first: date
    ahead: bool
    factor: float
    low: float
    high: float
    contacts: float
    customers: float | None


def first_month(scenario: Scenario) -> date:
    """The month from which on it is planned: that of the decision, or of the period."""
    return month_after(scenario.said.hiring.decided or scenario.first_day, 0)


def months_of(scenario: Scenario, volumes: Volumes, months: int) -> tuple[MonthDemand, ...]:
    """Past months since growth began, then months ahead."""
    now, growth = first_month(scenario), scenario.said.growth
    past = 0
    if growth.customers and growth.since and growth.by:
        past = (now.year - growth.since.year) * 12 + now.month - growth.since.month
    past = min(MOST_PAST, max(0, past))
    level = _level(volumes)
    a_day = float(volumes.mean.sum()) / scenario.days
    path = Path(scenario, volumes)
    found = []
    for number in range(-past, months):
        first, end = month_after(now, number), month_after(now, number + 1)
        days = [first + timedelta(days=day) for day in range((end - first).days)]
        factor = path.mean(days)
        low, high = factor * max(0.0, 1 - RANGE * level), factor * (1 + RANGE * level)
        contacts = a_day * factor * len(days)
        customers = path.customers(days[len(days) // 2])
        found.append(MonthDemand(first, number >= 0, factor, low, high, contacts, customers))
    return tuple(found)


def _level(volumes: Volumes) -> float:
    """How unsure the level of the forecast is, as one standard deviation: that of each queue, weighted."""
    weights = volumes.mean.sum(axis=1)
    sizes = [volumes.spread[name].level for name in volumes.queues]
    return float(np.sqrt((weights * np.array(sizes)).sum() / weights.sum())) if weights.sum() else 0.0


class Path:
    """Contacts on any day against those of the planned period."""

    def __init__(self, scenario: Scenario, volumes: Volumes) -> None:
        self._drivers = tuple(_drivers(scenario))
        weights = volumes.mean.sum(axis=1)
        self._weights = dict(zip(volumes.queues, weights / max(float(weights.sum()), 1e-12), strict=True))
        days = [scenario.first_day + timedelta(days=day) for day in range(scenario.days)]
        self._base = {name: self._of(name, days) for name in self._weights}
        growth = scenario.said.growth
        dated = growth.customers and growth.since and growth.by
        self._customers = _ramp(scenario, growth.customers) if dated else None

    def mean(self, days: list[date]) -> float:
        """Mean factor of some days, queues weighted by their contacts."""
        parts = self._weights.items()
        return float(sum(part * self._of(name, days) / (self._base[name] or 1.0) for name, part in parts))

    def customers(self, day: date) -> float | None:
        """Customers on a day, if a path of them is said."""
        return self._customers.at(day) if self._customers else None

    def _of(self, queue: str, days: list[date]) -> float:
        drivers = [d for d in self._drivers if not d.queues or queue in d.queues]
        values = np.ones(len(days))
        for driver in drivers:
            values = values * [driver.factor.at(day) for day in days]
        return float(values.mean())


def _drivers(scenario: Scenario) -> Iterator[Driver]:
    """Reasons for which contacts change from day to day; without history the stated growth, too."""
    asked = scenario.forecast_asks.drivers
    yield from (driver for driver in asked if driver.relative)
    growth = scenario.said.growth
    if scenario.said.history or not (growth.since and growth.by):
        return
    for pair in (growth.customers, growth.orders, growth.contacts_per_order):
        if pair:
            yield Driver("", "growth", _ramp(scenario, pair), relative=True)


def _ramp(scenario: Scenario, pair: tuple[float, float] | None) -> Ramp:
    growth = scenario.said.growth
    assert pair is not None
    assert growth.since is not None
    assert growth.by is not None
    return Ramp(((growth.since, pair[0]), (growth.by, pair[1])))
