"""Bad days: several times the contacts for a few hours, and how long until it is over.

``planner.study.absence`` asks about one person who does not come, ``planner.study.wrong_forecast`` about the
forecast.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner._values import wait_text
from planner.clock import local_at
from planner.service import BadHours, by_day, waiting
from planner.study import steps
from planner.study.lives import usual_lives
from planner.study.progress import OnPlanProgress, PlanProgress

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.rota import Rota
    from planner.scheduling import IsCancelled
    from planner.service import Service
    from planner.study.scenario import Scenario

FACTOR, HOURS = 4.0, 4
_NORMAL = 1
"""A backlog is normal again when it is at most so many contacts above the same hour's without the rush."""


@dataclass(frozen=True)
class Recovery:
    """What a bad day does to one queue.

    Attributes
    ----------
    usual, kept: share within the promise of that local day's contacts, without and with the rush; NaN
        where they are too few.
    usual_longest_seconds, longest_seconds: longest wait of that day's contacts over all replications.
    after_seconds, late_seconds: from the end of the rush until the backlog is back to normal, median and 90th
        percentile over replications, to the planning interval; infinite: not before the period ends.
    never: share of replications in which it is not before the period ends.
    """

    queue: str
    usual: float
    kept: float
    usual_longest_seconds: float
    longest_seconds: float
    after_seconds: float
    late_seconds: float
    never: float


@dataclass(frozen=True)
class BadDay:
    """A rush, and what became of each queue. ``more``: contacts on top, mean over replications."""

    rush: BadHours
    more: float
    queues: tuple[Recovery, ...]
    replications: int
    messages: tuple[Message, ...] = field(default=())


def busiest_hours(
    volumes: Volumes, first_day: date, zone: str, hours: int = HOURS, factor: float = FACTOR
) -> BadHours:
    """The hours of the busiest day in which most contacts are expected.

    Parameters
    ----------
    first_day: local day of the first interval. zone: its clock.
    hours: how long. factor: on the arrivals.
    """
    total = volumes.mean.sum(axis=0)
    day = int(np.bincount(volumes.day_of, weights=total).argmax())
    step, mine = volumes.interval_minutes // 15, np.flatnonzero(volumes.day_of == day)
    # On a day of a clock change an hour comes twice or not at all.
    hour_of = [local_at(volumes.first_quarter + int(k) * step, zone).hour for k in mine]
    by_hour = np.bincount(hour_of, weights=total[mine], minlength=24)
    starts = max(1, 25 - hours)
    start = int(np.argmax([by_hour[h : h + hours].sum() for h in range(starts)]))
    return BadHours(first_day + timedelta(days=day), start, hours, factor)


def check_day(rush: BadHours, scenario: Scenario) -> None:
    """Refuse bad hours of a day that is not planned, before anything is simulated.

    Raises
    ------
    InputError
        If the day is not in the period.
    """
    last = scenario.first_day + timedelta(days=scenario.days - 1)
    if not scenario.first_day <= rush.day <= last:
        values = {"day": str(rush.day), "first": str(scenario.first_day), "last": str(last)}
        raise InputError(Message("stress.day_outside", values))


