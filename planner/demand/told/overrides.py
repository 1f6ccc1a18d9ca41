"""What is set by hand, with its reason: on top of the model and kept apart from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from planner._messages import Message
from planner._values import clock_text, number_text
from planner.demand.asks import Override
from planner.demand.curve.grid import PlanningGrid
from planner.demand.curve.onclock import OnClock


class ByHand(NamedTuple):
    """A forecast after what was set by hand.

    Attributes
    ----------
    mean: contacts, shape (queues, intervals).
    places: reason and where it was set, shape as ``mean``; in order, later ones on top.
    after: the forecast after each of them.
    notices: each with its size; of days outside the period nothing is said.
    """

    mean: np.ndarray
    places: tuple[tuple[str, np.ndarray], ...]
    after: tuple[np.ndarray, ...]
    notices: tuple[Message, ...]


NOTHING = 1e-9  # contacts of a day, below which none were expected


def set_by_hand(
    mean: np.ndarray, queues: Sequence[str], overrides: Sequence[Override], grid: PlanningGrid
) -> ByHand:
    """Overrides on a forecast, one after the other.

    Parameters
    ----------
    mean: contacts, shape (queues, intervals).
    queues: names of the rows.
    overrides: in order; a factor is on what the ones before have made, contacts a day replace it.
    grid: the period; days and hours of overrides are those of its clock.

    Examples
    --------
    >>> from datetime import date
    >>> from planner.clock import day_starts
    >>> grid = PlanningGrid.of(day_starts(date(2026, 12, 24), 1, "UTC")[0], 24, 60, "UTC")
    >>> early = Override(date(2026, 12, 24), date(2026, 12, 24), "closing early", from_minute=540, factor=0.5)
    >>> found = set_by_hand(np.full((1, 24), 2.0), ["phone en"], [early], grid)
    >>> found.mean[0, 8:10].tolist(), str(found.notices[0])
    ([2.0, 1.0], 'set by hand, phone en, 2026-12-24 09:00-24:00: 30 contacts become 15 (closing early)')
    """
    clock = OnClock.of(grid, grid.zone)
    places: list[tuple[str, np.ndarray]] = []
    after: list[np.ndarray] = []
    notices: list[Message] = []
    for override in overrides:
        rows = [row for row, name in enumerate(queues) if not override.queues or name in override.queues]
        when = clock.within(override.first, override.last)
        when &= (clock.minute_of >= override.from_minute) & (clock.minute_of < override.to_minute)
        where = np.zeros(mean.shape, dtype=bool)
        where[rows] = when
        if not where.any():
            if clock.within(override.first, override.last).any():
                notices.append(Message("asks.by_hand_nowhere", _values(override, queues)))
            continue
        before, mean = mean, _one(mean, where, override, clock)
        sizes = {"before": _size(before[where].sum()), "after": _size(mean[where].sum())}
        notices.append(Message("asks.by_hand", {**_values(override, queues), **sizes}))
        places.append((override.reason, where))
        after.append(mean)
    return ByHand(mean, tuple(places), tuple(after), tuple(notices))


def _one(mean: np.ndarray, where: np.ndarray, override: Override, clock: OnClock) -> np.ndarray:
    if override.contacts_a_day is None:
        return np.where(where, mean * (1.0 if override.factor is None else override.factor), mean)
    result = mean.copy()
    for day in range(clock.days):
        here = where & (clock.day_of == day)
        if not here.any():
            continue
        total = float(mean[here].sum())
        if total > NOTHING:
            result[here] = mean[here] * (override.contacts_a_day / total)
        else:  # nothing was expected: no hour is likelier than another
            result[here] = override.contacts_a_day / int(here.sum())
    return result


def _values(override: Override, queues: Sequence[str]) -> dict[str, object]:
    days = override.first.isoformat()
    if override.last > override.first:
        days = f"{days} to {override.last.isoformat()}"
    if (override.from_minute, override.to_minute) != (0, timedelta(days=1) // timedelta(minutes=1)):
        days = f"{days} {clock_text(override.from_minute)}-{clock_text(override.to_minute)}"
    names = ", ".join(name for name in queues if not override.queues or name in override.queues)
    return {"queues": names, "days": days, "reason": override.reason}


def _size(contacts: float) -> str:
    """Contacts as people say them."""
    return f"{contacts:,.0f}" if contacts >= 10 else number_text(round(float(contacts), 1))
