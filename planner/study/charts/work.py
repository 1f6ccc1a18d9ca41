"""Work that can wait: how many person-hours of it each day brings."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from planner.clock import local_at
from planner.requirement import Backlog, Need
from planner.study.charts.palette import BLUE, WEEKDAYS, framed, say


def deferred_hours(need: Need, zone: str) -> tuple[float, ...]:
    """Person-hours on duty that deferred contacts ask for, mean of each day of the week (Monday first).

    Follow-ups count where the need has them. The engine places this work between the contacts that cannot
    wait, within its promise; it is not in the people of ``need_heat_map``.

    Examples
    --------
    >>> on, two = np.ones((1, 48), bool), frozenset({"email"})
    >>> row = Backlog(two, np.full(48, 120), np.zeros(48, int), per_person=120, limits=())
    >>> n = Need("", 1968672, 30, ("email",), (two,), np.zeros((1, 48), int), (row,), (("email",),), on)
    >>> deferred_hours(n, "UTC")[:2]
    (24.0, 0.0)
    """
    step = need.quarters_per_interval
    day = [local_at(need.first_quarter + k * step, zone).date() for k in range(need.intervals)]
    hours, seen = np.zeros(7), np.zeros(7)
    for each in sorted(set(day)):
        seen[each.weekday()] += 1
    weekday = np.array([each.weekday() for each in day])
    for group in need.groups:
        row = widest(need, group)
        if row is not None:
            people = row.arriving / row.per_person * (need.interval_minutes / 60)
            hours += np.bincount(weekday, weights=people, minlength=7)
    mean = np.divide(hours, seen, out=np.zeros(7), where=seen > 0)
    return tuple(float(round(value, 2)) for value in mean)


def widest(need: Need, group: tuple[str, ...]) -> Backlog | None:
    """The backlog that holds most of a group's deferred work; None without any."""
    mine = [row for row in need.backlogs if row.queues <= set(group)]
    return max(mine, key=lambda row: (len(row.queues), int(row.arriving.sum())), default=None)


def deferred_by_day(need: Need, zone: str) -> go.Figure:
    """Bars of ``deferred_hours``."""
    hours = deferred_hours(need, zone)
    figure = go.Figure(
        go.Bar(x=list(WEEKDAYS), y=list(hours), text=[f"{h:.0f}" for h in hours], marker_color=BLUE)
    )
    figure.update_layout(height=280)
    return framed(figure, say("work_title"), say("work_x", {"zone": zone}), say("work_y"))