def bad_day(
    rota: Rota,
    volumes: Volumes,
    scenario: Scenario,
    rush: BadHours | None = None,
    replications: int | None = None,
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> BadDay | None:
    """Several times the contacts for a few hours: what is kept that day, and when it is over.

    Both runs meet the same usual customers (common random numbers); the rush comes on top.

    Parameters
    ----------
    rota: ours or any other of the scenario's team.
    rush: None: four times the contacts in the busiest four hours of the busiest day.
    replications: None: 20, fewer without the compiled extra.
    on_progress, is_cancelled: as ``plan`` takes them; None is returned when cancelled.

    Raises
    ------
    InputError
        If the day is not in the period.
    """
    rush = rush or busiest_hours(volumes, scenario.first_day, scenario.zone)
    check_day(rush, scenario)
    lives, began = replications or min(20, usual_lives(volumes)), time.monotonic()
    runs: list[Service] = []
    for number, hours in enumerate((None, rush), start=1):
        said = PlanProgress("bad day", stage=number, stages=2)
        if not go_on(said, began, on_progress, is_cancelled):
            return None
        runs.append(steps.simulate(rota, volumes, scenario, replications=lives, bad_hours=hours))
    usual, bad = runs
    ends = _end_of(rush, volumes, scenario.zone)
    more = (len(bad.records) - len(usual.records)) / lives
    made = BadDay(rush, more, _recoveries(usual, bad, rush, ends, scenario.zone), lives)
    return replace(made, messages=_told(made))


def _end_of(rush: BadHours, volumes: Volumes, zone: str) -> int:
    """Interval in which the rush is over."""
    _, end = rush.quarters(zone)
    return min(volumes.intervals, (end - volumes.first_quarter) * 15 // volumes.interval_minutes)


def _recoveries(usual: Service, bad: Service, rush: BadHours, ends: int, zone: str) -> tuple[Recovery, ...]:
    days = [by_day(service, zone) for service in (usual, bad)]
    that_day = [
        {row["queue"]: row for row in frame[frame["day"] == str(rush.day)].to_dict("records")}
        for frame in days
    ]
    extra = waiting(bad) - waiting(usual)
    found = []
    for q, queue in enumerate(usual.queues):
        after = np.array([_back(row[ends:]) for row in extra[:, q]]) * usual.interval_minutes * 60.0
        before, then = (its[queue.name] for its in that_day)
        found.append(
            Recovery(
                queue=queue.name,
                usual=float(before["kept_share"]),
                kept=float(then["kept_share"]),
                usual_longest_seconds=float(before["longest_wait_seconds"]),
                longest_seconds=float(then["longest_wait_seconds"]),
                # Of whole numbers of intervals; infinite ones must not be averaged with others.
                after_seconds=float(np.percentile(after, 50, method="higher")),
                late_seconds=float(np.percentile(after, 90, method="higher")),
                never=float(np.isinf(after).mean()),
            )
        )
    return tuple(found)


def _back(extra: np.ndarray) -> float:
    """Intervals until the extra backlog is gone; infinite if it is not."""
    normal = np.flatnonzero(extra <= _NORMAL)
    return float(normal[0]) if len(normal) else math.inf


def go_on(
    said: PlanProgress, began: float, on_progress: OnPlanProgress | None, is_cancelled: IsCancelled | None
) -> bool:
    """Say that one of several simulations begins; whether it should."""
    if on_progress is not None:
        on_progress(replace(said, seconds=time.monotonic() - began))
    return is_cancelled is None or not is_cancelled()


def _told(found: BadDay) -> tuple[Message, ...]:
    rush = found.rush
    values = {
        "day": f"{rush.day:%a %Y-%m-%d}",
        "from_hour": f"{rush.from_hour:02d}",
        "hours": rush.hours,
        "factor": f"{rush.factor:g}",
        "total": f"{found.more:,.0f}",
    }
    lines = [Message("stress.bad_day", values)]
    for each in found.queues:
        shares = {
            "queue": each.queue,
            "kept": f"{100 * each.kept:.0f}",
            "usual": f"{100 * each.usual:.0f}",
            "longest": wait_text(each.longest_seconds),
            "usual_longest": wait_text(each.usual_longest_seconds),
        }
        known = math.isfinite(each.kept) and math.isfinite(each.usual)
        lines.append(Message("stress.bad_queue" if known else "stress.bad_queue_few", shares))
        after = {"after": wait_text(each.after_seconds), "late": wait_text(each.late_seconds)}
        if each.never > 0.1:
            share = {"queue": each.queue, "share": f"{100 * each.never:.0f}"}
            lines.append(Message("stress.normal_never", share))
        elif each.late_seconds == 0:
            lines.append(Message("stress.normal_at_once", {"queue": each.queue}))
        elif each.after_seconds == 0:
            lines.append(Message("stress.normal_soon", {"queue": each.queue, **after}))
        else:
            lines.append(Message("stress.normal_after", {"queue": each.queue, **after}))
    return tuple(lines)
