"""Where a simulated rota misses its promises: queue by queue, and hour by hour of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import local_at
from planner.requirement import reachable_share
from planner.service import FEWEST_CONTACTS, fates

if TYPE_CHECKING:
    from planner.people import Skills
    from planner.requirement import Need
    from planner.service import Service

TOLERANCE = 0.005
"""A promise is missed when the share kept lies more than this below it."""
WEAK = 0.10
"""An hour of the week is weak when it keeps this much less than the promise, whatever the others keep."""
ENOUGH_CONTACTS = 100
"""Simulated contacts from which an hour of the week is judged alone, not with the same hour of like days."""

_HOURS, _SATURDAY = 24, 5


@dataclass(frozen=True, eq=False)
class Misses:
    """What one simulation says of the promises.

    Attributes
    ----------
    kept: share within the promise per queue, of the contacts that it is judged on; NaN where there are none.
    short: points below the promise of the queues that miss it on the whole; below what any team could
        reach, where that is less.
    hours: share kept per queue and hour of the week (0 is Monday 00:00), NaN where too few arrive.
    weak: hours of the week in which a queue is weak.
    concentrated: queues of whose late contacts most arrive in weak hours, which are less than half of all;
        none whose promise is judged on all contacts: when those come is not when they could be answered.
    below: points below the promise of deferred queues that keep it only by the half point of tolerance.
    contacts: how many the simulation measured, per queue and hour of the week.
    error: standard error of the share kept, per queue: other customers may come.
    """

    kept: Mapping[str, float]
    short: Mapping[str, float]
    hours: Mapping[str, np.ndarray]
    weak: Mapping[str, tuple[int, ...]]
    concentrated: frozenset[str]
    below: Mapping[str, float] = field(default_factory=dict)
    contacts: Mapping[str, np.ndarray] = field(default_factory=dict)
    error: Mapping[str, float] = field(default_factory=dict)


def hours_of_week(need: Need, zone: str) -> np.ndarray:
    """Local hour of the week (0 to 167, from Monday) in which each interval starts."""
    starts = need.first_quarter + need.quarters_per_interval * np.arange(need.intervals)
    found = [local_at(int(start), zone) for start in starts]
    return np.array([at.weekday() * _HOURS + at.hour for at in found])


def misses(
    service: Service, need: Need, judged: np.ndarray, zone: str, table: Skills | None = None
) -> Misses:
    """Where promises are missed.

    Parameters
    ----------
    judged: intervals of arrival that count, by the need's queues, shape (queues, intervals).
    zone: whose hours of the week.
    table: who is slower than the handle times say, for what a team could reach; None: nobody.
    """
    hour = hours_of_week(need, zone)
    r, fate = service.records, fates(service)
    k = np.minimum((r.arrived // (60 * need.interval_minutes)).astype(np.int64), need.intervals - 1)
    kept: dict[str, float] = {}
    short: dict[str, float] = {}
    hours: dict[str, np.ndarray] = {}
    weak: dict[str, tuple[int, ...]] = {}
    concentrated: set[str] = set()
    below: dict[str, float] = {}
    contacts: dict[str, np.ndarray] = {}
    error: dict[str, float] = {}
    for number, queue in enumerate(service.queues):
        mine = (r.queue == number) & fate.measured & judged[need.queues.index(queue.name)][k]
        whole = np.bincount(hour[k[mine]], minlength=7 * _HOURS)
        within = np.bincount(hour[k[mine & fate.kept]], minlength=7 * _HOURS)
        factor = 1.0 if table is None else table.factor(queue.name)
        promise = min(queue.promise.share, reachable_share(queue, factor))
        count = int(whole.sum())
        kept[queue.name] = float(within.sum()) / count if count else float("nan")
        if count >= FEWEST_CONTACTS and kept[queue.name] < promise - TOLERANCE:
            short[queue.name] = promise - kept[queue.name]
        elif count >= FEWEST_CONTACTS and queue.handled_as != "live" and kept[queue.name] < promise:
            below[queue.name] = promise - kept[queue.name]
        contacts[queue.name] = whole
        error[queue.name] = _error(r.replication[mine], fate.kept[mine])
        hours[queue.name] = share = _share_by_hour(whole, within)
        found = np.flatnonzero(share < promise - WEAK)
        if len(found):
            weak[queue.name] = tuple(found.tolist())
            late = whole - within
            by_hour = queue.promise.judged_on == "open"
            if by_hour and 2 * late[found].sum() > late.sum() and 2 * whole[found].sum() < count:
                concentrated.add(queue.name)
    return Misses(kept, short, hours, weak, frozenset(concentrated), below, contacts, error)


def _error(life: np.ndarray, kept: np.ndarray) -> float:
    """Standard error of a share, from how much it differs between lives of the period."""
    count = np.bincount(life)
    shares = np.bincount(life, weights=kept)[count > 0] / count[count > 0]
    return float(shares.std(ddof=1) / np.sqrt(len(shares))) if len(shares) > 1 else 0.0


def _share_by_hour(whole: np.ndarray, within: np.ndarray) -> np.ndarray:
    """Share per hour of the week; where few arrive, that of the same hour on all like days."""
    share = np.full(len(whole), np.nan)
    days = np.arange(len(whole)) // _HOURS
    for number in range(len(whole)):
        alike = np.arange(len(whole)) % _HOURS == number % _HOURS
        alike &= days < _SATURDAY if days[number] < _SATURDAY else days == days[number]
        if whole[number] >= ENOUGH_CONTACTS:
            share[number] = within[number] / whole[number]
        elif whole[number] and whole[alike].sum() >= FEWEST_CONTACTS:
            share[number] = within[alike].sum() / whole[alike].sum()
    return share


def hour_text(hour: int) -> str:
    """An hour of the week on screen.

    Examples
    --------
    >>> hour_text(0), hour_text(6 * 24 + 19)
    ('Mon 00:00', 'Sun 19:00')
    """
    return f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[hour // _HOURS]} {hour % _HOURS:02d}:00"
