"""From the level of the history to the forecast, reason by reason, each with what it adds and its doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from planner.demand.arrivals import Spread
from planner.demand.asks import Driver, Step
from planner.demand.curve.bands import HIGH, LOW, quantiles, unit_variance
from planner.demand.curve.onclock import OnClock
from planner.demand.told.drivers import by_day
from planner.demand.told.events import Coming


@dataclass
class Waterfall:
    """The steps of one queue, told one after the other.

    Attributes
    ----------
    queue: name. weeks: of the period.
    chance: gamma variance of a week's contacts before anything is asked.
    level: gamma variance of what is unsure for the whole period.
    steps: told so far.
    """

    queue: str
    weeks: float
    chance: float = 0.0
    level: float = 0.0
    steps: list[Step] = field(default_factory=list)

    def tell(self, kind: str, name: str, mean: np.ndarray, doubt: np.ndarray | None = None) -> None:
        """A step after which the forecast is ``mean``.

        Parameters
        ----------
        mean: contacts by interval. doubt: gamma variance of one more factor by interval.
        """
        contacts = float(mean.sum()) / self.weeks
        before = self.steps[-1].contacts if self.steps else 0.0
        of_some = _of_the_sum(mean, doubt) if doubt is not None else 0.0
        variance = (1 + self.chance) * (1 + self.level) * (1 + of_some) - 1
        low, high = (float(quantiles(np.array([contacts]), variance, share)[0]) for share in (LOW, HIGH))
        change = contacts - before if self.steps else 0.0
        self.steps.append(Step(self.queue, kind, name, contacts, change, low, high))


class Modified(NamedTuple):
    """A queue's forecast after what was asked.

    Attributes
    ----------
    mean: contacts by interval.
    level: gamma variance of a factor common to the whole period.
    doubt: gamma variance of one more factor in some intervals, None: nowhere.
    """

    mean: np.ndarray
    level: float
    doubt: np.ndarray | None


def modified(
    told: Waterfall,
    mean: np.ndarray,
    doubt: np.ndarray | None,
    drivers: Sequence[Driver],
    comings: Sequence[Coming],
    clock: OnClock,
    reference: date | None,
    moving: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Modified:
    """Drivers, coming events, self-service and moved demand on a queue's forecast, in this order.

    Each is told as a step, events of one name as one. The factors are independent: their order changes what
    each step adds, not the end.

    Parameters
    ----------
    told: the waterfall so far; the steps are added to it.
    mean: contacts by interval. doubt: of hours that were never seen, or None.
    drivers: of this queue. comings: its events in the period.
    clock: the intervals on the queue's clock.
    reference: middle of the history's last weeks, None without history.
    moving: takes contacts from hours after an old opening that now come earlier; None: nothing moves.

    Examples
    --------
    >>> from planner.clock import day_starts
    >>> from planner.demand.asks import Ramp
    >>> from planner.demand.curve.grid import PlanningGrid
    >>> grid = PlanningGrid.of(day_starts(date(2026, 6, 1), 1, "UTC")[0], 7 * 24, 60, "UTC")
    >>> more = Driver("growth 20%", "growth", Ramp(((date(2026, 1, 1), 1.2),)), doubt=0.1)
    >>> told = Waterfall("email en", weeks=1.0)
    >>> flat = np.full(168, 10.0)
    >>> told.tell("history", "", flat)
    >>> found = modified(told, flat, None, [more], [], OnClock.of(grid, "UTC"), None)
    >>> found.mean[:2].tolist(), round(found.level, 3)
    ([12.0, 12.0], 0.01)
    >>> [(step.kind, round(step.contacts), round(step.change)) for step in told.steps]
    [('history', 1680, 0), ('growth', 2016, 336)]
    """
    base, factor = mean, np.ones(len(mean))
    early = [driver for driver in drivers if driver.kind != "self-service"]
    late = [driver for driver in drivers if driver.kind == "self-service"]
    for driver in early:
        factor, mean = _driven(told, driver, base, factor, clock, reference, doubt)
    for name in dict.fromkeys(found.event.name for found in comings):
        for found in comings:
            if found.event.name == name:
                factor, doubt = _happening(found, clock, factor, doubt)
        mean = base * factor
        told.tell("event", name, mean, doubt)
    for driver in late:
        factor, mean = _driven(told, driver, base, factor, clock, reference, doubt)
    if moving is not None:
        mean = moving(mean)
        told.tell("moved", "", mean, doubt)
    return Modified(mean, told.level, doubt)


def _happening(
    found: Coming, clock: OnClock, factor: np.ndarray, doubt: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray | None]:
    """Factor and doubt by interval after an event; events on one day multiply."""
    here = clock.within(found.event.first, found.event.last)
    factor = np.where(here, factor * found.factor, factor)
    if found.doubt > 0:
        before = np.zeros(len(factor)) if doubt is None else doubt
        doubt = np.where(here, (1 + before) * (1 + found.doubt**2) - 1, before)
    return factor, doubt


def _driven(
    told: Waterfall,
    driver: Driver,
    base: np.ndarray,
    factor: np.ndarray,
    clock: OnClock,
    reference: date | None,
    doubt: np.ndarray | None,
) -> tuple[np.ndarray, np.ndarray]:
    of_days = by_day(driver, clock.dates(), reference)
    factor = factor * of_days[clock.day_of]
    # What self-service solved in the history's last weeks is in their level, for sure.
    known = driver.kind == "self-service" and bool((of_days == 1.0).all())
    told.level = (1 + told.level) * (1 + (0.0 if known else driver.doubt) ** 2) - 1
    told.tell(driver.kind, driver.name, base * factor, doubt)
    return factor, base * factor


def week_chance(spread: Spread, mean: np.ndarray, interval_minutes: int) -> float:
    """Gamma variance of a week's contacts, from the nested factors: the mean of the period's weeks.

    Parameters
    ----------
    mean: contacts by interval. interval_minutes: 15, 30 or 60.

    Examples
    --------
    >>> round(week_chance(Spread(week=0.01, day=0.7), np.ones(336), 60), 4)
    0.111
    """
    weeks = max(1, -(-len(mean) * interval_minutes // (7 * 24 * 60)))
    by_hour = np.zeros(weeks * 7 * 24)
    np.add.at(by_hour, np.arange(len(mean)) * interval_minutes // 60, mean)
    total = by_hour.reshape(weeks, -1).sum(axis=1)
    if not total.any():
        return spread.week
    return float(np.average(unit_variance(spread, by_hour.reshape(-1, 24), 7 * 24), weights=total))


def _of_the_sum(mean: np.ndarray, doubt: np.ndarray) -> float:
    """Gamma variance of all intervals together, of one factor that some of them have in common."""
    total = float(mean.sum())
    return float((mean * np.sqrt(doubt)).sum() / total) ** 2 if total > 0 else 0.0
