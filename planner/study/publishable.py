"""From a simulated service to what may be published: figures that hold in poor periods, rounded up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.clock import PublicHolidays, day_starts, local_at
from planner.demand import LIVE_CHANNELS
from planner.study.misses import hour_text

if TYPE_CHECKING:
    from planner.service import Service
    from planner.study.scenario import Scenario

MARGIN = 1.25
"""A time is published only if the share is answered in four fifths of it."""
FEWEST_A_WEEK = 10.0
"""Contacts a week below which nothing is promised: one late answer would break it."""
FEWEST_SIMULATED = 30
SHARES = (0.9, 0.8)
"""When the share that is asked for holds at no figure, the next lower one is tried."""
PARTS = ("weekdays", "evenings and nights", "weekends", "closed")
DAY_HOURS = (8, 18)

_MINUTE, _HOUR = 60.0, 3600.0
_LIVE = (10.0, 15.0, 20.0, 30.0, 45.0, *(m * _MINUTE for m in (1, 2, 3, 5, 10, 15, 30)))
_DEFERRED = (*(m * _MINUTE for m in (15, 30, 45)), *(h * _HOUR for h in (1, 2, 3, 4, 6, 8)))
_ELAPSED = (*_DEFERRED, *(h * _HOUR for h in (12, 24, 48, 72)))
_SATURDAY = 5


@dataclass(frozen=True)
class Publishable:
    """What may be said of one queue in one part of the week.

    Attributes
    ----------
    part: when contacts arrive, of ``PARTS``. contacts_per_week: so many do.
    verdict: "publish", "too few" or "none" (no figure holds).
    share, within_seconds, clock: so many are answered within that; "elapsed", "opening hours", or "after
        opening" (in opening hours from the next opening). NaN unless there is something to publish.
    day_seconds: a business day on that clock: the usual opening time of a day.
    kept_share, kept_low: share answered within that time: mean, and in a poor period.
    elapsed_seconds: the time that would hold in elapsed hours; NaN if none does.
    worst_hour, worst_seconds: the slowest hour of the week ("" if none has enough contacts) and the time in
        which the share is answered then. longest_seconds: longest wait of all simulated periods. Of none of
        them the edges of the period that only a neighbouring one could serve are a part.
    """

    queue: str
    channel: str
    part: str
    contacts_per_week: float
    verdict: str
    clock: str = ""
    share: float = math.nan
    within_seconds: float = math.nan
    day_seconds: float = 86_400.0
    kept_share: float = math.nan
    kept_low: float = math.nan
    elapsed_seconds: float = math.nan
    worst_hour: str = ""
    worst_seconds: float = math.nan
    longest_seconds: float = math.nan


def publishable(
    service: Service,
    scenario: Scenario,
    judged: np.ndarray,
    share: float = SHARES[0],
    confidence: float = 0.9,
) -> tuple[Publishable, ...]:
    """What may be published of a simulated service, queue by queue and part by part of the week.

    Parameters
    ----------
    judged: intervals of arrival whose waits count, by the service's queues, shape (queues, intervals): not
        those at the edges that only a neighbouring period could serve. All contacts count as a week's.
    """
    from planner.service import Outcome, fates, open_waited

    r, fate = service.records, fates(service, "offered")
    hour = np.array([_hour_of_week(service, k, scenario.zone) for k in range(service.intervals)])
    interval = np.clip((r.arrived // (60 * service.interval_minutes)).astype(int), 0, service.intervals - 1)
    part = np.where(r.arrived_open, _parts(service, hour, scenario)[interval], PARTS.index("closed"))
    waits = {
        "elapsed": np.where(np.isnan(fate.waited), np.inf, fate.waited),
        "opening hours": np.where(np.isnan(fate.waited), np.inf, open_waited(service, fate)),
    }
    contacts = _Contacts(
        waits,
        r.outcome == Outcome.ANSWERED,
        r.outcome == Outcome.WAITING,
        r.replication,
        hour[interval],
        service.replications,
    )
    rows = []
    for q, queue in enumerate(service.queues):
        live = queue.channel in LIVE_CHANNELS
        for number, name in enumerate(PARTS):
            mine = (r.queue == q) & (part == number) & ~r.carried & (r.live == live)
            if (live and name == "closed") or not mine.any():
                continue
            a_week = float(mine.sum()) / (service.replications * service.weeks)
            said: dict[str, Any] = {
                "queue": queue.name,
                "channel": queue.channel,
                "part": name,
                "contacts_per_week": a_week,
            }
            seen = mine & judged[q][interval]
            if a_week < FEWEST_A_WEEK or not seen.any():
                rows.append(Publishable(**said, verdict="too few"))
                continue
            day = _business_day(service, q, scenario)
            shares = (share, *(lower for lower in SHARES if lower < share))
            rows.append(_found(contacts.only(seen), said, live, day, shares, confidence))
    return tuple(rows)


@dataclass(frozen=True, eq=False)
class _Contacts:
    """Contacts as waits on two clocks (infinite where the answer never came) and what became of them."""

    waits: dict[str, np.ndarray]
    answered: np.ndarray
    waiting: np.ndarray
    replication: np.ndarray
    hour: np.ndarray
    replications: int

    def only(self, mine: np.ndarray) -> _Contacts:
        waits = {clock: values[mine] for clock, values in self.waits.items()}
        return _Contacts(
            waits,
            self.answered[mine],
            self.waiting[mine],
            self.replication[mine],
            self.hour[mine],
            self.replications,
        )

    def kept(self, clock: str, seconds: float, confidence: float) -> tuple[float, float]:
        """Share answered in time, and what it is at least in so many periods; who still waits is unknown."""
        in_time = self.waits[clock] <= seconds + 1e-6
        known = ~(self.waiting & in_time)
        kept = np.bincount(self.replication[known & in_time & self.answered], minlength=self.replications)
        whole = np.bincount(self.replication[known], minlength=self.replications)
        if not whole.any():
            return math.nan, math.nan
        some = whole > 0
        low = float(np.quantile(kept[some] / whole[some], 1 - confidence, method="lower"))
        return float(kept.sum() / whole.sum()), low


def _found(
    contacts: _Contacts,
    said: dict[str, Any],
    live: bool,
    day: float,
    shares: Sequence[float],
    confidence: float,
) -> Publishable:
    """The highest share that holds at a figure, and the smallest figure at which it does."""
    always = day >= 86_400
    clock = "elapsed" if live or always else "opening hours"
    for share in shares:
        elapsed = _figure(contacts, "elapsed", figures("elapsed", live, day), share, confidence)
        own = _figure(contacts, clock, figures(clock, live, day), share, confidence)
        if math.isnan(own):
            continue
        mean, low = contacts.kept(clock, own, confidence)
        hour, slowest = _worst(contacts, clock, figures(clock, live, day), share)
        longest = contacts.waits[clock][np.isfinite(contacts.waits[clock])]
        return Publishable(
            **said,
            verdict="publish",
            clock="after opening" if said["part"] == "closed" else clock,
            share=share,
            within_seconds=own,
            day_seconds=day,
            kept_share=mean,
            kept_low=low,
            elapsed_seconds=elapsed,
            worst_hour=hour,
            worst_seconds=slowest,
            longest_seconds=float(longest.max(initial=0.0)),
        )
    return Publishable(**said, verdict="none")


def figures(clock: str, live: bool, day_seconds: float) -> tuple[float, ...]:
    """Times that people publish, in seconds: a ladder up to half an hour (live), three days or business days.

    Examples
    --------
    >>> [seconds / 3600 for seconds in figures("opening hours", False, 9 * 3600)][-4:]
    [8.0, 9.0, 18.0, 27.0]
    """
    if live:
        return _LIVE
    if clock == "elapsed":
        return _ELAPSED
    return (
        *(seconds for seconds in _DEFERRED if seconds < day_seconds),
        *(n * day_seconds for n in (1, 2, 3)),
    )


def _figure(
    contacts: _Contacts, clock: str, ladder: Sequence[float], share: float, confidence: float
) -> float:
    """The smallest published figure at which the share holds with a margin; NaN if none does."""
    good = (t for t in ladder if contacts.kept(clock, t / MARGIN, confidence)[1] >= share - 1e-12)
    return next(good, math.nan)


def _worst(contacts: _Contacts, clock: str, ladder: Sequence[float], share: float) -> tuple[str, float]:
    """The hour of the week with the longest time for a share of its contacts, rounded up to a figure."""
    waits = np.where(contacts.answered, contacts.waits[clock], np.inf)[~contacts.waiting]
    hours = contacts.hour[~contacts.waiting]
    slowest = {
        int(hour): float(np.quantile(waits[hours == hour], share, method="higher"))
        for hour in np.unique(hours)
        if (hours == hour).sum() >= FEWEST_SIMULATED
    }
    if not slowest:
        return "", math.nan
    hour = max(slowest, key=lambda at: (slowest[at], -at))
    return hour_text(hour), next((t for t in ladder if t >= slowest[hour] - 1e-6), math.nan)


def _hour_of_week(service: Service, interval: int, zone: str) -> int:
    at = local_at(service.first_quarter + interval * service.interval_minutes // 15, zone)
    return at.weekday() * 24 + at.hour


def _parts(service: Service, hour: np.ndarray, scenario: Scenario) -> np.ndarray:
    """Number of the part of the week of each interval, whether open or not; public holidays are weekend."""
    holidays = PublicHolidays(scenario.public_holidays)
    step = service.interval_minutes // 15
    days = [
        local_at(service.first_quarter + k * step, scenario.zone).date() for k in range(service.intervals)
    ]
    free = np.array([holidays.name_of(day) is not None for day in days])
    by_day = (hour % 24 >= DAY_HOURS[0]) & (hour % 24 < DAY_HOURS[1])
    weekend = (hour // 24 >= _SATURDAY) | free
    names = [PARTS.index(name) for name in ("weekends", "weekdays", "evenings and nights")]
    return np.select([weekend, by_day], names[:2], names[2])


def _business_day(service: Service, queue: int, scenario: Scenario) -> float:
    """Seconds for which a queue is usually open on a day on which it opens; a day if it never closes."""
    starts = np.array(day_starts(scenario.first_day, scenario.days, scenario.zone)) - service.first_quarter
    is_open = service.open_[queue]
    if is_open.all():
        return 86_400.0
    lengths = [int(is_open[a:b].sum()) for a, b in pairwise(starts)]
    some = [length for length in lengths if length]
    return float(np.median(some)) * 900 if some else 86_400.0
