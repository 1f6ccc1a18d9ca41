"""What waits until when: each stretch in which a queue is closed, and when its contacts are answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import local_at
from planner.requirement import OpenTimes, due_at

if TYPE_CHECKING:
    from planner.demand import Queue
    from planner.study.scenario import Scenario

AROUND = 8 * 96
QUARTER = 900.0


@dataclass(frozen=True)
class Closed:
    """A queue is closed from one wall time of the week to another.

    Attributes
    ----------
    queue: name. start, end: weekday (0 is Monday) and minute on the scenario's clock.
    hours: of the first such stretch. due: weekday and minute by which a contact that comes when it begins is
        promised; None for live queues and where nobody knows. days: local days of the starts in the period.
    """

    queue: str
    start: tuple[int, int]
    end: tuple[int, int]
    hours: float
    due: tuple[int, int] | None
    days: tuple[date, ...]


def closed(scenario: Scenario) -> tuple[Closed, ...]:
    """Every stretch of the period in which a queue is closed, alike ones together, most often first."""
    found: list[Closed] = []
    for queue in scenario.queues:
        found += _of_queue(queue, scenario)
    return tuple(found)


def ever_closed(queue: Queue, scenario: Scenario) -> bool:
    """Whether a queue is closed at any time of the period."""
    from planner.study.steps import horizon

    first, intervals = horizon(scenario)
    quarters = intervals * scenario.interval_minutes // 15
    return not scenario.opening[queue.name].mask(first, quarters).all()


def _of_queue(queue: Queue, scenario: Scenario) -> list[Closed]:
    from planner.study.steps import horizon

    first, intervals = horizon(scenario)
    quarters = intervals * scenario.interval_minutes // 15
    hours = scenario.opening[queue.name]
    times = OpenTimes.of(hours, first, quarters + 2 * AROUND)
    is_open = times.quarters
    ends = np.flatnonzero(np.diff(is_open.astype(np.int8)) == -1) + 1
    alike: dict[tuple[tuple[int, int], tuple[int, int]], list[tuple[int, int]]] = defaultdict(list)
    for begin in ends.tolist():
        opens = hours.next_open(first + begin)
        if begin < quarters and opens is not None:
            span = _wall(first + begin, scenario.zone), _wall(opens, scenario.zone)
            alike[span].append((begin, opens - first))
    rows = []
    for (start, end), spans in alike.items():
        begin, until = spans[0]
        days = tuple(local_at(first + at, scenario.zone).date() for at, _ in spans)
        due = _due(queue, times, begin, scenario.zone)
        rows.append(Closed(queue.name, start, end, (until - begin) / 4, due, days))
    return sorted(rows, key=lambda row: (-len(row.days), row.start, row.end))


def _due(queue: Queue, times: OpenTimes, begin: int, zone: str) -> tuple[int, int] | None:
    """When a contact is due that comes as a queue closes; a live queue promises nothing while closed."""
    if queue.handled_as == "live":
        return None
    at = float(due_at(queue.promise, times, np.array([begin * QUARTER]))[0])
    return _wall(times.first_quarter + int(at // QUARTER), zone) if np.isfinite(at) else None


def _wall(quarter: int, zone: str) -> tuple[int, int]:
    at = local_at(quarter, zone)
    return at.weekday(), at.hour * 60 + at.minute
