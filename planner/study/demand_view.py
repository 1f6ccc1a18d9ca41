"""What the Demand page says of a forecast: clocks to see it by, grain, clock changes, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from planner import demand
from planner._messages import Message
from planner.clock import day_starts
from planner.study.waterfall import all_together, waterfall_lines

if TYPE_CHECKING:
    from planner.demand import History, Step, Volumes
    from planner.study.scenario import Scenario

ALL = ""
PART_OF_A_DAY = 24 * 4


@dataclass(frozen=True)
class View:
    """A forecast of one queue, or of all together, as a page shows it.

    Attributes
    ----------
    steps: its waterfall.
    advised: grain to plan by, in words: hour, 2 hours, 4 hours, 8 hours or day.
    grain: nearest to it that a chart has.
    week: contacts a week; low and high: 8 weeks of 10 bring as many.
    lines: the waterfall in words, and what else the chart needs to be read.
    by_hand, borrowed, notices: what was set by hand with its reason, hours that were never seen, the rest.
    changes: days of 23 or 25 hours in the period, with their hours.
    """

    queue: str
    steps: tuple[Step, ...]
    advised: str
    grain: Literal["hour", "day"]
    week: float
    low: float
    high: float
    lines: tuple[Message, ...]
    by_hand: tuple[Message, ...]
    borrowed: tuple[Message, ...]
    notices: tuple[Message, ...]
    changes: Mapping[date, int]


def name_of(queue: str) -> str:
    """The name of a queue for people; all of them together have one, too."""
    return queue or str(Message("demand_view.all_queues"))


def view_of(volumes: Volumes, scenario: Scenario, queue: str = ALL) -> View:
    """A forecast as a page shows it.

    Parameters
    ----------
    queue: name; "" for all together.

    Examples
    --------
    >>> from planner.study import Scenario, demand_and_need
    >>> desk = Scenario.from_text("volume: 100 a weekday")
    >>> seen = view_of(demand_and_need(desk)[1], desk)
    >>> seen.advised, seen.grain, round(seen.week)
    ('hour', 'hour', 540)
    """
    steps = steps_of(volumes, queue)
    last = steps[-1]
    per_day, advised = _advised(volumes, scenario, queue)
    said = {"queue": name_of(queue), "per_day": _figure(per_day), "grain": advised}
    changes = change_days(scenario)
    lines = (
        *waterfall_lines(replace(volumes, steps=steps)),
        Message("demand_view.advised", said),
        *_of_changes(changes, scenario.zone),
    )
    mine = [m for m in volumes.notices if not queue or m.values.get("queue", queue) == queue]
    by_hand = tuple(m for m in mine if m.code.startswith("asks.by_hand"))
    borrowed = tuple(m for m in mine if m.code.startswith("unstaffed."))
    rest = tuple(m for m in mine if m not in by_hand and m not in borrowed)
    grain: Literal["hour", "day"] = "hour" if advised == "hour" else "day"
    week = (last.contacts, last.low, last.high)
    return View(queue, steps, advised, grain, *week, lines, by_hand, borrowed, rest, changes)


def clocks(scenario: Scenario) -> dict[str, dict[str, str]]:
    """Clocks to see hours of the week by: the scenario's, each queue's customers', UTC, with every zone.

    Those that would show the same as one before are left out.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> list(clocks(Scenario.from_text("zone: Europe/Rome"))), list(clocks(Scenario.from_text("zone: UTC")))
    (['scenario', 'utc'], ['scenario'])
    """
    own = scenario.forecast_asks.zones
    names = [queue.name for queue in scenario.queues]
    found: dict[str, dict[str, str]] = {}
    for clock, zones in (
        ("scenario", dict.fromkeys(names, scenario.zone)),
        ("customers", {name: own.get(name, scenario.zone) for name in names}),
        ("utc", dict.fromkeys(names, "UTC")),
    ):
        if zones not in found.values():
            found[clock] = zones
    return found


def clock_name(zones: Mapping[str, str], queue: str = ALL) -> str:
    """Zone of a clock in words, for the title of an axis."""
    seen = {zones[queue]} if queue else set(zones.values())
    return seen.pop() if len(seen) == 1 else str(Message("demand_view.clock_customers"))


def hours_of_week(
    volumes: Volumes, history: History | None, zones: Mapping[str, str], queue: str = ALL
) -> np.ndarray:
    """Contacts in each hour of a week, of a queue or all: expected, or, with a history, those that came."""
    of = {name: zone for name, zone in zones.items() if name in volumes.queues and queue in (ALL, name)}
    return demand.expected_by_hour(volumes, of) if history is None else demand.came_by_hour(history, of)


def hours_title(queue: str, came: bool) -> str:
    """Title of a chart by hour of the week."""
    code = "demand_view.came_title" if came else "demand_view.expected_title"
    return str(Message(code, {"queue": name_of(queue), "weeks": demand.LAST_WEEKS}))


def change_days(scenario: Scenario) -> dict[date, int]:
    r"""Days of the period that have not 24 hours, with their hours.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> spring = Scenario.from_text("zone: Europe/Rome\nperiod: {first_day: 2026-03-02, weeks: 4}")
    >>> {day.isoformat(): hours for day, hours in change_days(spring).items()}
    {'2026-03-29': 23}
    """
    starts = day_starts(scenario.first_day, scenario.days, scenario.zone)
    return {
        scenario.first_day + timedelta(days=day): (after - before) // 4
        for day, (before, after) in enumerate(pairwise(starts))
        if after - before != PART_OF_A_DAY
    }


def steps_of(volumes: Volumes, queue: str = ALL) -> tuple[Step, ...]:
    """The waterfall of a queue, or of all together under a name of its own."""
    if queue:
        return tuple(step for step in volumes.steps if step.queue == queue)
    return all_together(volumes.steps, name_of(ALL))


def compared(before: Volumes, after: Volumes, queue: str = ALL) -> Message:
    """What a change of asks does to a queue's week, or to all queues', in a sentence."""
    old, new = steps_of(before, queue)[-1], steps_of(after, queue)[-1]
    values = {"queue": name_of(queue), "before": _figure(old.contacts), "after": _figure(new.contacts)}
    ends = {
        f"{when}_{end}": _figure(getattr(step, end))
        for when, step in (("before", old), ("after", new))
        for end in ("low", "high")
    }
    same = [values["before"], ends["before_low"], ends["before_high"]] == [
        values["after"],
        ends["after_low"],
        ends["after_high"],
    ]
    return Message("demand_view.no_change" if same else "demand_view.changed", {**values, **ends})


def _advised(volumes: Volumes, scenario: Scenario, queue: str) -> tuple[float, str]:
    """Contacts a day, and the grain that what comes in open hours is worth planning by."""
    step = volumes.interval_minutes // 15
    rows = [row for row, name in enumerate(volumes.queues) if queue in (ALL, name)]
    mean = volumes.mean[rows]
    masks = [
        scenario.opening[volumes.queues[row]]
        .mask(volumes.first_quarter, volumes.intervals * step)
        .reshape(-1, step)
        .all(axis=1)
        for row in rows
    ]
    is_open = np.any(masks, axis=0)
    days = max(len(set(volumes.day_of[is_open].tolist())), 1)
    hours = float(is_open.sum()) * volumes.interval_minutes / 60 / days
    inside = float(mean[:, is_open].sum()) / days
    per_day = float(mean.sum()) / (int(volumes.day_of.max()) + 1)
    return per_day, demand.advised_grain(inside, hours)


def _of_changes(changes: Mapping[date, int], zone: str) -> Iterator[Message]:
    for day, hours in changes.items():
        values = {"day": day.isoformat(), "zone": zone, "hours": hours}
        yield Message("demand_view.forward" if hours < 24 else "demand_view.back", values)


def _figure(contacts: float) -> str:
    return f"{contacts:,.0f}" if contacts >= 10 else f"{contacts:.1f}"
